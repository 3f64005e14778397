"""Paints phantoms: ellipses to pixels, with soft edges, texture and noise of each modality."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hbgz_desktop.sandbox import phantoms
from hbgz_desktop.sandbox.phantoms import Ellipse, Material
from hbgz_desktop.sandbox.study_spec import Anatomy, StudySpec

Image = NDArray[np.float32]
Pixels = NDArray[np.uint16] | NDArray[np.uint8]
# Farthest a warped outline strays, in half images: five times the largest warp.
BEND: Final = 0.1
# Hounsfield units; arbitrary units of an MR scanner; shares of a full X-ray shadow.
CT_VALUES: Final = {
    Material.AIR: -990, Material.FAT: -95, Material.SKIN: 20, Material.MUSCLE: 52,
    Material.BONE: 900, Material.MARROW: 260, Material.LIVER: 62, Material.SPLEEN: 55,
    Material.KIDNEY: 38, Material.VESSEL: 44, Material.BOWEL: 30, Material.FLUID: 8,
    Material.GREY_MATTER: 38, Material.WHITE_MATTER: 28, Material.LESION: 68,
    Material.LUNG: -850, Material.HEART: 45,
}  # fmt: skip
T1_VALUES: Final = {
    Material.AIR: 15, Material.FAT: 1500, Material.SKIN: 700, Material.BONE: 90,
    Material.FLUID: 170, Material.GREY_MATTER: 560, Material.WHITE_MATTER: 800,
    Material.LESION: 330,
}  # fmt: skip
T2_VALUES: Final = {
    Material.AIR: 15, Material.FAT: 1050, Material.SKIN: 420, Material.BONE: 80,
    Material.FLUID: 1650, Material.GREY_MATTER: 760, Material.WHITE_MATTER: 520,
    Material.LESION: 1280,
}  # fmt: skip
SHADOWS: Final = {
    Material.MUSCLE: 0.4, Material.LUNG: -0.36, Material.HEART: 0.3, Material.LIVER: 0.3,
    Material.SPLEEN: 0.28, Material.AIR: -0.1, Material.BONE: 0.2,
}  # fmt: skip
ECHOES: Final = {Material.MUSCLE: 0.5, Material.FLUID: 0.05, Material.BONE: 0.95}


def texture(rng: np.random.Generator, rows: int, columns: int) -> Image:
    """Return smooth noise of about unit size, blobs about a twelfth of the image wide."""
    spectrum = np.fft.rfft2(rng.standard_normal((rows, columns)))
    y = np.fft.fftfreq(rows)[:, None] * rows
    x = np.fft.rfftfreq(columns)[None, :] * columns
    smooth = np.fft.irfft2(spectrum / (1 + ((x * x + y * y) / 36) ** 1.5), s=(rows, columns))
    return np.asarray((smooth - smooth.mean()) / smooth.std(), dtype=np.float32)


def _grid(spec: StudySpec, warp: tuple[Image, Image], amount: float) -> tuple[Image, Image]:
    """Return x and y of each pixel, bent a little so that no outline is a perfect ellipse."""
    longest = max(spec.rows, spec.columns)
    x = (np.arange(spec.columns, dtype=np.float32) - (spec.columns - 1) / 2) * (2 / longest)
    y = (np.arange(spec.rows, dtype=np.float32) - (spec.rows - 1) / 2) * (2 / longest)
    return x[None, :] + amount * warp[0], y[:, None] + amount * warp[1]


def _window(shape: Ellipse, x: Image, margin: float) -> tuple[slice, slice]:
    """Return the rows and columns a shape can touch, so that small shapes cost little."""
    turn = math.radians(shape.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    reach = 1 + shape.ring
    wide = reach * math.hypot(shape.width * cos, shape.height * sin) + margin
    high = reach * math.hypot(shape.width * sin, shape.height * cos) + margin
    rows, columns = x.shape
    half = max(rows, columns) / 2

    def span(centre: float, extent: float, size: int) -> slice:
        middle = (size - 1) / 2
        first = math.floor(middle + (centre - extent) * half)
        last = math.ceil(middle + (centre + extent) * half) + 1
        return slice(min(max(first, 0), size), min(max(last, 0), size))

    return span(shape.y, high, rows), span(shape.x, wide, columns)


def _cover(shape: Ellipse, x: Image, y: Image, edge: float) -> Image:
    """Return how much of each pixel a shape covers, 0 to 1, with a soft edge of that width."""
    turn = math.radians(shape.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    width, height = max(shape.width, 1e-3), max(shape.height, 1e-3)
    dx, dy = x - shape.x, y - shape.y
    u = dx * (cos / width) + dy * (sin / width)
    v = dy * (cos / height) - dx * (sin / height)
    distance = np.hypot(u, v)
    slope = np.hypot(u / width, v / height) / np.maximum(distance, 1e-3)
    inside = (shape.ring - np.abs(distance - 1)) if shape.ring else (1 - distance)
    cover = np.clip(inside / np.maximum(edge * slope, 1e-3) + 0.5, 0, 1) * shape.strength
    return np.asarray(cover, dtype=np.float32)


def _paint(
    shapes: tuple[Ellipse, ...],
    values: dict[Material, float] | dict[Material, int],
    grid: tuple[Image, Image],
    background: float,
) -> Image:
    x, y = grid
    edge = 3 / max(x.shape)
    image = np.full(x.shape, background, dtype=np.float32)
    for shape in shapes:
        window = _window(shape, x, edge + BEND)
        part = image[window]
        part += _cover(shape, x[window], y[window], edge) * (values[shape.material] - part)
    return image


def draw(
    spec: StudySpec, series: int, z: float, warp: tuple[Image, Image], rng: np.random.Generator
) -> Pixels:
    """Return one image: 12 bits in 16, or 8-bit grey or RGB for ultrasound.

    Args:
        spec: Of the study.
        series: From 1; every second MR series is T2-weighted.
        z: Where the section lies, 0 to 1.
        warp: Two textures that bend the outlines, the same for a whole series.
        rng: Source of noise.
    """
    if spec.modality == "US":
        return _ultrasound(spec, z, warp, rng)
    noise = rng.standard_normal((spec.rows, spec.columns)).astype(np.float32)
    if spec.modality == "DX":
        image = _chest(spec, warp) * 3600 + 14 * noise + 12 * warp[1]
    elif spec.modality == "MR":
        values = T2_VALUES if series % 2 == 0 else T1_VALUES
        image = _paint(phantoms.head(z), values, _grid(spec, warp, 0.012), 12)
        coil = 1 + 0.08 * warp[1]
        # Noise of a magnitude image is Rician: never below zero, which keeps air grainy.
        image = np.hypot(image * coil + 16 * noise, 16 * np.roll(noise, 7, axis=1))
    else:
        section = phantoms.head if spec.anatomy is Anatomy.HEAD else phantoms.abdomen
        image = _paint(section(z), CT_VALUES, _grid(spec, warp, 0.014), -1000)
        image += (3 * warp[0] + 9 * noise) * (image > -900) + 1024
    return np.asarray(np.clip(np.rint(image), 0, 4095), dtype=np.uint16)


def _chest(spec: StudySpec, warp: tuple[Image, Image]) -> Image:
    """Return a projection: shadows add up, bone is bright (MONOCHROME2)."""
    x, y = _grid(spec, warp, 0.01)
    image = np.full(x.shape, 0.06, dtype=np.float32)
    for shape in phantoms.chest_projection():
        edge = 0.012 if shape.material is Material.BONE else 0.16
        window = _window(shape, x, edge + BEND)
        image[window] += SHADOWS[shape.material] * _cover(shape, x[window], y[window], edge)
    return np.clip(image + 0.012 * warp[0], 0, 1)


def _ultrasound(
    spec: StudySpec, z: float, warp: tuple[Image, Image], rng: np.random.Generator
) -> NDArray[np.uint8]:
    beat = np.float32(1 + 0.08 * np.sin(2 * np.pi * z))
    x, y = _grid(spec, warp, 0.02)
    echo = _paint(phantoms.heart_echo(), ECHOES, (x * beat, y * beat), 0.28)
    speckle = rng.rayleigh(0.8, (spec.rows, spec.columns)).astype(np.float32)
    flat_x, flat_y = _grid(spec, warp, 0)
    depth = flat_y + 1
    fan = (np.abs(np.arctan2(flat_x, depth)) < 0.72) & (np.hypot(flat_x, depth) < 1.95)
    grey = np.clip(echo * speckle * (1.1 - 0.25 * depth), 0, 1) * fan
    if not spec.is_colour:
        return np.asarray(grey * 255, dtype=np.uint8)
    colour = np.repeat(grey[..., None], 3, axis=2)
    flow = np.clip(1 - np.hypot((x - 0.18) / 0.14, (y - 0.02) / 0.34), 0, 1) * fan
    colour[..., 0] = np.maximum(colour[..., 0], np.where(warp[0] > 0, 1.6 * flow, 0))
    colour[..., 2] = np.maximum(colour[..., 2], np.where(warp[0] <= 0, 1.6 * flow, 0))
    return np.asarray(np.clip(colour, 0, 1) * 255, dtype=np.uint8)

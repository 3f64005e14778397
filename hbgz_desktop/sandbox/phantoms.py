"""Body sections as painted ellipses: pure geometry, no pixels.

Coordinates run from -1 to 1, x to the image's right, y down; ``z`` runs from 0 at the feet side of
the scan to 1 at its head side. Shapes are painted in order, later ones over earlier ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto


class Material(Enum):
    """What a shape is made of; each modality gives it a brightness of its own."""

    AIR = auto()
    FAT = auto()
    SKIN = auto()
    MUSCLE = auto()
    BONE = auto()
    MARROW = auto()
    LIVER = auto()
    SPLEEN = auto()
    KIDNEY = auto()
    VESSEL = auto()
    BOWEL = auto()
    FLUID = auto()
    GREY_MATTER = auto()
    WHITE_MATTER = auto()
    LESION = auto()
    LUNG = auto()
    HEART = auto()


@dataclass(frozen=True, slots=True)
class Ellipse:
    """One shape.

    Attributes:
        x: Centre.
        y: Centre.
        width: Half axis along x before turning.
        height: Half axis along y before turning.
        angle: Turn in degrees.
        ring: 0 for a filled shape, else the thickness of its outline as a share of the half axes.
        strength: Opacity, 0 to 1.
    """

    material: Material
    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0
    ring: float = 0.0
    strength: float = 1.0


def head(z: float) -> tuple[Ellipse, ...]:
    """Return an axial section of a head, from the skull base (0) to the vertex (1)."""
    size = math.sqrt(max(0.08, 1 - ((z - 0.35) / 0.72) ** 2))
    width, height = 0.66 * size, 0.84 * size
    shapes = [
        Ellipse(Material.SKIN, 0, 0, width * 1.08, height * 1.07),
        Ellipse(Material.FAT, 0, 0, width * 1.05, height * 1.045),
        Ellipse(Material.BONE, 0, 0, width, height),
        Ellipse(Material.FLUID, 0, 0, width * 0.9, height * 0.92),
        Ellipse(Material.GREY_MATTER, 0, 0, width * 0.875, height * 0.9),
        Ellipse(Material.WHITE_MATTER, -width * 0.42, 0, width * 0.36, height * 0.72),
        Ellipse(Material.WHITE_MATTER, width * 0.42, 0, width * 0.36, height * 0.72),
        Ellipse(Material.FLUID, 0, 0, 0.008, height * 0.9, strength=0.8),
    ]
    if z < 0.3:
        shapes += _skull_base(width, height)
    if 0.32 < z < 0.82:
        shapes += _ventricles((z - 0.32) / 0.5, width, height)
    if 0.45 < z < 0.65:
        bulge = math.sin((z - 0.45) / 0.2 * math.pi)
        shapes.append(
            Ellipse(Material.LESION, width * 0.45, height * 0.2, 0.11 * bulge, 0.08 * bulge, 25)
        )
    return tuple(shapes)


def _skull_base(width: float, height: float) -> list[Ellipse]:
    return [
        Ellipse(Material.BONE, 0, -height * 0.62, width * 0.7, height * 0.3),
        Ellipse(Material.FAT, -width * 0.42, -height * 0.66, 0.17, 0.19),
        Ellipse(Material.FAT, width * 0.42, -height * 0.66, 0.17, 0.19),
        Ellipse(Material.FLUID, -width * 0.42, -height * 0.72, 0.12, 0.12),
        Ellipse(Material.FLUID, width * 0.42, -height * 0.72, 0.12, 0.12),
        Ellipse(Material.AIR, -0.06, -height * 0.62, 0.045, 0.14),
        Ellipse(Material.AIR, 0.06, -height * 0.62, 0.045, 0.14),
        Ellipse(Material.BONE, -width * 0.6, height * 0.1, 0.28, 0.08, 28),
        Ellipse(Material.BONE, width * 0.6, height * 0.1, 0.28, 0.08, -28),
        Ellipse(Material.AIR, -width * 0.72, height * 0.16, 0.06, 0.05),
        Ellipse(Material.AIR, width * 0.72, height * 0.16, 0.06, 0.05),
        Ellipse(Material.GREY_MATTER, 0, height * 0.45, width * 0.55, height * 0.32),
    ]


def _ventricles(height_in: float, width: float, height: float) -> list[Ellipse]:
    open_ = math.sin(height_in * math.pi)
    shapes = []
    for side in (-1, 1):
        shapes += [
            Ellipse(
                Material.GREY_MATTER, side * width * 0.24, -height * 0.06, 0.1, 0.17, side * 14
            ),
            Ellipse(
                Material.FLUID, side * 0.08, -height * 0.22, 0.035 * open_, 0.15 * open_, side * -18
            ),
            Ellipse(
                Material.FLUID, side * 0.15, height * 0.3, 0.045 * open_, 0.18 * open_, side * 16
            ),
        ]
    return shapes


def abdomen(z: float) -> tuple[Ellipse, ...]:
    """Return an axial section of an abdomen, from the kidneys (0) to the liver's dome (1)."""
    breath = 1 + 0.03 * math.sin(z * math.pi)
    shapes = [
        Ellipse(Material.SKIN, 0, 0.05, 0.93 * breath, 0.7 * breath),
        Ellipse(Material.FAT, 0, 0.05, 0.915 * breath, 0.685 * breath),
        Ellipse(Material.MUSCLE, 0, 0.05, 0.8, 0.585),
        Ellipse(Material.FAT, 0, 0.01, 0.74, 0.525),
        Ellipse(Material.MUSCLE, -0.2, 0.5, 0.17, 0.12, 12),
        Ellipse(Material.MUSCLE, 0.2, 0.5, 0.17, 0.12, -12),
    ]
    reach = 0.3 + 0.7 * z
    shapes += [
        Ellipse(Material.LIVER, -0.36, -0.02, 0.36 * reach**0.5, 0.42 * reach**0.4, -14),
        Ellipse(Material.LIVER, -0.05, -0.24, 0.34 * reach, 0.17 * reach, -8),
        Ellipse(Material.SPLEEN, 0.55, 0.16, 0.15 * reach, 0.27 * reach, 24),
    ]
    if z < 0.75:
        shapes += _kidneys(1 - z / 0.75)
    shapes += _bowel(z)
    shapes += _spine(z)
    for number in range(9):
        turn = math.radians(200 + number * 17.5 + 30 * z)
        for side in (-1, 1):
            x, y = side * 0.77 * math.cos(turn), 0.05 - 0.56 * math.sin(turn) * side
            shapes.append(Ellipse(Material.BONE, x, y, 0.05, 0.026, math.degrees(-turn) * side))
    return tuple(shapes)


def _kidneys(size: float) -> list[Ellipse]:
    root = math.sqrt(size)
    shapes = []
    for side in (-1, 1):
        shapes += [
            Ellipse(Material.KIDNEY, side * 0.37, 0.3, 0.12 * root, 0.16 * root, side * 25),
            Ellipse(Material.FAT, side * 0.33, 0.3, 0.045 * root, 0.07 * root, side * 25),
        ]
    return shapes


def _bowel(z: float) -> list[Ellipse]:
    shapes = [
        Ellipse(Material.BOWEL, 0.3, -0.22, 0.24 * (0.4 + 0.6 * z), 0.16),
        Ellipse(Material.AIR, 0.28, -0.3, 0.15 * (0.4 + 0.6 * z), 0.06),
    ]
    for number in range(6):
        turn = number * 1.9 + z * 5
        x, y = 0.1 + 0.32 * math.cos(turn), -0.1 + 0.2 * math.sin(turn * 1.3)
        if z < 0.6 and x > -0.15:
            shapes += [
                Ellipse(Material.BOWEL, x, y, 0.08, 0.065),
                Ellipse(Material.AIR, x, y - 0.02, 0.03, 0.018),
            ]
    return shapes


def _spine(z: float) -> list[Ellipse]:
    disc = abs(math.sin(z * 4 * math.pi)) < 0.3
    core = Material.MUSCLE if disc else Material.MARROW
    return [
        Ellipse(Material.BONE, 0, 0.3, 0.145, 0.115),
        Ellipse(core, 0, 0.3, 0.125, 0.098),
        Ellipse(Material.BONE, 0, 0.46, 0.1, 0.075),
        Ellipse(Material.FLUID, 0, 0.44, 0.06, 0.045),
        Ellipse(Material.BONE, 0, 0.57, 0.022, 0.09),
        Ellipse(Material.BONE, -0.16, 0.44, 0.1, 0.024, 18),
        Ellipse(Material.BONE, 0.16, 0.44, 0.1, 0.024, -18),
        Ellipse(Material.VESSEL, 0.07, 0.14, 0.06, 0.06),
        Ellipse(Material.VESSEL, -0.09, 0.14, 0.065, 0.045),
    ]


def chest_projection() -> tuple[Ellipse, ...]:
    """Return a postero-anterior chest; here each shape adds to the shadow."""
    shapes = [
        Ellipse(Material.MUSCLE, 0, 0.35, 0.86, 1.25),
        Ellipse(Material.MUSCLE, 0, -1.0, 0.3, 0.6, strength=0.8),
        Ellipse(Material.LUNG, -0.4, -0.05, 0.34, 0.66, 4),
        Ellipse(Material.LUNG, 0.42, -0.05, 0.32, 0.64, -4),
        Ellipse(Material.HEART, 0.14, 0.32, 0.33, 0.3, 28),
        Ellipse(Material.HEART, 0.0, -0.1, 0.13, 0.6),
        Ellipse(Material.HEART, 0.14, -0.2, 0.09, 0.1),
        Ellipse(Material.LIVER, -0.42, 0.95, 0.46, 0.4, strength=0.9),
        Ellipse(Material.SPLEEN, 0.46, 1.0, 0.44, 0.38, strength=0.8),
        Ellipse(Material.AIR, 0, -0.66, 0.04, 0.34),
        Ellipse(Material.BONE, -0.4, -0.64, 0.34, 0.03, -10),
        Ellipse(Material.BONE, 0.4, -0.64, 0.34, 0.03, 10),
        Ellipse(Material.BONE, -0.8, -0.42, 0.1, 0.4, 16, strength=0.6),
        Ellipse(Material.BONE, 0.8, -0.42, 0.1, 0.4, -16, strength=0.6),
    ]
    for number in range(9):
        y = -0.66 + number * 0.16
        reach = 0.3 + 0.045 * number
        for side in (-1, 1):
            shapes += [
                Ellipse(Material.BONE, side * 0.36, y + 0.16, reach, 0.16, side * 14, 0.1, 0.34),
            ]
    for number in range(14):
        shapes.append(
            Ellipse(Material.BONE, 0, -0.95 + number * 0.145, 0.085, 0.058, strength=0.42)
        )
    return tuple(shapes)


def heart_echo() -> tuple[Ellipse, ...]:
    """Return a four-chamber view: dark chambers in bright muscle."""
    return (
        Ellipse(Material.MUSCLE, 0.0, 0.0, 0.62, 0.72, 12),
        Ellipse(Material.FLUID, 0.17, -0.2, 0.19, 0.36, 14),
        Ellipse(Material.FLUID, -0.22, -0.16, 0.15, 0.3, -8),
        Ellipse(Material.FLUID, 0.2, 0.36, 0.2, 0.2),
        Ellipse(Material.FLUID, -0.22, 0.36, 0.18, 0.18),
        Ellipse(Material.BONE, 0.19, 0.13, 0.16, 0.016, 10),
        Ellipse(Material.BONE, -0.21, 0.14, 0.13, 0.016, -10),
    )

"""Series for the viewer's figures: a CT of many images, raw or compressed, and CR films; written once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from bench.corpus import KINDS, UID_ROOT, add_pixels, header, phantom

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from pydicom.dataset import Dataset

SYNTAXES = {
    "raw": "1.2.840.10008.1.2.1",
    "rle": "1.2.840.10008.1.2.5",
    "jpeg-ls": "1.2.840.10008.1.2.4.80",
    "j2k": "1.2.840.10008.1.2.4.90",
    "jpeg-ll": "1.2.840.10008.1.2.4.70",
}


def ct_series(folder: Path, count: int, encoding: str) -> list[Path]:
    """A chest CT in Hounsfield units, 512 x 512."""
    own = folder / f"ct-{encoding}"
    found = sorted(own.glob("*.dcm"))[:count]
    if len(found) == count:
        return found
    own.mkdir(parents=True, exist_ok=True)
    rng = random.Random(5)
    images = [phantom(512, number, 20) for number in range(8)]
    for index in range(count):
        ds = header(KINDS["ct"], rng, f"{UID_ROOT}55", index + 1)
        mixed = images[index * 8 // count].astype(np.float32)
        pixels = np.roll(mixed, index, 0).astype(np.uint16)
        add_pixels(ds, pixels)
        ds.RescaleSlope, ds.RescaleIntercept, ds.RescaleType = 1, -1024, "HU"
        ds.WindowCenter, ds.WindowWidth = 40, 1200
        ds.PixelSpacing = [0.7, 0.7]
        _save(own / f"ct{index:05d}.dcm", ds, pixels, encoding)
    return sorted(own.glob("*.dcm"))


def cr_film(folder: Path, side: int, count: int) -> list[Path]:
    """Chest films, raw."""
    own = folder / f"cr-{side}"
    found = sorted(own.glob("*.dcm"))[:count]
    if len(found) == count:
        return found
    own.mkdir(parents=True, exist_ok=True)
    rng = random.Random(6)
    for index in range(count):
        ds = header(KINDS["cr"], rng, f"{UID_ROOT}66", index + 1)
        pixels = phantom(side, 40 + index, 12)
        add_pixels(ds, pixels)
        ds.PhotometricInterpretation = "MONOCHROME1"
        _save(own / f"cr{index:05d}.dcm", ds, pixels, "raw")
    return sorted(own.glob("*.dcm"))


def _save(path: Path, ds: Dataset, pixels: NDArray[np.uint16], encoding: str) -> None:
    ds.file_meta.TransferSyntaxUID = UID(SYNTAXES["raw"])
    if encoding == "rle":
        ds.compress(UID(SYNTAXES[encoding]), encoding_plugin="pydicom", generate_instance_uid=False)
    elif encoding != "raw":
        ds.file_meta.TransferSyntaxUID = UID(SYNTAXES[encoding])
        ds.PixelData = encapsulate([_compressed(pixels, encoding)])
        ds["PixelData"].VR = "OB"
        ds["PixelData"].is_undefined_length = True
    ds.save_as(path, enforce_file_format=True)


def _compressed(pixels: NDArray[np.uint16], encoding: str) -> bytes:
    if encoding == "jpeg-ls":
        return bytes(imagecodecs.jpegls_encode(pixels))
    if encoding == "j2k":
        return bytes(imagecodecs.jpeg2k_encode(pixels, level=0, codecformat="j2k"))
    return bytes(imagecodecs.jpeg8_encode(pixels, lossless=True, bitspersample=16))

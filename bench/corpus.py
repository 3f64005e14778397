"""Generated studies of realistic sizes: seeded phantoms with noise, Chinese names, no real patient.

Run alone it writes a corpus: ``python bench/corpus.py FOLDER --ct 300 --mr 300 --cr 20``.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

if TYPE_CHECKING:
    from numpy.typing import NDArray

UID_ROOT = "1.2.826.0.1.3680043.8.498."
PER_SERIES = 100
FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉珍鑫宇浩然涵梓萱堃喆镕"
PRIVATE_ELEMENTS = 30


@dataclass(frozen=True)
class Kind:
    """One modality of the corpus; pixels are 12 bits in 16."""

    name: str
    sop_class: str
    side: int
    noise: float
    description: str


KINDS = {
    "ct": Kind("ct", "1.2.840.10008.5.1.4.1.1.2", 512, 25, "胸部平扫"),
    "mr": Kind("mr", "1.2.840.10008.5.1.4.1.1.4", 256, 20, "头颅MRI"),
    "cr": Kind("cr", "1.2.840.10008.5.1.4.1.1.1", 2048, 12, "胸部正位"),
}


def phantom(side: int, seed: int, noise: float) -> NDArray[np.uint16]:
    """Ellipses with noise, ``(side, side)``, 12 bits."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    image = np.zeros((side, side))
    for _ in range(14):
        centre_x, centre_y = rng.uniform(-0.5, 0.5, 2)
        half_x, half_y = rng.uniform(0.05, 0.7, 2)
        turn = rng.uniform(0, np.pi)
        along = (x - centre_x) * np.cos(turn) + (y - centre_y) * np.sin(turn)
        across = (y - centre_y) * np.cos(turn) - (x - centre_x) * np.sin(turn)
        inside = (along / half_x) ** 2 + (across / half_y) ** 2 < 1
        image += inside * rng.uniform(-0.15, 0.35)
    image = (image - image.min()) / max(float(np.ptp(image)), 1e-6) * 3276
    image += rng.normal(0, noise, image.shape)
    pixels: NDArray[np.uint16] = np.clip(image, 0, 4095).astype(np.uint16)
    return pixels


def header(kind: Kind, rng: random.Random, study_uid: str, number: int) -> Dataset:
    """Everything but the pixels, of a realistic weight."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = UID(kind.sop_class)
    ds.file_meta.MediaStorageSOPInstanceUID = UID(f"{study_uid}.1.{number}")
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SpecificCharacterSet = rng.choice(["GB18030", "ISO_IR 192"])
    ds.SOPClassUID = kind.sop_class
    ds.SOPInstanceUID = f"{study_uid}.1.{number}"
    ds.StudyDate, ds.StudyTime, ds.Modality = "20260901", "101112", kind.name.upper()
    ds.AccessionNumber = f"A{study_uid[-8:]}"
    ds.Manufacturer, ds.InstitutionName = "BENCH", "示例医院"
    ds.StudyDescription = kind.description
    ds.PatientName = rng.choice(FAMILY_NAMES) + "^" + "".join(rng.sample(GIVEN_NAMES, 2))
    ds.PatientID, ds.PatientBirthDate, ds.PatientSex = (
        f"B{rng.randrange(10**9):09d}",
        "19800101",
        "F",
    )
    ds.StudyInstanceUID, ds.SeriesInstanceUID = study_uid, f"{study_uid}.1"
    ds.SeriesNumber, ds.InstanceNumber = 1, number
    ds.add_new(0x00090010, "LO", "BENCH PRIVATE")
    for index in range(PRIVATE_ELEMENTS):
        ds.add_new(0x00091010 + index, "LO", f"private-{index:02d}-" + "x" * 30)
    return ds


def add_pixels(ds: Dataset, image: NDArray[np.uint16]) -> None:
    """Put the image in."""
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = image.shape
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.add_new(0x7FE00010, "OW", np.ascontiguousarray(image).tobytes())


def write(folder: Path, kind: Kind, count: int, seed: int) -> list[Path]:
    """Write ``count`` images of one modality, 100 a study, each with its own UID and pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"{seed} {kind.name}")
    files: list[Path] = []
    for first in range(0, count, PER_SERIES):
        study_uid = f"{UID_ROOT}{seed}.{rng.randrange(10**8, 10**9)}.{first + 1}"
        image = phantom(kind.side, seed * 1000 + first, kind.noise)
        patient_state = rng.getstate()
        for index in range(first, min(count, first + PER_SERIES)):
            rng.setstate(patient_state)  # one patient a study
            ds = header(kind, rng, study_uid, index + 1)
            add_pixels(ds, np.roll(image, (index * 3, index * 5), (0, 1)))
            path = folder / f"{kind.name}{index:05d}.dcm"
            ds.save_as(path, enforce_file_format=True)
            files.append(path)
    return files


def corpus(folder: Path, counts: dict[str, int], seed: int) -> dict[str, list[Path]]:
    """The files of each modality, written once and found again by a later run."""
    found: dict[str, list[Path]] = {}
    for name, count in counts.items():
        own = folder / f"seed{seed}" / name
        files = sorted(own.glob("*.dcm"))[:count]
        found[name] = files if len(files) == count else write(own, KINDS[name], count, seed)
    return found


def main() -> None:
    """Write a corpus where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    for name in KINDS:
        parser.add_argument(f"--{name}", type=int, default=0, metavar="COUNT")
    options = parser.parse_args()
    counts = {name: getattr(options, name) for name in KINDS if getattr(options, name)}
    for name, files in corpus(options.folder, counts, options.seed).items():
        print(f"{name}: {len(files)} files in {files[0].parent}")


if __name__ == "__main__":
    main()

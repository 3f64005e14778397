"""Datasets and files the DICOM tests send, and a receiver that keeps what arrives."""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pydicom.data
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset

from hbgz_desktop.dicom.file_meta import build_file_meta
from hbgz_desktop.model.instance import SUCCESS, Admission

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.instance import IncomingInstance, PeerAssociation, StoreAnswer

CT = "1.2.840.10008.5.1.4.1.1.2"
MR = "1.2.840.10008.5.1.4.1.1.4"
IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"

PYDICOM_FILES = Path(pydicom.data.__file__).parent
LIBRARY_FILES = sorted(
    path
    for folder in ("test_files", "charset_files", "palettes")
    for path in (PYDICOM_FILES / folder).rglob("*")
    if path.is_file()
)
"""All files pydicom brings along, DICOM or not; nothing is fetched."""

CT_SMALL = PYDICOM_FILES / "test_files" / "CT_small.dcm"


def library_name(path: Path) -> str:
    """Return a test id for a file of ``LIBRARY_FILES``."""
    return path.relative_to(PYDICOM_FILES).as_posix()


def uid(*numbers: int) -> str:
    """Return a UID under a root of the tests' own."""
    return ".".join(("1.2.826.0.1.3680043.10.1", *map(str, numbers)))


def image(number: int = 1, sop_class: str = CT) -> Dataset:
    """Return a small image's dataset."""
    ds = Dataset()
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = sop_class
    ds.SOPInstanceUID = uid(1, 1, 1, number)
    ds.StudyDate, ds.StudyTime = "20260301", "081500"
    ds.AccessionNumber = "A1"
    ds.Modality = "CT"
    ds.PatientName = "测试^甲"
    ds.PatientID = "P1"
    ds.StudyInstanceUID = uid(1)
    ds.SeriesInstanceUID = uid(1, 1)
    ds.InstanceNumber = number
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.Rows, ds.Columns = 8, 8
    ds.BitsAllocated = ds.BitsStored = 16
    ds.HighBit, ds.PixelRepresentation = 15, 0
    ds.PixelData = struct.pack("<64H", *range(64))
    ds["PixelData"].VR = "OW"
    return ds


def encoded(ds: Dataset, syntax: str = EXPLICIT) -> bytes:
    """Encode a dataset without file meta."""
    buffer = DicomBytesIO()
    buffer.is_implicit_VR = syntax == IMPLICIT
    buffer.is_little_endian = syntax != BIG_ENDIAN
    write_dataset(buffer, ds)
    return buffer.getvalue()


def stored(path: Path, ds: Dataset, syntax: str = EXPLICIT, data: bytes | None = None) -> Path:
    """Write a file as the spool would hold it."""
    meta = build_file_meta(str(ds.SOPClassUID), str(ds.SOPInstanceUID), syntax, "TEST")
    path.write_bytes(meta + (encoded(ds, syntax) if data is None else data))
    return path


def element(tag: int, vr: str, value: bytes) -> bytes:
    """Encode one element in explicit VR little endian, short form."""
    value += b" " * (len(value) & 1)
    return struct.pack("<HH2sH", tag >> 16, tag & 0xFFFF, vr.encode(), len(value)) + value


@dataclass
class KeepingReceiver:
    """Keeps what arrives in memory; answers as told."""

    answer: StoreAnswer = SUCCESS
    admission: Admission = Admission.ACCEPT
    on_store: Callable[[IncomingInstance], None] | None = None
    instances: list[tuple[IncomingInstance, bytes]] = field(default_factory=list)
    log: list[tuple[object, ...]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    unknown: set[str] = field(default_factory=set)

    def _note(self, *facts: object) -> None:
        with self.changed:
            self.log.append(facts)
            self.changed.notify_all()

    def count(self, *facts: object) -> int:
        """Count the log entries that begin with these facts."""
        return sum(entry[: len(facts)] == facts for entry in self.log)

    def wait_for(self, *facts: object, times: int = 1) -> None:
        """Wait until so many log entries begin with these facts."""
        with self.changed:
            found = self.changed.wait_for(lambda: self.count(*facts) >= times, 10.0)
        assert found, f"{facts} not in {self.log}"

    def admit(self, peer: PeerAssociation) -> Admission:
        return self.admission

    def opened(self, peer: PeerAssociation) -> None:
        self._note("opened", peer.calling_ae, peer)

    def closed(self, peer: PeerAssociation, reason: str) -> None:
        self._note("closed", reason, peer)

    def rejected(self, peer: PeerAssociation, reason: Admission) -> None:
        self._note("rejected", reason, peer)

    def context_refused(
        self, peer: PeerAssociation, abstract_syntax: str, syntaxes: tuple[str, ...]
    ) -> None:
        self._note("refused", abstract_syntax, syntaxes)

    def store(self, incoming: IncomingInstance) -> StoreAnswer:
        if self.on_store is not None:
            self.on_store(incoming)
        self.instances.append((incoming, bytes(incoming.dataset)))
        self._note("store", incoming.sop_instance_uid)
        return self.answer

    def committed(
        self, references: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, int], ...]]:
        return (
            tuple(pair for pair in references if pair[1] not in self.unknown),
            tuple((*pair, 0x0112) for pair in references if pair[1] in self.unknown),
        )


def jpeg_size(picture: bytes) -> tuple[int, int]:
    """Return the width and height of a JPEG."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        opened.load()
        return opened.size

"""Whether a stored file holds a dataset.

Its file meta header is ours and changes with the program's version: it does not count.
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.file_meta import read_file_meta
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK_BYTES = 1024 * 1024


def holds_dataset(file: Path, transfer_syntax_uid: str, dataset: bytes | memoryview) -> bool:
    """True when a stored file holds exactly these bytes in this transfer syntax; False when it cannot be read."""
    try:
        meta = read_file_meta(file)
        is_possible = (
            meta.transfer_syntax_uid == transfer_syntax_uid
            and file.stat().st_size - meta.dataset_offset == len(dataset)
        )
        return is_possible and _has_bytes(file, meta.dataset_offset, dataset)
    except (DicomError, OSError):
        return False


def hold_same_dataset(one: Path, other: Path) -> bool:
    """True when two stored files hold the same dataset in the same transfer syntax."""
    try:
        meta = read_file_meta(one)
        with (
            one.open("rb") as stream,
            mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
            view[meta.dataset_offset :] as dataset,
        ):
            return holds_dataset(other, meta.transfer_syntax_uid, dataset)
    except (DicomError, OSError, ValueError):  # an empty file cannot be mapped
        return False


def _has_bytes(file: Path, offset: int, dataset: bytes | memoryview) -> bool:
    with memoryview(dataset) as view, file.open("rb") as stream:
        stream.seek(offset)
        for start in range(0, len(view), _BLOCK_BYTES):
            with view[start : start + _BLOCK_BYTES] as block:
                if stream.read(len(block)) != block:
                    return False
    return True

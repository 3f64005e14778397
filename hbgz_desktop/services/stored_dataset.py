"""Whether a stored file holds a dataset.

Its file meta header is ours and changes with the program's version: it does not count.
"""

from __future__ import annotations

import hashlib
import mmap
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.file_meta import (
    IMPLEMENTATION_VERSION_NAME,
    build_file_meta,
    read_file_meta,
)
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hbgz_desktop.model.instance import ClearedFile, InstanceHeader

_BLOCK_BYTES = 1024 * 1024


def as_cleared(
    files: Iterable[ClearedFile], header: InstanceHeader, dataset: bytes | memoryview
) -> tuple[ClearedFile, bytes] | None:
    """Which of these cleared files held this dataset, with the file meta header it had; None for none."""
    for one in files:
        meta = build_file_meta(
            header.sop_class_uid,
            header.sop_instance_uid,
            header.transfer_syntax_uid,
            version_name=one.file_meta or IMPLEMENTATION_VERSION_NAME,
        )
        digest = hashlib.sha256(meta)
        digest.update(dataset)
        if digest.hexdigest() == one.sha256:
            return one, meta
    return None


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


@contextmanager
def dataset_of(file: Path) -> Iterator[tuple[str, memoryview]]:
    """(transfer syntax, dataset) of a stored file, mapped for the length of the block.

    Raises:
        DicomError: It has no file meta header.
        OSError: It cannot be read.
        ValueError: It is empty.
    """
    meta = read_file_meta(file)
    with (
        file.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as view,
        view[meta.dataset_offset :] as dataset,
    ):
        yield meta.transfer_syntax_uid, dataset


def hold_same_dataset(one: Path, other: Path) -> bool:
    """True when two stored files hold the same dataset in the same transfer syntax."""
    try:
        with dataset_of(one) as (syntax, dataset):
            return holds_dataset(other, syntax, dataset)
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

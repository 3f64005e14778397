"""The file meta we write, read back by pydicom and by ourselves."""

from __future__ import annotations

import random
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.filereader import read_file_meta_info

from hbgz_desktop.dicom.file_meta import (
    IMPLEMENTATION_CLASS_UID,
    IMPLEMENTATION_VERSION_NAME,
    build_file_meta,
    parse_file_meta,
    read_file_meta,
)
from hbgz_desktop.model.errors import DicomError
from tests.unit.dicom.samples import CT, CT_SMALL, EXPLICIT, image, stored, uid

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("source_ae", ["", "CT1", "CT01"])
@pytest.mark.parametrize("number", [1, 12])
def test_pydicom_reads_what_we_write(tmp_path: Path, source_ae: str, number: int) -> None:
    path = tmp_path / "a.dcm"
    path.write_bytes(build_file_meta(CT, uid(number), EXPLICIT, source_ae))
    meta = read_file_meta_info(path)
    assert meta.FileMetaInformationVersion == b"\0\1"
    assert meta.FileMetaInformationGroupLength == path.stat().st_size - 144
    assert meta.MediaStorageSOPClassUID == CT
    assert meta.MediaStorageSOPInstanceUID == uid(number)
    assert meta.TransferSyntaxUID == EXPLICIT
    assert meta.ImplementationClassUID == IMPLEMENTATION_CLASS_UID
    assert meta.ImplementationVersionName == IMPLEMENTATION_VERSION_NAME
    assert meta.get("SourceApplicationEntityTitle", "") == source_ae


def test_a_stored_file_is_a_dicom_file(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.dcm", image())
    ds = dcmread(path)
    assert ds.PatientName == "测试^甲"
    assert ds.pixel_array.max() == 63
    assert read_file_meta(path).dataset_offset == 132 + 12 + int(
        ds.file_meta.FileMetaInformationGroupLength
    )


def test_our_own_reader_agrees() -> None:
    head = build_file_meta(CT, uid(1), EXPLICIT, "CT1")
    meta = parse_file_meta(head + b"\x08\0\x05\0CS\x0a\0ISO_IR 100")
    assert (meta.sop_class_uid, meta.sop_instance_uid) == (CT, uid(1))
    assert (meta.transfer_syntax_uid, meta.dataset_offset) == (EXPLICIT, len(head))


def test_a_missing_preamble_is_forgiven() -> None:
    head = build_file_meta(CT, uid(1), EXPLICIT)[132:]
    assert parse_file_meta(head).dataset_offset == len(head)


def test_foreign_files(tmp_path: Path) -> None:
    assert parse_file_meta(CT_SMALL.read_bytes()).transfer_syntax_uid == EXPLICIT
    text = tmp_path / "a.txt"
    text.write_text("not DICOM", encoding="utf-8")
    for path, code in ((text, "not_a_dicom_file"), (tmp_path / "none", "file_unreadable")):
        with pytest.raises(DicomError) as caught:
            read_file_meta(path)
        assert caught.value.code == code


@given(st.binary(max_size=400))
def test_hostile_bytes_are_refused_as_such(data: bytes) -> None:
    head = build_file_meta(CT, uid(1), EXPLICIT)
    cut = random.Random(len(data)).randrange(len(head))
    for candidate in (data, head[:cut] + data, b"\0" * 128 + b"DICM\x02\0" + data):
        with suppress(DicomError):
            assert parse_file_meta(candidate).dataset_offset <= len(candidate)


def test_a_long_ae_title_is_cut() -> None:
    meta = BytesIO(build_file_meta(CT, uid(1), EXPLICIT, "A" * 30)).getvalue()
    assert meta.endswith(b"AE\x10\0" + b"A" * 16)

"""The bounded scan: right or silent, never long, never wrong about hostile bytes."""

from __future__ import annotations

import struct
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from hbgz_desktop.dicom import header_scan as tags
from hbgz_desktop.dicom.header_scan import SCAN_LIMIT, inflate_head, scan_header
from tests.unit.dicom.samples import (
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    JPEG_LOSSLESS,
    element,
    encoded,
    image,
    uid,
)


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def nested(*, is_undefined: bool, depth: int = 3) -> Dataset:
    ds = image()
    inner = Dataset()
    inner.SOPInstanceUID = uid(9, 9)
    for _ in range(depth):
        outer = Dataset()
        outer.ReferencedSOPInstanceUID = uid(9)
        outer.ReferencedSeriesSequence = Sequence([inner])
        outer["ReferencedSeriesSequence"].is_undefined_length = is_undefined
        inner.is_undefined_length_sequence_item = is_undefined
        inner = outer
    ds.ReferencedStudySequence = Sequence([inner, Dataset()])
    ds["ReferencedStudySequence"].is_undefined_length = is_undefined
    return ds


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG_ENDIAN, JPEG_LOSSLESS, "1.2.3.4"])
@pytest.mark.parametrize("is_undefined", [True, False])
def test_values_are_found_behind_sequences(syntax: str, is_undefined: bool) -> None:
    values = scan_header(encoded(nested(is_undefined=is_undefined), syntax), syntax)
    assert values is not None
    assert values[tags.SOP_INSTANCE_UID].rstrip(b"\0") == uid(1, 1, 1, 1).encode()
    assert values[tags.STUDY_INSTANCE_UID].rstrip(b"\0") == uid(1).encode()
    assert values[tags.ACCESSION_NUMBER] == b"A1"
    assert values[tags.PATIENT_NAME].decode().strip() == "测试^甲"
    assert tags.ROWS in values


def test_a_memoryview_will_do() -> None:
    data = encoded(image())
    assert scan_header(memoryview(data), EXPLICIT) == scan_header(data, EXPLICIT)


def test_a_deflated_dataset() -> None:
    data = encoded(image())
    assert scan_header(deflate(data), DEFLATED) == scan_header(data, EXPLICIT)
    assert scan_header(b"not deflated", DEFLATED) is None


def test_a_deflate_bomb_is_looked_at_up_to_the_limit() -> None:
    bomb = deflate(element(0x00080005, "CS", b"GB18030") + b"\0" * 100_000_000)
    assert len(bomb) < 300_000
    started = time.perf_counter()
    assert scan_header(bomb, DEFLATED) is None
    assert time.perf_counter() - started < 1.0
    assert len(inflate_head(bomb, SCAN_LIMIT)) == SCAN_LIMIT


def test_pixel_data_is_not_touched() -> None:
    head = encoded(image())
    cut = head.index(struct.pack("<HH", 0x7FE0, 0x0010))
    assert scan_header(head[:cut] + b"\xff" * 64, EXPLICIT) == scan_header(head, EXPLICIT)


def test_undefined_length_unknown_is_implicit_inside() -> None:
    inside = struct.pack("<HHL", 0x0008, 0x1150, 4) + b"1.2\0"
    item = struct.pack("<HHL", 0xFFFE, 0xE000, len(inside)) + inside
    unknown = struct.pack("<HH2sHL", 0x0009, 0x1001, b"UN", 0, 0xFFFFFFFF)
    end = struct.pack("<HHL", 0xFFFE, 0xE0DD, 0)
    data = encoded(image())
    at = data.index(struct.pack("<HH", 0x0010, 0x0010))
    assert scan_header(data[:at] + unknown + item + end + data[at:], EXPLICIT) is not None


@pytest.mark.parametrize(
    "data",
    [
        element(0x00080018, "UI", b"1.2") + element(0x00080016, "UI", b"1.2"),  # out of order
        element(0x00080018, "UI", b"1.2") * 2,
        element(0x00080018, "ZZ", b"1.2"),
        element(0x00020010, "UI", b"1.2"),
        element(0x00080018, "UI", b"1.2")[:-2],
        struct.pack("<HH2sH", 0x0008, 0x0018, b"UI", 0xFFFF) + b"1.2",
        struct.pack("<HH2sHL", 0x0008, 0x1110, b"SQ", 0, 0xFFFFFFFF) + b"\xff" * 40,
        struct.pack("<HH2sHL", 0x0009, 0x1001, b"OB", 0, 0xFFFFFFF0) + b"\0" * 40,
        struct.pack("<HH2sHL", 0x0008, 0x0080, b"UT", 0, 70_000) + b" " * 70_000,
        (
            struct.pack("<HH2sHL", 0x0008, 0x1110, b"SQ", 0, 0xFFFFFFFF)
            + struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
        )
        * 5000,
        b"\0",
    ],
)
def test_what_is_not_plain_is_left_to_pydicom(data: bytes) -> None:
    assert scan_header(data, EXPLICIT) is None


def test_a_header_longer_than_the_limit_is_left_to_pydicom() -> None:
    filler = struct.pack("<HH2sHL", 0x0009, 0x1001, b"OB", 0, SCAN_LIMIT) + b"\0" * SCAN_LIMIT
    data = encoded(image())
    at = data.index(struct.pack("<HH", 0x0010, 0x0010))
    assert scan_header(data[:at] + filler + data[at:], EXPLICIT) is None


def test_a_short_dataset_is_certain_at_its_end() -> None:
    assert scan_header(element(0x00080018, "UI", b"1.2\0"), EXPLICIT) == {0x00080018: b"1.2\0"}
    assert scan_header(b"", EXPLICIT) == {}


@given(st.binary(max_size=300), st.sampled_from([EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED]))
def test_no_bytes_break_it(data: bytes, syntax: str) -> None:
    scan_header(data, syntax)


@given(st.data())
def test_no_damage_breaks_it(data: st.DataObject) -> None:
    whole = bytearray(encoded(nested(is_undefined=True)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    values = scan_header(bytes(whole), EXPLICIT)
    assert values is None or set(values) <= tags.WANTED

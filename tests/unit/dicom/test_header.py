"""Headers by scan, by pydicom, or honestly unreadable; and the UID rules."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread

from hbgz_desktop.dicom.contexts import configure
from hbgz_desktop.dicom.header import check_uids, is_uid, read_header
from hbgz_desktop.model.errors import DicomError, InvalidInstanceError
from hbgz_desktop.model.instance import InstanceHeader
from tests.unit.dicom.samples import (
    BIG_ENDIAN,
    CT,
    CT_SMALL,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    LIBRARY_FILES,
    encoded,
    image,
    library_name,
    stored,
    uid,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG_ENDIAN])
def test_all_facts(syntax: str) -> None:
    ds = image()
    ds.PatientBirthDate, ds.PatientSex, ds.PatientAge = "19800102", "F", "046Y"
    ds.StudyID, ds.StudyDescription, ds.SeriesDescription = "S1", "胸部CT平扫", "肺窗"
    ds.BodyPartExamined, ds.StationName, ds.InstitutionName = "CHEST", "CT1", "人民医院"
    ds.SeriesNumber, ds.NumberOfFrames = 3, 12
    assert read_header(encoded(ds, syntax), syntax, fallback_charset="") == InstanceHeader(
        study_instance_uid=uid(1),
        series_instance_uid=uid(1, 1),
        sop_instance_uid=uid(1, 1, 1, 1),
        sop_class_uid=CT,
        transfer_syntax_uid=syntax,
        patient_name="测试甲",
        patient_id="P1",
        patient_birth_date="19800102",
        patient_sex="F",
        patient_age="046Y",
        accession_number="A1",
        study_id="S1",
        study_date="20260301",
        study_time="081500",
        modality="CT",
        study_description="胸部CT平扫",
        series_description="肺窗",
        body_part_examined="CHEST",
        station_name="CT1",
        institution_name="人民医院",
        series_number=3,
        instance_number=1,
        number_of_frames=12,
        charset="utf_8",
        charset_origin="dataset",
    )


def test_a_file_is_read_behind_its_meta(tmp_path: Path) -> None:
    header = read_header(stored(tmp_path / "a.dcm", image()), "", fallback_charset="")
    assert (header.sop_instance_uid, header.transfer_syntax_uid) == (uid(1, 1, 1, 1), EXPLICIT)


def test_a_missing_file_is_an_error_and_an_empty_one_unreadable(tmp_path: Path) -> None:
    with pytest.raises(DicomError) as caught:
        read_header(tmp_path / "none", "", fallback_charset="")
    assert caught.value.code == "file_unreadable"
    empty = tmp_path / "empty"
    empty.touch()
    assert not read_header(empty, "", fallback_charset="").is_readable


@pytest.mark.parametrize(("sent", "declared"), [(IMPLICIT, EXPLICIT), (EXPLICIT, IMPLICIT)])
def test_a_wrong_encoding_is_seen_through(sent: str, declared: str) -> None:
    header = read_header(encoded(image(), sent), declared, fallback_charset="")
    assert header.is_readable
    assert header.sop_instance_uid == uid(1, 1, 1, 1)


def test_what_the_scan_cannot_tell_pydicom_reads() -> None:
    data = encoded(image())
    at = data.index(struct.pack("<HH", 0x0010, 0x0010))
    odd = struct.pack("<HH2sHL", 0x0009, 0x1001, b"OB", 0, 2_000_000) + b"\0" * 2_000_000
    header = read_header(data[:at] + odd + data[at:], EXPLICIT, fallback_charset="")
    assert header.study_instance_uid == uid(1)


def test_a_deflated_bomb_costs_little() -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    filler = struct.pack("<HH2sHL", 0x0009, 0x1001, b"OB", 0, 0x0A000000)
    bomb = packer.compress(filler + b"\0" * 0x0A000000) + packer.flush()
    header = read_header(bomb, DEFLATED, fallback_charset="")
    assert header.sop_instance_uid == ""


def test_garbage_is_unreadable() -> None:
    header = read_header(b"\xff" * 200, EXPLICIT, fallback_charset="")
    assert header == InstanceHeader("", "", "", "", EXPLICIT, is_readable=False)


def test_a_wrongly_declared_name_is_repaired() -> None:
    ds = image()
    ds.SpecificCharacterSet = "GB18030"
    data = encoded(ds).replace(b"GB18030 ", b"ISO_IR 6")
    header = read_header(data, EXPLICIT, fallback_charset="GB18030")
    assert (header.patient_name, header.charset_origin) == ("测试甲", "fallback")


def test_numbers_that_are_none() -> None:
    ds = image()
    data = encoded(ds).replace(b"IS\x02\x001 ", b"IS\x02\x00x ")
    assert read_header(data, EXPLICIT, fallback_charset="").instance_number is None


@pytest.mark.parametrize("path", LIBRARY_FILES, ids=library_name)
def test_the_librarys_own_files(path: Path) -> None:
    header = read_header(path, "", fallback_charset="GB18030")
    configure()
    try:
        expected = str(dcmread(path).get("SOPInstanceUID", ""))
    except Exception:  # noqa: BLE001 - what pydicom itself refuses has no expectation
        return
    assert header.sop_instance_uid == expected


@given(st.binary(max_size=300), st.sampled_from([EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED, ""]))
def test_no_bytes_break_it(data: bytes, syntax: str) -> None:
    header = read_header(data, syntax, fallback_charset="GB18030")
    assert header.transfer_syntax_uid == syntax


@given(st.data())
def test_no_damage_breaks_it(data: st.DataObject) -> None:
    whole = bytearray(CT_SMALL.read_bytes()[:3000])
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(400, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_header(bytes(whole[396:]), EXPLICIT, fallback_charset="")


def header(**changes: object) -> InstanceHeader:
    facts: dict[str, object] = {
        "study_instance_uid": uid(1),
        "series_instance_uid": uid(1, 1),
        "sop_instance_uid": uid(1, 1, 1),
        "sop_class_uid": CT,
        "transfer_syntax_uid": EXPLICIT,
    }
    return InstanceHeader(**{**facts, **changes})  # type: ignore[arg-type]  # a test's shorthand


def test_good_uids_pass() -> None:
    check_uids(header(), CT, uid(1, 1, 1))
    check_uids(header(sop_instance_uid="1.02.3"), CT, "1.02.3")
    check_uids(InstanceHeader("", "", "", "", EXPLICIT, is_readable=False), CT, uid(1))


@pytest.mark.parametrize(
    ("found", "sop_class", "sop_instance", "code", "status"),
    [
        (header(), "", uid(1, 1, 1), "uid_missing", 0xC000),
        (header(), CT, "", "uid_missing", 0xC000),
        (header(), CT, "1.2..3", "uid_malformed", 0xC000),
        (header(study_instance_uid=""), CT, uid(1, 1, 1), "uid_missing", 0xC000),
        (header(series_instance_uid=""), CT, uid(1, 1, 1), "uid_missing", 0xC000),
        (header(sop_instance_uid=""), CT, uid(1, 1, 1), "uid_missing", 0xC000),
        (header(study_instance_uid="1." + "2" * 63), CT, uid(1, 1, 1), "uid_malformed", 0xC000),
        (header(study_instance_uid="../../x"), CT, uid(1, 1, 1), "uid_malformed", 0xC000),
        (header(sop_class_uid=uid(4)), CT, uid(1, 1, 1), "sop_class_mismatch", 0xA900),
        (header(), CT, uid(1, 1, 2), "sop_instance_mismatch", 0xA900),
        (
            InstanceHeader("", "", "", "", EXPLICIT, is_readable=False),
            CT,
            "x",
            "uid_malformed",
            0xC000,
        ),
    ],
)
def test_bad_uids_are_refused(
    found: InstanceHeader, sop_class: str, sop_instance: str, code: str, status: int
) -> None:
    with pytest.raises(InvalidInstanceError) as caught:
        check_uids(found, sop_class, sop_instance)
    assert (caught.value.code, caught.value.facts["status"]) == (code, status)


@pytest.mark.parametrize("value", ["1", "1.2.3", "1.02.3", "1." + "2" * 62])
def test_uids(value: str) -> None:
    assert is_uid(value)


@pytest.mark.parametrize("value", ["", ".1", "1.", "1..2", "1.2\n", "1.a", "１.2", "1." + "2" * 63])
def test_no_uids(value: str) -> None:
    assert not is_uid(value)

"""What the simulated modality writes is readable, right, and the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pydicom import dcmread

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.dicom_head import has_marker, sop_instance_uid_of
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.sandbox.study_spec import Anatomy, Charset, StudySpec, Syntax

if TYPE_CHECKING:
    from pathlib import Path

SPEC = StudySpec(
    modality="CT",
    anatomy=Anatomy.HEAD,
    study_instance_uid="1.2.826.0.1.3680043.8.498.77",
    series=1,
    images=1,
    rows=47,
    columns=65,
    patient_name="王^小明",
    romanised_name="Wang^Xiaoming",
    patient_id="P1",
    accession_number="A1",
    sex="M",
    birth_date=date(1970, 1, 2),
    charset=Charset.UTF_8,
    transfer_syntax=Syntax.EXPLICIT,
    study_datetime=datetime(2026, 11, 21, 17, 2, 3, tzinfo=UTC),
    description="头颅CT平扫",
)
LOSSLESS = [syntax for syntax in Syntax if syntax is not Syntax.JPEG_BASELINE]
KINDS = [
    replace(SPEC),
    replace(SPEC, anatomy=Anatomy.ABDOMEN),
    replace(SPEC, modality="MR", series=2),
    replace(SPEC, modality="DX", anatomy=Anatomy.CHEST),
    replace(SPEC, modality="US", anatomy=Anatomy.HEART),
    replace(SPEC, modality="US", anatomy=Anatomy.HEART, is_colour=True),
]


@pytest.mark.parametrize(
    "kind", KINDS, ids=lambda s: f"{s.modality}-{s.anatomy.value}-{s.is_colour}"
)
@pytest.mark.parametrize("syntax", LOSSLESS, ids=lambda s: str(s.name))
def test_every_lossless_syntax_holds_the_same_pixels(
    tmp_path: Path, kind: StudySpec, syntax: Syntax
) -> None:
    plain = generate_study(kind, tmp_path / "plain", 3)
    coded = generate_study(replace(kind, transfer_syntax=syntax), tmp_path / "coded", 3)
    assert len(plain) == len(coded) == kind.series
    for left, right in zip(plain, coded, strict=True):
        ds = dcmread(right)
        assert ds.file_meta.TransferSyntaxUID == syntax.value
        assert np.array_equal(dcmread(left).pixel_array, ds.pixel_array)
        assert float(ds.pixel_array.std()) > 5


@pytest.mark.parametrize("is_colour", [False, True])
def test_baseline_is_close_and_says_that_it_is_lossy(tmp_path: Path, is_colour: bool) -> None:
    spec = replace(
        SPEC, modality="US", anatomy=Anatomy.HEART, is_colour=is_colour, rows=128, columns=128
    )
    (plain,) = generate_study(spec, tmp_path / "plain", 3)
    coded_spec = replace(spec, transfer_syntax=Syntax.JPEG_BASELINE)
    (coded,) = generate_study(coded_spec, tmp_path / "coded", 3)
    ds = dcmread(coded)
    assert ds.LossyImageCompression == "01"
    assert ds.PhotometricInterpretation == ("YBR_FULL_422" if is_colour else "MONOCHROME2")
    gap = np.abs(dcmread(plain).pixel_array.astype(int) - ds.pixel_array.astype(int))
    assert gap.mean() < 12


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = replace(SPEC, images=2)
    first = [path.read_bytes() for path in generate_study(spec, tmp_path / "a", 5)]
    second = [path.read_bytes() for path in generate_study(spec, tmp_path / "b", 5)]
    other = [path.read_bytes() for path in generate_study(spec, tmp_path / "c", 6)]
    assert first == second
    assert first[0] != other[0]
    assert first[0] != first[1]


def test_the_header_says_what_was_asked_for(tmp_path: Path) -> None:
    spec = replace(SPEC, modality="MR", series=2, images=2)
    files = [dcmread(path) for path in generate_study(spec, tmp_path, 1)]
    assert len({ds.SOPInstanceUID for ds in files}) == 4
    assert len({ds.SeriesInstanceUID for ds in files}) == 2
    assert {ds.StudyInstanceUID for ds in files} == {spec.study_instance_uid}
    ds = files[3]
    # 17:02:03 UTC is the next day in Shanghai.
    assert (ds.StudyDate, ds.StudyTime) == ("20261122", "010203")
    assert (ds.PatientID, ds.AccessionNumber, ds.PatientSex) == ("P1", "A1", "M")
    assert (ds.PatientBirthDate, int(ds.SeriesNumber), int(ds.InstanceNumber)) == ("19700102", 2, 2)
    assert ds.SeriesDescription.startswith("T2WI")
    for path, read in zip(sorted(tmp_path.iterdir()), files, strict=True):
        assert "Wang" not in path.name
        head = path.read_bytes()[:4096]
        assert has_marker(head)
        assert sop_instance_uid_of(head) == read.SOPInstanceUID


GBK_NAME = "王^小明".encode("gbk")


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        (Charset.UTF_8, "Wang^Xiaoming=王^小明".encode()),
        (Charset.GB18030, b"Wang^Xiaoming=" + GBK_NAME),
        (Charset.GBK_UNDECLARED, b"Wang^Xiaoming=" + GBK_NAME),
        (Charset.ISO_2022_58, b"Wang^Xiaoming=\x1b$)A\xcd\xf5^\x1b$)A\xd0\xa1\xc3\xf7"),
    ],
)
@pytest.mark.parametrize("syntax", [Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.JPEG_LS])
def test_names_are_written_in_each_charset(
    tmp_path: Path, charset: Charset, written: bytes, syntax: Syntax
) -> None:
    spec = replace(SPEC, charset=charset, transfer_syntax=syntax)
    (path,) = generate_study(spec, tmp_path, 1)
    ds = dcmread(path)
    declared = ds.get("SpecificCharacterSet")
    found = (
        () if declared is None else (declared,) if isinstance(declared, str) else tuple(declared)
    )
    assert found == charset.value
    content = path.read_bytes()
    assert written in content
    if charset is Charset.GBK_UNDECLARED:
        assert "头颅CT平扫".encode("gbk") in content


@pytest.mark.parametrize(
    "spec", [replace(SPEC, modality="XX"), replace(SPEC, transfer_syntax=Syntax.JPEG_BASELINE)]
)
def test_what_no_device_sends_is_refused(tmp_path: Path, spec: StudySpec) -> None:
    with pytest.raises(UsageError) as caught:
        generate_study(spec, tmp_path, 1)
    assert caught.value.code == "sandbox_study_invalid"


@pytest.mark.parametrize(
    "head", [b"", b"\0" * 132, b"\0" * 128 + b"DICM", b"\0" * 128 + b"DICM\2\0\1\0OB\0\0\2\0\0"]
)
def test_a_head_without_uid_gives_none(head: bytes) -> None:
    assert sop_instance_uid_of(head) == ""

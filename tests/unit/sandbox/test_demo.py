"""The demo's studies, records and reports fit each other and the platform."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pydicom import dcmread

from hbgz_desktop.sandbox.demo import (
    LOCAL_CHARGE_TYPE,
    demo_records,
    demo_studies,
    report_pdf,
    shrunk,
    write_record_file,
)
from hbgz_desktop.sandbox.identity import identity_number
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from hbgz_desktop.sandbox.study_spec import Charset, Syntax

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.study_spec import StudySpec
    from tests.unit.sandbox.caller import Caller


def test_five_studies_of_five_kinds(studies: tuple[StudySpec, ...]) -> None:
    assert [spec.modality for spec in studies] == ["CT", "MR", "DX", "CT", "CT"]
    assert studies[3].transfer_syntax is Syntax.JPEG_LS
    assert studies[4].charset is Charset.GBK_UNDECLARED
    assert len({spec.study_instance_uid for spec in studies}) == 5
    assert len({spec.accession_number for spec in studies}) == 5
    assert max(len(spec.study_instance_uid) for spec in studies) <= 50


def test_a_seed_repeats_the_demo(studies: tuple[StudySpec, ...]) -> None:
    now = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
    assert demo_studies(7, now) == studies
    assert demo_studies(8, now) != studies
    assert demo_studies(7)[0].accession_number == studies[0].accession_number


def test_identity_numbers_check(studies: tuple[StudySpec, ...]) -> None:
    # The example of GB 11643-1999, appendix, with the same body and check digit.
    assert identity_number(date(1949, 12, 31), 2)[6:17] == "19491231002"
    for spec in studies:
        number = spec.certificate_number
        weights = [2 ** (17 - place) % 11 for place in range(18)]
        total = sum((10 if d == "X" else int(d)) * w for d, w in zip(number, weights, strict=True))
        assert total % 11 == 1
        assert number[6:14] == f"{spec.birth_date:%Y%m%d}"
        assert int(number[16]) % 2 == (spec.sex == "M")


def test_the_platform_takes_all_but_the_local_code(
    caller: Caller, studies: tuple[StudySpec, ...]
) -> None:
    records = demo_records(studies)
    flags = [caller.record(record).json()["code"] for record in records]
    assert flags == [0, 422, 0, 0, 0]
    assert records[1]["chargeType"] == LOCAL_CHARGE_TYPE
    assert caller.record({**records[1], "chargeType": "01"}).json()["code"] == 0
    assert all(stored.warnings == () for stored in caller.platform.records())


def test_records_may_leave_the_index_to_the_program(studies: tuple[StudySpec, ...]) -> None:
    assert not any("hiImgIndx" in row for row in demo_records(studies, with_index=False))


def test_study_and_record_reach_the_platform_together(
    caller: Caller, studies: tuple[StudySpec, ...], tmp_path: Path
) -> None:
    for number in (0, 2, 3, 4):
        record: dict[str, Any] = demo_records(studies)[number]
        paths = generate_study(shrunk(studies[number], 2, 32), tmp_path / str(number), 1)
        assert caller.record(record).json()["code"] == 0
        for path in paths:
            ds = dcmread(path, stop_before_pixels=True)
            assert ds.AccessionNumber == record["accessionNumber"]
            assert ds.StudyInstanceUID == record["studyUid"]
            answer = caller.image(record, path.read_bytes(), imageTotalNum=str(len(paths))).json()
            assert answer["code"] == 0
        pdf = report_pdf(record, record["rpotNo"])
        assert caller.report(record, pdf).json()["code"] == 0
    state = caller.platform.state()
    assert (state["images"], state["reports"], state["sent_twice_as_new"]) == (7, 4, [])


def test_the_record_file_names_its_reports(tmp_path: Path, studies: tuple[StudySpec, ...]) -> None:
    records = demo_records(studies)
    records[0]["rpotNo"] = "RA,RB"
    target = write_record_file(records, tmp_path / "导出 目录")
    rows = json.loads(target.read_text(encoding="utf-8"))
    assert [len(row["reportPdf"]) for row in rows] == [2, 1, 1, 1, 1]
    for row in rows:
        for text in row["reportPdf"]:
            assert Path(text).is_absolute()
            assert Path(text).read_bytes().startswith(b"%PDF-")
    assert [path.name for path in target.parent.iterdir() if path.is_file()] == ["records.json"]


@pytest.mark.parametrize("title", ["Report (1) \\ x", "影像检查报告"])
def test_a_report_is_a_pdf_that_can_be_opened(title: str) -> None:
    document = pypdfium2.PdfDocument(make_report_pdf(title, ["diagnosis: none", "未见异常"]))
    try:
        assert len(document) == 1
        page = document[0]
        text = page.get_textpage()
        content = text.get_text_range()
        text.close()
        page.close()
    finally:
        document.close()
    assert "diagnosis: none" in content
    assert title in content
    assert "未见异常" in content

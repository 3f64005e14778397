"""Files of records: every good row is taken, corrections are corrections, other people are not."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.record import SourceRecord
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from hbgz_desktop.services.record_import import record_keys
from hbgz_desktop.services.template_file import write_record_template

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.services.record_import import ImportReport
    from tests.unit.services.clinic import Clinic


def tally(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.same, len(report.problems)


def write_csv(clinic: Clinic, rows: list[dict[str, object]], encoding: str) -> Path:
    path = clinic.root / f"ris-{encoding}.csv"
    plain = [{k: v for k, v in row.items() if k != "setlInfoList"} for row in rows]
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(plain[0]))
        writer.writeheader()
        writer.writerows(plain)
    return path


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"accessionNumber": "B, A", "studyUid": "1.2"}, "acc:A,B"),
        ({"studyUid": "1.2", "hiImgIndx": "x"}, "uid:1.2"),
        ({"hiImgIndx": "x", "appyNo": "y"}, "idx:x"),
        ({"appyNo": "y"}, "appy:y"),
    ],
)
def test_what_a_row_is_recognised_by(fields: dict[str, str], key: str) -> None:
    assert record_keys(SourceRecord(1, fields)).source_key == key


def test_json_again_and_corrected(clinic: Clinic) -> None:
    records = [clinic.record(spec) for spec in clinic.specs]
    assert tally(clinic.take(*records)) == (5, 0, 0, 0)
    assert tally(clinic.take(*records)) == (0, 0, 5, 0)
    corrected = clinic.take({**records[0], "examDrName": "李技师"}, records[1])
    assert tally(corrected) == (0, 1, 1, 0)
    stored = clinic.work.records.get(corrected.record_ids[0])
    assert stored is not None
    assert (stored.fields["examDrName"], stored.revision) == ("李技师", 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_in_both_encodings_with_settlements_days_later(clinic: Clinic, encoding: str) -> None:
    record = clinic.record(clinic.specs[0])
    report = clinic.work.record_import.import_file(write_csv(clinic, [record], encoding))
    assert tally(report) == (1, 0, 0, 0)
    stored = clinic.work.records.get(report.record_ids[0])
    assert stored is not None
    assert stored.fields["psnName"] == record["psnName"]
    row = {
        "appyNo": record["appyNo"],
        "setlId": "JS1",
        "medListCodg": "X",
        "feedetlSn": "F1",
    }
    later = clinic.work.record_import.import_file(clinic.write([row]))
    assert (later.settlements, later.waiting_settlements) == (1, 0)
    settled = clinic.work.records.get(report.record_ids[0])
    assert settled is not None
    assert [one["setlId"] for one in settled.settlements] == ["JS1"]


def test_settlements_that_come_before_their_record_wait_for_it(clinic: Clinic) -> None:
    record = clinic.record(clinic.specs[0])
    row = {"appyNo": record["appyNo"], "setlId": "JS1", "medListCodg": "X", "feedetlSn": "F1"}
    early = clinic.work.record_import.import_file(clinic.write([row]))
    assert (early.settlements, early.waiting_settlements) == (1, 1)
    report = clinic.take({k: v for k, v in record.items() if k != "setlInfoList"})
    stored = clinic.work.records.get(report.record_ids[0])
    assert stored is not None
    assert len(stored.settlements) == 1


def test_xlsx_from_our_own_template(clinic: Clinic) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = clinic.root / "模板.xlsx"
    write_record_template(clinic.work.standard, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    assert len(headings) >= 75
    record = clinic.record(clinic.specs[0])
    for name, value in record.items():
        if name != "setlInfoList":
            sheet.cell(row=2, column=headings[name], value=str(value))
    settlements = book["setlInfoList"]
    columns = {cell.value: cell.column for cell in settlements[1]}
    values = {"appyNo": record["appyNo"], "setlId": "JS1", "medListCodg": "X", "feedetlSn": "F1"}
    for name, value in values.items():
        settlements.cell(row=2, column=columns[name], value=value)
    book.save(path)
    book.close()
    report = clinic.work.record_import.import_file(path)
    assert tally(report) == (1, 0, 0, 0)
    stored = clinic.work.records.get(report.record_ids[0])
    assert stored is not None
    assert stored.fields["certno"] == record["certno"]
    assert [one["setlId"] for one in stored.settlements] == ["JS1"]


def test_another_person_under_the_same_number_is_not_a_correction(clinic: Clinic) -> None:
    record = clinic.record(clinic.specs[0])
    clinic.take(record)
    other = {**record, "psnName": "李四", "certno": clinic.specs[1].certificate_number}
    report = clinic.take(other, clinic.record(clinic.specs[1]))
    assert tally(report) == (1, 0, 0, 1), "the other row is taken all the same"
    (problem,) = report.problems
    assert (problem.row, problem.field, problem.rule) == (
        1,
        "accessionNumber",
        "record_other_patient",
    )
    typo = clinic.take({**record, "psnName": "刘改名"})
    assert tally(typo) == (0, 1, 0, 0), "a name alone may be corrected"


def test_bad_rows_do_not_stop_the_good_ones_and_are_kept_for_a_person(clinic: Clinic) -> None:
    path = clinic.write(
        [clinic.record(clinic.specs[0]), 7, clinic.record(clinic.specs[1])], "a.json"
    )
    report = clinic.work.record_import.import_file(path)
    assert (report.new, [one.row for one in report.problems]) == (2, [2])
    rows = clinic.query("select source, row, rule from import_rows where settled_at is null")
    assert [tuple(row) for row in rows] == [("a.json", 2, "record_row_not_object")]
    clinic.write([clinic.record(clinic.specs[0])], "a.json")
    clinic.work.record_import.import_file(path)
    assert clinic.query("select id from import_rows where settled_at is null") == []


def test_text_that_no_database_can_hold_is_a_problem_of_its_row(clinic: Clinic) -> None:
    path = clinic.root / "odd.json"
    good = clinic.record(clinic.specs[1])
    odd = clinic.record(clinic.specs[0], examDrName="PLACE")
    text = clinic.write([odd, good]).read_text(encoding="utf-8").replace("PLACE", "\\ud800")
    path.write_text(text, encoding="utf-8")
    report = clinic.work.record_import.import_file(path)
    assert report.new >= 1
    assert len(report.problems) <= 1


def test_a_file_that_is_none_is_refused_as_a_whole(clinic: Clinic) -> None:
    path = clinic.root / "x.csv"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(RecordError) as caught:
        clinic.work.record_import.import_file(path)
    assert caught.value.code == "record_file_kind_unknown"


# -- reports


def with_reports(clinic: Clinic, *names: str) -> dict[str, object]:
    numbers = ",".join(f"R{place}" for place in range(1, len(names) + 1))
    return clinic.record(clinic.specs[0], rpotNo=numbers, reportPdf="|".join(names))


def pdf(clinic: Clinic, name: str, text: str = "一") -> Path:
    path = clinic.root / "ris" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(make_report_pdf("报告", [text]))
    return path


def test_each_report_belongs_to_the_number_in_its_place(clinic: Clinic) -> None:
    first, second = pdf(clinic, "a.pdf", "甲"), pdf(clinic, "b.pdf", "乙")
    report = clinic.take(with_reports(clinic, "a.pdf", "b.pdf"))
    assert report.problems == ()
    stored = clinic.work.records.reports_of(report.record_ids[0])
    assert [one.rpot_no for one in stored] == ["R1", "R2"]
    contents = [clinic.work.reports.absolute(one.path).read_bytes() for one in stored]
    assert contents == [first.read_bytes(), second.read_bytes()]
    assert list(clinic.work.reports.root.glob(".fetch-*")) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.pdf", "report_missing"),
        ("text.pdf", "report_not_pdf"),
        ("../outside.pdf", "report_outside_folders"),
        ("http://10.9.9.9/r.pdf", "report_host_refused"),
    ],
)
def test_a_report_that_cannot_be_had_is_named_and_the_record_is_taken(
    clinic: Clinic, name: str, code: str
) -> None:
    pdf(clinic, "a.pdf")
    (clinic.root / "ris" / "text.pdf").write_bytes(b"hello" * 500)
    (clinic.root / "outside.pdf").write_bytes(make_report_pdf("报告", ["一"]))
    report = clinic.take(with_reports(clinic, name))
    assert report.new == 1
    assert [(one.field, one.value, one.rule) for one in report.problems] == [
        ("reportPdf", "R1", code)
    ]
    (stored,) = clinic.work.records.reports_of(report.record_ids[0])
    assert (stored.problem, stored.path) == (code, "")


def test_a_report_that_comes_later_lets_the_delivery_go(clinic: Clinic) -> None:
    """The record is the same, only its PDF is there by now."""
    spec = clinic.specs[0]
    clinic.send(spec)
    record = with_reports(clinic, "late.pdf")
    first = clinic.take(record)
    clinic.close(spec)
    examination_id = clinic.work.examinations.of_record(first.record_ids[0]) or 0
    assert clinic.deliveries(examination_id)["report"] == "report"
    pdf(clinic, "late.pdf")
    again = clinic.take(record)
    assert tally(again) == (0, 0, 1, 0)
    assert clinic.deliveries(examination_id)["report"] == "order"


def test_a_report_of_another_content_takes_the_old_ones_place(clinic: Clinic) -> None:
    pdf(clinic, "a.pdf", "初稿")
    report = clinic.take(with_reports(clinic, "a.pdf"))
    (before,) = clinic.work.records.reports_of(report.record_ids[0])
    assert tally(clinic.take(with_reports(clinic, "a.pdf"))) == (0, 0, 1, 0)
    assert clinic.work.records.reports_of(report.record_ids[0]) == (before,)
    pdf(clinic, "a.pdf", "定稿")
    clinic.take(with_reports(clinic, "a.pdf"))
    (after,) = clinic.work.records.reports_of(report.record_ids[0])
    assert after.md5 != before.md5
    assert clinic.work.reports.absolute(after.path).is_file()


def test_a_report_folder_that_cannot_be_written_is_a_problem_not_a_crash(clinic: Clinic) -> None:
    pdf(clinic, "a.pdf")
    root = clinic.work.reports.root
    root.rmdir()
    root.write_bytes(b"a file where the folder was")
    report = clinic.take(with_reports(clinic, "a.pdf"))
    assert [one.rule for one in report.problems] == ["storage_io"]
    root.unlink()
    root.mkdir()
    assert tally(clinic.take(with_reports(clinic, "a.pdf"))) == (0, 0, 1, 0)

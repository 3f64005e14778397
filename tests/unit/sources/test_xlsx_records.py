from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.file_limits import FileLimits
from tests.unit.sources.record_reading import faults, names, read, read_path

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.record import SourceFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "检查.xlsx"


moment = dt.datetime.fromisoformat  # a cell has no zone


def workbook(*rows: list[Any], settlements: list[list[Any]] | None = None) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if settlements is not None:
        sheet = book.create_sheet("SetlInfolist")
        for row in settlements:
            sheet.append(row)
    return book


def saved(path: Path, book: Any) -> SourceFile:
    book.save(path)
    return read_path(path)


def fields(path: Path, value: object, number_format: str = "General") -> dict[str, str]:
    """Read one cell of one record."""
    book = workbook(["psnName", "certno"], ["李丽", None])
    cell = book.active["B2"]
    cell.value = value
    cell.number_format = number_format
    return saved(path, book).records[0].fields


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("0012", "General", "0012"),
        (5, "General", "5"),
        (5.0, "General", "5"),
        (240.1, "0.00", "240.1"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (-3, "General", "-3"),
        (123456789012345, "General", "123456789012345"),
        (42, "000000", "000042"),
        (True, "General", "TRUE"),
        (dt.date(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
        (moment("2025-03-01"), "yyyy/m/d", "2025-03-01"),
        (moment("2025-03-01"), "yyyy-mm-dd hh:mm:ss", "2025-03-01 00:00:00"),
        (moment("2025-03-01T08:09:59"), "yyyy-mm-dd", "2025-03-01 08:09:59"),
        (dt.time(8, 9), "hh:mm", "08:09:00"),
    ],
)
def test_cells(path: Path, value: object, number_format: str, text: str) -> None:
    assert fields(path, value, number_format)["certno"] == text


def test_text_that_looks_like_a_formula_stays_text(path: Path) -> None:
    book = workbook(["psnName", "certno"], ["李丽", None])
    cell = book.active["B2"]
    cell.value = "=1+1"
    cell.data_type = "s"
    assert saved(path, book).records[0].fields["certno"] == "=1+1"


def test_rows_and_headings(path: Path) -> None:
    book = workbook(
        ["检查记录导出"],
        [None],
        [" HILMGIDX ", "psnname", "备注", None, None],
        ["I1", "甲", "x"],
        [],
        ["I2", "乙", None, None, None, "旁注"],
    )
    source = saved(path, book)
    assert [(record.row, record.fields["hiImgIndx"]) for record in source.records] == [
        (4, "I1"),
        (6, "I2"),
    ]
    assert source.encoding == ""
    assert faults(source) == [
        (0, "备注", "record_column_unknown"),
        (0, "#4", "record_column_blank"),
    ]


def test_one_bad_row_never_stops_the_others(path: Path) -> None:
    book = workbook(
        ["psnName", "certno", "rpotNo", "reportPdf"],
        ["甲", 110101197804050038],
        ["乙", "1"],
        ["丙", "#N/A"],
        ["丁", "=1+1"],
        ["戊", "1", "R1", "a|b"],
        ["己", "1"],
    )
    source = saved(path, book)
    assert names(source) == ["乙", "己"]
    assert faults(source) == [
        (2, "certno", "record_number_rounded"),
        (4, "certno", "record_cell_error"),
        (5, "certno", "record_formula_without_value"),
        (6, "reportPdf", "record_report_count"),
    ]


def test_results_of_formulas_are_taken_as_saved(path: Path) -> None:
    saved(path, workbook(["psnName", "certno"], ["甲", "=1+1"]))
    data = rewritten(path, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v />", b"<f>1+1</f><v>3</v>")
    assert read(path, data).records[0].fields["certno"] == "3"


def test_a_claimed_size_does_not_cut_rows(path: Path) -> None:
    saved(path, workbook(["psnName"], ["甲"], ["乙"]))
    data = rewritten(path, "xl/worksheets/sheet1.xml", b'ref="A1:A3"', b'ref="A1:A1"')
    assert names(read(path, data)) == ["甲", "乙"]


def test_the_settlement_sheet_joins_its_records(path: Path) -> None:
    book = workbook(
        ["psnName", "appyNo", "hiImgIndx", "setlDate"],
        ["甲", "A1", "I1", None],
        ["乙", "A2", "I2", "2025-01-09 00:00:00"],
        ["丙", "A2", "I3", None],
        settlements=[
            ["appyNo", "hiImgIndx", "setlId", "medListCodg", "setlDate"],
            ["A1", None, "S1", "M1", "2025-01-01 00:00:00"],
            ["A1", None, "S2", "M2", "2025-01-02 00:00:00"],
            ["A2", "I2", "S3", "M3", "2025-01-03 00:00:00"],
            ["A2", None, "S4", "M4", None],
            ["A9", None, "S5", "M5", None],
            [None, None, "S6", "M6", None],
        ],
    )
    source = saved(path, book)
    assert [[row["setlId"] for row in record.settlements] for record in source.records] == [
        ["S1", "S2"],
        ["S3"],
        [],
    ]
    assert [record.fields.get("setlDate") for record in source.records] == [
        "2025-01-02 00:00:00",
        "2025-01-09 00:00:00",
        None,
    ]
    assert [settlement.values["setlId"] for settlement in source.settlements] == ["S4", "S5"]
    assert faults(source) == [(7, "setlInfoList.appyNo", "record_settlement_no_key")]


def test_a_workbook_of_settlements_alone(path: Path) -> None:
    source = saved(path, workbook(["appyNo", "setlId", "feedetlSn"], ["A1", "S1", 7]))
    assert source.settlements[0].values == {"setlId": "S1", "feedetlSn": "7"}


# ---- hostile or damaged -------------------------------------------------------------------------


def rewritten(path: Path, member: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one member replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == member:
                assert old in content
                content = content.replace(old, new, 1)
            copy.writestr(info, content, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()


def refused(path: Path, data: bytes, limits: FileLimits | None = None) -> str:
    with pytest.raises(RecordError) as caught:
        read(path, data, limits)
    assert "张三" not in str(caught.value)
    return caught.value.code


def test_no_heading_is_known(path: Path) -> None:
    book = workbook(["姓名"], ["张三"])
    book.save(path)
    assert refused(path, path.read_bytes()) == "record_no_known_column"


def test_too_many_rows(path: Path) -> None:
    workbook(["psnName"], *[["张三"]] * 12).save(path)
    limits = FileLimits(max_rows=11)
    assert refused(path, path.read_bytes(), limits) == "record_file_too_many_rows"


def test_empty_rows_to_the_end_of_the_sheet_do_not_count(path: Path) -> None:
    book = workbook(["psnName"], ["甲"])
    book.active.cell(row=20_000, column=1).number_format = "@"
    book.save(path)
    assert names(read_path(path, FileLimits(max_rows=10))) == ["甲"]


def test_a_row_beyond_every_sheet(path: Path) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    data = rewritten(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="999999999"')
    assert refused(path, data) == "record_xlsx_invalid"


def test_entities_are_refused(path: Path) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    data = rewritten(path, "xl/worksheets/sheet1.xml", b"<worksheet", doctype)
    assert refused(path, data) == "record_xlsx_bomb"


@pytest.mark.parametrize(
    "filling",
    [bytes(2_000_000), b"<row>" + b"<c/>" * 400_000 + b"</row>", b"<x><a/>" + b"<a/>" * 400_000],
)
def test_members_that_cost_too_much(path: Path, filling: bytes) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", filling)
    assert refused(path, path.read_bytes()) == "record_xlsx_bomb"


def test_too_many_or_too_large_members(path: Path) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    data = path.read_bytes()
    assert refused(path, data, FileLimits(max_xlsx_members=3)) == "record_xlsx_bomb"
    assert refused(path, data, FileLimits(max_xlsx_bytes=1000)) == "record_xlsx_bomb"


def test_a_member_that_lies_about_its_size_is_cut(path: Path) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/1.bin", bytes(1_000_000))
    data = path.read_bytes().replace((1_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refused(path, data) == "record_xlsx_invalid"


def test_other_compressions_are_refused(path: Path) -> None:
    workbook(["psnName"], ["甲"]).save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("x", b"x")
    assert refused(path, path.read_bytes()) == "record_xlsx_invalid"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_half_a_workbook(path: Path, keep: float) -> None:
    workbook(["psnName"], ["张三"]).save(path)
    data = path.read_bytes()
    assert refused(path, data[: int(len(data) * keep)]) == "record_xlsx_invalid"


def test_a_zip_that_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "张三")
    assert refused(path, path.read_bytes()) == "record_xlsx_invalid"

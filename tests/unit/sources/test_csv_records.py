from __future__ import annotations

import csv
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.record import SourceSettlement
from hbgz_desktop.sources.file_limits import FileLimits
from tests.unit.sources.record_reading import faults, names, read, read_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "检查.csv"


PLAIN = "psnName,certno,imgDscr\n李丽,110101197804050038,正常\n王医,,\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(path: Path, codec: str, encoding: str) -> None:
    source = read(path, PLAIN.encode(codec))
    assert names(source) == ["李丽", "王医"]
    assert source.encoding == encoding
    assert source.records[0].fields == {
        "psnName": "李丽",
        "certno": "110101197804050038",
        "imgDscr": "正常",
    }
    assert source.records[1].fields == {"psnName": "王医"}
    assert [record.row for record in source.records] == [2, 3]
    assert source.problems == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(path: Path, delimiter: str) -> None:
    text = "psnName,certno,imgDscr\n李丽,1,「a b c」\n".replace(",", delimiter)
    assert read(path, text).records[0].fields["imgDscr"] == "「a b c」"


def test_the_delimiter_of_the_header_rules_not_that_of_the_text(path: Path) -> None:
    source = read(path, "psnName;imgDscr\n李丽;a,b,c,d\n")
    assert source.records[0].fields["imgDscr"] == "a,b,c,d"


def test_separator_line_of_spreadsheets(path: Path) -> None:
    source = read(path, "sep=;\r\npsnName;certno\r\n李丽;1\r\n")
    assert source.records[0].row == 2


def test_line_breaks_and_quotes_in_cells(path: Path) -> None:
    text = 'psnName,imgDscr,certno\r\n李丽,"脑室,""正常""\r\n第二行\n第三行",1\r\n王医,b,2\r\n'
    source = read(path, text)
    assert source.records[0].fields["imgDscr"] == '脑室,"正常"\r\n第二行\n第三行'
    assert [record.row for record in source.records] == [2, 3]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_line_ends(path: Path, end: str) -> None:
    assert names(read(path, PLAIN.replace("\n", end))) == ["李丽", "王医"]


def test_names_are_folded(path: Path) -> None:
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in "certno")
    heading = f" HIIMGINDX ,psnname,EXAMRSITCODE,{full_width}"
    source = read(path, f"{heading}\nI,李丽,1,C\n")
    assert source.records[0].fields == {
        "hiImgIndx": "I",
        "psnName": "李丽",
        "examRsltCode": "1",
        "certno": "C",
    }


@pytest.mark.parametrize("name", ["hiImgIndx", "hiImgIdx", "hilmgIdx", "hiImglndx", "hilmglndx"])
def test_every_printed_spelling_of_the_index(path: Path, name: str) -> None:
    assert read(path, f"{name},psnName\nX,李丽\n").records[0].fields["hiImgIndx"] == "X"


def test_unknown_columns_are_kept_and_reported_once(path: Path) -> None:
    source = read(path, "psnName,hospitalCode,备注\n李丽,12100,a\n王医,12100,\n")
    assert faults(source) == [
        (0, "hospitalCode", "record_column_unknown"),
        (0, "备注", "record_column_unknown"),
    ]
    assert source.records[0].unknown == {"hospitalCode": "12100", "备注": "a"}
    assert source.records[1].unknown == {"hospitalCode": "12100"}


def test_duplicate_columns(path: Path) -> None:
    source = read(path, "hiImgIndx,hiImgIdx,psnName\nA,A,甲\nA,,乙\n,A,丙\nA,B,丁\n")
    assert names(source) == ["甲", "乙", "丙"]
    assert faults(source) == [
        (0, "hiImgIndx", "record_column_duplicate"),
        (5, "hiImgIndx", "record_column_conflict"),
    ]


def test_blank_headings(path: Path) -> None:
    assert faults(read(path, "psnName,,certno,\n李丽,,1,\n")) == []
    source = read(path, "psnName,,certno\n李丽,x,1\n")
    assert faults(source) == [(0, "#2", "record_column_blank")]
    assert source.records[0].fields == {"psnName": "李丽", "certno": "1"}
    assert source.records[0].unknown == {"#2": "x"}


def test_empty_rows_are_passed_over_and_counted(path: Path) -> None:
    source = read(path, "\npsnName,certno\n\n,\n李丽,1\n\n")
    assert [(record.row, record.fields["psnName"]) for record in source.records] == [(5, "李丽")]


def test_outer_blanks_are_no_content(path: Path) -> None:
    source = read(path, "psnName,certno\n 李丽\u3000,\t110\n")
    assert source.records[0].fields == {"psnName": "李丽", "certno": "110"}


# ---- one bad row never stops the others ---------------------------------------------------------


def test_a_row_with_too_many_cells(path: Path) -> None:
    source = read(path, "psnName,imgDscr\n甲,a\n乙,a,b\n丙,c\n丁,d,,\n")
    assert names(source) == ["甲", "丙", "丁"]
    assert faults(source) == [(3, "", "record_row_cells")]


def test_a_short_row_is_what_spreadsheets_write(path: Path) -> None:
    source = read(path, "psnName,certno,imgDscr,diagRslt\n甲,1\n乙,2,c,d\n")
    assert names(source) == ["甲", "乙"]
    assert faults(source) == []


def test_a_torn_row_is_not_imported_in_wrong_columns(path: Path) -> None:
    text = "psnName,imgDscr,certno\n甲,a,1\n乙,第一行\n\n第二行,2\n丙,c,3\n"
    source = read(path, text)
    assert names(source) == ["甲", "丙"]
    assert faults(source) == [(row, "", "record_row_torn") for row in (3, 4, 5)]


@pytest.mark.parametrize(
    "bad",
    ['乙,"a,2', '乙,"a"b,2', '"乙,a,2', '乙,a,"'],
)
def test_a_stray_quote_costs_its_own_row(path: Path, bad: str) -> None:
    text = f'psnName,imgDscr,certno\n甲,a,1\n{bad}\n丙,"c\nc",3\n丁,d,4\n'
    source = read(path, text)
    assert names(source) == ["甲", "丙", "丁"]
    assert faults(source) == [(3, "", "record_row_quotes")]


def test_damaged_bytes_cost_their_own_row(path: Path) -> None:
    utf8 = PLAIN.encode() + b"\xe6\x9d,1,\n" + "赵,2,\n".encode()
    source = read(path, utf8)
    assert names(source) == ["李丽", "王医", "赵"]
    assert faults(source) == [(4, "psnName", "record_cell_unreadable")]
    assert source.encoding == "utf-8"
    source = read(path, PLAIN.encode("gbk") + b"\xff\xff,1,\n" + "赵,2,\n".encode("gbk"))
    assert names(source) == ["李丽", "王医", "赵"]
    assert faults(source) == [(4, "psnName", "record_cell_unreadable")]


def test_numbers_that_a_spreadsheet_rounded(path: Path) -> None:
    source = read(path, "psnName,certno\n甲,1.10101E+17\n乙,1E5\n丙,CASE+1\n")
    assert names(source) == ["乙", "丙"]
    assert faults(source) == [(2, "certno", "record_number_rounded")]
    assert source.problems[0].value == "1.10101E+17"


def test_a_cell_that_is_too_long(path: Path) -> None:
    source = read(
        path, f"psnName,imgDscr\n甲,{'x' * 101}\n乙,b\n", FileLimits(max_cell_characters=100)
    )
    assert names(source) == ["乙"]
    assert faults(source) == [(2, "imgDscr", "record_cell_too_long")]
    assert len(source.problems[0].value) <= 200


# ---- reports and settlements --------------------------------------------------------------------


def test_reports_go_with_their_numbers(path: Path) -> None:
    rows = ('甲,"R1,R2",a.pdf | b.pdf', "乙,R1,", '丙,"R1,R2",a.pdf', '丁,"R1,R2",|b.pdf')
    text = "\n".join(("psnName,rpotNo,reportPdf", *rows))
    source = read(path, text)
    assert [record.report_pdfs for record in source.records] == [
        ("a.pdf", "b.pdf"),
        (),
        ("", "b.pdf"),
    ]
    assert faults(source) == [(4, "reportPdf", "record_report_count")]


@pytest.mark.parametrize("name", ["reportPdf", "REPORTPDF"])
def test_a_report_without_a_number(path: Path, name: str) -> None:
    assert faults(read(path, f"psnName,{name}\n甲,a.pdf\n")) == [
        (2, "reportPdf", "record_report_count")
    ]


def test_settlements_as_json_in_a_cell(path: Path) -> None:
    cell = '"[{""setlId"": 0012345678901234567890.50, ""MEDLISTCODG"": ""M"", ""x"": 1}, {}]"'
    source = read(path, f"psnName,setlInfoList\n甲,{cell}\n".replace("00123", "123"))
    assert source.records[0].settlements == (
        {"setlId": "12345678901234567890.50", "medListCodg": "M"},
    )
    assert faults(source) == [(0, "setlInfoList.x", "record_column_unknown")]


@pytest.mark.parametrize("cell", ["abc", "[1]", '"[{""setlId"": [1]}]"', '"[""a""]"', "[" * 5000])
def test_settlements_that_are_none(path: Path, cell: str) -> None:
    source = read(path, f"psnName,setlInfoList\n甲,{cell}\n乙,\n")
    assert names(source) == ["乙"]
    assert faults(source) == [(2, "setlInfoList", "record_settlement_unreadable")]


def test_a_settlement_in_columns_of_the_record(path: Path) -> None:
    source = read(path, "psnName,setlId,medListCodg,examPart\n甲,S,M,000000000\n乙,,,\n")
    assert source.records[0].settlements == ({"setlId": "S", "medListCodg": "M"},)
    assert source.records[0].fields["examPart"] == "000000000"
    assert source.records[1].settlements == ()


def test_a_settlement_file(path: Path) -> None:
    heading = "appyNo,setlId,medListCodg,feedetlSn,examPart,setlDate,备注"
    rows = ("A1,S,M,F,B02910ZZZ,2025-01-01 00:00:00,x", "A1,,,,,,", ",S,M,F,,,")
    text = "\n".join((heading, *rows))
    source = read(path, text)
    assert source.records == ()
    assert source.settlements == (
        SourceSettlement(
            row=2,
            appy_no="A1",
            hi_img_indx="",
            setl_date="2025-01-01 00:00:00",
            values={"setlId": "S", "medListCodg": "M", "feedetlSn": "F", "examPart": "B02910ZZZ"},
        ),
    )
    assert faults(source) == [
        (0, "setlInfoList.备注", "record_column_unknown"),
        (3, "setlInfoList", "record_settlement_empty"),
        (4, "setlInfoList.appyNo", "record_settlement_no_key"),
    ]


# ---- the file as a whole ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "record_file_empty"),
        (b"\xef\xbb\xbf \r\n", "record_file_empty"),
        ("姓名,证件\n李丽,1\n".encode(), "record_no_known_column"),
        (b"%PDF-1.7\n", "record_file_kind_unknown"),
        (b"MZ\x00\x00\x01", "record_file_kind_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "record_xls_not_supported"),
        (b"psnName\n" + b"x\n" * 100, "record_file_too_many_rows"),
        (b"psnName\n" + b"x" * 2000, "record_file_too_large"),
        (b"psnName\n" + b'"\n' * 900, "record_file_too_large"),
    ],
)
def test_files_that_are_refused_as_a_whole(path: Path, data: bytes, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(path, data, FileLimits(max_bytes=1800, max_rows=99))
    assert caught.value.code == code


def test_a_file_of_broken_rows_ends(path: Path) -> None:
    with pytest.raises(RecordError, match="record_file_unreadable"):
        read(path, "psnName,certno\n" + '"x\n' * 2001)


def test_errors_do_not_name_the_file(tmp_path: Path) -> None:
    missing = tmp_path / "张三.csv"
    with pytest.raises(RecordError) as caught:
        read_path(missing)
    assert caught.value.code == "record_file_missing"
    assert caught.value.retryable
    assert "张三" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    with suppress(RecordError):
        read(path, data)
    with suppress(RecordError):
        read(path, b"psnName,imgDscr,certno\n" + data)


_CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffd"), min_size=1
).filter(lambda text: text == text.strip())


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=5))
def test_what_a_csv_writer_wrote_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["psnName", "imgDscr", "diagRslt"])
        writer.writerows(rows)
    source = read_path(path)
    assert [tuple(record.fields.values()) for record in source.records] == rows
    assert source.problems == ()

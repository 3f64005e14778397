from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.record_template import write_template
from tests.unit.sources.record_reading import read_path

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = (
    ("psnName", "人员姓名", True, "50 个字以内"),
    ("certno", "证件号码", True, ""),
    ("tel", "=1+1", False, ""),
    ("setlInfoList", "结算信息", True, ""),
)
SETTLEMENT = (("setlId", "结算 ID", True, ""), ("=cmd", "公式", False, ""))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "模板.xlsx"
    write_template(target, FIELDS, SETTLEMENT)
    return target


def test_headings_and_names(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["检查记录", "setlInfoList"]
    records, settlements = book.worksheets
    assert [cell.value for cell in records[1]] == ["psnName", "certno", "tel", "reportPdf"]
    assert records["A1"].comment.text == "人员姓名（必填）\n50 个字以内"
    assert records["C1"].comment.text == "=1+1（可不填）"
    assert [cell.value for cell in settlements[1]] == [
        "appyNo",
        "hiImgIndx",
        "setlId",
        "=cmd",
        "setlDate",
    ]
    assert {cell.data_type for row in (records[1], settlements[1]) for cell in row} == {"s"}
    assert records.column_dimensions["B"].number_format == "@"


def test_the_template_is_read_back_once_filled(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(["李丽", "110101197804050038"])
    book.worksheets[0]["B2"].number_format = "@"
    book.worksheets[0]["E1"] = "appyNo"
    book.worksheets[0]["E2"] = "A1"
    book.worksheets[1].append(["A1", None, "S1"])
    book.save(path)
    (record,) = read_path(path).records
    assert record.fields == {"psnName": "李丽", "certno": "110101197804050038", "appyNo": "A1"}
    assert record.settlements == ({"setlId": "S1"},)


def test_an_empty_template_has_no_records(path: Path) -> None:
    source = read_path(path)
    assert source.records == ()
    assert source.settlements == ()
    assert source.problems == ()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="template_not_written") as caught:
        write_template(tmp_path / "张三" / "x.xlsx", FIELDS, SETTLEMENT)
    assert "张三" not in str(caught.value)

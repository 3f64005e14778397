"""Orders of the HIS out of CSV, XLSX and JSON files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from hbgz_desktop.model.errors import RecordError, UsageError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation
from hbgz_desktop.services.order_import import read_orders
from hbgz_desktop.sources.order_table import ORDER_LIMITS

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = OrderRelation(
    (OrderItems("A1", ("CT1", "CT2")),), (OrderItems("B1", ("002501", "002502")),)
)


def test_a_table_with_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    lines = ("医嘱号,类别,项目代码", "A1,检查,CT1", 'B1,检验,"002501，002502"', "A1,检查,CT2")
    path.write_text("\r\n".join(lines), encoding="gb18030")
    assert read_orders(path) == EXPECTED


def test_a_table_with_a_column_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    lines = ("hisNo\tstudyItemCodes\tlabItemCodes", "A1\tCT1, CT2\t", "B1\t\t002501,002502")
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    assert read_orders(path) == EXPECTED


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ("医嘱号", "类型", "项目编码"),
        ("A1", "检查", "CT1,CT2"),
        ("B1", "检验", "002501,002502"),
    ):
        sheet.append(cells)
    book.save(path)
    assert read_orders(path) == EXPECTED


def test_json_as_the_print_has_it(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    relation = {
        "studyItem": [{"hisNo": "A1", "studyItemCodes": ["CT1", "CT2"]}],
        "labItem": [{"hisNo": "B1", "labItemCodes": ["002501", "002502"]}],
    }
    path.write_text(json.dumps({"relation": relation}), encoding="utf-8")
    assert read_orders(path) == EXPECTED


@pytest.mark.parametrize(
    "text", ["医嘱号,类别,项目代码\n", "医嘱号,项目代码\nA1,CT1\n", "Name,Wert\nx,y\n", '{"a": 1}']
)
def test_a_file_without_orders_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_orders(path)
    assert caught.value.code == "share_relation_unusable"


def test_a_number_a_spreadsheet_has_rounded_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("医嘱号", "类别", "项目代码"))
    sheet.append((1234567890123456789, "检查", "CT1"))
    book.save(path)
    with pytest.raises(RecordError):
        read_orders(path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["医嘱号"] * (ORDER_LIMITS.max_rows + 1)), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_orders(path)
    assert caught.value.code == "record_file_too_many_rows"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(RecordError) as caught:
        read_orders(path)
    assert caught.value.code == "record_xls_not_supported"

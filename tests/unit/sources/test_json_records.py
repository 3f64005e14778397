from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.file_limits import FileLimits
from tests.unit.sources.record_reading import faults, names, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.json"


ONE = {"psnName": "李丽", "HIIMGIDX": "I"}


@pytest.mark.parametrize(
    "document",
    [ONE, [ONE], {"infno": "x", "Input": [ONE]}, {"input": ONE}, {"input": json.dumps([ONE])}],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_shapes(path: Path, document: object, codec: str) -> None:
    source = read(path, json.dumps(document, ensure_ascii=False).encode(codec))
    assert source.records[0].fields == {"psnName": "李丽", "hiImgIndx": "I"}
    assert source.records[0].row == 1
    assert source.problems == ()


def test_numbers_keep_their_text(path: Path) -> None:
    text = '[{"age": 35, "examCharge": 240.00, "certno": 110101197804050038, "gend": 1e5}]'
    assert read(path, text).records[0].fields == {
        "age": "35",
        "examCharge": "240.00",
        "certno": "110101197804050038",
        "gend": "1e5",
    }


def test_null_and_empty_are_absent(path: Path) -> None:
    assert read(path, '[{"psnName": "李丽", "age": null, "gend": " "}]').records[0].fields == {
        "psnName": "李丽"
    }


def test_settlements_as_list_or_as_text(path: Path) -> None:
    rows = [{"setlId": 1, "medListCodg": "M"}, {"setlId": "2", "examPart": "B02910ZZZ"}]
    wanted = ({"setlId": "1", "medListCodg": "M"}, {"setlId": "2", "examPart": "B02910ZZZ"})
    for value in (rows, json.dumps(rows)):
        source = read(path, json.dumps([{"psnName": "李丽", "setlInfoList": value}]))
        assert source.records[0].settlements == wanted


def test_reports_as_list_or_as_text(path: Path) -> None:
    for value in (["a.pdf", "b.pdf"], "a.pdf|b.pdf"):
        source = read(path, json.dumps([{"rpotNo": "R1,R2", "reportPdf": value}]))
        assert source.records[0].report_pdfs == ("a.pdf", "b.pdf")


def test_settlement_objects(path: Path) -> None:
    text = '[{"appyNo": "A", "setlId": 1, "setlDate": "2025-01-01"}, {"psnName": "李丽"}]'
    source = read(path, text)
    assert source.settlements[0].appy_no == "A"
    assert source.settlements[0].values == {"setlId": "1"}
    assert names(source) == ["李丽"]


def test_one_bad_object_never_stops_the_others(path: Path) -> None:
    text = """[
        {"psnName": "甲", "age": {"value": 1}}, 7, {"foo": 1}, {"psnName": "乙"},
        {"psnName": "丙", "imgDscr": "\\ud83d"}, {"hiImgIndx": "A", "hiImgIdx": "B"},
        {"psnName": "丁", "setlInfoList": [{"setlId": "\\u0000"}]}, {"certno": ["1"]},
        {"psnName": "戊", "extra": {"a": [1, {"b": 2}]}}
    ]"""
    source = read(path, text)
    assert names(source) == ["乙", "戊"]
    assert faults(source) == [
        (0, "extra", "record_column_unknown"),
        (1, "age", "record_value_not_text"),
        (2, "", "record_row_not_object"),
        (3, "", "record_no_known_column"),
        (5, "imgDscr", "record_cell_unreadable"),
        (6, "hiImgIndx", "record_column_conflict"),
        (7, "setlInfoList", "record_settlement_unreadable"),
        (8, "certno", "record_value_not_text"),
    ]
    assert source.records[1].unknown == {"extra": '{"a": ["1", {"b": "2"}]}'}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"psnName": ', "record_json_invalid"),
        ('[{"psnName": "张三"} x]', "record_json_invalid"),
        ("[" * 900, "record_json_invalid"),
        ("[" * 200_000, "record_file_too_large"),
        ("[" + "{}," * 2000 + "{}]", "record_file_too_large"),
        ("[" + "1," * 200 + "1]", "record_file_too_many_rows"),
        ('{"input": "7"}', "record_json_no_records"),
    ],
)
def test_documents_that_are_refused(path: Path, text: str, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(path, text, FileLimits(max_json_values=1000, max_rows=150))
    assert caught.value.code == code
    assert "张三" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_too_deep_is_refused(path: Path) -> None:
    with pytest.raises(RecordError, match="record_json_invalid"):
        read(path, "[" * 500_000)

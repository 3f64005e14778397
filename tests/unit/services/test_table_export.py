"""A CSV that Chinese Excel opens, in which nothing is a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services.table_export import ExportJob, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_excel_knows_the_encoding_and_lines_come_whole(tmp_path: Path) -> None:
    """BOM first, then UTF-8; commas and quotes survive."""
    path = tmp_path / "检查.csv"
    job = ExportJob(path, 2)
    assert job.run(("姓名", "检查"), [[("欧阳**", 'CT,"平扫"')], [("王*", 3)]])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["姓名", "检查"], ["欧阳**", 'CT,"平扫"'], ["王*", "3"]]
    assert job.done == 2
    assert [one.name for one in tmp_path.iterdir()] == ["检查.csv"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "|calc", "%0A"]
)
def test_text_is_never_a_formula(text: str) -> None:
    """What a spreadsheet would calculate begins with an apostrophe."""
    assert plain(text) == f"'{text}"


def test_numbers_stay_and_long_ones_keep_their_digits() -> None:
    """An accession number of 17 digits would come back rounded."""
    assert plain(-3) == -3
    assert plain("312") == "312"
    assert plain("00123") == "\t00123"
    assert plain("20261120000000187") == "\t20261120000000187"
    assert plain("1.2.840.10008") == "1.2.840.10008"


def test_stopping_leaves_no_file(tmp_path: Path) -> None:
    """Neither the file nor a part of it."""
    job = ExportJob(tmp_path / "a.csv", 4)

    def batches() -> Iterator[list[tuple[str]]]:
        yield [("一",)]
        job.stop()
        yield [("二",)]

    assert not job.run(("名",), batches())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    """The person learns what to do."""
    with pytest.raises(StorageError) as caught:
        ExportJob(tmp_path / "none" / "a.csv", 0).run(("名",), [])
    assert caught.value.code == "export_not_written"

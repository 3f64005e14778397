"""Rows that were not taken: out with their problem, corrected, in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.import_repair import ImportRepair
from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.sources.columns import PROBLEM_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = (
    "accessionNumber,psnName,imgExamItem",
    "A001,张三,头颅CT",
    "A002,李四,胸部,平扫",  # a comma that is not quoted
    "A003,王五,1.10101E+17",  # digits that Excel has rounded away
)


@pytest.fixture
def work(data_dir: Path) -> Iterator[Workplace]:
    """An empty data folder."""
    with Workplace(DataFolder(data_dir)) as work:
        yield work


@pytest.fixture
def repair(work: Workplace) -> ImportRepair:
    """What is tested."""
    supervisor = EngineSupervisor(work.folder, work.engine_state)
    return ImportRepair(ConsoleServices(work, supervisor), ErrorTexts())


def dropped(work: Workplace, *lines: str, name: str = "ris.csv", folder: str = "processed") -> Path:
    """A file that the drop folder has imported and put aside."""
    path = work.drop_folder() / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    work.record_import.import_file(path)
    return path


def cells(path: Path) -> list[list[object]]:
    """The first sheet."""
    book = openpyxl.load_workbook(path)
    try:
        return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    finally:
        book.close()


def waiting(work: Workplace, repair: ImportRepair) -> list[int]:
    """Rows that wait in 待处理."""
    return sorted(one.row for one in repair._problems("ris.csv"))


def test_bad_rows_go_out_corrected_and_come_in_again(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    dropped(work, *LINES)
    assert waiting(work, repair) == [3, 4]
    out = tmp_path / "要改的行.xlsx"
    assert repair.export("ris.csv", out) == 2
    head, first, second = cells(out)
    assert head == ["accessionNumber", "psnName", "imgExamItem", None, PROBLEM_COLUMN]
    assert first[:4] == ["A002", "李四", "胸部", "平扫"]
    assert "比表头" in str(first[4])
    assert second[2] == "1.10101E+17"

    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    sheet["C2"], sheet["D2"], sheet["C3"] = "胸部,平扫", None, "腹部CT"
    book.save(out)
    watch = WorkWatch()
    report = repair.import_again("ris.csv", out, watch)
    assert (report.new, report.problems) == (2, ())
    assert watch.done == watch.total > 0
    assert waiting(work, repair) == []


def test_what_is_still_wrong_waits_under_the_same_file(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    dropped(work, *LINES)
    out = tmp_path / "out.xlsx"
    repair.export("ris.csv", out)
    again = tmp_path / "again.csv"
    again.write_text("\n".join((LINES[0], LINES[2])), encoding="utf-8")
    assert len(repair.import_again("ris.csv", again, WorkWatch()).problems) == 1
    assert waiting(work, repair) == [2]


def test_a_row_that_was_refused_after_reading_goes_out_too(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    head = "accessionNumber,psnName,certno"
    dropped(work, head, "A001,张三,520100199001011234", name="first.csv")
    dropped(work, head, "A001,李四,520100198505054321")
    out = tmp_path / "out.xlsx"
    assert repair.export("ris.csv", out) == 1
    assert "另一个人" in str(cells(out)[1][-1])


def test_members_of_a_json_file_become_columns(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    text = '[{"accessionNumber": "A1", "psnName": {"a": 1}}, {"accessionNumber": "A2"}]'
    dropped(work, text, name="ris.json")
    out = tmp_path / "out.xlsx"
    assert repair.export("ris.json", out) == 1
    head, row = cells(out)
    assert head == ["accessionNumber", "psnName", PROBLEM_COLUMN]
    assert row[:2] == ["A1", '{"a": "1"}']


def test_a_formula_stays_text(work: Workplace, repair: ImportRepair, tmp_path: Path) -> None:
    dropped(work, LINES[0], 'A002,=HYPERLINK("x"),a,b')
    out = tmp_path / "out.xlsx"
    repair.export("ris.csv", out)
    book = openpyxl.load_workbook(out)
    assert book.worksheets[0]["B2"].data_type == "s"
    book.close()


def test_the_newest_of_several_files_of_a_name_counts(
    work: Workplace, repair: ImportRepair
) -> None:
    dropped(work, *LINES)
    newest = dropped(work, *LINES, name="ris (2).csv")
    dropped(work, *LINES, name="ris (draft).csv")
    assert repair.kept_file("ris.csv") in {newest, newest.with_name("ris.csv")}
    assert repair.kept_file("other.csv") is None
    assert repair.folder("other.csv") == work.drop_folder()


def test_a_file_that_is_gone_says_so(repair: ImportRepair, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="import_file_gone"):
        repair.export("ris.csv", tmp_path / "out.xlsx")


def test_a_file_without_bad_rows_says_so(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    dropped(work, *LINES[:2])
    with pytest.raises(RecordError, match="import_rows_fine"):
        repair.export("ris.csv", tmp_path / "out.xlsx")


def test_a_place_that_cannot_be_written_says_so(
    work: Workplace, repair: ImportRepair, tmp_path: Path
) -> None:
    dropped(work, *LINES)
    with pytest.raises(RecordError, match="bad_rows_not_written"):
        repair.export("ris.csv", tmp_path / "missing" / "out.xlsx")

"""字典对照: what waits, what saving releases, the way back, and the CSV file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import RecordError, UsageError
from hbgz_desktop.model.mapping_views import MappingEntry
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.mapping_csv import HEADER, export_mappings, line_numbers, plan_import
from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.services.workplace import Workplace
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.services.mapping import MappingControl

CHARGE = "chargeType"


@pytest.fixture
def work(data_dir: Path) -> Iterator[Workplace]:
    """An empty data folder."""
    with Workplace(DataFolder(data_dir)) as work:
        yield work


@pytest.fixture
def stage(work: Workplace, tmp_path: Path) -> StudyStage:
    """Modality and RIS."""
    return StudyStage(work, tmp_path / "ris")


@pytest.fixture
def control(work: Workplace) -> MappingControl:
    """What is tested."""
    return work.mapping_control


def waiting(stage: StudyStage, *changes: dict[str, object]) -> list[int]:
    """Examinations whose images are here, each record with these fields changed."""
    made = []
    for spec, fields in zip(stage.specs, changes, strict=False):
        stage.receive(spec, images=1)
        made.append(stage.record(spec, **fields))
    return made


def state(work: Workplace, examination_id: int) -> DeliveryState:
    """Of the record's delivery."""
    return work.queue.of_examination(examination_id)[0].state


def test_titles_are_what_the_print_calls_the_sets(control: MappingControl) -> None:
    titles = control.code_sets()
    assert titles["gend"] == "性别"
    assert titles["examPart"] == "检查部位"
    assert titles["psnCertType"] == "人员证件类型"


def test_values_that_wait_stand_first_with_their_counts(
    stage: StudyStage, control: MappingControl
) -> None:
    waiting(stage, {CHARGE: "MZ"}, {CHARGE: "MZ"}, {CHARGE: "住院", "prfs": "教师"})
    stage.record(stage.specs[3], chargeType="MZ")  # its images have not come
    control.set(CHARGE, "自费", "01", "李敏")
    rows = [(row.local_value, row.standard_code, row.waiting) for row in control.rows(CHARGE)]
    assert rows == [("MZ", "", 2), ("住院", "", 1), ("自费", "01", 0)]
    first = control.overview()[0]
    assert (first.name, first.unmapped, first.mapped, first.waiting) == (CHARGE, 2, 1, 3)
    assert {one.local_value: (one.seen, one.waiting) for one in control.waiting()} == {
        "MZ": (3, 2),
        "住院": (1, 1),
        "教师": (1, 1),
    }


def test_saving_releases_exactly_what_waited(
    work: Workplace, stage: StudyStage, control: MappingControl
) -> None:
    whole, settling, other = waiting(
        stage,
        {CHARGE: "MZ"},
        {CHARGE: "MZ", "setlInfoList": None, "setlDate": None},
        {CHARGE: "MZ", "prfs": "教师"},
    )
    assert len(control.held_by([(CHARGE, "MZ"), ("prfs", "教师")])) == 3
    saved = control.set(CHARGE, " MZ ", "02", "李敏")
    assert (saved.released, saved.uploading, saved.still_waiting) == (2, 1, 1)
    assert state(work, whole) is DeliveryState.READY
    assert state(work, settling) is DeliveryState.BLOCKED
    assert state(work, other) is DeliveryState.BLOCKED
    assert control.held_by([(CHARGE, "MZ")]) == ()


def test_undo_takes_back_what_has_not_begun(
    work: Workplace, stage: StudyStage, control: MappingControl
) -> None:
    first, second = waiting(stage, {CHARGE: "MZ"}, {CHARGE: "MZ"})
    saved = control.set(CHARGE, "MZ", "02", "李敏")
    stage.claim(first)
    assert control.undo(saved, "李敏") == 1
    assert [row.standard_code for row in control.rows(CHARGE)] == [""]
    assert state(work, first) is DeliveryState.RUNNING
    assert state(work, second) is DeliveryState.BLOCKED


def test_undo_brings_an_older_code_back(control: MappingControl) -> None:
    control.set(CHARGE, "MZ", "01", "李敏")
    saved = control.set(CHARGE, "MZ", "02", "王强")
    assert saved.old_code == "01"
    control.undo(saved, "王强")
    assert [row.standard_code for row in control.rows(CHARGE)] == ["01"]


def test_one_wrong_line_keeps_all_from_being_saved(control: MappingControl) -> None:
    entries = (MappingEntry(CHARGE, "MZ", "02"), MappingEntry(CHARGE, "ZY", "99"))
    with pytest.raises(UsageError, match="mapping_code_unknown"):
        control.save(entries, "李敏")
    with pytest.raises(UsageError, match="mapping_value_empty"):
        control.set(CHARGE, "  ", "02", "李敏")
    with pytest.raises(UsageError, match="mapping_code_unknown"):
        control.set(CHARGE, "MZ", " ", "李敏")
    assert control.all() == ()


def test_a_set_that_is_not_printed_takes_any_code(control: MappingControl) -> None:
    control.set("psnCertType", "身份证", "01", "李敏")
    (row,) = control.rows("psnCertType")
    assert (row.standard_code, row.standard_name) == ("01", "")
    assert control.printed_count("psnCertType") == 0


def test_a_removed_line_can_be_brought_back(control: MappingControl) -> None:
    control.set(CHARGE, "MZ", "02", "李敏")
    saved = control.save((MappingEntry(CHARGE, "MZ", ""),), "李敏")
    assert control.rows(CHARGE) == ()
    control.undo(saved, "李敏")
    assert [row.standard_code for row in control.rows(CHARGE)] == ["02"]


# -- the file


def test_what_is_exported_comes_back_unchanged(
    stage: StudyStage, control: MappingControl, tmp_path: Path
) -> None:
    waiting(stage, {CHARGE: "住院"})
    for value in ("MZ", "=HYPERLINK(1)", "'-1", '逗号,和"引号"', "@a"):
        control.set(CHARGE, value, "02", "李敏")
    path = tmp_path / "对照 表.csv"
    assert export_mappings(control, path) == 6
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0] == ",".join(HEADER)
    assert ",=HYPERLINK" not in text
    plan = plan_import(control, path)
    assert (plan.added, plan.changed, plan.same, plan.empty) == ((), (), 5, 1)
    assert (plan.unknown, plan.foreign) == ((), ())


def test_a_plan_names_what_it_would_do(
    stage: StudyStage, control: MappingControl, tmp_path: Path
) -> None:
    waiting(stage, {CHARGE: "MZ"}, {CHARGE: "MZ"})
    control.set(CHARGE, "自费", "01", "李敏")
    control.set("gend", "男性", "1", "李敏")
    path = tmp_path / "a.csv"
    rows = (
        "医院的写法,标准代码,备注,代码集",
        "MZ,2,表格软件去掉了 0,chargeType",
        "自费,03,改,chargeType",
        "男性,1,一样,gend",
        "女性,88,没有这个代码,gend",
        "女,2,没有这个代码集,sex",
        "住院,,没填,chargeType",
        ",,,",
    )
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    plan = plan_import(control, path)
    assert plan.added == (MappingEntry(CHARGE, "MZ", "02"),)
    assert plan.changed == (MappingEntry(CHARGE, "自费", "03"),)
    assert (plan.same, plan.empty, plan.padded, plan.waiting) == (1, 1, 1, 2)
    assert (plan.unknown, plan.foreign) == (((5, "88"),), (6,))
    saved = control.save(plan.entries, "李敏")
    assert (saved.released, saved.uploading) == (2, 2)
    control.undo(saved, "李敏")
    codes = {row.local_value: row.standard_code for row in control.rows(CHARGE)}
    assert codes == {"MZ": "", "自费": "01"}


def test_another_file_is_refused_in_words(control: MappingControl, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(RecordError, match="record_file_missing"):
        plan_import(control, path)
    path.write_text("姓名,年龄\n", encoding="utf-8")
    with pytest.raises(RecordError, match="mapping_columns_missing"):
        plan_import(control, path)
    path.write_bytes(b"MZ\x00\x01\x02")
    with pytest.raises(RecordError, match="record_file_kind_unknown"):
        plan_import(control, path)
    path.write_text(",".join(HEADER) + "\nchargeType,x,02\n" * 20_001, encoding="utf-8")
    with pytest.raises(RecordError, match="record_file_too_many_rows"):
        plan_import(control, path)


def test_line_numbers_stay_short() -> None:
    assert line_numbers([3]) == ("3",)
    assert line_numbers(range(2, 20)) == ("2", "3", "4", "5", "6…")


def test_a_stopped_release_leaves_the_rest_to_the_engine(
    work: Workplace, stage: StudyStage, control: MappingControl
) -> None:
    """The lines stay saved, and nothing that was not looked at is forgotten."""
    made = waiting(stage, {CHARGE: "MZ"}, {CHARGE: "MZ"}, {CHARGE: "MZ"})
    watch = WorkWatch()
    watch.stop()
    saved = control.save((MappingEntry(CHARGE, "MZ", "02"),), "李敏", watch)
    assert (saved.released, saved.rest, watch.done, watch.total) == (0, 3, 0, 3)
    assert [one.standard_code for one in control.all(CHARGE)] == ["02"]
    assert all(state(work, one) is DeliveryState.BLOCKED for one in made)
    left = work.examinations.stale(before=datetime.now(UTC) + timedelta(seconds=1))
    assert set(left) == set(made)
    for one in left:
        work.planner.advance(one)
    assert all(state(work, one) is DeliveryState.READY for one in made)
    assert work.examinations.stale(before=datetime.now(UTC) + timedelta(seconds=1)) == ()


def test_a_release_says_how_far_it_is(stage: StudyStage, control: MappingControl) -> None:
    waiting(stage, {CHARGE: "MZ"}, {CHARGE: "MZ"})
    watch = WorkWatch()
    saved = control.save((MappingEntry(CHARGE, "MZ", "02"),), "李敏", watch)
    assert (saved.released, saved.rest, watch.done, watch.total) == (2, 0, 2, 2)

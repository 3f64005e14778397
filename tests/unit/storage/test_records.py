from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hbgz_desktop.model.record import RecordKeys, SourceProblem, SourceSettlement
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.storage.queue_views import QueueViews
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import examinations, settlements
from tests.unit.storage.hospital_rows import PLATFORM

if TYPE_CHECKING:
    from tests.unit.storage.hospital_rows import HospitalRows

S1, S2 = {"setlId": "1"}, {"setlId": "2"}


def apart(
    values: dict[str, str], *, appy: str = "", index: str = "", date: str = ""
) -> SourceSettlement:
    return SourceSettlement(2, appy, index, date, values)


def settled(rows: HospitalRows, record_id: int) -> tuple[dict[str, str], ...]:
    record = rows.records.get(record_id)
    assert record is not None
    return record.settlements


def stale(rows: HospitalRows) -> tuple[int, ...]:
    with rows.database.read() as connection:
        query = select(examinations.c.id).where(examinations.c.is_stale)
        return tuple(connection.execute(query).scalars())


def test_a_record_comes_back_as_it_was_saved(rows: HospitalRows) -> None:
    record_id, examination_id, outcome = rows.record(
        "A1", fields={"imgDscr": "右肺 <b>结节</b>"}, settlements=[S1], patient_id="P1"
    )
    record = rows.records.get(record_id)
    assert record is not None
    assert outcome == "new"
    assert record == rows.records.of_examination(examination_id)
    assert record == rows.records.find("acc:A1")
    assert record.fields == {"psnName": "王小丽", "imgDscr": "右肺 <b>结节</b>"}
    assert (record.keys.accessions, record.keys.patient_id) == (("A1",), "P1")
    assert (record.revision, record.settlements) == (1, (S1,))


def test_the_same_again_is_the_same(rows: HospitalRows) -> None:
    first = rows.record("A1", fields={"a": "1", "b": "2"})
    again = rows.record("A1", fields={"b": "2", "a": "1"})
    assert again == (*first[:2], "same")
    assert rows.records.count() == 1


def test_a_correction_counts_the_revision(rows: HospitalRows) -> None:
    first = rows.record("A1")
    assert rows.record("A1", name="王晓丽") == (*first[:2], "changed")
    record = rows.records.get(first[0])
    assert record is not None
    assert (record.revision, record.keys.patient_name) == (2, "王晓丽")
    found = StudyViews(rows.database).page(StudyFilter(text="王晓"))
    assert [row.examination_id for row in found] == [first[1]], "the list finds it by the new name"
    assert StudyViews(rows.database).count(StudyFilter(text="王小")) == 0


def test_a_change_is_planned_again_even_after_a_crash(rows: HospitalRows) -> None:
    """The import says "same" to the corrected row when it is run again: the mark must not be lost."""
    _, examination_id, _ = rows.record("A1")
    rows.queue.apply_plan(examination_id, PLATFORM, [])
    assert stale(rows) == ()
    rows.record("A1", name="王晓丽")
    rows.record("A1", name="王晓丽")
    assert stale(rows) == (examination_id,)
    assert rows.examinations.unplanned([PLATFORM]) == (examination_id,)
    assert rows.examinations.unplanned([]) == ()


def test_a_persons_correction_holds_until_the_source_changes(rows: HospitalRows) -> None:
    record_id, examination_id, _ = rows.record("A1", fields={"rpotDoc": "张"})
    rows.records.set_field(record_id, "rpotDoc", "张医生")
    assert rows.record("A1", fields={"rpotDoc": "张"})[2] == "same"
    record = rows.records.get(record_id)
    assert record is not None
    assert (record.fields["rpotDoc"], record.revision) == ("张医生", 2)
    assert stale(rows) == (examination_id,)
    rows.record("A1", fields={"rpotDoc": "李"})
    record = rows.records.get(record_id)
    assert record is not None
    assert record.fields["rpotDoc"] == "李"


def test_a_correction_of_a_key_field_bears_on_matching_and_lists(rows: HospitalRows) -> None:
    record_id, examination_id, _ = rows.record("A1")
    rows.records.add_settlement(apart(S1, appy="APPY"))
    keys = RecordKeys("acc:A1", "", ("A2",), "李雷", "P2", "", "APPY", "", None)
    rows.records.set_field(record_id, "psnName", "李雷", keys=keys)
    found = StudyViews(rows.database).page(StudyFilter(text="lilei"))
    assert [row.examination_id for row in found] == [examination_id]
    assert settled(rows, record_id) == (S1,)
    record = rows.records.get(record_id)
    assert record is not None
    assert record.keys.accessions == ("A2",)


def test_inline_settlements_are_replaced_together(rows: HospitalRows) -> None:
    record_id, _, _ = rows.record("A1", settlements=[S1, S2])
    rows.record("A1", settlements=[S2])
    assert settled(rows, record_id) == (S2,)
    rows.record("A1", name="改", settlements=[])
    assert settled(rows, record_id) == (S2,), "a row without settlements says nothing of them"


@pytest.mark.parametrize("key", ["appy", "index"])
def test_inline_settlements_do_not_touch_those_that_came_apart(
    rows: HospitalRows, key: str
) -> None:
    """Rows joined by index code used to be deleted with the inline ones."""
    record_id, _, _ = rows.record("A1", settlements=[S1], appy_no="KEY", hi_img_indx="KEY")
    rows.records.add_settlement(apart({"setlId": "9"}, **{key: "KEY"}))
    rows.record("A1", settlements=[S2], appy_no="KEY", hi_img_indx="KEY")
    assert {one["setlId"] for one in settled(rows, record_id)} == {"2", "9"}


def test_a_settlement_waits_for_its_record(rows: HospitalRows) -> None:
    assert rows.records.add_settlement(apart(S1, appy="APPY", date="2026-11-22")) is None
    record_id, examination_id, _ = rows.record("A1", appy_no="APPY")
    record = rows.records.get(record_id)
    assert record is not None
    assert (record.settlements, record.settlement_date) == ((S1,), "2026-11-22")
    assert stale(rows) == (examination_id,)


def test_a_settlement_finds_its_record(rows: HospitalRows) -> None:
    record_id, examination_id, _ = rows.record("A1", appy_no="APPY")
    rows.queue.apply_plan(examination_id, PLATFORM, [])
    assert rows.records.add_settlement(apart(S1, appy="APPY")) == examination_id
    assert settled(rows, record_id) == (S1,)
    assert stale(rows) == (examination_id,)


def test_a_settlement_finds_its_record_by_the_code_we_made(rows: HospitalRows) -> None:
    """The index is ours, not in the record: the hospital's system learnt it from us (G040)."""
    record_id, examination_id, _ = rows.record("A1")
    assert rows.examinations.claim_index(examination_id, PLATFORM, "111-X-1-0-0")
    assert rows.records.add_settlement(apart(S1, index="111-X-1-0-0")) == examination_id
    assert settled(rows, record_id) == (S1,)


def test_a_settlement_repeated_is_kept_once_and_does_not_wait(rows: HospitalRows) -> None:
    record_id, examination_id, _ = rows.record("A1", appy_no="APPY")
    for _ in range(3):
        assert rows.records.add_settlement(apart(S1, appy="APPY")) == examination_id
    assert settled(rows, record_id) == (S1,)
    rows.records.add_settlement(apart(S1, appy="APPY", date="2026-11-22"))
    record = rows.records.get(record_id)
    assert record is not None
    assert record.settlement_date == "2026-11-22", "a date that came later is taken in"


def test_a_waiting_settlement_repeated_goes_on_waiting(rows: HospitalRows) -> None:
    for _ in range(2):
        assert rows.records.add_settlement(apart(S1, appy="APPY")) is None
    with rows.database.read() as connection:
        assert len(connection.execute(select(settlements.c.id)).all()) == 1


def test_a_settlement_two_records_might_own_waits(rows: HospitalRows) -> None:
    first, _, _ = rows.record("A1", appy_no="APPY", hi_img_indx="IDX")
    rows.record("A2", appy_no="APPY")
    assert rows.records.add_settlement(apart(S1, appy="APPY")) is None
    assert rows.records.add_settlement(apart(S2, appy="APPY", index="IDX")) is not None
    assert settled(rows, first) == (S2,), "its index decides"


def test_a_report_keeps_its_file_until_a_new_one_is_fetched(rows: HospitalRows) -> None:
    record_id, examination_id, _ = rows.record("A1", reports={"R1": "old.pdf"})
    report = rows.records.reports_of(record_id)[0]
    rows.records.set_report_file(report.id, path="a/1.pdf", size_bytes=5, md5="A" * 32)
    rows.queue.apply_plan(examination_id, PLATFORM, [])
    rows.record("A1", reports={"R1": "new.pdf"})
    report = rows.records.reports_of(record_id)[0]
    assert (report.reference, report.path) == ("new.pdf", "a/1.pdf")
    rows.records.set_report_problem(report.id, "report_missing")
    rows.record("A1", name="改", reports={"R1": "new.pdf"})
    assert rows.records.report(report.id).problem == ""  # type: ignore[union-attr]  # it is there
    rows.records.set_report_file(report.id, path="a/2.pdf", size_bytes=6, md5="B" * 32)
    assert rows.records.report_paths() == {"a/2.pdf"}
    assert stale(rows) == (examination_id,)


def test_a_report_under_a_corrected_number_replaces_the_wrong_one(rows: HospitalRows) -> None:
    record_id, _, _ = rows.record("A1", reports={"R1": "a.pdf"})
    rows.record("A1", reports={"R2": "a.pdf"})
    assert [one.rpot_no for one in rows.records.reports_of(record_id)] == ["R2"]
    rows.record("A1", name="改", reports={})
    assert [one.rpot_no for one in rows.records.reports_of(record_id)] == ["R2"]


def test_problems_of_a_file_are_those_of_its_newest_import(rows: HospitalRows) -> None:
    views = QueueViews(rows.database)
    rows.records.note_problems("a.csv", [SourceProblem(3, "certno", "x", "problem_check_digit")])
    rows.records.note_problems("b.csv", [SourceProblem(1, "", "", "record_row_torn")])
    rows.records.note_problems("a.csv", [])
    assert [(one.source, one.row) for one in views.import_problems()] == [("b.csv", 1)]

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import studies
from tests.unit.storage.hospital_rows import PLATFORM

if TYPE_CHECKING:
    from hbgz_desktop.model.examination import StudyFacts
    from tests.unit.storage.hospital_rows import HospitalRows

CODE, OTHER = "111-A-20261120083000-0-0", "111-A-20261120083001-0-0"


def facts(rows: HospitalRows, study_id: int) -> StudyFacts:
    found = rows.examinations.study(study_id)
    assert found is not None
    return found


def test_a_study_closes_once_and_only_if_nothing_came_meanwhile(rows: HospitalRows) -> None:
    study_id = rows.receive()
    seen = facts(rows, study_id).last_received_at
    rows.receive()
    assert not rows.examinations.complete(study_id, "quiet", seen_last_at=seen)
    seen = facts(rows, study_id).last_received_at
    assert rows.examinations.complete(study_id, "quiet", seen_last_at=seen)
    assert not rows.examinations.complete(study_id, "person")
    assert facts(rows, study_id).is_complete
    assert rows.examinations.receiving() == ()


def test_a_record_finds_the_studies_it_might_own(rows: HospitalRows) -> None:
    by_uid, by_number = rows.receive("1.1"), rows.receive("1.2")
    wanted = rows.examinations.studies_wanted_by("1.1", ["A-1.2"])
    assert sorted(wanted) == [by_uid, by_number]
    assert rows.examinations.studies_wanted_by("", []) == ()


def test_candidates_share_uid_or_accession_number(rows: HospitalRows) -> None:
    study_id = rows.receive("1.1")
    rows.record("A-1.1")
    rows.record("elsewhere", study_uid="1.1")
    rows.record("A-1.2")
    found = rows.examinations.candidates(facts(rows, study_id))
    assert {one.accessions for one in found} == {("A-1.1",), ("elsewhere",)}


def test_the_program_never_takes_a_study_from_an_examination(rows: HospitalRows) -> None:
    """A person may have joined it while the program was looking for its record."""
    joined = rows.joined()
    _, other, _ = rows.record("A9")
    assert rows.examinations.join(joined.study_id, other, "uid") is None
    assert facts(rows, joined.study_id).examination_id == joined.examination_id


def test_a_person_moves_a_study_and_both_sides_are_planned_again(rows: HospitalRows) -> None:
    joined = rows.joined()
    rows.plan(joined)
    rows.deliver(joined)
    _, other, _ = rows.record("A9")
    before = rows.examinations.join(joined.study_id, other, "person", "王工")
    assert before == joined.examination_id
    assert set(rows.examinations.unplanned([PLATFORM])) == {joined.examination_id, other}
    views = StudyViews(rows.database)
    left = views.of_examination(joined.examination_id)
    assert left is not None
    assert (left.study_id, left.lane) == (None, Lane.NO_IMAGES)
    with rows.database.read() as connection:
        row = connection.execute(select(studies)).one()
    assert (row.sent_count, row.confirmed_count) == (0, 0), "proved under the other's index"


def test_joining_twice_is_joining_once(rows: HospitalRows) -> None:
    joined = rows.joined()
    assert rows.examinations.join(joined.study_id, joined.examination_id, "person", "x") is None


def test_a_code_belongs_to_one_examination(rows: HospitalRows) -> None:
    (_, first, _), (_, second, _) = rows.record("A1"), rows.record("A2")
    assert rows.examinations.claim_index(first, PLATFORM, CODE)
    assert rows.examinations.claim_index(first, PLATFORM, CODE)
    assert not rows.examinations.claim_index(second, PLATFORM, CODE)
    assert rows.examinations.claim_index(second, "hebei", CODE), "each platform has its own"


def test_an_unfrozen_code_is_replaced_and_free_again(rows: HospitalRows) -> None:
    (_, first, _), (_, second, _) = rows.record("A1"), rows.record("A2")
    rows.examinations.claim_index(first, PLATFORM, CODE)
    assert rows.examinations.claim_index(first, PLATFORM, OTHER)
    assert rows.examinations.frozen_index(first, PLATFORM) == (OTHER, False)
    assert rows.examinations.claim_index(second, PLATFORM, CODE)


def test_a_frozen_code_stays_for_ever(rows: HospitalRows) -> None:
    _, first, _ = rows.record("A1")
    rows.examinations.claim_index(first, PLATFORM, CODE)
    assert rows.examinations.freeze_index(first, PLATFORM, CODE)
    assert rows.examinations.freeze_index(first, PLATFORM, CODE)
    assert not rows.examinations.claim_index(first, PLATFORM, OTHER)
    assert rows.examinations.frozen_index(first, PLATFORM) == (CODE, True)
    examination = rows.examinations.get(first)
    assert examination is not None
    assert examination.index_codes == {PLATFORM: CODE}


def test_a_code_that_was_replaced_meanwhile_is_not_frozen(rows: HospitalRows) -> None:
    """Between checking and sending another process may have planned with other content."""
    _, first, _ = rows.record("A1")
    rows.examinations.claim_index(first, PLATFORM, CODE)
    rows.examinations.claim_index(first, PLATFORM, OTHER)
    assert not rows.examinations.freeze_index(first, PLATFORM, CODE)


def test_problems_are_replaced_by_origin(rows: HospitalRows) -> None:
    _, one, _ = rows.record("A1")
    missing = Problem("gend", "性别", "required", "")
    refused = Problem("", "平台退回", "platform_refused", "不行", Severity.ERROR)
    rows.examinations.set_problems(one, PLATFORM, [missing])
    rows.examinations.set_problems(one, PLATFORM, [refused], origin="platform")
    assert set(rows.examinations.problems_of(one)) == {missing, refused}
    rows.examinations.set_problems(one, PLATFORM, [])
    assert rows.examinations.problems_of(one) == (refused,)
    assert rows.examinations.has_errors(one)
    rows.examinations.set_problems(one, PLATFORM, [], keep_platform=False)
    assert not rows.examinations.has_errors(one)


def test_who_waits_on_a_mapping(rows: HospitalRows) -> None:
    (_, first, _), (_, second, _) = rows.record("A1"), rows.record("A2")
    unknown = Problem("examPart", "部位", "code_unknown", "胸", code_set="exam_part")
    rows.examinations.set_problems(first, PLATFORM, [unknown])
    warned = Problem("x", "x", "code_unknown", "胸", Severity.WARNING, code_set="exam_part")
    rows.examinations.set_problems(second, PLATFORM, [warned])
    assert rows.examinations.waiting_on("exam_part", "胸") == (first,)


@pytest.mark.parametrize("reason", [BlockedReason.DIGEST, BlockedReason.ORDER])
def test_what_only_the_engine_can_go_on_with_is_planned_at_its_start(
    rows: HospitalRows, reason: BlockedReason
) -> None:
    joined = rows.joined()
    rows.plan(joined, blocked=reason)
    assert rows.examinations.unplanned([PLATFORM]) == (joined.examination_id,)
    waits = rows.examinations.waiting_for_digest()
    assert waits == ((joined.examination_id,) if reason is BlockedReason.DIGEST else ())


def test_a_file_lost_before_it_was_confirmed_is_a_loss(rows: HospitalRows) -> None:
    joined = rows.joined(images=2)
    assert rows.reception.mark_lost(rows.paths()[:1]) == 1
    assert rows.reception.mark_lost(rows.paths()[:1]) == 0
    study = facts(rows, joined.study_id)
    assert (study.has_lost, len(study.items)) == (True, 1)
    assert joined.examination_id in rows.examinations.unplanned([PLATFORM])
    assert rows.reception.mark_found(rows.paths()) == 1
    assert not facts(rows, joined.study_id).has_lost


def test_a_file_lost_after_it_was_confirmed_is_none(rows: HospitalRows) -> None:
    joined = rows.joined()
    rows.plan(joined)
    rows.deliver(joined)
    rows.reception.mark_lost(rows.paths())
    study = facts(rows, joined.study_id)
    assert (study.has_lost, len(study.items)) == (False, 2)
    assert rows.plan(joined) == 0
    assert rows.state(joined) is DeliveryState.DELIVERED

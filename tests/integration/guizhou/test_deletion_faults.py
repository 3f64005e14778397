"""Every fault of the platform on a deletion (2.5): the right words in the queue, then deleted without a hand (G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.sandbox.faults import DICOM_ONLY, FaultKind
from tests.integration.guizhou.test_fault_runs import (
    DELETION,
    LASTING,
    LIMIT_S,
    PASSING,
    WORDS,
    assert_met,
    patient,
)
from tests.integration.guizhou.test_faults_by_service import OF_HEBEI
from tests.running_program import until

if TYPE_CHECKING:
    from tests.hospital import Hospital


def test_every_fault_is_tried() -> None:
    """A new fault needs a case."""
    tried = {one.fault.partition(":")[0] for one in PASSING} | set(LASTING)
    assert tried == {one.value for one in FaultKind if one not in DICOM_ONLY} - OF_HEBEI


def indexes(hospital: Hospital) -> dict[str, tuple[str, int]]:
    """Index code in force and examination by Study Instance UID."""
    rows = hospital.program.query(
        "select s.study_instance_uid as uid, i.code, i.examination_id from index_codes i"
        " join studies s on s.examination_id = i.examination_id"
    )
    return {row["uid"]: (row["code"], row["examination_id"]) for row in rows}


def states(hospital: Hospital) -> list[str]:
    """Of the deletions, one a study, in the order they were asked."""
    return [one["state"] for one in hospital.deliveries() if one["kind"] == "deletion"]


@pytest.mark.long
def test_every_fault_of_a_deletion(hospital: Hospital) -> None:
    """A study a fault in one run: those that pass go by themselves, a refusal waits for IT.

    It can be asked again in the middle of an outage.
    An index that was deleted before its answer was lost counts as deleted once; nothing is deleted twice.
    """
    patient(hospital)
    studies = hospital.studies(len(PASSING) + len(LASTING), images=1)
    cases = list(zip(PASSING, studies, strict=False))
    refused = studies[len(PASSING) :]
    engine = hospital.program.start()
    hospital.import_records(*studies)
    assert hospital.send(engine, *studies)
    hospital.wait_confirmed(len(studies), limit_s=LIMIT_S)
    found = indexes(hospital)
    hospital.break_platform(
        *(f"{DELETION}:{case.fault}:match={found[one.uid][0]}" for case, one in cases),
        *(
            f"{DELETION}:{fault}:1:match={found[one.uid][0]},{WORDS}"
            for fault, one in zip(LASTING, refused, strict=True)
        ),
    )
    for one in studies:
        hospital.work.deletion.ask(
            found[one.uid][1], then=AfterDeletion.HOLD, reason="发错了", actor="王工"
        )
    wanted = ["delivered"] * len(PASSING) + ["failed"] * len(refused)
    until("all that passes", lambda: states(hospital) == wanted, LIMIT_S)
    assert hospital.lanes() == {"not_required": len(PASSING), "failed": len(refused)}
    assert_met(hospital, DELETION, cases)
    stuck = [one for one in hospital.deliveries() if one["state"] == "failed"]
    assert [(one["kind"], one["cause"], one["message"]) for one in stuck] == [
        ("deletion", "platform_rejected", "内容不合格")
    ] * len(refused)
    assert all(one["struck"] == 1 for one in hospital.faults.snapshot())
    # asked again in the middle of an outage: the breaker opens, and all drains once it is over
    hospital.configure(**{"upload.breaker_failures": 2})
    hospital.break_platform("*:http_503")
    hospital.work.queue_control.retry([one["id"] for one in stuck], "test")
    until("breaker open", lambda: hospital.events("platform_down"), LIMIT_S)
    assert not {"delivered", "failed"} & set(states(hospital)[len(PASSING) :])
    hospital.break_platform()
    until("all deleted", lambda: hospital.lanes() == {"not_required": len(studies)}, LIMIT_S)
    gone = [one.index for one in hospital.platform.deletions()]
    assert sorted(gone) == sorted(code for code, _ in found.values())
    assert hospital.platform.images() == ()
    hospital.assert_nothing_lost()

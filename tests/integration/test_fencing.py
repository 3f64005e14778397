"""Two engines on one queue: nothing is claimed twice at once, a late result is kept and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running_program import until

if TYPE_CHECKING:
    from tests.hospital import Hospital

# Two engines may share a folder only here: fencing has to hold without the engine lock.
NO_LOCK = {"HBGZ_TEST_NO_ENGINE_LOCK": "1"}
LEASE_S = 1.5
IMAGE = "saveImgFile"
RECORD = "saveExamRpotImgInfo"


@pytest.mark.kill
@pytest.mark.parametrize(
    ("service", "kind"),
    [(IMAGE, "images"), pytest.param(RECORD, "record", marks=pytest.mark.long)],
)
def test_an_uploader_suspended_past_its_lease_comes_too_late(
    hospital: Hospital, service: str, kind: str
) -> None:
    """It sleeps while the platform, which has everything, is about to answer; another takes over."""
    hospital.configure(**{"upload.lease_s": LEASE_S, "upload.parallel": 1})
    (study,) = hospital.studies(images=3)
    hospital.break_platform(f"{service}:slow:1:seconds=100")
    slow = hospital.program.start(environment=NO_LOCK)
    assert hospital.send(slow, study)
    hospital.import_records(study)
    until(
        "request arrived", lambda: service in {one.service for one in hospital.platform.requests()}
    )
    hospital.program.suspend(slow)
    held = hospital.delivery(kind)
    assert (held["state"], held["token"]) == ("running", 1)

    hospital.program.start(environment=NO_LOCK)
    hospital.wait_confirmed(1)
    assert hospital.delivery(kind)["token"] == 2
    before = {one["id"]: (one["state"], one["token"]) for one in hospital.deliveries()}

    hospital.faults.release()
    hospital.program.resume(slow)
    until("late result kept", lambda: "dropped" in [one["outcome"] for one in hospital.attempts()])
    (late,) = [one for one in hospital.attempts() if one["outcome"] == "dropped"]
    assert (late["delivery_id"], late["token"]) == (held["id"], 1)
    slow.stop()
    assert {one["id"]: (one["state"], one["token"]) for one in hospital.deliveries()} == before
    accepted = [
        (one["delivery_id"], one["instance_id"])
        for one in hospital.attempts()
        if one["outcome"] == "accepted"
    ]
    assert len(accepted) == len(set(accepted)) == 1 + len(study.files) + 1
    assert hospital.platform.ledger.duplicates() == (1 if kind == "images" else 0)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(study)


def test_two_engines_share_a_queue_without_doing_anything_twice(hospital: Hospital) -> None:
    """Both work; each file goes out once."""
    studies = hospital.studies(10, images=2)
    hospital.import_records(*studies)
    hospital.work.queue_control.pause_platform("guizhou", "test")
    engines = [hospital.program.start(environment=NO_LOCK) for _ in range(2)]
    assert hospital.send(engines[0], *studies[:5])
    assert hospital.send(engines[1], *studies[5:])
    until(
        "all planned",
        lambda: (
            [one["state"] for one in hospital.deliveries() if one["kind"] == "record"]
            == ["ready"] * len(studies)
        ),
    )
    hospital.work.queue_control.resume_platform("guizhou", "test")
    hospital.wait_confirmed(len(studies))
    assert {one["outcome"] for one in hospital.attempts()} == {"accepted"}
    files = sum(len(one.files) for one in studies)
    assert len(hospital.attempts()) == len(studies) + files + len(studies)
    assert hospital.platform.ledger.duplicates() == 0
    assert {one.outcome for one in hospital.platform.records()} == {"new"}
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)


def test_the_lock_keeps_a_second_engine_out(hospital: Hospital) -> None:
    """Without the test's switch the second one ends with one clear line."""
    hospital.program.start()
    done = hospital.program.run("engine", exit_code=1)
    assert done.stderr.count("\n") == 1
    assert "[engine_running]" in done.stderr

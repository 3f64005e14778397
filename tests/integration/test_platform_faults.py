"""What the platform can do wrong, and what becomes of the delivery each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.running_program import until

if TYPE_CHECKING:
    from tests.hospital import Hospital

IMAGE = "saveImgFile"
RECORD = "saveExamRpotImgInfo"
BREAKER_FAILURES = 3
UPLOADERS = 3
WAITING = "select count(*) from deliveries where kind = 'record' and state in ('ready', 'retrying')"


@dataclass(frozen=True)
class Fault:
    """A fault that strikes one study once, after which its files go out by themselves.

    Attributes:
        fault: In the sandbox's words, without service and study.
        cause: Of the attempt that met it, "" where the answer counts as success.
        status: HTTP status of that attempt, None where there was no answer.
    """

    fault: str
    cause: str
    status: int | None
    outcome: str = "transient"


FAULTS = (
    Fault("http_500:1", "platform_server_error", 500),
    Fault("http_503:1", "platform_server_error", 503),
    Fault("http_429:1:retry_after=2", "platform_busy", 429),
    Fault("http_401:1", "platform_not_authorised", 401, "unauthorised"),
    Fault("timeout:1", "platform_timeout_read", None),
    Fault("reset_at_80:1", "platform_reset", None),
    Fault("html_200:1", "platform_answer_not_json", 200),
    Fault("stored_no_answer:1", "platform_reset", None),
    Fault("wrong_md5:1", "platform_md5_mismatch", 200, "transient"),
    Fault("slow:1:seconds=1", "", 200, "accepted"),
    Fault("already_exists:1", "", 200, "accepted"),
    Fault("already_exists:1:code=1", "platform_already_exists", 200, "accepted"),
)
RETRY_AFTER_US = 2_000_000


def test_each_passing_fault_leaves_one_attempt_and_is_delivered_after_all(
    hospital: Hospital,
) -> None:
    """One study a fault in one run: its attempt names the cause, a retry with back-off succeeds."""
    hospital.configure(**{"guizhou.read_timeout_s": 2.0, "upload.breaker_failures": 100})
    *studies, silent = hospital.studies(len(FAULTS) + 1, images=2)
    hospital.break_platform(
        *(
            f"{IMAGE}:{case.fault}:match={study.uid}"
            for case, study in zip(FAULTS, studies, strict=True)
        ),
        f"{RECORD}:stored_no_answer:1:match={silent.uid}",
        f"{RECORD}:already_exists:nth=2,code=1,match={silent.uid}",
    )
    engine = hospital.program.start()
    hospital.import_records(*studies, silent)
    assert hospital.send(engine, *studies, silent)
    hospital.wait_confirmed(len(studies) + 1, limit_s=90)

    for case, study in zip(FAULTS, studies, strict=True):
        attempts = attempts_of(hospital, study.uid)
        met = [one for one in attempts if one["cause"] or one["outcome"] != "accepted"]
        sent = [one for one in attempts if one["outcome"] == "accepted"]
        assert len(sent) == len(study.files), case
        if case.outcome != "accepted":
            (struck,) = met
            facts = (struck["cause"], struck["http_status"], struck["outcome"])
            assert facts == (case.cause, case.status, case.outcome), case
        if case.cause == "platform_busy":
            gap = sent[-1]["started_at"] - met[0]["finished_at"]
            assert gap >= RETRY_AFTER_US, "Retry-After is kept to"
    # 2.1 stored but not answered, then "exists already": a success after a silence (G071)
    assert sorted(one["outcome"] for one in hospital.attempts("record")) == [
        *["accepted"] * (len(studies) + 1),
        "transient",
    ]
    assert [one.outcome for one in hospital.platform.records() if one.outcome != "new"] == ["again"]
    numbers = [one["msgid"] for one in hospital.attempts()]
    assert len(set(numbers)) == len(numbers)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies, silent)


def attempts_of(hospital: Hospital, study_uid: str) -> list[dict[str, Any]]:
    """Requests for the images of one study, oldest first."""
    rows = hospital.program.query(
        "select a.* from attempts a join deliveries d on d.id = a.delivery_id"
        " join studies s on s.id = d.part"
        " where d.kind = 'images' and s.study_instance_uid = ? order by a.id",
        study_uid,
    )
    return [dict(one) for one in rows]


def test_a_refused_record_waits_for_a_person_and_goes_when_it_was_corrected(
    hospital: Hospital,
) -> None:
    """2.1 refused (succFlag 0 and -1): needs-fix with the platform's words; not sent again as is."""
    studies = hospital.studies(2, images=1)
    partly, wholly = studies
    hospital.break_platform(
        f"{RECORD}:partial:match={partly.uid},message=姓名有误",
        f"{RECORD}:refused:match={wholly.uid},message=姓名有误",
    )
    engine = hospital.program.start()
    assert hospital.send(engine, *studies)
    hospital.import_records(*studies)
    until("both need a fix", lambda: hospital.lanes() == {"needs_fix": 2})

    records = [one for one in hospital.deliveries() if one["kind"] == "record"]
    for record in records:
        assert (record["state"], record["blocked_reason"]) == ("blocked", "needs_fix")
        assert (record["cause"], record["message"]) == ("platform_rejected", "姓名有误")
    assert {one["state"] for one in hospital.deliveries()} == {"blocked"}
    hospital.break_platform()
    hospital.import_records(*studies)
    ids = [one["id"] for one in records]
    assert hospital.work.queue_control.retry(ids, "test").changed == 0
    assert len(hospital.attempts("record")) == 2
    hospital.import_records(*studies, examDrName="李技师")
    hospital.wait_confirmed(2)
    hospital.assert_delivered_once(*studies)


def test_a_refused_image_fails_with_its_cause_and_the_others_are_kept(hospital: Hospital) -> None:
    """No record to correct: the delivery fails for IT; what was confirmed is not sent again."""
    hospital.configure(**{"upload.parallel": 1})
    hospital.break_platform(f"{IMAGE}:refused:nth=2,message=图像不合格")
    (study,) = hospital.studies(images=3)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    failed = hospital.wait_state("images", "failed")
    assert (failed["cause"], failed["message"]) == ("platform_rejected", "图像不合格")
    assert hospital.lanes() == {"failed": 1}
    assert hospital.delivery("report")["blocked_reason"] == "order"

    assert hospital.work.queue_control.retry([failed["id"]], "test").changed == 1
    hospital.wait_confirmed(1)
    outcomes = [one["outcome"] for one in hospital.attempts("images")]
    assert outcomes == ["accepted", "refused", "accepted", "accepted"]
    hospital.assert_delivered_once(study)


def test_attempts_run_out_and_a_person_starts_anew(hospital: Hospital) -> None:
    """A record the platform chokes on fails after its budget; it opens no breaker alone."""
    hospital.configure(**{"retry.max_attempts": 3, "retry.first_delay_s": 0.05})
    poisoned, other = hospital.studies(2, images=1)
    hospital.break_platform(f"{RECORD}:http_500:match={poisoned.uid}")
    engine = hospital.program.start()
    assert hospital.send(engine, poisoned, other)
    hospital.import_records(poisoned, other)
    until("one failed, one there", lambda: hospital.lanes() == {"failed": 1, "confirmed": 1})
    assert hospital.events("platform_down") == []
    (failed,) = [one for one in hospital.deliveries() if one["state"] == "failed"]
    assert (failed["attempts"], failed["cause"]) == (3, "platform_server_error")

    hospital.break_platform()
    assert hospital.work.queue_control.retry([failed["id"]], "test").changed == 1
    hospital.wait_confirmed(2)
    hospital.assert_delivered_once(poisoned, other)


def test_platform_down_the_whole_run_and_back(hospital: Hospital) -> None:
    """One event, no attempt burned, light probes, also after a restart; it drains by itself."""
    hospital.platform.stop()
    studies = hospital.studies(4, images=2)
    engine = hospital.program.start()
    hospital.import_records(*studies)
    assert hospital.send(engine, *studies[:2])
    until("breaker open", lambda: hospital.events("platform_down"))
    assert hospital.send(engine, *studies[2:])
    engine.kill()
    hospital.program.start()
    until("all wait", lambda: hospital.program.scalar(WAITING) == len(studies))
    probed = hospital.program.scalar("select next_probe_at from platform_state")
    until(
        "some probes later",
        lambda: hospital.program.scalar("select next_probe_at from platform_state") > probed,
    )
    (down,) = hospital.events("platform_down")
    assert down["cause"] == "platform_refused_connection"
    asked = len(hospital.attempts())
    assert asked <= BREAKER_FAILURES + UPLOADERS - 1, "those under way when it opened, no more"
    assert max(one["attempts"] for one in hospital.deliveries()) < BREAKER_FAILURES

    hospital.platform.start()
    hospital.wait_confirmed(len(studies))
    assert len(hospital.events("platform_down")) == 1
    assert len(hospital.events("platform_back")) == 1
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)

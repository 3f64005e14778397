"""Every fault of every upload, met by the whole program: the right words in the queue, then green without a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.running_program import until

if TYPE_CHECKING:
    from tests.hospital import Hospital, Study

RECORD = "saveExamRpotImgInfo"
INFO = "saveImgInfo"
REPORT = "saveRptFile"
STORE = "C-STORE"
ASSOCIATE = "A-ASSOCIATE"
DELETION = "deleteExamRpotImgIndxInfo"
KIND_OF = {
    RECORD: "record",
    INFO: "images",
    STORE: "images",
    ASSOCIATE: "images",
    REPORT: "report",
    DELETION: "deletion",
}
LIMIT_S = 90.0

# the receiver in this process says what it makes of an association that was cut
pytestmark = pytest.mark.allow_warnings("(?i)connection|abort|pdu|socket|recv")


class Passing(NamedTuple):
    """A fault that strikes once; ``cause`` of the attempt that met it, "" where none does."""

    fault: str
    cause: str


PASSING = (
    Passing("http_500:1", "platform_server_error"),
    Passing("http_503:1", "platform_server_error"),
    Passing("http_429:1:retry_after=1", "platform_busy"),
    Passing("http_401:1", "platform_not_authorised"),
    Passing("timeout:1", "platform_timeout_read"),
    Passing("reset_at_80:1", "platform_reset"),
    Passing("html_200:1", "platform_answer_not_json"),
    Passing("stored_no_answer:1", "platform_reset"),
    Passing("cut_answer:1", "platform_reset"),
    Passing("wrong_md5:1", "platform_md5_mismatch"),
    Passing("slow:1:seconds=0.2", ""),
    Passing("already_exists:1", ""),
)
STORING = (
    Passing("a700:1", "store_no_room"),
    Passing("abort:1", "peer_lost"),
    Passing("timeout:1:seconds=60", "peer_silent"),
    Passing("timeout:1:seconds=0.3", "peer_lost"),
    Passing("stored_no_answer:1", "peer_lost"),
    Passing("slow:1:seconds=0.1", ""),
    Passing("b000:1", ""),
    Passing("b006:1", ""),
    Passing("b007:1", ""),
)
LASTING = ("partial", "refused")
REFUSING = {"a900": "store_not_as_class", "c000": "store_not_understood"}
BUSY = "rejected_busy"
"""Of an association refused for now; it meets whichever study is next."""
WORDS = "message=内容不合格"
Cases = list[tuple[Passing, "Study"]]


def causes(hospital: Hospital, service: str) -> dict[str, list[str]]:
    """Causes of the attempts of one kind that the platform did not accept, by study."""
    rows = hospital.program.query(
        "select s.study_instance_uid as uid, a.cause from attempts a"
        " join deliveries d on d.id = a.delivery_id"
        " join studies s on s.examination_id = d.examination_id"
        " where d.kind = ? and a.cause <> '' and a.outcome <> 'accepted' order by a.id",
        KIND_OF[service],
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["uid"], []).append(row["cause"])
    return found


def patient(hospital: Hospital) -> None:
    """Short waits, and no breaker: one study's fault holds up no other."""
    hospital.configure(**{"guizhou.read_timeout_s": 1.5, "upload.breaker_failures": 100})


def assert_met(hospital: Hospital, service: str, cases: Cases) -> None:
    """Each study's attempts name the cause of its fault and no other."""
    met = causes(hospital, service)
    for case, study in cases:
        assert met.get(study.uid, []) == ([case.cause] if case.cause else []), (service, case)


def rules(service: str, cases: Cases) -> list[str]:
    """A rule a study."""
    return [f"{service}:{case.fault}:match={study.uid}" for case, study in cases]


@pytest.mark.parametrize(
    ("service", "lane"),
    [(RECORD, "needs_fix"), pytest.param(REPORT, "failed", marks=pytest.mark.long)],
)
def test_every_fault_of_record_and_report(hospital: Hospital, service: str, lane: str) -> None:
    """2.1 and 2.4, a study a fault in one run: those that pass go by themselves.

    A refusal waits for a person with the platform's words: 2.1 for the clerk, 2.4 for IT (DESIGN 5.5).
    """
    patient(hospital)
    studies = hospital.studies(len(PASSING) + len(LASTING), images=1)
    cases = list(zip(PASSING, studies, strict=False))
    refused = studies[len(PASSING) :]
    hospital.break_platform(
        *rules(service, cases),
        *(f"{service}:{f}:1:match={s.uid},{WORDS}" for f, s in zip(LASTING, refused, strict=True)),
    )
    engine = hospital.program.start()
    hospital.import_records(*studies)
    assert hospital.send(engine, *studies)
    lanes = {"confirmed": len(PASSING), lane: len(refused)}
    until("all that passes", lambda: hospital.lanes() == lanes, LIMIT_S)
    assert_met(hospital, service, cases)
    stuck = [one for one in hospital.deliveries() if one["cause"] == "platform_rejected"]
    assert [(one["kind"], one["message"]) for one in stuck] == [
        (KIND_OF[service], "内容不合格")
    ] * len(refused)
    if service == RECORD:
        hospital.import_records(*refused, examDrName="李技师")
    else:
        hospital.work.queue_control.retry([one["id"] for one in stuck], "test")
    hospital.wait_confirmed(len(studies), limit_s=LIMIT_S)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)


def test_every_fault_of_the_push(hospital: Hospital) -> None:
    """2.3, metadata and images, a study a fault in one run.

    A700, a lost or silent peer and a refused association go by themselves, warnings count as stored.
    An image that is refused for good waits for IT, alone and named; what was there is not sent again.
    """
    patient(hospital)
    hospital.push_by_dicom()
    studies = hospital.studies(len(PASSING) + len(STORING) + len(REFUSING), images=2)
    rest = iter(studies)
    of_info = [(case, next(rest)) for case in PASSING]
    of_store = [(case, next(rest)) for case in STORING]
    refused = {fault: next(rest) for fault in REFUSING}
    hospital.break_platform(
        f"{ASSOCIATE}:refuse_association:1",
        f"{ASSOCIATE}:refuse_association:nth=4",
        *rules(INFO, of_info),
        *rules(STORE, of_store),
        *(f"{STORE}:{fault}:1:match={one.uid}" for fault, one in refused.items()),
    )
    engine = hospital.program.start()
    hospital.import_records(*studies)
    assert hospital.send(engine, *studies)
    lanes = {"confirmed": len(studies) - len(REFUSING), "failed": len(REFUSING)}
    until("all that passes", lambda: hospital.lanes() == lanes, LIMIT_S)
    met = causes(hospital, STORE)
    assert sum(found.count(BUSY) for found in met.values()) == 2
    own = {uid: [one for one in found if one != BUSY] for uid, found in met.items()}
    for case, study in (*of_info, *of_store):
        assert own.get(study.uid, []) == ([case.cause] if case.cause else []), case
    for fault, study in refused.items():
        assert own[study.uid] == [REFUSING[fault]]
        assert_named(hospital, study, fault.upper())
    stuck = [one for one in hospital.deliveries() if one["state"] == "failed"]
    assert {one["cause"]: one["answer_code"] for one in stuck} == {
        cause: fault.upper() for fault, cause in REFUSING.items()
    }
    before = stored(hospital)
    hospital.work.queue_control.retry([one["id"] for one in stuck], "test")
    hospital.wait_confirmed(len(studies), limit_s=LIMIT_S)
    assert stored(hospital) - before == len(REFUSING)
    assert all(one["struck"] == 1 for one in hospital.faults.snapshot())
    assert {0xB000, 0xB006, 0xB007} <= {one.status for one in hospital.platform.images()}
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)


def assert_named(hospital: Hospital, study: Study, status: str) -> None:
    """The one image that was refused is told by its UID with the status; the other one is there."""
    shown = hospital.program.json("studies", "show", study.uid)["instances"]
    told = {one["sop_instance_uid"]: one["dicom_status"] for one in shown}
    there = {one.sop_instance_uid for one in hospital.platform.images()} & study.files.keys()
    (missing,) = study.files.keys() - there
    assert told == {missing: status, **dict.fromkeys(there, "0000")}


def stored(hospital: Hospital) -> int:
    """C-STORE requests so far."""
    return sum(one.service == STORE for one in hospital.platform.requests())

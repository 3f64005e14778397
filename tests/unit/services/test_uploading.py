"""Deliveries against the real sandbox over sockets: order, failures, stops, and who decides."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from tests.unit.services.clinic import dataset, wait_until

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

IMAGE = "saveImgFile"
RECORD = "saveExamRpotImgInfo"


@pytest.fixture
def uploaders(clinic: Clinic) -> Uploaders:
    """Uploaders driven by the test; the platform listens."""
    clinic.open_platform()
    return clinic.uploaders()


def ready_with_report(clinic: Clinic, number: int = 0, images: int = 2) -> int:
    spec = clinic.specs[number]
    folder = clinic.root / "ris"
    folder.mkdir(exist_ok=True)
    (folder / f"r{number}.pdf").write_bytes(make_report_pdf("报告", [str(number)]))
    return clinic.ready(spec, images=images, reportPdf=f"r{number}.pdf")


def outcomes(clinic: Clinic, kind: str = "%") -> list[str]:
    rows = clinic.query(
        "select a.outcome from attempts a join deliveries d on d.id = a.delivery_id"
        " where d.kind like ? order by a.id",
        kind,
    )
    return [row[0] for row in rows]


# -- the way it goes when all is well


def test_record_images_report_and_every_byte_arrives(clinic: Clinic) -> None:
    platform = clinic.open_platform()
    examination_id = ready_with_report(clinic, images=3)
    assert clinic.upload_all(clinic.uploaders()) == ["record", "images", "report"]
    assert set(clinic.deliveries(examination_id).values()) == {"delivered"}
    mine = sorted(clinic.work.spool.absolute(one).read_bytes() for one in clinic.spooled())
    assert sorted(platform.image_path(one).read_bytes() for one in platform.images()) == mine
    assert clinic.query("select sent_count, confirmed_count from studies") == [(3, 3)]
    assert outcomes(clinic) == ["accepted"] * 5
    numbers = [row[0] for row in clinic.query("select msgid from attempts")]
    assert len(set(numbers)) == len(numbers)
    (state,) = platform.state()["examinations"]  # type: ignore[misc]  # a list by construction
    assert (state["images"], state["image_total"], state["complete"]) == (3, 3, True)


def test_two_studies_of_one_examination_count_together(clinic: Clinic) -> None:
    platform = clinic.open_platform()
    one, other = clinic.specs[:2]
    numbers = f"{one.accession_number},{other.accession_number}"
    clinic.take(clinic.record(one, accessionNumber=numbers))
    for spec, images in ((one, 2), (other, 3)):
        clinic.send(spec, images, PatientID=one.patient_id)
        clinic.close(spec)
    assert clinic.upload_all(clinic.uploaders()) == ["record", "images", "images"]
    (state,) = platform.state()["examinations"]  # type: ignore[misc]  # as above
    assert (state["images"], state["image_total"]) == (5, 5)


def test_a_late_image_goes_alone_with_the_new_total(clinic: Clinic) -> None:
    platform = clinic.open_platform()
    uploaders = clinic.uploaders()
    clinic.ready(clinic.specs[0])
    clinic.upload_all(uploaders)
    clinic.send(clinic.specs[0], 1, first=3)
    clinic.close(clinic.specs[0])
    asked = len(outcomes(clinic, "images"))
    assert clinic.upload_all(uploaders) == ["images"]
    assert len(outcomes(clinic, "images")) == asked + 1
    (state,) = platform.state()["examinations"]  # type: ignore[misc]  # as above
    assert (state["images"], state["image_total"]) == (3, 3)


def test_a_correction_is_sent_under_the_same_index(clinic: Clinic) -> None:
    platform = clinic.open_platform()
    uploaders = clinic.uploaders()
    clinic.ready(clinic.specs[0])
    clinic.upload_all(uploaders)
    clinic.take(clinic.record(clinic.specs[0], examDrName="李技师"))
    assert clinic.upload_all(uploaders) == ["record"]
    first, second = platform.records()
    assert second.index == first.index
    content = json.loads(platform.ledger.record_path(second).read_text(encoding="utf-8"))
    assert content["examDrName"] == "李技师"


# -- what the platform does wrong


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (f"{RECORD}:refused:1:message=姓名有误", "blocked", "needs_fix"),
        (f"{RECORD}:already_exists:1:code=1", "failed", ""),
        (f"{RECORD}:http_500:1", "retrying", ""),
        (f"{RECORD}:http_401:1", "retrying", ""),
        (f"{RECORD}:html_200:1", "retrying", ""),
    ],
)
def test_what_becomes_of_a_record(
    clinic: Clinic, uploaders: Uploaders, fault: str, state: str, reason: str
) -> None:
    clinic.break_platform(fault)
    examination_id = clinic.ready(clinic.specs[0])
    delivery = clinic.claim()
    assert delivery is not None
    uploaders.run(delivery)
    row = clinic.delivery(examination_id, "record")
    assert row.state.value == state
    assert (row.blocked_reason.value if row.blocked_reason else "") == reason
    if reason == "needs_fix":
        problem = clinic.problems(examination_id)[""]
        assert (problem.rule, problem.value) == ("platform_refused", "姓名有误")


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (f"{IMAGE}:already_exists", "delivered"),
        (f"{IMAGE}:already_exists:code=1", "delivered"),
        (f"{IMAGE}:refused", "failed"),
        (f"{IMAGE}:wrong_md5:1", "retrying"),
        ("saveRptFile:already_exists:code=1", "delivered"),
    ],
)
def test_what_becomes_of_files(
    clinic: Clinic, uploaders: Uploaders, fault: str, state: str
) -> None:
    clinic.configure(**{"retry.first_delay_s": 60.0})
    clinic.break_platform(fault)
    examination_id = ready_with_report(clinic)
    clinic.upload_all(uploaders)
    kind = "images" if fault.startswith(IMAGE) else "report"
    assert clinic.delivery(examination_id, kind).state.value == state


def test_already_there_after_a_silence_is_success_for_the_record_too(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    clinic.break_platform(f"{RECORD}:stored_no_answer:1", f"{RECORD}:already_exists:nth=2,code=1")
    examination_id = clinic.ready(clinic.specs[0], images=1)
    delivery = clinic.claim()
    assert delivery is not None
    uploaders.run(delivery)
    assert clinic.delivery(examination_id, "record").state is DeliveryState.RETRYING
    wait_until("due again", lambda: "record" in clinic.upload_all(uploaders))
    assert outcomes(clinic, "record") == ["transient", "accepted"]


def test_retry_after_is_kept_to(clinic: Clinic, uploaders: Uploaders) -> None:
    clinic.break_platform(f"{RECORD}:http_429:1:retry_after=2")
    examination_id = clinic.ready(clinic.specs[0])
    before = datetime.now(UTC)
    assert clinic.upload_all(uploaders) == ["record"]
    row = clinic.delivery(examination_id, "record")
    assert row.next_attempt_at is not None
    assert row.next_attempt_at - before >= timedelta(seconds=2)
    assert (row.attempts, row.cause) == (1, "platform_busy")


def test_the_budget_of_attempts_runs_out(clinic: Clinic, uploaders: Uploaders) -> None:
    clinic.configure(**{"retry.max_attempts": 2, "retry.first_delay_s": 0.05})
    clinic.break_platform(f"{RECORD}:http_500")
    examination_id = clinic.ready(clinic.specs[0])

    def has_failed() -> bool:
        clinic.upload_all(uploaders)
        return clinic.delivery(examination_id, "record").state is DeliveryState.FAILED

    wait_until("failed", has_failed)
    assert outcomes(clinic) == ["transient", "transient"]


def test_an_outage_opens_the_breaker_and_burns_nothing(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"upload.breaker_failures": 2, "retry.first_delay_s": 60.0})
    platform = clinic.open_platform()
    platform.stop()
    uploaders = clinic.uploaders()
    ids = [clinic.ready(one) for one in clinic.specs[:3]]
    assert clinic.upload_all(uploaders) == ["record", "record"]
    assert clinic.claim() is None, "shut"
    attempts = [clinic.delivery(one, "record").attempts for one in ids]
    assert sorted(attempts) == [0, 0, 1]
    assert [one.kind for one in clinic.work.events.page(levels=("warning",))] == ["platform_down"]
    platform.start()
    uploaders.start()
    try:
        wait_until(
            "drained",
            lambda: (
                clinic.work.platform_states.health("guizhou").opened_at is None
                and clinic.scalar("select count(*) from deliveries where state = 'delivered'") >= 4
            ),
        )
    finally:
        assert uploaders.stop()


@pytest.mark.allow_warnings("upload_failed")
def test_a_missing_key_holds_everything_back_and_fails_nothing(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    clinic.configure(**{"upload.breaker_failures": 2, "retry.max_attempts": 1})
    clinic.work.secrets.set("guizhou.key", "")
    ids = [clinic.ready(one, images=1) for one in clinic.specs[:3]]
    clinic.upload_all(uploaders)
    assert {clinic.delivery(one, "record").state.value for one in ids} <= {"retrying", "ready"}
    assert clinic.work.platform_states.health("guizhou").cause == "platform_setting_missing"
    clinic.work.secrets.set("guizhou.key", "sandbox-key-5d1f")
    clinic.work.platform_states.answered("guizhou", 1.0)

    def is_done() -> bool:
        clinic.upload_all(uploaders)
        return all(clinic.delivery(one, "record").state is DeliveryState.DELIVERED for one in ids)

    wait_until("all gone", is_done)


def test_an_image_that_is_gone_is_lost_and_said_so(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = clinic.ready(clinic.specs[0], images=2)
    clinic.work.spool.remove(sorted(clinic.spooled())[0])
    clinic.upload_all(uploaders)
    assert clinic.deliveries(examination_id)["images"] == "needs_fix"
    assert clinic.problems(examination_id)["images"].rule == "file_lost"


@pytest.mark.allow_warnings("upload_failed")
def test_a_report_that_is_gone_fails_for_it(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = ready_with_report(clinic)
    (path,) = clinic.work.reports.files()
    clinic.work.reports.remove(path)
    clinic.upload_all(uploaders)
    row = clinic.delivery(examination_id, "report")
    assert (row.state, row.cause) == (DeliveryState.FAILED, "upload_file_missing")


# -- stops, leases, changes under way


def held(clinic: Clinic, uploaders: Uploaders) -> tuple[int, threading.Thread]:
    """An image delivery whose first image waits for its answer; the rest has not begun."""
    clinic.configure(**{"upload.lease_s": 0.3})
    examination_id = clinic.ready(clinic.specs[0], images=6)
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    clinic.break_platform(f"{IMAGE}:slow:seconds=1")
    delivery = clinic.work.queue.claim("engine-test", lease_s=60, platforms=["guizhou"])
    assert delivery is not None
    thread = threading.Thread(target=uploaders.run, args=(delivery,))
    thread.start()
    return examination_id, thread


@pytest.mark.parametrize(
    ("act", "state"), [("cancel", "cancelled"), ("pause", "ready"), ("pause_platform", "ready")]
)
def test_a_person_stops_it_between_two_images(
    make_clinic: MakeClinic, act: str, state: str
) -> None:
    clinic = make_clinic(**{"upload.parallel": 1})
    platform = clinic.open_platform()
    uploaders = clinic.uploaders()
    examination_id, thread = held(clinic, uploaders)
    uploaders._leases.worker.start()
    control = clinic.work.queue_control
    if act == "pause_platform":
        control.pause_platform("guizhou", "李敏")
    else:
        getattr(control, act)([clinic.delivery(examination_id, "images").id], "李敏")
    thread.join(20)
    row = clinic.delivery(examination_id, "images")
    assert row.state.value == state
    assert 0 < row.items_confirmed < 6
    assert clinic.claim() is None
    clinic.break_platform()
    if act == "pause_platform":
        control.resume_platform("guizhou", "李敏")
    elif act == "pause":
        control.resume([row.id], "李敏")
    else:
        assert control.retry([row.id], "李敏").changed == 1
    clinic.upload_all(uploaders)
    assert clinic.delivery(examination_id, "images").state is DeliveryState.DELIVERED
    assert len(platform.images()) == 6
    assert outcomes(clinic, "images") == ["accepted"] * 6, "each once"
    uploaders.stop()


def test_a_lost_lease_drops_the_result(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = clinic.ready(clinic.specs[0], images=1)
    mine = clinic.work.queue.claim("engine-one", lease_s=0.05, platforms=["guizhou"])
    assert mine is not None
    late = datetime.now(UTC) + timedelta(seconds=1)
    others = clinic.work.queue.claim("engine-two", lease_s=60, platforms=["guizhou"], now=late)
    assert others is not None
    assert (others.id, others.token) == (mine.id, mine.token + 1)
    uploaders.run(mine)
    assert outcomes(clinic) == ["dropped"]
    assert clinic.delivery(examination_id, "record").state is DeliveryState.RUNNING
    uploaders.run(others)
    assert outcomes(clinic) == ["dropped", "accepted"]
    assert clinic.delivery(examination_id, "record").state is DeliveryState.DELIVERED


def test_a_record_that_changed_after_its_claim_is_planned_anew_and_not_in_a_hurry(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = clinic.ready(clinic.specs[0], images=1)
    delivery = clinic.claim()
    assert delivery is not None
    clinic.take(clinic.record(clinic.specs[0], examDrName="李技师"))
    uploaders.run(delivery)
    assert outcomes(clinic) == [], "nothing was sent"
    row = clinic.delivery(examination_id, "record")
    assert row.state is DeliveryState.READY
    assert row.content_digest != delivery.content_digest
    assert row.attempts == 0
    assert row.next_attempt_at is not None
    assert clinic.claim() is None, "no hot loop"
    again = clinic.work.queue.claim(
        "engine-test",
        lease_s=60,
        platforms=["guizhou"],
        now=datetime.now(UTC) + timedelta(seconds=2),
    )
    assert again is not None
    uploaders.run(again)
    assert clinic.delivery(examination_id, "record").state is DeliveryState.DELIVERED


def test_images_that_changed_after_their_claim_are_planned_anew(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """The total in the request is the total of what will be sent."""
    examination_id = clinic.ready(clinic.specs[0])
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    images = clinic.claim()
    assert images is not None
    clinic.intake.store(clinic.incoming(dataset(clinic.specs[0], 3)))
    uploaders.run(images)
    assert outcomes(clinic, "images") == []
    assert clinic.deliveries(examination_id)["images"] == "incomplete"


def test_the_engine_stops_after_the_files_under_way(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"upload.parallel": 1})
    clinic.open_platform()
    examination_id = clinic.ready(clinic.specs[0], images=5)
    clinic.break_platform(f"{IMAGE}:slow:seconds=0.3")
    uploaders = clinic.uploaders()
    uploaders.start()
    wait_until("an image is there", lambda: outcomes(clinic, "images"))
    assert uploaders.stop()
    row = clinic.delivery(examination_id, "images")
    assert (row.state, row.attempts) == (DeliveryState.READY, 0)
    assert 0 < row.items_confirmed < 5


def test_what_hangs_while_the_engine_stops_is_no_failure(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"upload.parallel": 1, "retry.max_attempts": 1})
    platform = clinic.open_platform(f"{RECORD}:timeout")
    examination_id = clinic.ready(clinic.specs[0], images=1)
    uploaders = clinic.uploaders()
    uploaders.start()
    wait_until(
        "under way", lambda: clinic.delivery(examination_id, "record").state.value == "running"
    )
    assert not uploaders.stop(limit_s=0.2), "it hangs"
    platform.stop()
    wait_until("given back", lambda: clinic.deliveries(examination_id)["record"] == "ready")
    assert clinic.delivery(examination_id, "record").attempts == 0
    assert clinic.work.platform_states.health("guizhou").failures == 0
    assert uploaders.stop()


def test_settings_change_while_requests_are_under_way(make_clinic: MakeClinic) -> None:
    """The old connections stay open until their last request has ended."""
    clinic = make_clinic(**{"upload.parallel": 4})
    clinic.open_platform(f"{IMAGE}:slow:seconds=0.2")
    examination_id = clinic.ready(clinic.specs[0], images=12)
    uploaders = clinic.uploaders()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(clinic.upload_all, uploaders)
        for number in range(6):
            wait_until(
                "progress", lambda n=number: len(outcomes(clinic, "images")) > n or job.done()
            )
            clinic.configure(**{"guizhou.read_timeout_s": 100.0 + number})
        job.result(20)
    assert clinic.delivery(examination_id, "images").state is DeliveryState.DELIVERED
    assert set(outcomes(clinic)) == {"accepted"}


def test_two_uploaders_send_nothing_twice(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"upload.parallel": 3})
    platform = clinic.open_platform()
    for spec in clinic.specs:
        clinic.ready(spec, images=3)
    pair = [clinic.uploaders() for _ in range(2)]
    for one in pair:
        one.start()
    wait_until(
        "all delivered",
        lambda: clinic.scalar("select count(*) from deliveries where state != 'delivered'") == 0,
    )
    assert all(one.stop() for one in pair)
    assert len(platform.images()) == 3 * len(clinic.specs)
    assert platform.ledger.sent_twice_as_new() == ()
    assert len(outcomes(clinic)) == 4 * len(clinic.specs)

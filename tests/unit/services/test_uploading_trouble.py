"""Deliveries that are stopped, changed or overtaken while they run, against the real sandbox."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from tests.operating_system import SLOWNESS
from tests.unit.services.clinic import dataset, wait_until
from tests.unit.services.uploading_steps import (
    IMAGE,
    RECORD,
    _has_come_further,
    held,
    outcomes,
    ready_with_report,
)

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic


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
    thread.join(20 * SLOWNESS)
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
            wait_until("progress", partial(_has_come_further, clinic, number, job))
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

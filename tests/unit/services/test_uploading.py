"""Deliveries against the real sandbox over sockets: order, failures, stops, and who decides."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from tests.unit.services.clinic import wait_until
from tests.unit.services.uploading_steps import (
    IMAGE,
    RECORD,
    outcomes,
    ready_with_report,
)

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic


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
    (state,) = cast("list[dict[str, object]]", platform.state()["examinations"])
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
    (state,) = cast("list[dict[str, object]]", platform.state()["examinations"])
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
    (state,) = cast("list[dict[str, object]]", platform.state()["examinations"])
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

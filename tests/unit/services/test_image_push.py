"""Images by DICOM (2.3) against the sandbox's receiver: what becomes of each instance (G048, G075)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from tests.operating_system import SLOWNESS
from tests.unit.services.clinic import wait_until
from tests.unit.services.uploading_steps import outcomes, ready_with_report

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
    from tests.unit.services.clinic import Clinic

STORE = "C-STORE"
ASSOCIATE = "A-ASSOCIATE"
INFO = "saveImgInfo"
PEER_TROUBLE = "(?i)association|connection|abort|rejected|reason|result|source|accepted"


@pytest.fixture
def platform(clinic: Clinic) -> GuizhouPlatform:
    """A platform whose images come by DICOM."""
    return clinic.open_platform(by_dicom=True)


def kept(platform: GuizhouPlatform) -> dict[str, bytes]:
    """Dataset bytes the platform holds, by SOP Instance UID."""
    return {
        one.sop_instance_uid: dataset(platform.image_path(one).read_bytes())
        for one in platform.images()
    }


def dataset(content: bytes) -> bytes:
    """What follows preamble and file meta."""
    return content[144 + int.from_bytes(content[140:144], "little") :]


def sent(clinic: Clinic) -> dict[str, bytes]:
    """Dataset bytes in our spool, by SOP Instance UID."""
    return {
        row.sop_instance_uid: dataset(clinic.work.spool.absolute(row.path).read_bytes())
        for row in clinic.query("select sop_instance_uid, path from instances")
    }


def requests(platform: GuizhouPlatform, service: str) -> int:
    return sum(one.service == service for one in platform.requests())


def items(clinic: Clinic) -> list[Any]:
    return clinic.query(
        "select i.dimse_status, i.refusal, i.confirmed_at is not null from delivery_items i"
        " join instances n on n.id = i.instance_id order by n.instance_number"
    )


def run_images(clinic: Clinic) -> None:
    """Record first, then one try of the images."""
    uploaders = clinic.uploaders()
    for _ in range(2):
        delivery = clinic.claim()
        assert delivery is not None
        uploaders.run(delivery)


def test_metadata_first_then_every_dataset_byte_for_byte(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    examination_id = ready_with_report(clinic, images=3)
    assert clinic.upload_all(clinic.uploaders()) == ["record", "images", "report"]
    assert set(clinic.deliveries(examination_id).values()) == {"delivered"}
    assert kept(platform) == sent(clinic)
    assert [one.total for one in platform.images()] == [3, 3, 3]
    services = [row[0] for row in clinic.query("select service from attempts order by id")]
    assert services[1:5] == [INFO, STORE, STORE, STORE]
    assert items(clinic) == [(0, "", 1)] * 3
    assert clinic.query("select confirmed_count, warned_count from studies") == [(3, 0)]
    assert platform.receiver is not None
    assert platform.receiver.state()["associations"] == {"opened": 1, "released": 1}
    assert {
        row[0] for row in clinic.query("select answer_code from attempts where instance_id")
    } == {"0000"}


@pytest.mark.parametrize(
    ("fault", "status"), [("b000", 0xB000), ("b006", 0xB006), ("b007", 0xB007)]
)
def test_a_warning_is_stored_shown_and_counts_as_there(
    clinic: Clinic, platform: GuizhouPlatform, fault: str, status: int
) -> None:
    clinic.break_platform(f"{STORE}:{fault}:nth=2")
    examination_id = clinic.ready(clinic.specs[0], images=3)
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert items(clinic) == [(0, "", 1), (status, "", 1), (0, "", 1)]
    assert clinic.query("select confirmed_count, warned_count from studies") == [(3, 1)]
    assert len(platform.images()) == 3


@pytest.mark.parametrize(
    ("fault", "cause", "status"),
    [("a900", "store_not_as_class", 0xA900), ("c000", "store_not_understood", 0xC000)],
)
def test_one_refused_for_good_fails_alone_and_a_person_retries(
    clinic: Clinic, platform: GuizhouPlatform, fault: str, cause: str, status: int
) -> None:
    clinic.break_platform(f"{STORE}:{fault}:nth=2")
    examination_id = clinic.ready(clinic.specs[0], images=3)
    clinic.upload_all(clinic.uploaders())
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.cause) == (DeliveryState.FAILED, cause)
    assert failed.answer_code == f"{status:04X}"
    assert items(clinic) == [(0, "", 1), (status, cause, 0), (0, "", 1)]
    assert outcomes(clinic, "images") == ["accepted", "accepted", "refused", "accepted"]

    clinic.break_platform()
    assert clinic.work.queue_control.retry([failed.id], "test").changed == 1
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert requests(platform, STORE) == 4, "what was there is not sent again"
    assert kept(platform) == sent(clinic)


@pytest.mark.allow_warnings(PEER_TROUBLE)
@pytest.mark.parametrize(
    ("fault", "cause", "status"),
    [
        ("a700:nth=2", "store_no_room", 0xA700),
        ("abort:nth=2", "peer_lost", None),
        ("stored_no_answer:nth=2", "peer_lost", None),
    ],
)
def test_what_may_pass_is_tried_again_and_the_others_went_on(
    clinic: Clinic, platform: GuizhouPlatform, fault: str, cause: str, status: int | None
) -> None:
    clinic.break_platform(f"{STORE}:{fault}")
    examination_id = clinic.ready(clinic.specs[0], images=4)
    run_images(clinic)
    waiting = clinic.delivery(examination_id, "images")
    assert (waiting.state, waiting.cause, waiting.attempts) == (DeliveryState.RETRYING, cause, 1)
    assert items(clinic) == [(0, "", 1), (status, "", 0), (0, "", 1), (0, "", 1)]
    wait_until("due again", lambda: clinic.upload_all(clinic.uploaders()))
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert requests(platform, STORE) == 5
    assert kept(platform) == sent(clinic)


@pytest.mark.allow_warnings(PEER_TROUBLE)
def test_a_peer_that_goes_silent_leaves_the_rest_for_later(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    clinic.configure(**{"guizhou.dicom_timeout_s": 0.3})
    clinic.break_platform(f"{STORE}:timeout:after=1:seconds=30")
    examination_id = clinic.ready(clinic.specs[0], images=5)
    run_images(clinic)
    waiting = clinic.delivery(examination_id, "images")
    assert (waiting.state, waiting.cause) == (DeliveryState.RETRYING, "peer_silent")
    assert outcomes(clinic, "images") == ["accepted", "accepted", *["transient"] * 3]
    clinic.break_platform()
    clinic.faults.release()
    wait_until("due again", lambda: clinic.upload_all(clinic.uploaders()))
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert kept(platform) == sent(clinic)


@pytest.mark.allow_warnings(PEER_TROUBLE)
def test_a_refused_kind_of_image_fails_alone(clinic: Clinic, platform: GuizhouPlatform) -> None:
    """Two classes in one study, one of them not taken: the other goes."""
    spec = clinic.specs[0]
    clinic.break_platform(f"{ASSOCIATE}:refuse_context:sop_class=1.2.840.10008.5.1.4.1.1.7")
    clinic.send(spec, 2)
    clinic.send(spec, 1, first=3, SOPClassUID="1.2.840.10008.5.1.4.1.1.7")
    clinic.take(clinic.record(spec))
    clinic.close(spec)
    clinic.upload_all(clinic.uploaders())
    (examination_id,) = clinic.query("select id from examinations")[0]
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.cause) == (DeliveryState.FAILED, "context_refused")
    assert items(clinic) == [(0, "", 1), (0, "", 1), (None, "context_refused", 0)]
    clinic.break_platform()
    clinic.work.queue_control.retry([failed.id], "test")
    clinic.upload_all(clinic.uploaders())
    assert kept(platform) == sent(clinic)


@pytest.mark.allow_warnings(PEER_TROUBLE)
def test_refused_for_good_is_not_sent_again_while_others_are_retried(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    clinic.break_platform(f"{STORE}:c000:nth=1", f"{STORE}:a700:nth=2")
    examination_id = clinic.ready(clinic.specs[0], images=3)
    run_images(clinic)
    assert clinic.delivery(examination_id, "images").state is DeliveryState.RETRYING
    wait_until("due again", lambda: clinic.upload_all(clinic.uploaders()))
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.cause) == (DeliveryState.FAILED, "store_not_understood")
    assert requests(platform, STORE) == 4


@pytest.mark.allow_warnings(PEER_TROUBLE)
def test_a_receiver_that_is_down_is_an_outage_of_the_platform(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    """HTTP answers all the while: no attempt is burned, and probes ask both."""
    receiver = platform.receiver
    assert receiver is not None
    examination_id = clinic.ready(clinic.specs[0])
    receiver.stop()
    run_images(clinic)
    health = clinic.work.platform_states.health("guizhou")
    assert (health.cause, health.opened_at is not None) == ("peer_unreachable", True)
    waiting = clinic.delivery(examination_id, "images")
    assert (waiting.state, waiting.attempts) == (DeliveryState.RETRYING, 0)
    assert clinic.claim() is None
    reachable, _, cause = clinic.work.guizhou.probe()
    assert (reachable, cause) == (False, "peer_unreachable")
    receiver.start()
    assert clinic.work.guizhou.probe()[0]
    clinic.work.platform_states.answered("guizhou", 1.0, is_probe=True)
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered"


@pytest.mark.allow_warnings(PEER_TROUBLE)
def test_a_wrong_ae_title_stops_all_and_says_so(clinic: Clinic, platform: GuizhouPlatform) -> None:
    clinic.configure(**{"guizhou.dicom_called_ae": "OTHER"})
    clinic.ready(clinic.specs[0])
    run_images(clinic)
    assert clinic.work.platform_states.health("guizhou").cause == "rejected_called_ae"
    assert platform.images() == ()


@pytest.mark.allow_warnings("platform_setting_missing")
def test_without_an_address_nothing_is_sent(clinic: Clinic, platform: GuizhouPlatform) -> None:
    clinic.configure(**{"guizhou.dicom_host": ""})
    examination_id = clinic.ready(clinic.specs[0])
    run_images(clinic)
    waiting = clinic.delivery(examination_id, "images")
    assert (waiting.cause, waiting.attempts) == ("platform_setting_missing", 0)
    assert requests(platform, INFO) == 0


def test_metadata_that_is_refused_sends_no_image(clinic: Clinic, platform: GuizhouPlatform) -> None:
    clinic.break_platform(f"{INFO}:refused:message=没有这个索引")
    examination_id = clinic.ready(clinic.specs[0])
    run_images(clinic)
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.message) == (DeliveryState.FAILED, "没有这个索引")
    assert requests(platform, STORE) == 0


def test_late_images_are_announced_with_the_new_total_and_go_alone(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    uploaders = clinic.uploaders()
    clinic.ready(clinic.specs[0])
    clinic.upload_all(uploaders)
    clinic.send(clinic.specs[0], 1, first=3)
    clinic.close(clinic.specs[0])
    assert clinic.upload_all(uploaders) == ["images"]
    assert [one.total for one in platform.images()] == [2, 2, 3]
    assert requests(platform, STORE) == 3
    assert kept(platform) == sent(clinic)


def test_already_announced_is_forgiven_only_of_the_same_announcement(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    """G046, G048: an older total is no proof of this one, unless this one may have arrived before."""
    already = "already_exists:1:code=1"
    clinic.break_platform(f"{INFO}:{already}")
    examination_id = clinic.ready(clinic.specs[0])
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered", "nothing else was announced"
    clinic.break_platform(f"{INFO}:{already}")
    clinic.send(clinic.specs[0], 1, first=3)
    clinic.close(clinic.specs[0])
    clinic.upload_all(clinic.uploaders())
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.cause) == (DeliveryState.FAILED, "platform_already_exists")
    assert requests(platform, STORE) == 2
    clinic.break_platform(f"{INFO}:{already}")
    clinic.work.queue_control.retry([failed.id], "test")
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered", "a person had it asked again"
    clinic.break_platform(f"{INFO}:stored_no_answer:1", f"{INFO}:already_exists:nth=2,code=1")
    clinic.send(clinic.specs[0], 1, first=4)
    clinic.close(clinic.specs[0])

    def is_there() -> bool:
        clinic.upload_all(clinic.uploaders())
        return clinic.deliveries(examination_id)["images"] == "delivered"

    wait_until("it was not answered before", is_there)
    assert [one.total for one in platform.images()] == [2, 2, 3, 4]
    assert kept(platform) == sent(clinic)


def test_an_accession_number_that_differs_from_the_images_waits_for_a_person(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    """G048: it must equal the DICOM header; the study is found by its UID all the same."""
    spec = clinic.specs[0]
    clinic.send(spec, 2, AccessionNumber="ANOTHER")
    clinic.take(clinic.record(spec))
    clinic.close(spec)
    (examination_id,) = clinic.query("select id from examinations")[0]
    assert clinic.deliveries(examination_id)["images"] == "needs_fix"
    problem = clinic.problems(examination_id)["images"]
    assert (problem.rule, problem.value) == ("dicom_link", "ANOTHER")
    clinic.configure(**{"guizhou.image_transport": "http"})
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "ready"


def test_a_stop_ends_between_two_images_and_the_next_run_goes_on(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    clinic.break_platform(f"{STORE}:slow:1:seconds=30")
    clinic.configure(**{"guizhou.dicom_timeout_s": 60})
    examination_id = clinic.ready(clinic.specs[0], images=4)
    uploaders = clinic.uploaders()
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    delivery = clinic.claim()
    assert delivery is not None
    thread = threading.Thread(target=uploaders.run, args=(delivery,))
    thread.start()
    wait_until("the first is under way", lambda: requests(platform, STORE))
    assert uploaders.stop(0.1)
    clinic.faults.release()
    thread.join(10 * SLOWNESS)
    stopped = clinic.delivery(examination_id, "images")
    assert (stopped.state, stopped.items_confirmed) == (DeliveryState.READY, 1)
    clinic.break_platform()
    clinic.upload_all(clinic.uploaders())
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert requests(platform, STORE) == 4


def test_a_late_result_with_an_old_token_is_kept_and_dropped(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    clinic.break_platform(f"{STORE}:slow:1:seconds=30")
    clinic.configure(**{"guizhou.dicom_timeout_s": 60})
    examination_id = clinic.ready(clinic.specs[0], images=3)
    uploaders = clinic.uploaders()
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    delivery = clinic.work.queue.claim("engine-slow", lease_s=0.05, platforms=["guizhou"])
    assert delivery is not None
    thread = threading.Thread(target=uploaders.run, args=(delivery,))
    thread.start()
    wait_until("the first is under way", lambda: requests(platform, STORE))
    wait_until("taken over", clinic.claim)
    clinic.faults.release()
    thread.join(10 * SLOWNESS)
    announced, *results = outcomes(clinic, "images")
    assert (announced, set(results)) == ("accepted", {"dropped"})
    assert items(clinic) == [(None, "", 0)] * 3
    assert clinic.delivery(examination_id, "images").token == 2


def test_a_study_of_more_kinds_than_an_association_holds(
    clinic: Clinic, platform: GuizhouPlatform
) -> None:
    """130 pairs of class and syntax: two associations, one after another, nothing left out."""
    spec = clinic.specs[0]
    kinds = [f"1.2.826.0.1.3680043.10.1.77.{number}" for number in range(1, 131)]
    for number, sop_class in enumerate(kinds, 1):
        clinic.send(spec, 1, first=number, SOPClassUID=sop_class)
    clinic.take(clinic.record(spec))
    clinic.close(spec)
    clinic.upload_all(clinic.uploaders())
    assert platform.receiver is not None
    assert platform.receiver.state()["associations"] == {"opened": 2, "released": 2}
    assert len(platform.images()) == len(kinds)
    assert kept(platform) == sent(clinic)

"""What a person does to the queue is exact: a frozen list, a count, an audit row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import BulkReport, DeliveryState, Outcome

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def failed(clinic: Clinic, count: int) -> tuple[int, ...]:
    for spec in clinic.specs[:count]:
        clinic.ready(spec, images=1)
    for _ in range(count):
        delivery = clinic.claim()
        assert delivery is not None
        clinic.work.queue.finish(delivery, Outcome.FAILED, cause="platform_rejected")
    return clinic.work.queue_control.freeze((DeliveryState.FAILED,))


def test_retry_names_its_exact_count_and_starts_a_fresh_budget(clinic: Clinic) -> None:
    frozen = failed(clinic, 3)
    assert len(frozen) == 3
    late = failed(clinic, 0)
    assert late == frozen
    control = clinic.work.queue_control
    assert control.retry([*frozen, 999], "李敏") == BulkReport(3, 1)
    assert control.retry(frozen, "李敏") == BulkReport(0, 3)
    assert clinic.query(
        "select distinct state, attempts, is_paused from deliveries where kind='record'"
    ) == [("ready", 0, 0)]
    actors = {
        row[0]
        for row in clinic.query("select actor from audit_entries where action like '%retried'")
    }
    assert actors == {"李敏"}


def test_what_was_cancelled_takes_its_place_in_the_order_again(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    control = clinic.work.queue_control
    everything = control.freeze(tuple(DeliveryState))
    assert control.cancel(everything, "李敏") == BulkReport(2, 0)
    assert set(clinic.deliveries(examination_id).values()) == {"cancelled"}
    clinic.work.planner.advance(examination_id)
    assert set(clinic.deliveries(examination_id).values()) == {"cancelled"}, "a person said so"
    assert control.retry(everything, "李敏") == BulkReport(2, 0)
    assert clinic.deliveries(examination_id) == {"record": "ready", "images": "order"}


def test_a_paused_one_is_not_claimed(clinic: Clinic) -> None:
    clinic.ready(clinic.specs[0])
    control = clinic.work.queue_control
    everything = control.freeze(tuple(DeliveryState))
    assert control.pause(everything, "李敏") == BulkReport(2, 0)
    assert clinic.claim() is None
    assert control.resume(everything, "李敏") == BulkReport(2, 0)
    assert clinic.claim() is not None


def test_a_paused_platform_holds_all(clinic: Clinic) -> None:
    clinic.ready(clinic.specs[0])
    control = clinic.work.queue_control
    control.pause_platform("guizhou", "李敏")
    assert clinic.claim() is None
    assert clinic.work.platform_states.health("guizhou").paused_by == "李敏"
    control.resume_platform("guizhou", "李敏")
    assert clinic.claim() is not None

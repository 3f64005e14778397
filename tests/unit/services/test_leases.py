"""Claims are kept alive; the word to stop reaches whoever holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.leases import Leases

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery
    from tests.unit.services.clinic import Clinic


@pytest.fixture
def delivery(clinic: Clinic) -> Delivery:
    """A claim."""
    clinic.ready(clinic.specs[0], images=1)
    claimed = clinic.claim()
    assert claimed is not None
    return claimed


def leases(clinic: Clinic) -> Leases:
    return Leases(
        clinic.work.queue,
        lambda: 30.0,
        lambda platform: clinic.work.platform_states.health(platform).is_paused,
    )


def until(clinic: Clinic) -> int:
    return int(clinic.scalar("select lease_until from deliveries where state = 'running'"))


def test_a_claim_is_renewed_while_it_is_held(clinic: Clinic, delivery: Delivery) -> None:
    kept = leases(clinic)
    stop = kept.hold(delivery)
    before = until(clinic)
    assert 0 < kept.step() <= 1
    assert until(clinic) != before
    assert not stop.is_set()
    kept.release(delivery)
    before = until(clinic)
    kept.step()
    assert until(clinic) == before


@pytest.mark.parametrize("act", ["cancel", "pause", "pause_platform", "lost", "end"])
def test_whatever_ends_it_sets_the_event(clinic: Clinic, delivery: Delivery, act: str) -> None:
    kept = leases(clinic)
    stop = kept.hold(delivery)
    control = clinic.work.queue_control
    if act == "end":
        kept.end_all()
        assert kept.is_ending
    elif act == "lost":
        clinic.work.queue.recover("")
    elif act == "pause_platform":
        control.pause_platform("guizhou", "李敏")
    else:
        assert getattr(control, act)([delivery.id], "李敏").changed == 1
    kept.step()
    assert stop.is_set()


def test_a_file_under_way_keeps_its_claim_after_the_word_to_stop(
    clinic: Clinic, delivery: Delivery
) -> None:
    kept = leases(clinic)
    kept.hold(delivery)
    clinic.work.queue_control.cancel([delivery.id], "李敏")
    kept.step()
    before = until(clinic)
    kept.step()
    assert until(clinic) != before


def test_what_is_claimed_while_the_engine_ends_stops_at_once(
    clinic: Clinic, delivery: Delivery
) -> None:
    kept = leases(clinic)
    kept.end_all()
    assert kept.hold(delivery).is_set()

"""After sleep, or with another network, everybody looks at once; and it is written down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.leases import Leases
from hbgz_desktop.services.machine_watch import MachineWatch
from hbgz_desktop.services.network_addresses import local_addresses, network_ways
from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.system.machine_clock import Clocks, ClockWatch

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


class World:
    """Clocks and network as a test wants them."""

    def __init__(self) -> None:
        self.clocks = Clocks(1000.0, 1000.0, 1000.0)
        self.ways = frozenset({"10.0.0.5"})
        self.changes = 0

    def changed(self) -> None:
        self.changes += 1

    def sleep(self, seconds: float) -> None:
        now = self.clocks
        self.clocks = Clocks(now.wall + seconds, now.elapsed + seconds, now.awake)

    def set_clock(self, seconds: float) -> None:
        now = self.clocks
        self.clocks = Clocks(now.wall + seconds, now.elapsed, now.awake)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def watch(clinic: Clinic, world: World) -> MachineWatch:
    clocks = ClockWatch(lambda: world.clocks)
    return MachineWatch(clinic.work.events, lambda: world.ways, world.changed, clocks)


def events(clinic: Clinic) -> list[tuple[str, dict[str, object]]]:
    kinds = ("machine_slept", "clock_moved", "network_changed")
    rows = clinic.work.events.since(0)
    return [(row.kind, row.facts) for row in rows if row.kind in kinds]


def test_nothing_is_said_of_a_quiet_computer(
    clinic: Clinic, watch: MachineWatch, world: World
) -> None:
    assert watch.step() > 0
    watch.step()
    assert (events(clinic), world.changes) == ([], 0)


def test_sleep_is_written_down_and_everybody_woken(
    clinic: Clinic, watch: MachineWatch, world: World
) -> None:
    world.sleep(3600)
    watch.step()
    watch.step()
    assert events(clinic) == [("machine_slept", {"seconds": 3600})]
    assert world.changes == 1


@pytest.mark.allow_warnings("clock_moved")
def test_a_clock_that_was_set_is_told_apart(
    clinic: Clinic, watch: MachineWatch, world: World
) -> None:
    world.set_clock(-120)
    watch.step()
    assert events(clinic) == [("clock_moved", {"seconds": -120})]
    assert world.changes == 1


def test_each_change_of_the_network_is_a_reason_to_look(
    clinic: Clinic, watch: MachineWatch, world: World
) -> None:
    watch.step()
    world.ways = frozenset()
    watch.step()
    world.ways = frozenset({"10.0.9.7", "192.0.2.1 from 10.0.9.7"})
    watch.step()
    watch.step()
    assert events(clinic) == [("network_changed", {"ways": 0}), ("network_changed", {"ways": 2})]
    assert world.changes == 2


def test_the_ways_of_this_computer_stay_the_same_while_nothing_happens() -> None:
    ways = network_ways(("127.0.0.1", "platform.example"))
    assert set(local_addresses()) <= ways
    assert "127.0.0.1 from 127.0.0.1" in ways
    assert not any("platform.example" in one for one in ways), "no name is asked for"
    assert network_ways(("127.0.0.1",)) == ways


def test_a_silent_platform_is_looked_for_at_once(clinic: Clinic) -> None:
    states = clinic.work.platform_states
    states.failed(
        "guizhou",
        "platform_timeout",
        delivery_id=1,
        threshold=1,
        probe_delay_s=600.0,
        is_platform_wide=True,
    )
    due = states.health("guizhou").next_probe_at
    assert due is not None
    assert due > datetime.now(UTC) + timedelta(minutes=5)
    states.probe_soon()
    due = states.health("guizhou").next_probe_at
    assert due is not None
    assert due <= datetime.now(UTC)
    assert states.health("hebei").next_probe_at is None


def test_a_claim_that_outlived_its_lease_asleep_is_not_claimed_again(clinic: Clinic) -> None:
    clinic.ready(clinic.specs[0], images=1)
    delivery = clinic.claim()
    assert delivery is not None
    leases = Leases(clinic.work.queue, lambda: 30.0)
    leases.hold(delivery)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    moment = UtcDateTime().process_bind_param(long_ago, clinic.work.database.engine.dialect)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update deliveries set lease_until = ?", (moment,))
    leases._renewed_at = long_ago
    leases.renew_if_late()
    assert clinic.claim() is None
    assert clinic.scalar("select token from deliveries where state = 'running'") == delivery.token

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from hbgz_desktop.model.instance import PeerAssociation
from hbgz_desktop.storage.engine_state import AssociationStore, EngineStateStore
from hbgz_desktop.storage.events import EventLog
from hbgz_desktop.storage.tables import associations, commands, engine_state, events

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

CT = PeerAssociation(1, "CT1", "HBGZ", "10.0.0.7", 4711)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine(database: Database) -> EngineStateStore:
    return EngineStateStore(database)


@pytest.fixture
def callers(database: Database) -> AssociationStore:
    return AssociationStore(database)


@pytest.fixture
def log(database: Database) -> EventLog:
    return EventLog(database)


def test_an_engine_lives_by_its_heartbeat(engine: EngineStateStore, database: Database) -> None:
    assert not engine.status().is_alive
    engine.write(pid=77, dicom_port=11112, receiver_state="listening")
    status = engine.status()
    assert (status.is_alive, status.pid, status.dicom_port) == (True, 77, 11112)
    with database.write() as connection:
        late = datetime.now(UTC) - timedelta(seconds=11)
        connection.execute(update(engine_state).values(heartbeat_at=late))
    assert not engine.status().is_alive
    engine.write(stopped_at=datetime.now(UTC))
    assert not engine.status().is_alive


def test_a_command_is_taken_once(engine: EngineStateStore) -> None:
    number = engine.ask("echo", requested_by="王工", host="10.0.0.7")
    with ThreadPoolExecutor(8) as pool:
        taken = [one for one in pool.map(lambda _: engine.take(), range(8)) if one is not None]
    assert [(one.id, one.kind, one.arguments) for one in taken] == [
        (number, "echo", {"host": "10.0.0.7"})
    ]
    engine.answer(number, "done", elapsed_ms=3)
    command = engine.command(number)
    assert command is not None
    assert (command.state, command.result) == ("done", '{"elapsed_ms": 3}')


def test_a_command_is_void_after_its_deadline(engine: EngineStateStore) -> None:
    number = engine.ask("stop", requested_by="王工", deadline_s=-1)
    assert engine.take() is None
    command = engine.command(number)
    assert command is not None
    assert command.state == "void"
    assert engine.command(number + 1) is None


def test_old_commands_are_forgotten(engine: EngineStateStore, database: Database) -> None:
    engine.ask("stop", requested_by="王工")
    engine.trim()
    assert engine.take() is not None
    with database.write() as connection:
        connection.execute(update(commands).values(deadline_at=LONG_AGO))
    engine.trim()
    assert engine.command(1) is None
    assert engine.ask("stop", requested_by="王工") == 2, "numbers are never used again"


def test_who_called_is_listed_with_live_ones_first(
    callers: AssociationStore, log: EventLog
) -> None:
    first, second = callers.open(CT), callers.open(CT)
    callers.progress({first: (3, 300, datetime.now(UTC))})
    callers.close(second, "released", calling_ae="CT1", count=1, size=100)
    callers.reject(CT, "reject_calling_ae")
    callers.refuse_context(CT, "1.2.3")
    listed = callers.recent()
    assert [one.outcome for one in listed] == ["", "rejected", "released"]
    assert (listed[0].instances, callers.live_count()) == (3, 1)
    peer = callers.peer("CT1")
    assert peer is not None
    assert (peer.refused_count, peer.last_image_at is not None) == (1, True)
    callers.end_all()
    assert callers.live_count() == 0
    assert [one.kind for one in log.since(0)] == ["association_rejected", "context_refused"]


def test_a_live_association_is_not_trimmed(callers: AssociationStore, database: Database) -> None:
    callers.open(CT)
    callers.close(callers.open(CT), "released", calling_ae="CT1", count=0, size=0)
    with database.write() as connection:
        connection.execute(update(associations).values(opened_at=LONG_AGO))
    callers.trim()
    assert [one.closed_at for one in callers.recent()] == [None]


def test_a_person_decides_about_a_device(callers: AssociationStore) -> None:
    callers.set_peer("MR1", policy="accept", fallback_charset="gb18030")
    callers.open(CT)
    callers.set_peer("CT1", policy="refuse")
    assert {one.ae_title: one.policy for one in callers.peers()} == {
        "CT1": "refuse",
        "MR1": "accept",
    }
    assert callers.peer("US1") is None


def test_events_are_followed_by_their_number(log: EventLog, database: Database) -> None:
    assert log.newest_id() == 0
    for number in range(3):
        log.add("study_opened", study_id=number, level="info", calling_ae="CT1")
    log.add("file_lost", level="error", examination_id=2)
    assert [one.id for one in log.since(2)] == [3, 4]
    assert [one.kind for one in log.page(levels=("error",))] == ["file_lost"]
    assert [one.id for one in log.page(study_id=2, examination_id=2)] == [4, 3]
    assert [one.id for one in log.page(before_id=3, limit=1)] == [2]
    assert log.since(0)[0].facts == {"calling_ae": "CT1"}
    with database.write() as connection:
        connection.execute(update(events).values(at=LONG_AGO))
    assert log.trim() == 4
    log.add("study_opened")
    assert log.newest_id() == 5, "numbers are never used again"

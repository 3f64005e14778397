"""The engine in this process: it starts, answers, stops, and says what is wrong."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop import engine as module
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import echo, send_files
from hbgz_desktop.engine import Engine
from hbgz_desktop.model.errors import DatabaseBusyError, EngineLockedError
from hbgz_desktop.services import receiver as receiver_module
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage import database as database_module
from hbgz_desktop.storage.settings_file import SettingsFile
from tests.unit.dicom.samples import image, stored
from tests.unit.services.clinic import BASE, wait_until

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(data_dir: Path, empty_database: Path) -> DataFolder:
    """A configured data folder."""
    shutil.copy(empty_database, data_dir / "hbgz.sqlite")
    quick = {"dicom.port": 0, "dicom.bind_address": "127.0.0.1", "dicom.quiet_time_s": 0.1}
    SettingsFile(data_dir).set_many({**BASE, **quick, "storage.thumbnails": False})
    return DataFolder(data_dir)


def started(folder: DataFolder) -> Engine:
    engine = Engine(folder)
    engine.start()
    return engine


def test_it_receives_closes_the_study_and_stops(folder: DataFolder, tmp_path: Path) -> None:
    engine = started(folder)
    files = [stored(tmp_path / f"{number}.dcm", image(number)) for number in (1, 2)]
    results = send_files(files, Peer("127.0.0.1", engine.port, "HBGZ", "CT1"))
    assert [one.status for one in results] == [0, 0]
    work = engine.work

    def is_closed() -> bool:
        return bool(work.examinations.unmatched()) and not work.reception.without_digest()

    wait_until("study closed, digests made", is_closed)
    answer = engine._echo({})
    assert (answer["ok"], answer["detail"]) == (True, "echo_ok")
    threading.Timer(0.05, engine.request_stop).start()
    engine.wait()
    engine.close()
    with Workplace(folder) as after:
        status = after.engine_state.status()
        assert (status.is_alive, status.receiver_state) == (False, "stopped")
        assert status.stopped_at is not None
    assert not [one.name for one in threading.enumerate() if one.name.startswith("hbgz-")]


def test_a_second_one_changes_nothing_of_the_first(folder: DataFolder) -> None:
    engine = started(folder)
    second = Engine(folder)
    with pytest.raises(EngineLockedError):
        second.start()
    second.close()
    status = engine.work.engine_state.status()
    assert (status.is_alive, status.stopped_at) == (True, None)
    assert echo(Peer("127.0.0.1", engine.port, "HBGZ", "X", 5.0)).ok
    engine.close()


@pytest.mark.allow_warnings("not_listening code=port_taken")
def test_a_taken_port_is_said_and_tried_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver_module, "PORT_RETRY_S", 0.05)
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.05)
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        SettingsFile(folder.root).set("dicom.port", port)
        engine = started(folder)
        assert engine.port == 0
        states = engine.work.engine_state
        assert states.status().receiver_state == "port_taken"
        wait_until("a beat", lambda: states.status().disk_free_bytes)
        assert states.status().receiver_state == "port_taken"
    wait_until("listening", lambda: states.status().receiver_state == "listening")
    assert engine.port == port
    engine.close()


@pytest.mark.allow_warnings("not_listening code=bind_address_unknown")
def test_an_address_that_is_not_ours_is_said_by_its_own_code(folder: DataFolder) -> None:
    SettingsFile(folder.root).set("dicom.bind_address", "203.0.113.9")
    engine = started(folder)
    assert engine.work.engine_state.status().receiver_state == "bind_address_unknown"
    engine.close()


@pytest.mark.allow_warnings("Association Rejected|Rejected Transient|Local limit exceeded")
def test_under_the_reserve_it_says_so_and_recovers(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.05)
    engine = started(folder)
    state = engine.work.engine_state
    engine.work.spool.reserve_bytes = 10**18
    wait_until("full", lambda: state.status().receiver_state == "disk_full")
    assert not echo(Peer("127.0.0.1", engine.port, "HBGZ", "X", 5.0)).ok
    engine.work.spool.reserve_bytes = 0
    wait_until("well again", lambda: state.status().receiver_state == "listening")
    assert echo(Peer("127.0.0.1", engine.port, "HBGZ", "X", 5.0)).ok
    engine.close()


def test_a_stop_asked_of_the_last_engine_does_not_end_this_one(folder: DataFolder) -> None:
    with Workplace(folder) as work:
        stale = work.engine_state.ask("stop", requested_by="test")
    engine = started(folder)
    store = engine.work.engine_state
    command = store.command(stale)
    assert command is not None
    assert command.state == "failed"
    fresh = store.ask("stop", requested_by="test")
    engine.wait()
    wait_until("answered", lambda: (store.command(fresh) or command).state == "done")
    engine.close()


@pytest.mark.allow_warnings("database_busy_at_start|worker_failed .* code=database_busy")
def test_a_database_that_is_locked_at_the_start_is_waited_for(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        database_module.Database.__init__, "__kwdefaults__", {"busy_timeout_s": 0.1}
    )
    engines: list[Engine] = []
    with closing(sqlite3.connect(folder.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(DatabaseBusyError):
            module._started(folder, engines)
        assert len(engines) == 1
        other.execute("rollback")
    engines[0].close()
    module._started(folder, engines)
    assert engines[0].port
    engines[0].close()

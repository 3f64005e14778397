from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import EngineLockedError, StorageError
from hbgz_desktop.storage.engine_lock import EngineLock
from tests.operating_system import SLOWNESS
from tests.unit.storage.claiming_process import hold_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def path(data_dir: Path) -> Path:
    return data_dir / "engine.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[SpawnProcess]:
    reader, writer = SPAWN.Pipe()
    process = SPAWN.Process(target=hold_lock, args=(str(path), writer))
    process.start()
    writer.close()
    assert reader.poll(20)
    assert reader.recv() == "held"
    yield process
    process.kill()
    process.join(10 * SLOWNESS)
    reader.close()


def test_the_files_existence_means_nothing(path: Path) -> None:
    path.write_bytes(b"12345")
    lock = EngineLock(path)
    assert not lock.is_held_elsewhere()
    lock.acquire()
    lock.release()
    assert path.exists()


def test_looking_makes_no_file(path: Path) -> None:
    assert not EngineLock(path).is_held_elsewhere()
    assert not path.exists()


def test_a_second_engine_is_refused(path: Path, holder: SpawnProcess) -> None:
    lock = EngineLock(path)
    assert lock.is_held_elsewhere()
    with pytest.raises(EngineLockedError) as caught:
        lock.acquire(patience_s=0.05)
    assert (caught.value.code, caught.value.retryable) == ("engine_running", False)


@pytest.mark.kill
def test_a_killed_engine_holds_nothing(path: Path, holder: SpawnProcess) -> None:
    holder.kill()
    holder.join(10 * SLOWNESS)
    lock = EngineLock(path)
    assert not lock.is_held_elsewhere()
    lock.acquire()
    assert not lock.is_held_elsewhere(), "held here, not elsewhere"
    lock.release()
    lock.release()


def test_a_look_does_not_turn_an_engine_away(path: Path) -> None:
    """The console looks every few seconds; an engine that starts at that moment waits it out."""
    looking = EngineLock(path)
    looking.acquire()
    timer = threading.Timer(0.1, looking.release)
    timer.start()
    engine = EngineLock(path)
    engine.acquire(patience_s=5)
    timer.join()
    engine.release()


def test_a_folder_that_is_not_there_is_another_error(data_dir: Path) -> None:
    with pytest.raises(StorageError) as caught:
        EngineLock(data_dir / "nowhere" / "engine.lock").acquire()
    assert caught.value.code == "storage_io"

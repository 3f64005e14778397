"""Another process holds the database while images come and go: nothing is lost, it goes on alone."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DicomError
from tests.running_program import LIMIT_S, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hospital import Hospital, Study
    from tests.running_program import Engine

HOLD = """
import sqlite3, sys, threading
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
connection.execute(f"BEGIN {sys.argv[2]}")
print("held", flush=True)
threading.Event().wait(float(sys.argv[3]))
connection.execute("ROLLBACK")
print("released", flush=True)
"""
QUICK_S = 3.0
BEYOND_BUSY_TIMEOUT_S = 33.0


@contextmanager
def held(database: Path, how: str, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the write lock for some seconds from the start of the block."""
    command = [sys.executable, "-c", HOLD, str(database), how, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.wait(seconds + LIMIT_S)


def lock_while_working(hospital: Hospital, how: str, seconds: float) -> None:
    """One study goes out and another comes in while the lock is held."""
    going, coming = hospital.studies(2, images=6)
    hospital.configure(**{"upload.lease_s": 5.0})
    hospital.break_platform("saveImgFile:slow:1:seconds=1")
    engine = hospital.program.start()
    assert hospital.send(engine, going)
    hospital.import_records(going)
    until("uploading", lambda: "saveImgFile" in {r.service for r in hospital.platform.requests()})
    with held(hospital.program.data / "hbgz.sqlite", how, seconds) as process:
        sender = threading.Thread(target=send_until_taken, args=(hospital, engine, coming))
        sender.start()
        assert process.wait(seconds + LIMIT_S) == 0
    sender.join(seconds + LIMIT_S)
    assert not sender.is_alive()
    hospital.import_records(coming)
    hospital.wait_confirmed(2, limit_s=90)
    hospital.assert_nothing_lost()
    assert set(hospital.acknowledged) == set(going.files) | set(coming.files)
    hospital.assert_delivered_once(going, coming)


def send_until_taken(hospital: Hospital, engine: Engine, study: Study) -> None:
    """What a modality does: again after a refusal."""
    pause = threading.Event()
    for _ in range(100):
        try:
            if hospital.send(engine, study):
                return
        except DicomError:
            pause.wait(0.5)


@pytest.mark.parametrize("how", [pytest.param("IMMEDIATE", marks=pytest.mark.long), "EXCLUSIVE"])
def test_locked_for_some_seconds(hospital: Hospital, how: str) -> None:
    """Within the busy timeout everything waits and then goes on; no image is even refused."""
    lock_while_working(hospital, how, QUICK_S)
    assert "database_busy" not in hospital.program.log()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_locked_beyond_the_busy_timeout(hospital: Hospital) -> None:
    """Longer than anything waits: images are refused, not lost, and the sender's retry gets in."""
    lock_while_working(hospital, "EXCLUSIVE", BEYOND_BUSY_TIMEOUT_S)
    assert "database_busy" in hospital.program.log()

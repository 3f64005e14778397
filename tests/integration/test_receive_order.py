"""By system calls: nothing is answered before file, folder and row are on the disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.system_calls import Call, read_calls

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hospital import Hospital

TRACED = "fsync,fdatasync,rename,renameat,renameat2,sendto,sendmsg,write,writev"
SYNCS = ("fsync", "fdatasync")
RENAMES = ("rename", "renameat", "renameat2")
SENDS = ("sendto", "sendmsg", "write", "writev")
# P-DATA-TF is PDU type 04 (PS3.8 9.3.5), the second byte is reserved
ANSWER = re.compile(r'"\\4\\0')
PART = r"/spool/.*\.part>"
WAL = r"hbgz\.sqlite-wal>"
RENAMED = re.compile(r'(?P<folder>/spool/[^"]*)/\.[^/"]+\.part".*\.dcm"')


def can_trace(folder: Path) -> str:
    """Why no process can be traced here, "" when one can."""
    tool = shutil.which("strace")
    if sys.platform != "linux" or tool is None:
        return "strace is not installed (run.py setup installs it on Debian)"
    probe = folder / "probe.txt"
    done = subprocess.run(
        [tool, "-f", "-o", str(probe), "true"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or "exited with 0" not in probe.read_text(encoding="utf-8"):
        return f"ptrace is not permitted here: {done.stderr.strip()[:200]}"
    return ""


@dataclass(frozen=True)
class Receive:
    """The calls of one receive."""

    sync_file: Call
    rename: Call
    sync_folder: Call
    answer: Call
    wal_syncs: tuple[Call, ...]


def receives(calls: list[Call]) -> list[Receive]:
    """Each receive, found by the rename of its file."""
    found = []
    for rename in (one for one in calls if one.name in RENAMES):
        match = RENAMED.search(rename.arguments)
        if match is None:
            continue
        own = [one for one in calls if one.thread == rename.thread]
        folder = re.escape(match["folder"]) + r">\)"
        sync_file = [one for one in own if one.ended < rename.begun and is_sync(one, PART)][-1]
        sync_folder = next(one for one in own if one.begun > rename.ended and is_sync(one, folder))
        answer = next(
            one
            for one in calls
            if one.begun > sync_folder.ended and one.name in SENDS and ANSWER.search(one.arguments)
        )
        between = tuple(
            one
            for one in calls
            if one.begun > sync_folder.ended and one.ended < answer.begun and is_sync(one, WAL)
        )
        found.append(Receive(sync_file, rename, sync_folder, answer, between))
    return found


def is_sync(call: Call, of: str) -> bool:
    """Whether the call syncs a file or folder whose path matches."""
    return call.name in SYNCS and re.search(of, call.arguments) is not None


@pytest.mark.linux_only("strace shows the order of the system calls")
def test_each_step_is_on_the_disk_before_the_next(hospital: Hospital, tmp_path: Path) -> None:
    """Sync of file < rename < sync of folder < sync of WAL < first byte of answer.

    One association alone: the thread that received commits its own row.
    """
    if reason := can_trace(tmp_path):
        pytest.skip(reason)
    trace = tmp_path / "trace.txt"
    (study,) = hospital.studies(images=5)
    strace = ("strace", "-D", "-f", "-y", "-s", "64", "-o", str(trace), "-e", f"trace={TRACED}")
    engine = hospital.program.start(before=strace)
    assert hospital.send(engine, study)
    engine.stop()

    calls = read_calls(trace.read_text(encoding="utf-8", errors="replace").splitlines())
    found = receives(calls)
    assert len(found) == len(study.files)
    for receive in found:
        steps = (receive.sync_file, receive.rename, receive.sync_folder)
        assert all(one.ended < other.begun for one, other in pairwise(steps))
        assert [step.result for step in steps] == [0, 0, 0]
        assert receive.wal_syncs, "no sync of the WAL between the folder's and the answer"
        assert all(sync.result == 0 for sync in receive.wal_syncs)
        threads = {sync.thread for sync in receive.wal_syncs}
        assert receive.rename.thread in threads, "some other thread's sync, not this row's"

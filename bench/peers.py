"""Receivers to measure, each started on a fresh empty store and ended with its measurement."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.fast_sender import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

AE_TITLE = "BENCHSCP"
START_LIMIT_S = 60
STOP_LIMIT_S = 60
HERE = Path(__file__).resolve().parent
HBGZ = [sys.executable, "-m", "hbgz_desktop"]
OURS = "ours"
PEERS = (OURS, "storescp", "orthanc", "pynetdicom")
PROGRAMS = {"storescp": "storescp", "orthanc": "Orthanc"}


def available(name: str) -> bool:
    """Whether the receiver's program is on this machine."""
    return name not in PROGRAMS or shutil.which(PROGRAMS[name]) is not None


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hbgz_config(store: Path, **values: str) -> None:
    """Set keys of a data folder by the documented command; ``dicom__port`` means dicom.port."""
    for key, value in values.items():
        words = [*HBGZ, "config", "set", key.replace("__", "."), value, "--data", str(store)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _orthanc_config(store: Path, port: int) -> Path:
    path = store / "orthanc.json"
    config = {
        "Name": "bench",
        "StorageDirectory": str(store / "db"),
        "IndexDirectory": str(store / "db"),
        "HttpPort": free_port(),
        "DicomPort": port,
        "DicomAet": AE_TITLE,
        "AuthenticationEnabled": False,
        "RemoteAccessAllowed": False,
        "Plugins": [],
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def _command(name: str, store: Path, port: int) -> list[str]:
    if name == "storescp":
        return ["storescp", "-aet", AE_TITLE, "-od", str(store), str(port)]
    if name == "orthanc":
        return ["Orthanc", str(_orthanc_config(store, port))]
    if name == "pynetdicom":
        return [sys.executable, str(HERE / "plain_scp.py"), str(port), AE_TITLE, str(store)]
    hbgz_config(store, dicom__ae_title=AE_TITLE, dicom__port=str(port))
    return [*HBGZ, "engine", "--data", str(store)]


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path, port: int, word: bytes) -> None:
    """Until the port answers and, for ours, the log says ``ready``."""
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"it ended at once; see {log}")
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                if word in log.read_bytes():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"not ready after {START_LIMIT_S} s; see {log}")


@contextmanager
def running(name: str, work: Path) -> Iterator[Target]:
    """Run one receiver on an empty store; its target while it runs.

    TCP_NODELAY=1 is DCMTK's own switch: without it Debian's build waits 40 ms an image, and
    beating that is no merit.
    """
    store, log = work / f"store-{name}", work / f"{name}.log"
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir(parents=True)
    port = free_port()
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TCP_NODELAY": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(name, store, port), stdout=output, stderr=output, env=environment
        )
        try:
            _wait_until_ready(process, log, port, b"ready" if name == OURS else b"")
            yield Target("127.0.0.1", port, AE_TITLE)
        finally:
            process.terminate()
            try:
                process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    shutil.rmtree(store, ignore_errors=True)

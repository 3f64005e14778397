"""The listening socket where the system has nothing left to give."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.storage_scu import echo

if TYPE_CHECKING:
    from tests.unit.dicom.conftest import BenchMaker


@pytest.mark.allow_warnings("accept_failed")
def test_a_machine_out_of_threads_loses_no_place_for_good(
    make_bench: BenchMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> int:
        raise RuntimeError("can't start new thread")

    bench = make_bench(max_associations=1)
    with monkeypatch.context() as patched:
        patched.setattr(threading, "_start_new_thread", refuse)
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", bench.scp.port), timeout=5) as peer:
                assert peer.recv(1) == b""
    assert echo(bench.peer()).ok

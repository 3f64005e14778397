"""A listener on a free port for each test that asks for one."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.dicom.requestor import Peer, Requestor
from hbgz_desktop.dicom.storage_scp import ScpOptions, StorageScp
from tests.unit.dicom.samples import KeepingReceiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynetdicom.association import Association
    from pynetdicom.events import EventHandlerType
    from pynetdicom.presentation import PresentationContext


class Bench:
    """A running listener with its receiver, and how to reach it."""

    def __init__(self, receiver: KeepingReceiver, options: dict[str, Any]) -> None:
        self.receiver = receiver
        self.scp = StorageScp(
            ScpOptions(**{"ae_title": "HBGZ", "port": 0, "bind_address": "127.0.0.1", **options}),
            receiver,
        )
        self.scp.start()

    def associate(
        self, contexts: list[PresentationContext], *handlers: EventHandlerType
    ) -> Association:
        """Open an association with pynetdicom's own requestor."""
        return Requestor("TEST").associate(
            "127.0.0.1",
            self.scp.port,
            contexts=contexts,
            ae_title="HBGZ",
            evt_handlers=[*handlers],
        )

    def peer(self, called_ae: str = "HBGZ", calling_ae: str = "TEST") -> Peer:
        """Return our listener as seen from a sender."""
        return Peer("127.0.0.1", self.scp.port, called_ae, calling_ae, timeout_s=10.0)


class BenchMaker:
    """Starts listeners and stops them after the test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(self, receiver: KeepingReceiver | None = None, **options: Any) -> Bench:
        """Start a listener with these ScpOptions."""
        bench = Bench(receiver or KeepingReceiver(), options)
        self._stack.callback(bench.scp.stop)
        return bench


@pytest.fixture
def make_bench() -> Iterator[BenchMaker]:
    """A maker of listeners."""
    with ExitStack() as stack:
        yield BenchMaker(stack)


@pytest.fixture
def bench(make_bench: BenchMaker) -> Bench:
    """A listener with default options."""
    return make_bench()

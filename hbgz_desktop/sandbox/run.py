"""Runs a sandbox platform until told to stop and tells what happens; prints nothing."""

from __future__ import annotations

import contextlib
import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.control import CONTROL_PATH
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator
    from pathlib import Path

    from hbgz_desktop.sandbox.faults import FaultPlan
    from hbgz_desktop.sandbox.received import RequestRow

POLL_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Listening:
    """The platform answers now.

    Attributes:
        base_url: What a client is configured with.
        control_url: Prefix of the control addresses, ``…/_sandbox``.
    """

    base_url: str
    control_url: str


@dataclass(frozen=True, slots=True)
class Served:
    """One request has ended."""

    row: RequestRow


@dataclass(frozen=True, slots=True)
class Stopped:
    """The platform has stopped; ``state`` is its last count (see ``Ledger.state``)."""

    state: dict[str, object]


Fact = Listening | Served | Stopped


def run_sandbox(
    root: Path,
    port: int,
    institution_code: str,
    key: str,
    faults: FaultPlan,
    stop_event: threading.Event,
) -> Generator[Fact, None, None]:
    """Run a Guizhou platform until ``stop_event`` is set, yielding what happens.

    Args:
        root: Its data folder.
        port: TCP port on this machine; 0 takes any free one, see ``Listening``.
        institution_code: The one institution it knows.
        key: That institution's key.
        faults: Rules in force from the start.
        stop_event: Ends it within a second; closing the iterator ends it, too.

    Yields:
        Listening, then Served for each request, at last Stopped.

    Raises:
        UsageError: ``sandbox_port_taken``.
    """
    rows: queue.SimpleQueue[RequestRow] = queue.SimpleQueue()
    platform = GuizhouPlatform(
        root, port=port, institution_code=institution_code, key=key, faults=faults
    )
    platform.ledger.on_request = rows.put
    with platform:
        yield Listening(platform.base_url, f"{platform.root_url}{CONTROL_PATH}")
        while not stop_event.is_set():
            with contextlib.suppress(queue.Empty):
                yield Served(rows.get(timeout=POLL_S))
    while not rows.empty():
        yield Served(rows.get())
    yield Stopped(platform.state())

"""Runs simulated platforms until told to stop and tells what happens; prints nothing."""

from __future__ import annotations

import contextlib
import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.control import CONTROL_PATH
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from hbgz_desktop.sandbox.faults import FaultPlan
    from hbgz_desktop.sandbox.listening_platform import ListeningPlatform
    from hbgz_desktop.sandbox.received import RequestRow

POLL_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Listening:
    """A platform answers now.

    Attributes:
        base_url: What a client is configured with.
        control_url: Prefix of the control addresses, ``…/_sandbox``.
        platform: ``guizhou`` or ``hebei``.
        dicom: ``AE@host:port`` of its DICOM door, "" when it has none.
    """

    base_url: str
    control_url: str
    platform: str = GuizhouPlatform.name
    dicom: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """One request of a platform has ended."""

    row: RequestRow
    platform: str = GuizhouPlatform.name


@dataclass(frozen=True, slots=True)
class Stopped:
    """A platform has stopped; ``state`` is its last count (see its ``state``)."""

    state: dict[str, object]
    platform: str = GuizhouPlatform.name


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
    platform = GuizhouPlatform(
        root, port=port, institution_code=institution_code, key=key, faults=faults
    )
    yield from run_platforms([platform], stop_event)


def run_platforms(
    platforms: Sequence[ListeningPlatform], stop_event: threading.Event
) -> Generator[Fact, None, None]:
    """Run platforms side by side until ``stop_event`` is set, yielding what happens.

    Args:
        platforms: Not started yet, each with a port of its own.
        stop_event: Ends them within a second; closing the iterator ends them, too.

    Yields:
        Listening for each, in their order, then Served for each request, at last Stopped for each.

    Raises:
        UsageError: ``sandbox_port_taken``; none of them runs on.
    """
    facts: queue.SimpleQueue[Served] = queue.SimpleQueue()
    with contextlib.ExitStack() as running:
        for platform in platforms:
            platform.tell(_teller(facts, platform.name))
            running.enter_context(platform)
        for platform in platforms:
            control_url = f"{platform.root_url}{CONTROL_PATH}"
            yield Listening(platform.base_url, control_url, platform.name, platform.dicom_address)
        while not stop_event.is_set():
            with contextlib.suppress(queue.Empty):
                yield facts.get(timeout=POLL_S)
    while not facts.empty():
        yield facts.get()
    for platform in platforms:
        yield Stopped(platform.state(), platform.name)


def _teller(facts: queue.SimpleQueue[Served], name: str) -> Callable[[RequestRow], None]:
    def tell(row: RequestRow) -> None:
        facts.put(Served(row, name))

    return tell

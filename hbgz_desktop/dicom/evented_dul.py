"""pynetdicom's upper-layer thread, woken by what happens instead of looking every millisecond.

Stock pynetdicom sleeps 1 ms between two looks in both threads of an association (15.6 ms on Windows
without a raised timer): three hops an image. Here the socket thread waits for the socket or for a
wake-up, and the association thread for a message; state machine, encoding and events are pynetdicom's.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import select
import socket
from typing import TYPE_CHECKING, Any

from pynetdicom.dul import DULServiceProvider
from pynetdicom.fsm import InvalidEventError
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynetdicom.association import Association

LOGGER = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
"""Timers (ARTIM, idle) and end flags are looked at this often when nothing happens."""

_CLOSING = "Sta13"


class TellingQueue(queue.Queue[Any]):
    """A queue that tells after each ``put``; ``tell`` runs on the putting thread."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    @override
    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        super().put(item, block, timeout)
        self._tell()


class EventedDul(DULServiceProvider):
    """The socket thread of one association.

    Args:
        assoc: Its association.
        on_user_item: Told on this thread when something for the association (release, abort) came.
    """

    def __init__(self, assoc: Association, on_user_item: Callable[[], None]) -> None:
        super().__init__(assoc)
        self._run_loop_delay = 0  # waiting is done where there is something to wait for
        self.to_provider_queue = TellingQueue(self.wake)
        self.to_user_queue = TellingQueue(on_user_item)
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.settimeout(0)
        self._wake_out.settimeout(0)

    def wake(self) -> None:
        """Make the thread look now; safe from any thread, at any time."""
        with contextlib.suppress(OSError):  # full: it is awake; closed: it has ended
            self._wake_out.send(b"\0")

    @override
    def kill_dul(self) -> None:
        super().kill_dul()
        self.wake()

    @override
    def stop_dul(self) -> bool:
        if self.state_machine.current_state != "Sta1":
            return False
        self.kill_dul()
        self.join()
        return True

    @override
    def run_reactor(self) -> None:
        try:
            super().run_reactor()
        except InvalidEventError:
            # two ends crossed (our report or abort met the peer's release): this one is over, and
            # the association sees that its thread has ended
            LOGGER.info("dul_ended state=%s", self.state_machine.current_state)
        finally:
            self.close_waking()

    def close_waking(self) -> None:
        """Close what wakes the thread, once it has ended or when it never ran."""
        self._wake_in.close()
        self._wake_out.close()

    @override
    def _is_transport_event(self) -> bool:
        if self.state_machine.current_state != _CLOSING and self.event_queue.empty():
            self._wait()
        return super()._is_transport_event()

    def _wait(self) -> None:
        """Return when the peer sent something, we were woken, or it is time to look at the timers."""
        wrapper = self.socket
        is_connected = wrapper is not None and wrapper._is_connected  # noqa: SLF001 - no public name
        peer = wrapper.socket if wrapper is not None and is_connected else None
        watched = [self._wake_in] if peer is None else [self._wake_in, peer]
        try:
            readable, _, _ = select.select(watched, [], [], LOOK_EVERY_S)
        except (OSError, ValueError):  # closed meanwhile: pynetdicom's own look finds out
            return
        if self._wake_in in readable:
            with contextlib.suppress(OSError):
                self._wake_in.recv(4096)

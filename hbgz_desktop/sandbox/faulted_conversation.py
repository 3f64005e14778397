"""What every simulated platform does alike with one request: the fault that strikes it, and how it ended."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hbgz_desktop.sandbox.faults import FaultKind
from hbgz_desktop.sandbox.http_server import BadBodyError, CutConnectionError, PeerGoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hbgz_desktop.sandbox.faults import FaultPlan, FaultRule
    from hbgz_desktop.sandbox.http_server import Exchange


class FaultedConversation(ABC):
    """Serves one request; used by one connection thread and then dropped."""

    def __init__(
        self, faults: FaultPlan, is_stopping: Callable[[], bool], service: str, exchange: Exchange
    ) -> None:
        """Begin, with nothing read of the body yet.

        Args:
            faults: Of the platform.
            is_stopping: True once the platform is being stopped: nothing may wait any more.
            service: Last segment of the path.
            exchange: The request as it arrives.
        """
        self._faults = faults
        self._is_stopping = is_stopping
        self._service = service
        self._exchange = exchange
        self._fault: FaultRule | None = None
        self._is_noted = False

    @property
    def _kind(self) -> FaultKind | None:
        return self._fault.kind if self._fault else None

    @contextmanager
    def _noting_cuts(self) -> Iterator[None]:
        """Keep how a request ended that got no answer."""
        try:
            yield
        except BadBodyError:
            self._note_end("refused")
            raise
        except CutConnectionError:
            self._note_end("cut")
            raise
        except (PeerGoneError, ConnectionError, TimeoutError):
            self._note_end("peer_gone")
            raise

    def _cut(self, fault: FaultRule) -> None:
        """End the request without an answer if the fault wants that.

        Raises:
            CutConnectionError: It does.
        """
        if fault.kind is FaultKind.RESET_AT_80:  # matched too late to stop the body on its way
            raise CutConnectionError(is_reset=True)
        if fault.kind is FaultKind.TIMEOUT:
            self._faults.hold(fault.number("seconds", 600), self._is_stopping)
            raise CutConnectionError(is_reset=False)

    def _note_end(self, outcome: str, code: str = "", message: str = "", subject: str = "") -> None:
        """Keep how the request ended, once: an answer that is then cut stays what it was."""
        if not self._is_noted:
            self._is_noted = True
            fault = self._kind.value if self._kind else ""
            self._keep_end(outcome, subject, code=code, fault=fault, message=message)

    @abstractmethod
    def _keep_end(self, outcome: str, subject: str, **details: str) -> None:
        """Write it down; ``details`` are code, fault and message."""

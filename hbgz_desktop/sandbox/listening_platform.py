"""What every simulated platform shares: a port of its own, a start, a stop, and a start again."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Self

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.http_server import Exchange, Reply, SandboxServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from hbgz_desktop.sandbox.faults import FaultPlan
    from hbgz_desktop.sandbox.received import RequestRow


class ListeningPlatform(ABC):
    """A platform over real HTTP. Every method is safe from any thread but start and stop.

    Stopped and started again it listens on the same port and knows all it knew: a platform outage.

    Attributes:
        name: ``guizhou`` or ``hebei``.
        base_path: Path of what a client is configured with.
        faults: The rules that make it fail.
    """

    name: ClassVar[str]
    base_path: ClassVar[str]

    def __init__(self, host: str, port: int, faults: FaultPlan) -> None:
        """Prepare to listen.

        Args:
            host: Address to listen on.
            port: TCP port; 0 takes any free one at the first start.
            faults: Rules in force from the start.
        """
        self.faults = faults
        self._host = host
        self._port = port
        self._server: SandboxServer | None = None
        self._stopping = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen.

        Raises:
            UsageError: ``sandbox_port_taken``.
        """
        if self._server is not None:
            return
        self._stopping.clear()
        self._server = SandboxServer(self._host, self._port, self._answer)
        self._port = self._server.port
        self._server.start()

    def stop(self) -> None:
        """Stop listening, end held requests and cut every connection, within seconds."""
        if self._server is None:
            return
        self._stopping.set()
        self.faults.release()
        self._server.stop()
        self._server = None

    def drop_connections(self) -> None:
        """End every connection and go on listening."""
        if self._server is not None:
            self._server.drop_connections()

    @property
    def port(self) -> int:
        """The TCP port; 0 before the first start of a platform that takes any."""
        return self._port

    @property
    def base_url(self) -> str:
        """What a client is configured with; the service's path or name follows after a slash."""
        return f"{self.root_url}{self.base_path}"

    @property
    def root_url(self) -> str:
        """Scheme, host and port, for the control addresses.

        Raises:
            UsageError: ``sandbox_not_running`` while the port is not known yet.
        """
        if not self._port:
            raise UsageError("sandbox_not_running")
        return f"http://{self._host}:{self._port}"

    @property
    def dicom_address(self) -> str:
        """``AE@host:port`` where it receives images by DICOM, "" where it does not."""
        return ""

    @abstractmethod
    def tell(self, listener: Callable[[RequestRow], None]) -> None:
        """Call ``listener`` after each request, on its connection's thread."""

    @abstractmethod
    def state(self) -> dict[str, object]:
        """Return what ``GET /_sandbox/state`` answers."""

    @abstractmethod
    def _answer(self, exchange: Exchange) -> Reply:
        """Answer one request, on its connection's thread."""

"""A strict Guizhou platform over real HTTP, for demo, rehearsal and tests.

It checks by rules of its own, written from the printed V1.4 (2.1, 2.2, 2.4), keeps every byte it
accepted below one folder, goes on after a restart, and fails on demand (``faults``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override

from hbgz_desktop.sandbox.control import CONTROL_PATH, Control
from hbgz_desktop.sandbox.envelope import EnvelopeRules
from hbgz_desktop.sandbox.faults import FaultPlan
from hbgz_desktop.sandbox.guizhou_answers import SERVICES
from hbgz_desktop.sandbox.guizhou_conversation import Conversation, Desk
from hbgz_desktop.sandbox.guizhou_services import GuizhouServices
from hbgz_desktop.sandbox.http_server import Exchange, Reply
from hbgz_desktop.sandbox.ledger import Ledger
from hbgz_desktop.sandbox.listening_platform import ListeningPlatform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.sandbox.received import RequestRow, StoredImage, StoredRecord, StoredReport

BASE_PATH: Final = "/mie/api/mie"


class GuizhouPlatform(ListeningPlatform):
    """The simulated platform. Every method is safe from any thread but start and stop.

    Stopped and started again it listens on the same port and knows all it knew: a platform outage.

    Attributes:
        ledger: What it has received.
        faults: The rules that make it fail.
    """

    name: ClassVar[str] = "guizhou"
    base_path: ClassVar[str] = BASE_PATH

    def __init__(
        self,
        root: Path,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        institution_code: str,
        key: str,
        faults: FaultPlan | None = None,
    ) -> None:
        """Prepare the platform; ``start`` makes it listen.

        Args:
            root: Its data folder, created when missing; what is there already counts.
            port: TCP port; 0 takes any free one at the first start.
            host: Address to listen on.
            institution_code: The one infCode it knows.
            key: That institution's key.
            faults: Rules in force from the start.
        """
        super().__init__(host, port, faults if faults is not None else FaultPlan())
        self.ledger = Ledger(root)
        self._control = Control(self.ledger, self.faults)
        self._desk = Desk(
            self.ledger,
            GuizhouServices(self.ledger),
            EnvelopeRules(institution_code, key, self.ledger.note_msgid),
            self.faults,
            self._stopping.is_set,
        )

    @override
    def tell(self, listener: Callable[[RequestRow], None]) -> None:
        self.ledger.on_request = listener

    def records(self) -> tuple[StoredRecord, ...]:
        """Return every accepted record of 2.1, corrections included, oldest first."""
        return self.ledger.records()

    def images(self, index: str | None = None) -> tuple[StoredImage, ...]:
        """Return the distinct images of an index code, or of all."""
        return self.ledger.images(index)

    def image_path(self, image: StoredImage) -> Path:
        """Return where an image's bytes lie, exactly as received."""
        return self.ledger.image_path(image)

    def reports(self, index: str | None = None) -> tuple[StoredReport, ...]:
        """Return the distinct reports of an index code, or of all."""
        return self.ledger.reports(index)

    def received_md5s(self) -> frozenset[str]:
        """Return the MD5s (lower-case hex) of all images kept."""
        return frozenset(image.md5 for image in self.ledger.images())

    def requests(self) -> tuple[RequestRow, ...]:
        """Return every request and how it ended."""
        return self.ledger.requests()

    @override
    def state(self) -> dict[str, object]:
        return self._control.state()

    @override
    def _answer(self, exchange: Exchange) -> Reply:
        if exchange.path.startswith(f"{CONTROL_PATH}/"):
            return self._control.answer(exchange)
        base, _, service = exchange.path.rpartition("/")
        if base != BASE_PATH or service not in SERVICES:
            exchange.body.drain()
            return Reply.of_json({"code": 404, "type": "error", "message": "接口不存在"}, 404)
        if exchange.method != "POST":
            exchange.body.drain()
            return Reply.of_json(
                {"code": 405, "type": "error", "message": "请求方式应为 POST"}, 405
            )
        return Conversation(self._desk, service, exchange).run()

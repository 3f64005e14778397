"""A strict Guizhou platform over real HTTP, for demo, rehearsal and tests.

It checks by rules of its own, written from the printed V1.4, keeps every byte it accepted below one
folder, goes on after a restart, shares other hospitals' examinations, and fails on demand
(``faults``). Images come by HTTP, and by DICOM where it has a door for that (2.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override

from hbgz_desktop.sandbox.control import CONTROL_PATH
from hbgz_desktop.sandbox.envelope import EnvelopeRules
from hbgz_desktop.sandbox.faults import FaultPlan
from hbgz_desktop.sandbox.guizhou_control import GuizhouControl
from hbgz_desktop.sandbox.guizhou_conversation import Conversation, Desk
from hbgz_desktop.sandbox.guizhou_instances import InstanceIntake
from hbgz_desktop.sandbox.guizhou_library import OtherHospitals
from hbgz_desktop.sandbox.guizhou_pages import SHARE_PATH, SharedPages
from hbgz_desktop.sandbox.guizhou_queries import QueryServices
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor, GuizhouReceiver
from hbgz_desktop.sandbox.guizhou_services import GuizhouServices
from hbgz_desktop.sandbox.guizhou_shared import Cloud, OwnShelf
from hbgz_desktop.sandbox.guizhou_transactions import SERVICE_OF_PATH
from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants
from hbgz_desktop.sandbox.http_server import Exchange, Reply
from hbgz_desktop.sandbox.ledger import Ledger
from hbgz_desktop.sandbox.listening_platform import ListeningPlatform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.sandbox.received import (
        RequestRow,
        StoredDeletion,
        StoredImage,
        StoredImageInfo,
        StoredRecord,
        StoredReport,
    )

BASE_PATH: Final = "/mie/api/mie"


class GuizhouPlatform(ListeningPlatform):
    """The simulated platform. Every method is safe from any thread but start and stop.

    Stopped and started again it listens on the same port and knows all it knew: a platform outage.

    Attributes:
        ledger: What it has received.
        faults: The rules that make it fail.
        cloud: What 2.6 to 2.8 share.
        receiver: Its DICOM door, None for a platform without one.
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
        dicom: DicomDoor | None = None,
        seed: int = 1,
        library_rows: int = 0,
    ) -> None:
        """Prepare the platform; ``start`` makes it listen.

        Args:
            root: Its data folder, created when missing; what is there already counts.
            port: TCP port; 0 takes any free one at the first start.
            host: Address to listen on.
            institution_code: The one infCode it knows.
            key: That institution's key.
            faults: Rules in force from the start.
            dicom: Where it receives images by DICOM; None for not at all.
            seed: Of the people whose examinations other hospitals have, see ``OtherHospitals``.
            library_rows: Rows and columns of those images; 0 for true sizes.
        """
        super().__init__(host, port, faults if faults is not None else FaultPlan())
        self.ledger = Ledger(root)
        self.cloud = Cloud(OtherHospitals(root, seed, library_rows), OwnShelf(self.ledger))
        self._pages = SharedPages(self.cloud)
        intake = InstanceIntake(self.ledger, lambda: self.variants.dicom_order == "strict")
        self.receiver = (
            GuizhouReceiver(dicom, host, self.faults, intake.look_at, self._stopping.is_set)
            if dicom is not None
            else None
        )
        self._control = GuizhouControl(self.ledger, self.receiver, self.faults)
        queries = QueryServices(self.cloud, lambda: self.root_url, self.base_path)
        self._envelope_rules = EnvelopeRules(institution_code, key, self.ledger.note_msgid)
        self._desk = Desk(
            self.ledger,
            GuizhouServices(self.ledger, queries),
            self._envelope_rules,
            self.faults,
            lambda: self.variants,
            self._stopping.is_set,
        )

    @override
    def start(self) -> None:
        super().start()
        if self.receiver is not None and not self.receiver.is_listening:
            try:
                self.receiver.start()
            except BaseException:
                super().stop()
                raise

    @override
    def stop(self) -> None:
        self._stopping.set()
        self.faults.release()
        if self.receiver is not None:
            self.receiver.stop()
        super().stop()

    @property
    def variants(self) -> GuizhouVariants:
        """How answers look at this moment."""
        return self._control.variants

    def set_variants(self, **values: str) -> None:
        """Change how answers look; see ``GuizhouVariants`` for names and choices.

        Raises:
            UsageError: ``sandbox_variant_invalid``.
        """
        self._control.set_variants(values)

    def know_in_queries(self, fixmedins_code: str) -> None:
        """Let in 2.6 to 2.8 under this fixmedinsCode alone; "" for the infCode (G076)."""
        self._envelope_rules.asking_code = fixmedins_code

    def reset_variants(self) -> None:
        """Answer as printed again."""
        self._control.variants = GuizhouVariants()

    @property
    @override
    def dicom_address(self) -> str:
        if self.receiver is None:
            return ""
        return f"{self.receiver.door.ae_title}@{self._host}:{self.receiver.port}"

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

    def image_info(self, index: str) -> StoredImageInfo | None:
        """Return the latest announcement of an index code (2.3)."""
        return self.ledger.image_info(index)

    def deletions(self) -> tuple[StoredDeletion, ...]:
        """Return what was deleted (2.5), oldest first."""
        return self.ledger.deletions()

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
        if exchange.path.startswith(f"{SHARE_PATH}/"):
            return self._pages.answer(exchange)
        base, _, name = exchange.path.rpartition("/")
        service = SERVICE_OF_PATH.get(name) if base == BASE_PATH else None
        if service is None:
            exchange.body.drain()
            return Reply.of_json({"code": 404, "type": "error", "message": "接口不存在"}, 404)
        if exchange.method != "POST":
            exchange.body.drain()
            return Reply.of_json(
                {"code": 405, "type": "error", "message": "请求方式应为 POST"}, 405
            )
        return Conversation(self._desk, service, exchange).run()

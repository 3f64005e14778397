"""A strict Hebei platform over real HTTP, for demo, rehearsal and tests: 2.2.3 with its page.

It checks by rules of its own, written from the printed V1.5, issues tokens, makes up what patients
share, serves the shared-viewing page a physician works on, and fails on demand (``faults``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override

from hbgz_desktop.sandbox.control import CONTROL_PATH
from hbgz_desktop.sandbox.faults import FaultPlan
from hbgz_desktop.sandbox.hebei_control import HebeiControl
from hbgz_desktop.sandbox.hebei_conversation import HebeiConversation, HebeiDesk, refused_reply
from hbgz_desktop.sandbox.hebei_crypto import Encoding, Sm4Cipher
from hbgz_desktop.sandbox.hebei_fields import SERVICE_OF_PATH
from hbgz_desktop.sandbox.hebei_ledger import HebeiLedger
from hbgz_desktop.sandbox.hebei_page import SHARE_PATH
from hbgz_desktop.sandbox.hebei_results import Wish
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from hbgz_desktop.sandbox.hebei_services import Clerk, HebeiServices
from hbgz_desktop.sandbox.hebei_share import Share
from hbgz_desktop.sandbox.hebei_tokens import DEFAULT_LIFE_S, TokenIssuer
from hbgz_desktop.sandbox.listening_platform import ListeningPlatform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.sandbox.hebei_control import PageFacts
    from hbgz_desktop.sandbox.http_server import Exchange, Reply
    from hbgz_desktop.sandbox.received import RequestRow
PRINTED_PREFIX: Final = "/basic-api/"


@dataclass(frozen=True, slots=True)
class HebeiAccess:
    """Whom the platform lets in, and the cipher it speaks (H035).

    Attributes:
        org_codes: The organisations it knows.
        sm4_key: 32 hexadecimal digits, or 16 characters.
        sm4_vector: As the key; given, CBC is spoken instead of ECB.
        sm4_encoding: How ciphertext is written.
    """

    org_codes: tuple[str, ...]
    sm4_key: str
    sm4_vector: str = ""
    sm4_encoding: Encoding = "hex"


class HebeiPlatform(ListeningPlatform):
    """The simulated platform. Every method is safe from any thread but start and stop.

    Stopped and started again it knows all it knew; a new one on the same folder knows its
    authorisations and requests, while tokens and pages have ended.

    Attributes:
        faults: The rules that make it fail.
    """

    name: ClassVar[str] = "hebei"
    # The printed paths begin at the host: a client is configured with no more than that.
    base_path: ClassVar[str] = ""

    def __init__(
        self,
        root: Path,
        *,
        access: HebeiAccess,
        port: int = 0,
        host: str = "127.0.0.1",
        faults: FaultPlan | None = None,
        token_life_s: float = DEFAULT_LIFE_S,
        seed: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the platform; ``start`` makes it listen.

        Args:
            root: Its data folder, created when missing.
            access: Whom it lets in.
            port: TCP port; 0 takes any free one at the first start.
            host: Address to listen on.
            faults: Rules in force from the start.
            token_life_s: Life of its tokens in seconds.
            seed: Of what patients have to share.
            clock: Seconds that never go back, for the life of tokens.

        Raises:
            UsageError: ``sandbox_sm4_key_invalid``.
        """
        super().__init__(host, port, faults if faults is not None else FaultPlan())
        cipher = Sm4Cipher(access.sm4_key, vector=access.sm4_vector, encoding=access.sm4_encoding)
        self._clerk = Clerk(
            org_codes=access.org_codes,
            cipher=cipher,
            ledger=HebeiLedger(root, cipher),
            tokens=TokenIssuer(token_life_s, clock),
            root_url=lambda: self.root_url,
            seed=seed,
        )
        self._clerk.remember()
        self._desk = HebeiDesk(
            self._clerk, HebeiServices(self._clerk), self.faults, self._stopping.is_set
        )
        self._share = Share(self._clerk)
        self._control = HebeiControl(self._clerk, self.faults)

    @override
    def tell(self, listener: Callable[[RequestRow], None]) -> None:
        self._clerk.ledger.on_request = listener

    def requests(self) -> tuple[RequestRow, ...]:
        """Return every request and how it ended; msgid is the visit's digest."""
        return self._clerk.ledger.requests()

    def rules_broken(self) -> tuple[str, ...]:
        """Return the names of the rules that refused requests broke, in order."""
        rows = self.requests()
        return tuple(r.message.partition(":")[0] for r in rows if r.outcome == "refused")

    @override
    def state(self) -> dict[str, object]:
        return self._control.state()

    def pages(self) -> list[PageFacts]:
        """Return what ``GET /_sandbox/pages`` answers."""
        return self._control.received.pages()

    def set_variants(self, **values: str) -> None:
        """Change how answers look; see ``Variants`` for names and choices.

        Raises:
            UsageError: ``sandbox_variant_invalid``.
        """
        self._control.set_variants(values)

    def set_results(
        self,
        id_no: str = "",
        *,
        studies: int | tuple[str, ...] | None = None,
        values: int | tuple[str, ...] | None = None,
    ) -> None:
        """Say what a patient has to share: how many, or which item codes.

        Args:
            id_no: Whose; "" for everybody not named.
            studies: Examinations; None leaves them to chance.
            values: Laboratory values; None leaves them to chance.
        """
        self._control.set_wish(id_no, Wish(studies, values))

    def set_token_life(self, seconds: float) -> None:
        """Let tokens issued from now on live this long."""
        self._clerk.tokens.life_s = seconds

    def expire_tokens(self) -> None:
        """End every token now."""
        self._clerk.tokens.expire()

    def open_page(self, number: int | None = None) -> None:
        """Open a page (the newest) as a browser does.

        Raises:
            RuleBrokenError: TICKET_USED the second time.
            UsageError: ``sandbox_page_unknown``.
        """
        self._control.open_page(number)

    def finish_page(
        self,
        number: int | None = None,
        *,
        recognised: frozenset[str] | None = None,
        reason: str = "1",
    ) -> None:
        """Decide everything on an opened page (the newest) and press 完成.

        Args:
            number: Of the page.
            recognised: Item codes that are; None for all.
            reason: Why the others are not.

        Raises:
            RuleBrokenError: PAGE_NOT_OPENED, PAGE_FINISHED, REASON_UNKNOWN.
            UsageError: ``sandbox_page_unknown``.
        """
        self._control.finish_page(number, recognised, reason)

    @override
    def _answer(self, exchange: Exchange) -> Reply:
        if exchange.path.startswith(f"{CONTROL_PATH}/"):
            return self._control.answer(exchange)
        if exchange.path.startswith(f"{SHARE_PATH}/"):
            return self._share.answer(exchange)
        service = SERVICE_OF_PATH.get(exchange.path, "")
        if not service and not exchange.path.startswith(PRINTED_PREFIX):
            exchange.body.drain()  # somebody looks whether anything answers here: not a call
            return refused_reply(RuleBrokenError(Rule.PATH_UNKNOWN), 404)
        return HebeiConversation(self._desk, service, exchange).run()

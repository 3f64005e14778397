"""The further control addresses of a simulated Hebei platform: what patients have, pages, tokens.

* ``POST /_sandbox/variants`` ``{"page_data": "object", …}`` see ``Variants``
* ``POST /_sandbox/tokens``   ``{"life_s": 2}`` from now on; ``{"expire": true}`` all at once
* ``POST /_sandbox/results``  ``{"id_no": "13…", "studies": 2, "values": ["0025…"]}``: how many, or
  which item codes; without ``id_no`` for everybody; ``{"clear": true}`` leaves it to chance again
* ``GET  /_sandbox/pages``    every page handed out: address, how often opened, finished, its items
* ``POST /_sandbox/page``     a browser and a physician: ``{"page": 3, "open": true, "recognise":
  "all" | "none" | [item codes], "reason": "2", "finish": true}``; without ``page`` the newest
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from typing_extensions import override

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.control import CONTROL_PATH, Control
from hbgz_desktop.sandbox.hebei_page import PAGE_PATH
from hbgz_desktop.sandbox.hebei_results import MAX_RESULTS, Wish
from hbgz_desktop.sandbox.hebei_rules import RuleBrokenError
from hbgz_desktop.sandbox.hebei_visits import REASONS, Decision, SharedPage
from hbgz_desktop.sandbox.http_server import Exchange, Reply

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.faults import FaultPlan
    from hbgz_desktop.sandbox.hebei_services import Clerk


class PageFacts(TypedDict):
    """One page as tests look at it: its address, how often exactly that was opened, its items."""

    page: int
    visit: str
    url: str
    opened: int
    finished: bool
    studies: list[str]
    values: list[str]


class HebeiReceived:
    """What the platform knows, without patient data. Safe from any thread."""

    def __init__(self, clerk: Clerk) -> None:
        """Look at what ``clerk`` holds."""
        self._clerk = clerk

    def state(self) -> dict[str, object]:
        """Return counts, visits by digest, pages, variants."""
        clerk = self._clerk
        with clerk.lock:
            return {
                **clerk.ledger.state(),
                **clerk.tokens.state(),
                "visits": [
                    {
                        "visit": one.digest,
                        "page_requests": one.page_requests,
                        "recognised": sum(d.is_recognised for d in one.decisions.values()),
                        "refused": sum(not d.is_recognised for d in one.decisions.values()),
                    }
                    for one in clerk.visits.visits()
                ],
                "pages": self.pages(),
                "page_addresses_changed": clerk.addresses_changed,
                "variants": clerk.variants.as_json(),
            }

    def pages(self) -> list[PageFacts]:
        """Return every page with its address and how often exactly that was opened."""
        with self._clerk.lock:
            return [self._page(page) for page in self._clerk.visits.pages()]

    def reset(self) -> None:
        """Forget everything but tokens, variants and what patients have."""
        with self._clerk.lock:
            self._clerk.ledger.reset()
            self._clerk.visits.forget()
            self._clerk.addresses_changed = 0

    def _page(self, page: SharedPage) -> PageFacts:
        return {
            "page": page.number,
            "visit": page.visit.digest,
            "url": f"{self._clerk.root_url()}{PAGE_PATH}?ticket={page.ticket}",
            "opened": page.opened,
            "finished": page.is_finished,
            "studies": [one.code for one in page.results.studies],
            "values": [one.code for one in page.results.values],
        }


class HebeiControl(Control):
    """Answers the control addresses of one Hebei platform.

    Attributes:
        received: What is known, without patient data.
    """

    def __init__(self, clerk: Clerk, faults: FaultPlan) -> None:
        """Act on what ``clerk`` holds and on these faults."""
        self.received = HebeiReceived(clerk)
        super().__init__(self.received, faults)
        self._clerk = clerk

    @override
    def answer(self, exchange: Exchange) -> Reply:
        if (exchange.method, exchange.path) == ("GET", f"{CONTROL_PATH}/pages"):
            exchange.body.drain()
            if exchange.headers.get("Origin"):
                return Reply.of_json({"error": "origin_not_allowed"}, 403)
            return Reply.of_json({"pages": self.received.pages()})
        return super().answer(exchange)

    @override
    def _change(self, wish: str, value: object) -> Reply:
        actions = {
            "POST /variants": self.set_variants,
            "POST /tokens": self._set_tokens,
            "POST /results": self._set_results,
            "POST /page": self._act_on_page,
        }
        action = actions.get(wish)
        if action is None:
            return super()._change(wish, value)
        if not isinstance(value, Mapping):
            raise TypeError
        with self._clerk.lock:
            try:
                action(value)
            except RuleBrokenError as exc:
                return Reply.of_json({"error": exc.rule.name}, 409)
        return Reply.of_json(self.state())

    def set_variants(self, value: Mapping[str, object]) -> None:
        """Change how answers look.

        Raises:
            UsageError: ``sandbox_variant_invalid``.
        """
        with self._clerk.lock:
            self._clerk.variants = self._clerk.variants.changed(value)

    def set_wish(self, id_no: str, wish: Wish | None) -> None:
        """Say what a patient has ("" for everybody), or leave it to chance again."""
        with self._clerk.lock:
            if wish is None:
                self._clerk.wishes.pop(id_no, None)
            else:
                self._clerk.wishes[id_no] = wish

    def open_page(self, number: int | None = None) -> SharedPage:
        """Open a page as its address would; RuleBrokenError: TICKET_USED the second time."""
        with self._clerk.lock:
            return self._clerk.visits.open(self._page(number).ticket)

    def finish_page(
        self, number: int | None, recognised: frozenset[str] | None, reason: str
    ) -> None:
        """Decide everything on a page and finish it.

        Args:
            number: Of the page; None for the newest.
            recognised: Item codes that are; the others are refused. None for all.
            reason: Why the others are not, a code of REASONS.

        Raises:
            RuleBrokenError: PAGE_NOT_OPENED, PAGE_FINISHED, REASON_UNKNOWN.
        """
        with self._clerk.lock:
            page = self._page(number)
            decisions = []
            for one in page.results.each():
                is_recognised = recognised is None or one.code in recognised
                decisions.append(Decision(one.key, is_recognised, "" if is_recognised else reason))
            self._clerk.visits.finish(page, tuple(decisions))

    def _set_tokens(self, value: Mapping[str, object]) -> None:
        if "life_s" in value:
            life_s = float(str(value["life_s"]))
            if life_s <= 0:
                raise ValueError
            self._clerk.tokens.life_s = life_s
        if value.get("expire"):
            self._clerk.tokens.expire()

    def _set_results(self, value: Mapping[str, object]) -> None:
        id_no = str(value.get("id_no", ""))
        is_cleared = bool(value.get("clear"))
        wish = Wish(_amount(value.get("studies")), _amount(value.get("values")))
        self.set_wish(id_no, None if is_cleared else wish)

    def _act_on_page(self, value: Mapping[str, object]) -> None:
        number = int(str(value["page"])) if "page" in value else None
        if value.get("open"):
            self.open_page(number)
        if value.get("finish"):
            wanted = value.get("recognise", "all")
            if isinstance(wanted, list):
                recognised: frozenset[str] | None = frozenset(map(str, wanted))
            elif wanted in ("all", "none"):
                recognised = None if wanted == "all" else frozenset()
            else:
                raise ValueError
            self.finish_page(number, recognised, str(value.get("reason", next(iter(REASONS)))))

    def _page(self, number: int | None) -> SharedPage:
        pages = self._clerk.visits.pages()
        index = len(pages) if number is None else number
        if not 1 <= index <= len(pages):
            raise UsageError("sandbox_page_unknown")
        return pages[index - 1]


def _amount(value: object) -> int | tuple[str, ...] | None:
    """A count, item codes, or nothing said."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, list):
        return tuple(map(str, value))[:MAX_RESULTS]
    count = int(str(value))
    if not 0 <= count <= MAX_RESULTS:
        raise ValueError
    return count

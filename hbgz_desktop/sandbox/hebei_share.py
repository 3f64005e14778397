"""What a browser asks the simulated Hebei platform for: the page, its finish, images, reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_page import (
    FINISH_PATH,
    PAGE_PATH,
    REPORT_PATH,
    VIEWER_PATH,
    page_reply,
    refused_page,
    report_pdf,
    viewer_page,
)
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from hbgz_desktop.sandbox.hebei_visits import Decision
from hbgz_desktop.sandbox.http_server import Exchange, Reply

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.hebei_services import Clerk

MAX_FINISH_BYTES: Final = 64 * 1024
TICKET: Final = "ticket="
KEY: Final = "key="
STATUS_OF: Final = {Rule.TICKET_USED: 410, Rule.PAGE_FINISHED: 409, Rule.DECISION_MISSING: 400}


class Share:
    """Answers browsers. Safe from any thread."""

    def __init__(self, clerk: Clerk) -> None:
        """Show what ``clerk`` holds."""
        self._clerk = clerk

    def answer(self, exchange: Exchange) -> Reply:
        """Answer an address below the share path."""
        raw = exchange.body.read_all(MAX_FINISH_BYTES)
        try:
            with self._clerk.lock:
                return self._serve(exchange, raw)
        except RuleBrokenError as exc:
            status = STATUS_OF.get(exc.rule, 404)
            if exchange.method == "POST":
                return Reply.of_json({"code": "500", "msg": exc.message}, status)
            return refused_page(exc, status)

    def _serve(self, exchange: Exchange, raw: bytes) -> Reply:
        wish = f"{exchange.method} {exchange.path}"
        key = exchange.query.removeprefix(KEY)
        if wish == f"POST {FINISH_PATH}":
            return self._finish(raw)
        if wish == f"GET {PAGE_PATH}":
            return self._page(exchange)
        if wish == f"GET {VIEWER_PATH}":
            return self._viewer(key)
        if wish == f"GET {REPORT_PATH}":
            return self._report(key)
        raise RuleBrokenError(Rule.PATH_UNKNOWN)

    def _page(self, exchange: Exchange) -> Reply:
        """Open a page by exactly the address that was handed out, without a token (H075)."""
        ticket = exchange.query.removeprefix(TICKET)
        is_plain = exchange.query.startswith(TICKET) and not exchange.headers.get("Authorization")
        try:
            return page_reply(self._clerk.visits.open(ticket if is_plain else ""))
        except RuleBrokenError as exc:
            self._clerk.addresses_changed += exc.rule is Rule.TICKET_UNKNOWN
            raise

    def _finish(self, raw: bytes) -> Reply:
        try:
            value = json.loads(raw.decode("utf-8"))
            session = str(value["session"])
            decisions = tuple(_decision(one) for one in value["decisions"])
        except (ValueError, TypeError, KeyError) as exc:
            raise RuleBrokenError(Rule.BODY_NOT_JSON) from exc
        self._clerk.visits.finish(self._clerk.visits.page_of(session), decisions)
        return Reply.of_json({"code": "200", "msg": "已提交"})

    def _viewer(self, key: str) -> Reply:
        study = self._clerk.visits.study(key)
        if study is None:
            raise RuleBrokenError(Rule.PATH_UNKNOWN)
        return viewer_page(study)

    def _report(self, key: str) -> Reply:
        values = self._clerk.visits.report(key)
        if not values:
            raise RuleBrokenError(Rule.PATH_UNKNOWN)
        return report_pdf(values)


def _decision(value: object) -> Decision:
    if not isinstance(value, Mapping):
        raise TypeError
    return Decision(str(value["key"]), value["recognised"] is True, str(value.get("reason") or ""))

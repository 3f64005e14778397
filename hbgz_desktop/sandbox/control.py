"""The control addresses of a running sandbox: state, faults, release, reset.

For this machine's programs, never for a browser page: a request with an Origin header is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, Protocol

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.faults import FaultPlan, FaultRule, parse_fault, rule_from_json
from hbgz_desktop.sandbox.http_server import Exchange, Reply

CONTROL_PATH: Final = "/_sandbox"
MAX_CONTROL_BYTES: Final = 64 * 1024


class Received(Protocol):
    """What a platform has received, as its control addresses see it."""

    def state(self) -> dict[str, object]:
        """Counts, without patient data."""

    def reset(self) -> None:
        """Forget everything."""


class Control:
    """Answers the control addresses of one platform.

    * ``GET  /_sandbox/state``   counts: requests a service, distinct images, duplicates, msgids …
    * ``POST /_sandbox/faults``  ``{"faults": ["saveImgFile:http_500:3", {…}], "replace": true}``
    * ``POST /_sandbox/release`` lets held requests go on
    * ``POST /_sandbox/reset``   drops rules and all received; ``{"what": "faults"}`` only the rules
    """

    def __init__(self, ledger: Received, faults: FaultPlan) -> None:
        """Act on this ledger and these faults."""
        self._ledger = ledger
        self._faults = faults

    def answer(self, exchange: Exchange) -> Reply:
        """Do what is asked; 400 for a request that cannot be understood."""
        raw = exchange.body.read_all(MAX_CONTROL_BYTES)
        if exchange.headers.get("Origin"):
            return Reply.of_json({"error": "origin_not_allowed"}, 403)
        wish = f"{exchange.method} {exchange.path.removeprefix(CONTROL_PATH)}"
        if wish == "GET /state":
            return Reply.of_json(self.state())
        try:
            value = json.loads(raw.decode("utf-8")) if raw.strip() else {}
            return self._change(wish, value)
        except (ValueError, TypeError, UsageError):
            return Reply.of_json({"error": "request_invalid"}, 400)

    def state(self) -> dict[str, object]:
        """Return the ledger's counts and the rules in force."""
        return {**self._ledger.state(), "fault_rules": self._faults.snapshot()}

    def _change(self, wish: str, value: object) -> Reply:
        if not isinstance(value, Mapping):
            raise TypeError
        if wish == "POST /faults":
            self._set_faults(value)
        elif wish == "POST /release":
            self._faults.release()
        elif wish == "POST /reset":
            self._reset(value.get("what", "all"))
        else:
            return Reply.of_json({"error": "no_such_control"}, 404)
        return Reply.of_json(self.state())

    def _set_faults(self, value: Mapping[str, object]) -> None:
        wanted = value.get("faults")
        if not isinstance(wanted, list):
            raise TypeError
        rules = [_rule(item) for item in wanted]
        if value.get("replace"):
            self._faults.replace(rules)
        else:
            self._faults.add(*rules)

    def _reset(self, what: object) -> None:
        if what not in ("all", "faults"):
            raise ValueError
        self._faults.clear()
        self._faults.release()
        if what == "all":
            self._ledger.reset()


def _rule(item: object) -> FaultRule:
    if isinstance(item, str):
        return parse_fault(item)
    if isinstance(item, Mapping):
        return rule_from_json(item)
    raise TypeError

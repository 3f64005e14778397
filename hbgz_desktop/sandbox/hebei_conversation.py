"""One request of a Hebei service, from its first byte to its answer, with the fault that strikes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from hbgz_desktop.sandbox.fault_answers import cut_short, gateway_reply
from hbgz_desktop.sandbox.faulted_conversation import FaultedConversation
from hbgz_desktop.sandbox.faults import FaultKind, FaultPlan, FaultRule
from hbgz_desktop.sandbox.hebei_fields import GET_TOKEN, REFRESH_TOKEN, Body, read_body
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from hbgz_desktop.sandbox.hebei_services import (
    DONE,
    ENCRYPTED_IN_ANSWERS,
    Caller,
    Clerk,
    HebeiServices,
    Served,
)
from hbgz_desktop.sandbox.http_server import CutConnectionError, Exchange, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.sandbox.hebei_tokens import Token

MAX_BODY_BYTES: Final = 1 << 20
WORKS_FIRST: Final = frozenset(
    {
        *(FaultKind.SLOW, FaultKind.STORED_NO_ANSWER, FaultKind.CUT_ANSWER),
        FaultKind.TOKEN_EXPIRED,
        *(FaultKind.TOKEN_SKEW, FaultKind.BAD_PADDING, FaultKind.STRANGE_URL),
    }
)
FAILED: Final = "500"
TOKEN_RULES: Final = frozenset(
    {
        *(Rule.HEADER_MISSING, Rule.TOKEN_PREFIX_WRONG, Rule.TOKEN_UNKNOWN, Rule.TOKEN_EXPIRED),
        *(Rule.TOKEN_REPLACED, Rule.TOKEN_OF_ANOTHER_USER),
    }
)
STATUS_OF: Final = {Rule.PATH_UNKNOWN: 404, Rule.METHOD_NOT_POST: 405}
SUBJECTS: Final = ("visitNo", "patientId", "orgCode", "hisUserCode")


@dataclass(frozen=True, slots=True)
class HebeiDesk:
    """What every conversation of one platform shares."""

    clerk: Clerk
    services: HebeiServices
    faults: FaultPlan
    is_stopping: Callable[[], bool]


class HebeiConversation(FaultedConversation):
    """Serves one request; used by one connection thread and then dropped."""

    def __init__(self, desk: HebeiDesk, service: str, exchange: Exchange) -> None:
        """Begin, with nothing read of the body yet; ``service`` "" is an unknown path."""
        super().__init__(desk.faults, desk.is_stopping, service, exchange)
        self._desk = desk

    def run(self) -> Reply:
        """Read, check, serve and answer.

        Raises:
            CutConnectionError: The fault wants the connection cut.
            PeerGoneError: The sender went away.
        """
        self._arm(self._faults.choose(self._service, None))
        with self._noting_cuts():
            return self._serve()

    def _serve(self) -> Reply:
        try:
            raw = self._exchange.body.read_all(MAX_BODY_BYTES)
            return self._strike() or self._spoil(self._work(raw))
        except RuleBrokenError as exc:
            self._note_end("refused", FAILED, exc.message)
            return self._spoil(self._refusal(exc))

    def _arm(self, fault: FaultRule | None) -> None:
        self._fault = fault
        body = self._exchange.body
        if fault is not None and fault.kind is FaultKind.RESET_AT_80 and not body.position:
            body.trip_at = int((body.length or 0) * fault.number("percent", 80) / 100)

    def _strike(self) -> Reply | None:
        """Apply a fault that keeps nothing of the request; None when none strikes."""
        fault = self._fault
        if fault is None or fault.kind in WORKS_FIRST:
            return None
        self._cut(fault)
        self._note_end("fault")
        reply = gateway_reply(fault)
        if reply is not None:
            return reply
        code = str(int(fault.number("code", int(FAILED))))
        return Reply.of_json({"code": code, "msg": fault.text("message", "系统繁忙（模拟故障）")})

    def _work(self, raw: bytes) -> Reply:
        self._check_address()
        value = self._read_json(raw)
        token = None if self._service == GET_TOKEN else self._authenticate()
        body = read_body(self._service, value, self._desk.clerk.cipher)
        self._match(body)
        if reply := self._strike():
            return reply
        if token is not None and self._kind is FaultKind.TOKEN_EXPIRED:
            self._desk.clerk.tokens.expire(token.value)
            raise RuleBrokenError(Rule.TOKEN_EXPIRED, "Authorization")
        skew = self._fault if self._kind is FaultKind.TOKEN_SKEW else None
        caller = Caller(token, skew.number("seconds", 60) if skew else 0.0)
        return self._answer(self._desk.services.serve(self._service, caller, body))

    def _check_address(self) -> None:
        if not self._service:
            raise RuleBrokenError(Rule.PATH_UNKNOWN)
        if self._exchange.method != "POST":
            raise RuleBrokenError(Rule.METHOD_NOT_POST)

    def _read_json(self, raw: bytes) -> Mapping[str, Any]:
        """Read the body; refreshToken has none printed, nothing and {} are alike (H052)."""
        if self._service == REFRESH_TOKEN and not raw.strip():
            return {}
        if self._exchange.headers.get_content_type() != "application/json":
            raise RuleBrokenError(Rule.CONTENT_TYPE_NOT_JSON, "Content-Type")
        try:
            value = json.loads(raw.decode("utf-8"), object_pairs_hook=_members)
        except ValueError as exc:
            raise RuleBrokenError(Rule.BODY_NOT_JSON) from exc
        if not isinstance(value, dict):
            raise RuleBrokenError(Rule.BODY_NOT_OBJECT)
        return value

    def _authenticate(self) -> Token:
        """Take App_id and the bare token (H047, H048)."""
        values = {}
        for name in ("App_id", "Authorization"):
            values[name] = self._exchange.headers.get(name, "").strip()
            if not values[name]:
                raise RuleBrokenError(Rule.HEADER_MISSING, name)
        prefix = self._desk.clerk.variants.token_prefix
        shown = values["Authorization"]
        if not shown.startswith(prefix) or " " in shown[len(prefix) :]:
            raise RuleBrokenError(Rule.TOKEN_PREFIX_WRONG, "Authorization")
        return self._desk.clerk.tokens.check(values["App_id"], shown[len(prefix) :])

    def _match(self, body: Body) -> None:
        subjects = [text for name in SUBJECTS if (text := body.text(name))]
        if self._fault is None and subjects:
            self._arm(self._faults.choose(self._service, subjects))

    def _answer(self, served: Served) -> Reply:
        self._note_end("accepted", served.code, DONE, served.visit.digest if served.visit else "")
        value: dict[str, object] = {"code": self._code(served.code), "msg": DONE}
        if served.data is not None:
            value["data"] = served.data
            self._spoil_data(served.data)
        return Reply.of_json(value)

    def _spoil_data(self, data: object) -> None:
        """Apply a fault that falsifies an answer."""
        first = data[0] if isinstance(data, list) else data
        if self._fault is None or not isinstance(first, dict):
            return
        if self._kind is FaultKind.STRANGE_URL and first.get("url"):
            first["url"] = self._fault.text("url", "javascript:alert(1)")
        if self._kind is FaultKind.BAD_PADDING:
            bad = self._desk.clerk.cipher.badly_padded()
            first |= {name: bad for name in ENCRYPTED_IN_ANSWERS if name in first}

    def _refusal(self, error: RuleBrokenError) -> Reply:
        status = STATUS_OF.get(error.rule, 200)
        if error.rule in TOKEN_RULES:
            status = int(self._desk.clerk.variants.token_status)
        return refused_reply(error, status, self._code(FAILED))

    def _code(self, text: str) -> object:
        is_number = self._desk.clerk.variants.code_type == "number" and text
        return int(text) if is_number else text

    def _spoil(self, reply: Reply) -> Reply:
        """Apply a fault that lets the work be done first."""
        if self._fault is not None and self._kind is FaultKind.SLOW:
            self._faults.hold(self._fault.number("seconds", 5), self._is_stopping)
        if self._kind is FaultKind.STORED_NO_ANSWER:
            raise CutConnectionError(is_reset=False)
        return cut_short(self._fault, reply)

    @override
    def _keep_end(self, outcome: str, subject: str, **details: str) -> None:
        service = self._service or "unknown"
        self._desk.clerk.ledger.add_request(service, subject, outcome, **details)


def refused_reply(error: RuleBrokenError, status: int, code: object = FAILED) -> Reply:
    """Refuse in the printed shape: code and msg, no data."""
    return Reply.of_json({"code": code, "msg": error.message}, status)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise RuleBrokenError(Rule.FIELD_TWICE)
    return members

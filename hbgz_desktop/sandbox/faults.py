"""Faults on demand: which request of which service goes wrong, and how.

A rule counts the requests it applies to, lets the first ``after`` pass, then strikes ``count``
times (or always), each time with its probability. The first rule that is due wins. Rules are given
as objects, as text (``saveImgFile:http_500:3``), or as JSON at a running sandbox's control address.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from hbgz_desktop.model.errors import UsageError

ANY_SERVICE: Final = "*"
ASSOCIATE: Final = "A-ASSOCIATE"
STORE: Final = "C-STORE"
RULE_KEYS: Final = ("count", "after", "nth", "probability", "seed", "match")


class FaultKind(Enum):
    """What goes wrong; parameters in brackets, with their defaults.

    DOES_THE_WORK do the work first; the others keep nothing of the request but its msgid. Those
    of Hebei alone refuse a request of Guizhou, and the other way round. ASSOCIATION_FAULTS and
    STORE_FAULTS say which strike the ``A-ASSOCIATE`` and ``C-STORE`` of Guizhou's DICOM receiver.
    """

    HTTP_500 = "http_500"
    HTTP_503 = "http_503"
    HTTP_429 = "http_429"
    """[retry_after=1]: seconds in the Retry-After header."""
    HTTP_401 = "http_401"
    TIMEOUT = "timeout"
    """[seconds=600]: reads the request, never answers; ends by release, stop or after the limit."""
    RESET_AT_80 = "reset_at_80"
    """[percent=80]: RST when that share of the body was read."""
    HTML_200 = "html_200"
    """An error page with status 200, as a proxy sends it."""
    PARTIAL = "partial"
    """[message]: code 0, succFlag 0; where the answer has no succFlag, a code that is not 0."""
    REFUSED = "refused"
    """[code=1, message]: code not 0, succFlag -1."""
    WRONG_MD5 = "wrong_md5"
    """Refuses the file as damaged although it arrived whole."""
    ALREADY_EXISTS = "already_exists"
    """[code=0, status=200, message]: does the work, then answers as for bytes already there."""
    SLOW = "slow"
    """[seconds=5]: does the work, then waits, then answers."""
    STORED_NO_ANSWER = "stored_no_answer"
    """Does the work, then closes the connection without an answer."""
    CUT_ANSWER = "cut_answer"
    """[percent=50]: does the work, then RST when that share of the answer's body was sent."""
    REFUSE_ASSOCIATION = "refuse_association"
    """A-ASSOCIATE: rejected for now, local limit exceeded; match is the calling AE title."""
    REFUSE_CONTEXT = "refuse_context"
    """A-ASSOCIATE, [sop_class, syntax]: refuses contexts of these UIDs, else the first proposed."""
    A700 = "a700"
    """C-STORE, as the next five: out of resources; keeps nothing."""
    A900 = "a900"
    """Dataset does not match SOP class; keeps nothing."""
    C000 = "c000"
    """Cannot understand; keeps nothing."""
    B000 = "b000"
    """Keeps the instance, warns: coercion of data elements."""
    B006 = "b006"
    """Keeps the instance, warns: elements discarded."""
    B007 = "b007"
    """Keeps the instance, warns: dataset does not match SOP class."""
    ABORT = "abort"
    """C-STORE: aborts the association, keeps nothing of this instance."""
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a fault
    """Hebei: ends the token that is shown, in the middle of its life, and refuses it."""
    TOKEN_SKEW = "token_skew"  # noqa: S105 - a fault
    """Hebei, [seconds=60]: the token issued ends that much earlier than its expire says."""
    BAD_PADDING = "bad_padding"
    """Hebei: does the work; encrypted values of the answer cannot be unpadded."""
    STRANGE_URL = "strange_url"
    """Hebei, [url=javascript:alert(1)]: does the work, then answers hrPage with this url."""


DOES_THE_WORK: Final = frozenset(
    {FaultKind.ALREADY_EXISTS, FaultKind.SLOW, FaultKind.STORED_NO_ANSWER, FaultKind.CUT_ANSWER}
)
STATUS_OF: Final[Mapping[FaultKind, int]] = {
    FaultKind.A700: 0xA700,
    FaultKind.A900: 0xA900,
    FaultKind.C000: 0xC000,
    FaultKind.B000: 0xB000,
    FaultKind.B006: 0xB006,
    FaultKind.B007: 0xB007,
}
ASSOCIATION_FAULTS: Final = frozenset({FaultKind.REFUSE_ASSOCIATION, FaultKind.REFUSE_CONTEXT})
STORE_FAULTS: Final = frozenset(
    {
        *STATUS_OF,
        FaultKind.ABORT,
        FaultKind.TIMEOUT,
        FaultKind.SLOW,
        FaultKind.STORED_NO_ANSWER,
    }
)
DICOM_ONLY: Final = frozenset({*ASSOCIATION_FAULTS, *STATUS_OF, FaultKind.ABORT})


def can_strike(kind: FaultKind, service: str) -> bool:
    """Tell whether a fault is one of HTTP's, of an association's or of C-STORE's."""
    if service == ASSOCIATE:
        return kind in ASSOCIATION_FAULTS
    return kind in STORE_FAULTS if service == STORE else kind not in DICOM_ONLY


@dataclass(frozen=True, slots=True)
class FaultRule:
    """When one fault strikes.

    Attributes:
        kind: What goes wrong.
        service: Last segment of the service's path, the serviceName of 2.7 or 2.8, ``C-STORE``,
            ``A-ASSOCIATE``, or ``*``.
        count: How often it strikes; None is always.
        after: Requests that pass unharmed first.
        probability: Of each due request, 0 to 1.
        seed: Of the rule's own random numbers.
        match: Only requests that name exactly this index, study UID or accession number.
        parameters: Of the kind, see FaultKind.
    """

    kind: FaultKind
    service: str = ANY_SERVICE
    count: int | None = None
    after: int = 0
    probability: float = 1.0
    seed: int = 0
    match: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str, default: float) -> float:
        """Return a numeric parameter of the kind."""
        return float(self.parameters.get(name, default))

    def text(self, name: str, default: str) -> str:
        """Return a text parameter of the kind."""
        return self.parameters.get(name, default)

    def as_json(self) -> dict[str, object]:
        """Return what ``rule_from_json`` reads."""
        return {
            "service": self.service,
            "fault": self.kind.value,
            "count": self.count,
            "after": self.after,
            "probability": self.probability,
            "seed": self.seed,
            "match": self.match,
            "parameters": dict(self.parameters),
        }


def parse_fault(text: str) -> FaultRule:
    """Read ``service:fault[:count][:name=value,...]``, the form of the command line.

    ``saveImgFile:http_500:3`` is the first three requests, ``*:slow:nth=2,seconds=5`` the second of
    any service, ``saveImgFile:reset_at_80:probability=0.1,seed=7`` one in ten, ``…:match=A100`` one
    study.

    Raises:
        UsageError: ``sandbox_fault_invalid``.
    """
    service, _, rest = text.strip().partition(":")
    kind, *options = rest.split(":")
    values: dict[str, object] = {"service": service, "fault": kind}
    parameters: dict[str, str] = {}
    for option in options:
        if option.isdigit():
            values["count"] = int(option)
            continue
        for pair in option.split(","):
            name, equals, value = pair.partition("=")
            if not equals:
                raise UsageError("sandbox_fault_invalid", fault=text)
            if name in RULE_KEYS:
                values[name] = value
            else:
                parameters[name] = value
    return rule_from_json({**values, "parameters": parameters})


def rule_from_json(value: Mapping[str, object]) -> FaultRule:
    """Read one rule, as ``FaultRule.as_json`` writes it; ``nth`` is short for after and count.

    Raises:
        UsageError: ``sandbox_fault_invalid``.
    """
    try:
        nth = value.get("nth")
        count = value.get("count")
        rule = FaultRule(
            kind=FaultKind(str(value["fault"])),
            service=str(value.get("service") or ANY_SERVICE),
            count=1 if nth is not None else None if count is None else int(str(count)),
            after=int(str(nth)) - 1 if nth is not None else int(str(value.get("after") or 0)),
            probability=float(str(value.get("probability", 1.0))),
            seed=int(str(value.get("seed") or 0)),
            match=str(value.get("match") or ""),
            parameters=_parameters(value.get("parameters")),
        )
        _check_numbers(rule)
    except (KeyError, ValueError, TypeError) as exc:
        raise UsageError("sandbox_fault_invalid", fault=dict(value)) from exc
    return rule


def _parameters(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise TypeError
    return {str(name): str(item) for name, item in value.items()}


def _check_numbers(rule: FaultRule) -> None:
    if rule.after < 0 or not 0 <= rule.probability <= 1 or (rule.count or 0) < 0:
        raise ValueError
    for name in ("seconds", "percent", "retry_after", "status", "code"):
        if rule.number(name, 1) < 0:
            raise ValueError


@dataclass(slots=True)
class _Armed:
    """One rule with its counters."""

    rule: FaultRule
    random: random.Random
    seen: int = 0
    struck: int = 0

    def applies_to(self, service: str, subjects: Collection[str] | None, inner: str) -> bool:
        """Tell whether this request counts; None for ``subjects`` means not known yet."""
        rule = self.rule
        if not can_strike(rule.kind, service):
            return False
        if inner and rule.service == inner:
            return subjects is not None and (not rule.match or rule.match in subjects)
        if rule.service not in (ANY_SERVICE, service):
            return False
        if subjects is None:
            return not rule.match
        return rule.match in subjects

    def is_due(self) -> bool:
        """Count a request and tell whether the rule wants to strike."""
        self.seen += 1
        if self.seen <= self.rule.after:
            return False
        if self.rule.count is not None and self.struck >= self.rule.count:
            return False
        return self.rule.probability >= 1 or self.random.random() < self.rule.probability


class FaultPlan:
    """The rules in force and their counters. Safe from any thread."""

    def __init__(self, rules: Iterable[FaultRule] = ()) -> None:
        """Start with ``rules``, in order of precedence."""
        self._condition = threading.Condition()
        self._releases = 0
        self._struck = threading.local()
        self._armed: list[_Armed] = []
        self.add(*rules)

    def add(self, *rules: FaultRule) -> None:
        """Append rules after the ones in force."""
        with self._condition:
            # Not for secrets: a seeded sequence is the point, a failed run must be repeatable.
            self._armed.extend(_Armed(rule, random.Random(rule.seed)) for rule in rules)  # noqa: S311

    def replace(self, rules: Iterable[FaultRule]) -> None:
        """Drop all rules and their counters and put these in force."""
        self.clear()
        self.add(*rules)

    def clear(self) -> None:
        """Drop all rules; requests already held stay held until released."""
        with self._condition:
            self._armed.clear()

    def choose(
        self, service: str, subjects: Collection[str] | None, inner: str = ""
    ) -> FaultRule | None:
        """Return the rule that strikes this request, or None.

        Called twice a request: before its body with ``subjects`` None, for the rules without
        ``match``, and once its fields are known, for the rules with ``match`` and for those of the
        ``inner`` service, which only the body names.
        """
        chosen: _Armed | None = None
        with self._condition:
            for armed in self._armed:
                if armed.applies_to(service, subjects, inner) and armed.is_due() and chosen is None:
                    chosen = armed
            if chosen is None:
                return None
            chosen.struck += 1
            self._struck.releases = self._releases
            return chosen.rule

    def hold(self, seconds: float, is_stopped: Callable[[], bool]) -> None:
        """Wait until ``release``, until ``is_stopped`` after a release, or ``seconds``.

        A release counts from the moment the rule struck the request, which this thread answers.
        """
        with self._condition:
            releases = getattr(self._struck, "releases", self._releases)
            self._condition.wait_for(lambda: self._releases != releases or is_stopped(), seconds)

    def release(self) -> None:
        """Let every held request go on."""
        with self._condition:
            self._releases += 1
            self._condition.notify_all()

    def snapshot(self) -> list[dict[str, object]]:
        """Return the rules with how many requests each saw and struck."""
        with self._condition:
            return [
                {**armed.rule.as_json(), "seen": armed.seen, "struck": armed.struck}
                for armed in self._armed
            ]

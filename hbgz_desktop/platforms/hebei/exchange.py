"""One call of 2.2.3 and what came of it: the facts of an attempt row, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.errors import PlatformError

AnswerT = TypeVar("AnswerT")

READS = frozenset({"hrPage", "getHrInfo", "restJcJyYyInfo"})
"""Services that change nothing: only these may be sent again by themselves (H006)."""


@dataclass(frozen=True, slots=True)
class HebeiExchange:
    """A request and its answer, or its failure; holds no patient data, no token and no key.

    Attributes:
        service: Printed name, e.g. ``hrPage``.
        started_at: Aware UTC.
        finished_at: Aware UTC.
        http_status: None when there was no answer.
        answer_code: The answer's own ``code`` as text, None when it had none.
        message: The platform's own words, masked.
        retry_after_s: What the platform asked to wait.
        error: None when accepted; else what to do about it (transient: PlatformUnreachableError,
            by rule: PlatformRejectedError, token or user not accepted: NotAuthorisedError).
    """

    service: str
    started_at: datetime
    finished_at: datetime
    http_status: int | None = None
    answer_code: str | None = None
    message: str = ""
    retry_after_s: float | None = None
    error: PlatformError | None = None

    @property
    def accepted(self) -> bool:
        """Whether the platform said yes."""
        return self.error is None


@dataclass(frozen=True, slots=True)
class HebeiOutcome(Generic[AnswerT]):
    """What a call gave: exactly one of ``answer`` and ``error``; saveAuthUser answers nothing.

    Attributes:
        exchange: For the attempt row.
        answer: What the platform said, None when it refused or said nothing.
    """

    exchange: HebeiExchange
    answer: AnswerT | None = field(default=None, repr=False)

    @property
    def accepted(self) -> bool:
        """Whether the platform said yes."""
        return self.exchange.accepted

    @property
    def error(self) -> PlatformError | None:
        """Why not."""
        return self.exchange.error

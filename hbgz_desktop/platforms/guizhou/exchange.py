"""One request and what came of it: the facts of an attempt row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.errors import PlatformError


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, or its failure; never raised, always returned.

    Message and answer may quote the patient: they are left out of repr and are masked and sealed
    before they are kept.

    Attributes:
        service: Last segment of the path; ``serviceName`` of 2.7 and 2.8, which share one (G019).
        msgid: Message number, "" when nothing was sent.
        started_at: Aware UTC.
        finished_at: Aware UTC.
        http_status: None when there was no answer.
        accepted: Whether the platform said that it has it.
        answer_code: The answer's own ``code`` as text.
        message: The platform's own words.
        answer_text: Raw answer, at most 64 Ki characters.
        request_summary: Ids, sizes and checksums; nothing about the patient.
        index_matched: Whether the answer names the index that was sent; None when it names none.
        already: The platform says that it has this already. After 2.2 and 2.4 with the same MD5
            that is success (G046); after 2.1 a person decides (G071).
        retry_after_s: What the platform asked to wait.
        error: None when accepted; else what to do about it.
    """

    service: str
    msgid: str
    started_at: datetime
    finished_at: datetime
    http_status: int | None
    accepted: bool
    answer_code: str | None
    message: str = field(repr=False)
    answer_text: str = field(repr=False)
    request_summary: dict[str, object]
    index_matched: bool | None = None
    already: bool = False
    retry_after_s: float | None = None
    error: PlatformError | None = None

"""From status line and body to an outcome: accepted, or the error that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from hbgz_desktop.platforms.guizhou.answers import Refusal, judge, parse_json, refusal
from hbgz_desktop.platforms.guizhou.options import DELETE_INDEX
from hbgz_desktop.platforms.http_answer import retry_after_s

if TYPE_CHECKING:
    from hbgz_desktop.platforms.guizhou.answers import Verdict
    from hbgz_desktop.platforms.http_answer import Answer

_NOT_AUTHORISED = ("platform_not_authorised", NotAuthorisedError)
_PATH_UNKNOWN = ("platform_path_unknown", PlatformRejectedError)
_BUSY = ("platform_busy", PlatformUnreachableError)
_BY_STATUS: dict[int, tuple[str, type[PlatformError]]] = {
    401: _NOT_AUTHORISED,
    403: _NOT_AUTHORISED,
    404: _PATH_UNKNOWN,
    405: _PATH_UNKNOWN,
    408: _BUSY,
    410: _PATH_UNKNOWN,
    413: ("platform_too_large", PlatformRejectedError),
    425: _BUSY,
    429: _BUSY,
}
_NOTHING = Refusal()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer means; fields as in ``Exchange``."""

    accepted: bool = False
    answer_code: str | None = None
    message: str = ""
    index_matched: bool | None = None
    already: bool = False
    retry_after_s: float | None = None
    error: PlatformError | None = None


def outcome_of(answer: Answer, service: str, index_code: str, *, needs_flag: bool) -> Outcome:
    """Judge an answer (G025, G026).

    The status line decides first: 401, 403 → key; 404 → address; 413 → size; 408, 429, 5xx → come
    back. Below 300 and for other 4xx the JSON decides. What is no JSON proves nothing.

    Args:
        answer: Status, headers, body.
        service: For the facts.
        index_code: Index that was sent.
        needs_flag: As in ``judge``.
    """
    document = parse_json(answer.text)
    verdict = judge(document, index_code, needs_flag=needs_flag) if document else None
    is_success = 200 <= answer.status < 300
    if verdict is not None and verdict.accepted and is_success:
        return Outcome(
            accepted=True,
            answer_code=verdict.code,
            message=verdict.message,
            index_matched=verdict.index_matched,
        )
    return refused_outcome(answer, service, verdict)


def refused_outcome(answer: Answer, service: str, verdict: Verdict | None) -> Outcome:
    """What an answer means that is no acceptance.

    Args:
        answer: Status, headers, body.
        service: For the facts.
        verdict: What the JSON said, None when it is no answer of this platform.
    """
    reason = refusal(verdict.code, verdict.message) if verdict else _NOTHING
    is_gone = service == DELETE_INDEX and reason.gone
    wait_s = retry_after_s(answer.headers)
    code, kind = _status_error(answer.status) or _body_error(
        answer, verdict, reason, is_gone=is_gone
    )
    facts: dict[str, object] = {"service": service}
    if wait_s is not None:
        facts["retry_after_s"] = wait_s
    return Outcome(
        answer_code=verdict.code if verdict else None,
        message=verdict.message if verdict else "",
        index_matched=verdict.index_matched if verdict else None,
        already=reason.already or is_gone,
        retry_after_s=wait_s,
        error=_error(kind, code, answer, verdict, facts),
    )


def _status_error(status: int) -> tuple[str, type[PlatformError]] | None:
    """What the status line alone says."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:
        return _PATH_UNKNOWN
    if status >= 500:
        return "platform_server_error", PlatformUnreachableError
    return None


def _body_error(
    answer: Answer, verdict: Verdict | None, reason: Refusal, *, is_gone: bool
) -> tuple[str, type[PlatformError]]:
    """What the body says when the status line leaves it open."""
    if verdict is None:
        if answer.status >= 400:
            return "platform_bad_request", PlatformRejectedError
        return "platform_answer_not_json", PlatformUnreachableError
    if verdict.code == "0" and verdict.flag is None:
        return "platform_answer_without_flag", PlatformRejectedError
    reasons: tuple[tuple[bool, tuple[str, type[PlatformError]]], ...] = (
        (is_gone, ("platform_already_gone", PlatformRejectedError)),
        (reason.already, ("platform_already_exists", PlatformRejectedError)),
        (reason.number_again, ("platform_number_repeated", PlatformUnreachableError)),
        (reason.not_authorised, _NOT_AUTHORISED),
        (reason.busy, _BUSY),
        (reason.md5, ("platform_md5_mismatch", PlatformRejectedError)),
    )
    otherwise = ("platform_rejected", PlatformRejectedError)
    return next((error for applies, error in reasons if applies), otherwise)


def _error(
    kind: type[PlatformError],
    code: str,
    answer: Answer,
    verdict: Verdict | None,
    facts: dict[str, object],
) -> PlatformError:
    # a checksum that differs is damage on the way: the same bytes may arrive well next time
    retryable = True if code == "platform_md5_mismatch" else None
    return kind(
        code,
        retryable=retryable,
        http_status=answer.status,
        answer_code=verdict.code if verdict else None,
        **facts,
    )

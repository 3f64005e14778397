"""An HTTP answer, read with limits: it may be endless, drip, or come in an older character set."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ANSWER_BYTES = 1024 * 1024
_MAX_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came.

    Attributes:
        status: Status code.
        headers: Names in lower case.
        text: Decoded body; one that was cut at the limit is no JSON any more.
    """

    status: int
    headers: Mapping[str, str]
    text: str


def read_answer(
    response: httpx.Response, deadline: float, *, max_bytes: int = MAX_ANSWER_BYTES
) -> Answer:
    """Read a streamed response.

    Args:
        response: Open stream.
        deadline: Moment of ``time.monotonic`` after which reading ends.
        max_bytes: What lies beyond is not read.

    Raises:
        httpx.HTTPError: Among them ReadTimeout when the deadline passes.
    """
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > max_bytes:
            break
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("answer deadline", request=response.request)
    return answer_of(response, bytes(data[:max_bytes]))


def answer_of(response: httpx.Response, body: bytes) -> Answer:
    """The answer whose body has been read."""
    names = {name.lower(): value for name, value in response.headers.items()}
    text = _decode(body, response.charset_encoding)
    return Answer(response.status_code, names, text)


def _decode(data: bytes, charset: str | None) -> str:
    """UTF-8 (G072); else what the header names; else GB18030, which older front ends write."""
    for codec in ("utf-8-sig", charset or "gb18030", "gb18030"):
        try:
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


def retry_after_s(headers: Mapping[str, str], now: dt.datetime | None = None) -> float | None:
    """Read ``Retry-After``: seconds or an HTTP date; at most an hour, never negative."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(int(value))
    except (ValueError, OverflowError):
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError, TypeError):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        seconds = (aware - (now or dt.datetime.now(dt.UTC))).total_seconds()
    return min(max(seconds, 0.0), _MAX_WAIT_S)

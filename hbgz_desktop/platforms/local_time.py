"""Dates as platforms print them (Asia/Shanghai) and as hospital systems write them.

Patterns are the standard's own: ``yyyy-MM-dd`` and ``yyyy-MM-dd HH:mm:ss`` (G041, G073).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_TOKENS = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{2})",
    "dd": r"(?P<day>[0-9]{2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
}
_TOKEN = re.compile("|".join(_TOKENS))
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:时](?P<minute>[0-9]{1,2})分?"
    r"(?::?(?P<second>[0-9]{1,2})秒?(?:[.,][0-9]{1,9})?)?"
)
_ZONE = r"\s*(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
_SEPARATED = re.compile(
    r"(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
    rf"(?:[\sT]*{_CLOCK}{_ZONE})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:[\sT]?(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})"
    rf"(?::?(?P<second>[0-9]{{2}})(?:[.][0-9]{{1,9}})?)?{_ZONE})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A date or time a record carries.

    Attributes:
        moment: Aware, Asia/Shanghai; midnight when only the date is known.
        has_clock: Whether a time of day was written.
    """

    moment: datetime
    has_clock: bool


def read_local_time(text: str) -> LocalTime | None:
    """Read a date or time in any of the usual spellings.

    Accepts yyyy-M-d, yyyy/M/d, yyyy.M.d, yyyy年M月d日, yyyymmdd, yyyyMMddHHmm[ss], a blank or ``T``
    before the clock, with or without seconds and fractions (dropped). A zone is converted.

    Returns:
        None when the text is no date that exists.
    """
    stripped = unicodedata.normalize("NFKC", text).strip()
    match = _SEPARATED.fullmatch(stripped) or _DIGITS.fullmatch(stripped)
    return _from_match(match) if match else None


def read_pattern(text: str, pattern: str) -> LocalTime | None:
    """Read a text that must look exactly like the printed pattern.

    Returns:
        None when it does not, or names a day or hour that does not exist.
    """
    match = _compiled(pattern).fullmatch(text)
    return _from_match(match) if match else None


def format_local_time(moment: datetime, pattern: str) -> str:
    """An aware time in the printed pattern, Asia/Shanghai."""
    local = moment.astimezone(SHANGHAI)
    values = {
        "yyyy": f"{local.year:04d}",
        "MM": f"{local.month:02d}",
        "dd": f"{local.day:02d}",
        "HH": f"{local.hour:02d}",
        "mm": f"{local.minute:02d}",
        "ss": f"{local.second:02d}",
    }
    return _TOKEN.sub(lambda token: values[token.group()], pattern)


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_TOKEN.sub(lambda token: _TOKENS[token.group()], re.escape(pattern)))


def _from_match(match: re.Match[str]) -> LocalTime | None:
    parts = match.groupdict()
    has_clock = parts.get("hour") is not None
    try:
        moment = datetime(
            int(parts["year"]),
            int(parts["month"]),
            int(parts["day"]),
            int(parts.get("hour") or 0),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            tzinfo=_zone(parts.get("zone")),
        )
        return LocalTime(moment.astimezone(SHANGHAI), has_clock)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> ZoneInfo | timezone:
    if text is None:
        return SHANGHAI
    if text in "zZ":
        return timezone(timedelta(0))
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))

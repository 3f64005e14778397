"""Text of hospital systems → values as 2.1 prints them; what cannot be read stays as it is.

An unreadable value is passed on unchanged so that the validator names it with the text the person
knows.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.local_time import format_local_time, read_local_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.platforms.field_table import Field

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_AMOUNT_MARKS = re.compile(r"^[¥￥]|元$")
_AGE = re.compile(r"(?P<count>[0-9]{1,3}(?:\.[0-9]+)?)(?P<unit>Y|周?岁|M|个?月|W|周|D|天|日)", re.I)
_UNITS_IN_A_YEAR = {"M": 12, "月": 12, "W": 52, "周": 52, "D": 365, "天": 365, "日": 365}


def wire_date(field: Field, text: str, patterns: Mapping[str, str]) -> str:
    """A date in the field's printed pattern (G041), or in what a setting puts for it (G073).

    A day without a clock becomes midnight where the pattern has one.
    """
    time = read_local_time(text)
    if time is None or not field.format:
        return text
    return format_local_time(time.moment, patterns.get(field.format, field.format))


def wire_number(field: Field, text: str, *, as_text: bool) -> int | float | str:
    """A number with at most the field's decimals (G037, G077).

    Args:
        field: A ``decimal`` field.
        text: As written; thousands separators and full-width digits are understood.
        as_text: True sends text with all decimals (``240.00``), False a JSON number.
    """
    plain = _AMOUNT_MARKS.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else None
    scale = field.scale or 0
    if number is None or number != round(number, scale):
        return text
    return _sent(number, scale, as_text=as_text)


def wire_age(field: Field, text: str, *, as_text: bool) -> int | float | str:
    """An age in years: 35, 35岁, DICOM's 035Y; months, weeks and days as full tenths of years.

    The standard prints no unit; its sample counts years (G037).
    """
    match = _AGE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return wire_number(field, text, as_text=as_text)
    parts = _UNITS_IN_A_YEAR.get(match["unit"].upper()[-1], 1)
    if parts == 1:
        return wire_number(field, match["count"], as_text=as_text)
    scale = field.scale or 0
    years = (Decimal(match["count"]) / parts).quantize(Decimal(1).scaleb(-scale), ROUND_DOWN)
    return _sent(years, scale, as_text=as_text)


def _sent(number: Decimal, scale: int, *, as_text: bool) -> int | float | str:
    if as_text:
        return f"{number:.{scale}f}"
    return int(number) if number == int(number) else float(number)

"""Dates as hospital systems write them and as platforms print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.platforms.local_time import (
    SHANGHAI,
    LocalTime,
    format_local_time,
    read_local_time,
    read_pattern,
)

DATE = "yyyy-MM-dd"
TIME = "yyyy-MM-dd HH:mm:ss"
DAY = LocalTime(datetime(2025, 6, 1, tzinfo=SHANGHAI), has_clock=False)


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-01",
        "2025-6-1",
        "2025/6/1",
        "2025/06/01",
        "2025.6.1",
        "2025年6月1日",
        "20250601",
        " 2025-06-01 ",
        "\uff12\uff10\uff12\uff15-06-01",
    ],
)
def test_days(text: str) -> None:
    assert read_local_time(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-01 09:30:00",
        "2025-06-01T09:30:00",
        "2025-06-01 09:30",
        "2025/6/1 9:30",
        "2025/6/1 9:30:00.000",
        "2025-06-01T09:30:00.123456",
        "20250601093000",
        "202506010930",
        "20250601 093000",
        "20250601T093000.5",
        "2025年6月1日 9时30分",
        "2025年6月1日9时30分00秒",
        "2025-06-01T01:30:00Z",
        "2025-06-01T09:30:00+08:00",
        "2025-05-31T20:30:00-0500",
    ],
)
def test_times(text: str) -> None:
    read = read_local_time(text)
    assert read is not None
    assert read.has_clock
    assert read.moment.replace(microsecond=0) == datetime(2025, 6, 1, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2025-02-30",
        "2025-13-01",
        "01/06/2025",
        "2025-06-01 24:00:00",
        "2025-06-01 09:60",
        "2025060",
        "2025-06-01 9",
        "45809",
        "0000-00-00",
        "2025-06-01 09:30:00 下午",
        "0001-01-01T00:00:00+23:59",
        "2025-06-01T09:30:00+99:99",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_local_time(text) is None


def test_patterns_are_exact() -> None:
    assert read_pattern("2025-06-01", DATE) == DAY
    assert read_pattern("2025-06-01 00:00:00", TIME) == LocalTime(DAY.moment, has_clock=True)
    for text in ("2025-6-1", "2025/06/01", "2025-06-01 00:00:00", "2025-06-31", "2025-06-01\n"):
        assert read_pattern(text, DATE) is None
    assert read_pattern("2025-06-01T00:00:00", TIME) is None


@given(st.datetimes(datetime(1992, 1, 1), datetime(2199, 1, 1)))  # noqa: DTZ001  # made aware below
def test_what_is_printed_is_read_again(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC, microsecond=0)
    printed = format_local_time(moment, TIME)
    for read in (read_pattern(printed, TIME), read_local_time(printed)):
        assert read is not None
        assert read.moment == moment
    assert format_local_time(moment, DATE) == printed[:10]


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = read_local_time(text)
    assert read is None or read.moment.tzinfo is SHANGHAI

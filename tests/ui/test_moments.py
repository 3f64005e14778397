"""Moments as a person says them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.moments import moment_words


def test_the_further_away_the_less_exact() -> None:
    now = datetime(2026, 11, 20, 14, 32, tzinfo=LOCAL).astimezone(UTC)
    assert moment_words(None) == ""
    assert moment_words(now, now) == "14:32"
    assert moment_words(now - timedelta(days=1), now) == "昨天 14:32"
    assert moment_words(now - timedelta(days=3), now) == "周二 14:32"
    assert moment_words(now - timedelta(days=7), now) == "11-13 14:32"
    assert moment_words(now - timedelta(days=400), now) == "2025-10-16"
    assert moment_words(now + timedelta(hours=20), now) == "11-21 10:32"


def test_now_is_the_default() -> None:
    assert ":" in moment_words(datetime.now(UTC))

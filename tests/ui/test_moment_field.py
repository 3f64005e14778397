"""A moment is typed as people write it, and kept as it is sent (H076)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.widgets.moment_field import MomentField, read_moment
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

NOW = datetime(2026, 11, 22, 9, 30, 15, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1405", "2026-11-22 14:05:00"),
        ("14:05", "2026-11-22 14:05:00"),
        ("9：07", "2026-11-22 09:07:00"),
        ("140530", "2026-11-22 14:05:30"),
        ("11-20 1405", "2026-11-20 14:05:00"),
        ("11月20日 14:05", "2026-11-20 14:05:00"),
        ("20261120 14:05", "2026-11-20 14:05:00"),
        ("2026/1/2 08:00:01", "2026-01-02 08:00:01"),
        ("2024-02-04 08:00:00", "2024-02-04 08:00:00"),
        ("2026-11-20T14:05:00", "2026-11-20 14:05:00"),
        ("25:00", ""),
        ("2-30 14:05", ""),
        ("heute", ""),
        ("heute 14:05", ""),
        ("", ""),
    ],
)
def test_what_was_typed_is_what_was_meant(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW) == meant


def test_it_is_the_present_until_somebody_types(theme: Theme, qtbot: QtBot) -> None:
    moments = [NOW]
    field = MomentField(theme, lambda: moments[-1])
    other = MomentField(theme, lambda: moments[-1])
    shown(qtbot, other, field)
    other.setFocus()
    assert field.value() == "2026-11-22 09:30:15"
    moments.append(NOW.replace(minute=31))
    field.tick()
    assert field.value() == "2026-11-22 09:31:15"
    field.set_value("2024-02-04 08:00:00")
    field.tick()
    assert field.value() == "2024-02-04 08:00:00"
    field.set_now()
    assert field.follows_clock
    field.setText("keine Zeit")
    assert field.value() == "keine Zeit"

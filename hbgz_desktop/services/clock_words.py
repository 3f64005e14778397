"""Moments as the hospital's clock shows them, in figures that need no translation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

LOCAL = ZoneInfo("Asia/Shanghai")


def clock(at: datetime, now: datetime) -> str:
    """14:32 on the same day, else 11-12 14:32; both arguments aware."""
    local = at.astimezone(LOCAL)
    is_today = local.date() == now.astimezone(LOCAL).date()
    return f"{local:%H:%M}" if is_today else f"{local:%m-%d %H:%M}"

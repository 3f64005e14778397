"""Points in time as a person says them: 14:32, 昨天 14:32, 周二 14:32, 11-12 14:32 (LOOK 5)."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.services.clock_words import LOCAL

_DAYS_WITH_A_NAME = 7


def moment_words(at: datetime | None, now: datetime | None = None) -> str:
    """Local time of an aware moment; "" for None. Safe from any thread.

    Args:
        at: Aware.
        now: Aware; the present by default.
    """
    if at is None:
        return ""
    local = at.astimezone(LOCAL)
    days = ((now or datetime.now(UTC)).astimezone(LOCAL).date() - local.date()).days
    clock = f"{local:%H:%M}"
    if days == 0:
        return clock
    if days == 1:
        return QCoreApplication.translate("Moments", "昨天 {time}").format(time=clock)
    if 1 < days < _DAYS_WITH_A_NAME:
        names = QCoreApplication.translate("Moments", "周一 周二 周三 周四 周五 周六 周日").split()
        return f"{names[local.weekday()]} {clock}"
    return f"{local:%m-%d %H:%M}" if days < 300 else f"{local:%Y-%m-%d}"

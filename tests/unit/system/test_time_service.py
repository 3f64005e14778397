from __future__ import annotations

import pytest

from hbgz_desktop.system.time_service import (
    TimeService,
    time_service,
    told_by_linux,
    told_by_windows,
)


@pytest.mark.parametrize(
    ("kind", "start", "found"),
    [
        ("NTP", 3, TimeService.ON),
        ("NT5DS", 2, TimeService.ON),
        ("NoSync", 3, TimeService.OFF),
        ("NTP", 4, TimeService.OFF),
        ("", 3, TimeService.UNKNOWN),
    ],
)
def test_what_windows_tells(kind: str, start: int, found: TimeService) -> None:
    assert told_by_windows(kind, start) is found


@pytest.mark.parametrize(
    ("state", "found"),
    [(0, TimeService.ON), (4, TimeService.ON), (5, TimeService.OFF), (-1, TimeService.UNKNOWN)],
)
def test_what_linux_tells(state: int, found: TimeService) -> None:
    assert told_by_linux(state) is found


def test_it_can_be_asked_here() -> None:
    assert time_service() in TimeService

from __future__ import annotations

import errno

import pytest

from hbgz_desktop.system.patience import PATIENCE_S, patiently
from tests.unit.system.refusals import windows_refusal

SHARING_VIOLATION = 32


class Held:
    """Something that is refused so many times."""

    def __init__(self, times: int, error: OSError) -> None:
        self.left = times
        self.error = error
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.left:
            raise self.error
        return "done"


def test_a_scanner_is_waited_for() -> None:
    pauses: list[float] = []
    held = Held(5, windows_refusal(SHARING_VIOLATION))
    assert patiently(held, pause=pauses.append) == "done"
    assert pauses == sorted(pauses), "longer and longer"
    assert len(pauses) == 5


def test_patience_ends() -> None:
    pauses: list[float] = []
    held = Held(10_000, windows_refusal(SHARING_VIOLATION))
    with pytest.raises(OSError, match="refused"):
        patiently(held, pause=pauses.append)
    assert sum(pauses) == pytest.approx(PATIENCE_S)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOENT, "none"), OSError(errno.ENOSPC, "full"), windows_refusal(112)]
)
def test_other_refusals_are_not_waited_for(error: OSError) -> None:
    held = Held(1, error)
    with pytest.raises(OSError, match=r"none|full|refused"):
        patiently(held)
    assert held.asked == 1


def test_without_patience_it_is_done_once() -> None:
    held = Held(1, windows_refusal(SHARING_VIOLATION))
    with pytest.raises(OSError, match="refused"):
        patiently(held, patience_s=0)
    assert held.asked == 1

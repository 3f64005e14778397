"""A second try for what Windows refuses for a moment: a virus scanner opens each new file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from hbgz_desktop.system.os_errors import is_held

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

PATIENCE_S = 2.0
_FIRST_PAUSE_S = 0.01
_LONGEST_PAUSE_S = 0.05


def patiently(
    action: Callable[[], Result],
    *,
    patience_s: float = PATIENCE_S,
    pause: Callable[[float], None] = time.sleep,
) -> Result:
    """Do it, and again while somebody holds the file; on POSIX nobody ever does.

    Args:
        action: What may be refused; done at least once.
        patience_s: Pauses together take no longer.
        pause: Waits for so many seconds.

    Raises:
        OSError: The last refusal, or at once any that waiting does not cure.
    """
    left, step = patience_s, _FIRST_PAUSE_S
    while True:
        try:
            return action()
        except OSError as error:
            if left <= 0 or not is_held(error):
                raise
        pause(min(step, left))
        left -= step
        step = min(2 * step, _LONGEST_PAUSE_S)

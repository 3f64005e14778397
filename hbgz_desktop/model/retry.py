"""Back-off of transient failures: exponential with full jitter."""

from __future__ import annotations

import random
from datetime import timedelta


def retry_delay(
    attempt: int, *, first_delay_s: float, max_delay_s: float, jitter: random.Random | None = None
) -> timedelta:
    """Delay before the next automatic attempt.

    Args:
        attempt: 1 after the first failure.
        first_delay_s: Upper half-point of the first delay, in seconds.
        max_delay_s: The doubling stops here.
        jitter: Source of randomness; None = the process's own.

    Returns:
        Between half of and the whole doubled delay, so that a platform that comes back is not hit at once.
    """
    ceiling = min(max_delay_s, first_delay_s * 2 ** min(attempt - 1, 40))
    uniform = jitter.uniform if jitter is not None else random.uniform
    draw = uniform(0.5, 1.0)
    return timedelta(seconds=ceiling * draw)

"""What a retry would bring, said before anything is pressed (FIELD 4.5).

Pure: facts in, numbers out. It says "多半能成", never "能成": only the platform's answer proves that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import (
    AT_REST,
    RETRYABLE_BY_HAND,
    BlockedReason,
    DeliveryKind,
    DeliveryState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.queue_lane import DeliveryFact
    from hbgz_desktop.model.status import PlatformHealth


class Forecast(StrEnum):
    """What would come of retrying one delivery; the members stand in the order they are told."""

    LIKELY = "likely"
    """Will go out at once, and nothing speaks against it."""
    PLATFORM = "platform"
    """Goes into the queue; the platform does not answer at present."""
    PAUSED = "paused"
    """Somebody holds it or its platform back: resume first."""
    CHANGE = "change"
    """The platform refused the content: sending the same again will not help."""
    IT = "it"
    """A setting, key or file is wrong: for IT."""
    NOT_NEEDED = "not_needed"
    """On its way or waiting its turn; the program sends it by itself, or it is confirmed."""


NEEDS_CHANGE = frozenset(
    {
        "platform_already_exists",
        "platform_rejected",
        "report_not_pdf",
        "report_too_large",
    }
)
"""Causes that other content would cure."""
NEEDS_IT = frozenset(
    {
        "examination_gone",
        "file_unreadable",
        "platform_answer_without_flag",
        "platform_bad_request",
        "platform_not_authorised",
        "platform_path_unknown",
        "platform_setting_missing",
        "platform_setting_not_ascii",
        "platform_tls",
        "platform_too_large",
        "platform_url_invalid",
        "upload_file_missing",
    }
)
"""Causes that a setting, a key or the platform's operators would cure."""


@dataclass(frozen=True, slots=True)
class RetryPreview:
    """Numbers for the selection bar; they add up to what is selected.

    Attributes:
        counts: By forecast; every member is there.
        retryable: How many a retry would touch at all.
        pausable: How many can be held back.
        paused: How many are held back one by one.
        cancellable: How many can be stopped.
        running: How many of those are being sent now.
        kinds: What those are.
    """

    counts: Mapping[Forecast, int]
    kinds: Mapping[DeliveryKind, int]
    retryable: int
    pausable: int
    paused: int
    cancellable: int
    running: int

    @property
    def total(self) -> int:
        """All that are selected and still exist."""
        return sum(self.counts.values())


def forecast(fact: DeliveryFact, platforms: Mapping[str, PlatformHealth]) -> Forecast:
    """What a retry of a delivery with these facts would bring.

    Args:
        fact: State, reason, pause and last cause.
        platforms: Health by platform; one that is missing counts as well.
    """
    if fact.state is DeliveryState.BLOCKED and fact.reason is BlockedReason.NEEDS_FIX:
        return Forecast.CHANGE
    if not _is_retryable(fact):
        can_resume = fact.is_paused and fact.state not in AT_REST
        return Forecast.PAUSED if can_resume else Forecast.NOT_NEEDED
    if fact.cause in NEEDS_CHANGE:
        return Forecast.CHANGE
    if fact.cause in NEEDS_IT:
        return Forecast.IT
    health = platforms.get(fact.platform)
    if fact.is_paused or (health is not None and health.is_paused):
        return Forecast.PAUSED
    if health is not None and health.opened_at is not None:
        return Forecast.PLATFORM
    return Forecast.LIKELY


def _is_retryable(fact: DeliveryFact) -> bool:
    """A cancelled deletion is a decision taken back: no retry revives it (G052)."""
    is_taken_back = (fact.kind, fact.state) == (DeliveryKind.DELETION, DeliveryState.CANCELLED)
    return fact.state in RETRYABLE_BY_HAND and not is_taken_back


def preview(
    tally: Mapping[DeliveryFact, int], platforms: Mapping[str, PlatformHealth]
) -> RetryPreview:
    """Add the forecasts up.

    Args:
        tally: How many deliveries have the same facts.
        platforms: Health by platform.
    """
    counts = dict.fromkeys(Forecast, 0)
    kinds = dict.fromkeys(DeliveryKind, 0)
    retryable = pausable = paused = cancellable = running = 0
    for fact, number in tally.items():
        counts[forecast(fact, platforms)] += number
        is_open = fact.state not in AT_REST
        retryable += number if _is_retryable(fact) else 0
        pausable += number if is_open and not fact.is_paused else 0
        paused += number if is_open and fact.is_paused else 0
        cancellable += number if is_open else 0
        kinds[fact.kind] += number if is_open else 0
        running += number if fact.state is DeliveryState.RUNNING else 0
    return RetryPreview(counts, kinds, retryable, pausable, paused, cancellable, running)

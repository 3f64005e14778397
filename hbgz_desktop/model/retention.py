"""When the images of a study may be cleared from this machine (DESIGN 5.7): pure rules, no I/O.

Nothing unverified is ever cleared. A study goes only when every platform it goes to has confirmed
everything it was to get; of its files only those go that were confirmed themselves, or that no platform
wants and the hospital has said how long such are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.settings import PULLING_PLATFORMS
from hbgz_desktop.model.worklist import Lane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.model.settings import Settings

_SENT_KINDS = frozenset({DeliveryKind.RECORD, DeliveryKind.IMAGES, DeliveryKind.REPORT})
"""What brings something to a platform; any other kind takes something back from it."""


class ClearingReason(StrEnum):
    """Why a study was cleared."""

    AGE = "age"
    SPACE = "space"
    PERSON = "person"


class Kept(StrEnum):
    """Why a study stays; the first that holds, in this order."""

    RECEIVING = "receiving"
    NO_RECORD = "no_record"
    NO_PLATFORM = "no_platform"
    UNDECIDED = "undecided"
    UNDER_CHANGE = "under_change"
    PAUSED = "paused"
    NOT_DELIVERED = "not_delivered"
    COUNT_DIFFERS = "count_differs"
    NOT_CONFIRMED = "not_confirmed"
    UNSENT = "unsent"
    TOO_YOUNG = "too_young"


@dataclass(frozen=True, slots=True)
class ClearingPolicy:
    """How long files stay.

    Attributes:
        platforms: Enabled platforms that examinations are delivered to.
        keep_days: Whole days since everything was confirmed.
        unsent_days: The same for what no platform wants; 0 = for ever.
    """

    platforms: tuple[str, ...]
    keep_days: int
    unsent_days: int = 0

    @classmethod
    def by_age(cls, settings: Settings) -> ClearingPolicy:
        """As the settings say while there is room."""
        storage = settings.storage
        keep_days = max(storage.keep_days, _pulled_days(settings))
        return cls(settings.delivery_platforms(), keep_days, storage.keep_unsent_days)

    @classmethod
    def by_space(cls, settings: Settings) -> ClearingPolicy:
        """While there is too little room: younger studies too, but nothing that was never confirmed."""
        keep_days = max(settings.storage.pressure_days, _pulled_days(settings))
        return cls(settings.delivery_platforms(), keep_days)

    @classmethod
    def by_person(cls, settings: Settings, days: int) -> ClearingPolicy:
        """A person names the days; what a platform pulls stays as long as it may ask for it."""
        return cls(settings.delivery_platforms(), max(days, 1, _pulled_days(settings)))


def _pulled_days(settings: Settings) -> int:
    """Days for which a platform that fetches images itself may ask for them; 0 when there is none."""
    pulling = set(settings.enabled_platforms()).intersection(PULLING_PLATFORMS)
    return max((settings.hebei.keep_days for _ in pulling), default=0)


@dataclass(frozen=True, slots=True)
class DeliveredPart:
    """One row of the queue, as far as clearing looks at it.

    Attributes:
        part: Study id of images.
        is_current: What was delivered is what would be sent now.
        is_whole: Every instance it holds is confirmed.
    """

    platform: str
    kind: DeliveryKind
    part: int
    state: DeliveryState
    is_paused: bool
    is_current: bool
    is_whole: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class KeptStudy:
    """What decides whether a study's files may go.

    Attributes:
        files: Files of it that lie on this machine.
        is_stale: Something has changed that was not planned yet.
        is_undecided: A newer version of an image waits for a person.
        is_uneven: Other than the expected number of images came.
        sendable: Images that would be sent.
        confirmed: Of those, confirmed ones.
        last_received_at: When the last image came, or came again after it had been cleared.
    """

    id: int
    examination_id: int | None
    files: int
    size_bytes: int
    lane: Lane
    is_complete: bool
    is_stale: bool
    is_undecided: bool
    is_uneven: bool
    sendable: int
    confirmed: int
    last_received_at: datetime
    deliveries: tuple[DeliveredPart, ...] = field(default=())

    def is_as_before(self, now: KeptStudy | None) -> bool:
        """True when nothing has happened to it since this was read, but that other files of it went."""
        return (
            now is not None and replace(now, files=self.files, size_bytes=self.size_bytes) == self
        )

    @property
    def is_matched(self) -> bool:
        """It belongs to an examination."""
        return self.examination_id is not None

    @property
    def settled_at(self) -> datetime:
        """When the last thing happened to it: an image came, a platform confirmed."""
        return max((self.last_received_at, *(one.updated_at for one in self.deliveries)))

    @property
    def is_unsent(self) -> bool:
        """No platform wants any of it."""
        return all(one.state is DeliveryState.NOT_REQUIRED for one in self.deliveries)


def why_kept(study: KeptStudy, policy: ClearingPolicy, now: datetime) -> Kept | None:
    """The first reason why a study's files stay; None when its confirmed ones may go."""
    return next((reason for reason, holds in _reasons(study, policy, now) if holds), None)


def _reasons(
    study: KeptStudy, policy: ClearingPolicy, now: datetime
) -> Iterable[tuple[Kept, bool]]:
    rows = study.deliveries
    yield Kept.RECEIVING, not study.is_complete or study.lane is Lane.RECEIVING
    yield Kept.NO_RECORD, not study.is_matched and study.lane is not Lane.NOT_REQUIRED
    yield Kept.NO_PLATFORM, not policy.platforms
    yield Kept.UNDECIDED, study.is_undecided
    yield Kept.UNDER_CHANGE, study.is_stale
    yield Kept.PAUSED, any(one.is_paused for one in rows)
    yield Kept.NOT_DELIVERED, not all(_has_all(study, one) for one in policy.platforms)
    yield Kept.NOT_DELIVERED, any(not _is_settled(one) for one in rows)
    yield Kept.COUNT_DIFFERS, study.is_uneven
    age = now - study.settled_at
    if study.is_unsent:
        yield Kept.UNSENT, not policy.unsent_days or study.lane is not Lane.NOT_REQUIRED
        yield Kept.TOO_YOUNG, age < timedelta(days=policy.unsent_days)
        return
    yield Kept.NOT_CONFIRMED, study.lane is not Lane.CONFIRMED
    yield Kept.NOT_CONFIRMED, study.confirmed != study.sendable
    yield Kept.TOO_YOUNG, age < timedelta(days=policy.keep_days)


def _is_settled(row: DeliveredPart) -> bool:
    if row.state is DeliveryState.NOT_REQUIRED or row.kind not in _SENT_KINDS:
        return row.state in (DeliveryState.NOT_REQUIRED, DeliveryState.DELIVERED)
    return row.state is DeliveryState.DELIVERED and row.is_current and row.is_whole


def _has_all(study: KeptStudy, platform: str) -> bool:
    """True when a platform has record and images of the study, or has said that it wants neither."""
    if not study.is_matched:  # set aside by a rule: there is nothing to deliver
        return True
    mine = [one for one in study.deliveries if one.platform == platform]
    if mine and all(one.state is DeliveryState.NOT_REQUIRED for one in mine):
        return True
    undone = [one.updated_at for one in mine if one.kind not in _SENT_KINDS]
    there = [
        one
        for one in mine
        if one.state is DeliveryState.DELIVERED and all(one.updated_at > at for at in undone)
    ]
    has_record = any(one.kind is DeliveryKind.RECORD for one in there)
    has_images = any(one.kind is DeliveryKind.IMAGES and one.part == study.id for one in there)
    return has_record and (has_images or not study.sendable)


def is_wanted_again(study: KeptStudy) -> bool:
    """True when its images have to be sent, or may have to: also while a deletion of them is open (G052)."""
    over = (DeliveryState.DELIVERED, DeliveryState.NOT_REQUIRED, DeliveryState.CANCELLED)
    return any(
        one.state not in over
        for one in study.deliveries
        if one.kind not in _SENT_KINDS or (one.kind is DeliveryKind.IMAGES and one.part == study.id)
    )


def clears_unsent(study: KeptStudy, policy: ClearingPolicy, now: datetime) -> bool:
    """True when files that no platform wants may go with a study that may be cleared."""
    days = policy.unsent_days
    return bool(days) and now - study.settled_at >= timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Volume:
    """A number of studies with their files."""

    studies: int = 0
    files: int = 0
    size_bytes: int = 0

    def plus(self, files: int, size_bytes: int) -> Volume:
        """With one more study."""
        return Volume(self.studies + 1, self.files + files, self.size_bytes + size_bytes)


@dataclass(frozen=True, slots=True)
class ClearingPlan:
    """What a clearing would do, frozen before a person is asked.

    Attributes:
        study_ids: Studies whose files would go, oldest first.
        clearable: They, with the files that would go.
        oldest_at: When the first of them was settled, None when there is none.
        newest_at: When the last was.
        kept: What stays, by reason; parts of clearable studies that were never sent count as ``UNSENT``.
    """

    policy: ClearingPolicy
    study_ids: tuple[int, ...]
    clearable: Volume
    oldest_at: datetime | None
    newest_at: datetime | None
    kept: dict[Kept, Volume]


@dataclass(frozen=True, slots=True)
class ClearingRun:
    """One clearing that is over, or was left half done.

    Attributes:
        actor: "" for the program.
        ended_at: None while it runs or when its process died.
        cleared: What went.
    """

    id: int
    reason: ClearingReason
    actor: str
    began_at: datetime
    ended_at: datetime | None
    cleared: Volume

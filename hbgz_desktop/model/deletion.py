"""Deletions on a platform (2.5): what a person decided, and what of it is done (G010, G052, DESIGN 5.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.delivery import DeliveryState


class AfterDeletion(StrEnum):
    """What becomes of the examination when the platform has deleted it."""

    HOLD = "hold"
    """It is not sent again until a person says so."""
    RESEND = "resend"
    """It goes again, under a new index (G010)."""


class Standing(StrEnum):
    """What deletions mean for an examination's other deliveries to a platform."""

    FREE = "free"
    OPEN = "open"
    """A deletion is not over: nothing else goes."""
    HELD = "held"
    """Deleted by decision, and not to be sent."""


@dataclass(frozen=True, slots=True)
class DeletionWish:
    """What a person asks for.

    Attributes:
        then: What happens after it.
        reason: In the person's words.
        study_id: Study that belongs to another record (wrong patient), None otherwise.
        target_id: Examination that study belongs to.
        index_code: The index the person was shown, "" for whichever is in force.
    """

    then: AfterDeletion
    reason: str = field(repr=False)
    study_id: int | None = None
    target_id: int | None = None
    index_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Deletion:
    """One decision to delete one index, and how far it is.

    Attributes:
        index_id: Row of the register of index codes.
        delivery_id: Its row of the queue.
        state: Of that row.
        finished_at: The platform has deleted it, None before.
        answer_code: Flag or code the platform answered for this index (G052).
        message: Its words, masked.
        undone_at: A person lets a held one go again.
    """

    id: int
    index_id: int
    index_code: str = field(repr=False)
    examination_id: int
    platform: str
    then: AfterDeletion
    reason: str = field(repr=False)
    requested_by: str
    requested_at: datetime
    study_id: int | None
    target_id: int | None
    delivery_id: int
    state: DeliveryState
    cause: str
    finished_at: datetime | None
    answer_code: str
    message: str
    undone_at: datetime | None
    undone_by: str

    @property
    def is_hold(self) -> bool:
        """Deleted, and kept from being sent."""
        is_over = self.finished_at is not None and self.undone_at is None
        return is_over and self.then is AfterDeletion.HOLD


@dataclass(frozen=True, slots=True)
class DeletionScope:
    """Exactly what a deletion would take away at the platform, for the question before it.

    Attributes:
        accessions: The hospital's own accession numbers; one of them has to be typed in.
        images: That were sent to the platform, or may have been.
        reports: The same of reports.
        missing: Images whose file is not on this machine any more: they could not be sent again.
        standing: Whether a deletion is under way, or done.
    """

    examination_id: int
    platform: str
    index_code: str = field(repr=False)
    accessions: tuple[str, ...]
    images: int
    reports: int
    missing: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a correction (G071). Values hold patient data; masked by whoever shows them."""

    name: str
    label: str
    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What a correction changes at the platform.

    Attributes:
        sent_at: When the old values went out.
        corrected_at: When the new ones did, None while they wait.
    """

    sent_at: datetime
    corrected_at: datetime | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class IndexChange:
    """The index an examination was sent with, and the one its record and images ask for by now (DESIGN 5.3).

    Attributes:
        basis: Certificate and time of the new one; a person's word to keep the old one holds for it alone.
    """

    old: str = field(repr=False)
    new: str = field(repr=False)
    basis: str = field(repr=False)

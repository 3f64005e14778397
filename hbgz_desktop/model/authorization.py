"""A patient's authorization to view shared results, as we keep it (V1.5, 2.2.3.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.visit import Visit


class AuthorizationState(StrEnum):
    """What has become of an authorization."""

    WAITING = "waiting"
    """Kept here: it goes out by itself as soon as the platform answers, unless ``is_answer_unknown``."""
    SENDING = "sending"
    """On its way now."""
    AUTHORIZED = "authorized"
    """The platform said yes."""
    REFUSED = "refused"
    """The platform said no: a person corrects the values and sends again."""
    WITHDRAWN = "withdrawn"
    """The patient took it back; V1.5 has no call for that, the platform is not told."""


ANSWER_UNKNOWN = "hebei_answer_unknown"
"""Code of one that waits and may have reached the platform: only a person sends it again (H006)."""

LIVE = (AuthorizationState.WAITING, AuthorizationState.SENDING, AuthorizationState.AUTHORIZED)
"""States in which a second authorization of the same visit is one too many."""


@dataclass(frozen=True, slots=True)
class Authorization:
    """One row of the history.

    Attributes:
        visit: Who, and at which visit; nothing of it is in ``repr``.
        operator: Name of who entered it.
        his_dept_code: On whose behalf it is sent (H046).
        his_user_code: On whose behalf it is sent (H046).
        attempts: How often it was sent.
        next_try_at: When it is sent again by itself; None when it is not waiting, or for a person.
        error_code: Code of the last failure, key of the error texts, or "".
        message: The platform's own words of the last answer, masked.
        created_at: When it was entered.
        sent_at: When the platform accepted it.
        withdrawn_at: When the patient took it back.
        withdrawn_by: Name of who recorded that.
        reason: Why it was taken back, as typed.
    """

    id: int
    visit: Visit = field(repr=False)
    operator: str
    his_dept_code: str
    his_user_code: str
    state: AuthorizationState
    attempts: int
    created_at: datetime
    next_try_at: datetime | None = None
    error_code: str = ""
    message: str = ""
    sent_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    reason: str = field(default="", repr=False)
    token: int = 0
    """Fencing token of the last claim."""

    @property
    def is_answer_unknown(self) -> bool:
        """Whether it waits for a person, because the platform may have it already (H006)."""
        return self.state is AuthorizationState.WAITING and self.error_code == ANSWER_UNKNOWN


@dataclass(frozen=True, slots=True)
class AuthorizationFilter:
    """Which authorizations; an empty field does not narrow.

    Attributes:
        text: Part of name, pinyin, initials, patient number, visit number, or the whole certificate number.
        states: Any of these.
        since: Entered at or after.
        until: Entered before.
    """

    text: str = field(default="", repr=False)
    states: tuple[AuthorizationState, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What submitting gave.

    Attributes:
        authorization: The row, as it is now; None when the values do not allow sending.
        is_known: This visit had been authorized before: ``authorization`` is that row, nothing was sent.
        problems: What stands against sending (errors), or should be completed later (warnings).
    """

    authorization: Authorization | None
    is_known: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPatient:
    """A patient known from a record, a received study, or an earlier authorization.

    Attributes:
        source: ``authorization``, ``record`` or ``study``.
        at: When that was.
        birth_date: ``yyyyMMdd`` or as the source wrote it, "" when unknown.
        visit_no: Out-patient or in-patient number of the record, or the earlier visit's, "" when unknown.
    """

    source: str
    at: datetime
    patient_id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    id_no: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    visit_no: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SlipData:
    """What the printed slip of one authorization says; names and numbers are masked as on screen.

    Attributes:
        hospital: Name of the hospital.
        number: Our own number of the authorization.
        name: Masked.
        id_no: Masked.
        phone: Masked.
        visit_no: In full: the patient has it on other papers too.
        visit_time: As sent.
        state: State now.
        entered_at: When it was entered.
        sent_at: When the platform accepted it, or None.
        withdrawn_at: When it was taken back, or None.
        operator: Who entered it.
    """

    hospital: str
    number: int
    name: str = field(repr=False)
    id_no: str = field(repr=False)
    phone: str = field(repr=False)
    visit_no: str = field(repr=False)
    visit_time: str
    state: AuthorizationState
    entered_at: datetime
    sent_at: datetime | None
    withdrawn_at: datetime | None
    operator: str

"""What an audit row says, and which rows a list shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

OK, REFUSED, FAILED = "ok", "refused", "failed"
OUTCOMES = (OK, REFUSED, FAILED)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which thing, from which account and machine, and how it ended.

    Attributes:
        actor: Name of the operator; of the program itself its system account.
        action: A key of ``model.permissions.ACTIONS``.
        kind: What it was done to (``delivery``, ``study``, ``setting`` …), or "".
        key: Which one: an id of ours, a key, an AE title; never a name or number of a patient.
        facts: More of it; patient data only masked.
        outcome: One of ``OUTCOMES``.
    """

    id: int
    at: datetime
    actor: str
    action: str
    system_account: str = ""
    host: str = ""
    kind: str = ""
    key: str = ""
    study_id: int | None = None
    examination_id: int | None = None
    authorization_id: int | None = None
    facts: dict[str, object] = field(default_factory=dict)
    outcome: str = OK


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows; an empty field does not narrow.

    Attributes:
        since: First moment.
        until: Moment after the last.
        actor: Whose.
        actions: Any of these.
        text: Part of object, key, facts, account or machine.
        outcome: One of ``OUTCOMES``.
        actions_said: Actions whose words hold ``text``; the caller knows the language.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor: str = ""
    actions: tuple[str, ...] = ()
    text: str = ""
    outcome: str = ""
    actions_said: tuple[str, ...] = ()

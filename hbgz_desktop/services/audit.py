"""The audit trail: one place that writes who did what, lists it, and puts it into words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.audit import OK
from hbgz_desktop.model.permissions import ACTIONS
from hbgz_desktop.services.clock_words import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.audit import AuditEntry, AuditFilter
    from hbgz_desktop.model.operator import Operator
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.storage.audit_log import AuditLog


class Audit:
    """Writes and reads the trail. Blocks on the database; safe from any thread.

    What changes rows of ours appends its audit row in the same transaction (``storage.audit_log.add_audit``);
    everything else comes through ``record``.
    """

    def __init__(self, log: AuditLog, who: Callable[[], Operator]) -> None:
        """Write to ``log``; ``who`` says who acts when nobody is named."""
        self._log = log
        self._who = who

    def record(
        self,
        action: str,
        *,
        operator: Operator | str | None = None,
        kind: str = "",
        key: str | int = "",
        outcome: str = OK,
        **facts: object,
    ) -> None:
        """Append one row.

        Args:
            action: A key of ``model.permissions.ACTIONS``.
            operator: Who, or the name of who; None = who acts now.
            kind: What it was done to (``study``, ``setting`` …).
            key: Which one: an id of ours or a key, never a name or number of a patient.
            outcome: ``ok``, ``refused`` or ``failed``.
            facts: ``study``, ``examination``, ``authorization``: ids of ours; the rest free, without
                patient data except masked.

        Raises:
            KeyError: The action is not in the table.
        """
        whose = self._who() if operator is None else operator
        name = whose if isinstance(whose, str) else whose.name
        self._log.add(name, action, kind=kind, key=key, outcome=outcome, **facts)

    def ids(
        self, wanted: AuditFilter, *, sort: str = "at", descending: bool = True
    ) -> tuple[int, ...]:
        """Ids that match now, newest first unless told otherwise."""
        return self._log.ids(wanted, sort=sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> tuple[AuditEntry, ...]:
        """Rows of these ids, in any order."""
        return self._log.rows(ids)

    def page(self, wanted: AuditFilter, limit: int = 200) -> tuple[AuditEntry, ...]:
        """The newest rows that match, newest first."""
        ids = self._log.ids(wanted)[:limit]
        found = {row.id: row for row in self._log.rows(ids)}
        return tuple(found[one] for one in ids if one in found)

    def count(self, wanted: AuditFilter) -> int:
        """How many match."""
        return self._log.count(wanted)

    def actors(self) -> tuple[str, ...]:
        """Names that stand in the trail."""
        return self._log.actors()

    def actions(self) -> tuple[str, ...]:
        """Actions that stand in the trail."""
        return self._log.actions()

    def trim_by_rule(self, keep_days: int) -> int:
        """Delete what is older than so many days, some thousand rows at a time; 0 keeps everything.

        Returns:
            How many rows went.
        """
        if not keep_days:
            return 0
        return self._log.trim(datetime.now(UTC) - timedelta(days=keep_days), self._who().name)


class AuditWords:
    """Audit rows in words of one language."""

    def __init__(self, texts: ErrorTexts) -> None:
        """Take the texts."""
        self._texts = texts
        self._known = frozenset(texts.codes())

    def action(self, code: str) -> str:
        """What was done."""
        return self._title(f"audit_{code}", code)

    def outcome(self, code: str) -> str:
        """How it ended."""
        return self._title(f"word_outcome_{code}", code)

    def thing(self, row: AuditEntry) -> str:
        """To what it was done: its kind and key in words (设置 dicom.port)."""
        kind = self._title(f"word_kind_{row.kind}", row.kind) if row.kind else ""
        many = row.facts.get("deliveries") or row.facts.get("examinations") or row.facts.get("rows")
        count = f"× {len(many)}" if isinstance(many, list) and len(many) > 1 else ""
        return " ".join(filter(None, (kind, row.key, count)))

    def details(self, row: AuditEntry) -> str:
        """What else is known, as name=value."""
        return "  ".join(f"{name}={_short(value)}" for name, value in row.facts.items())

    def said(self, text: str) -> tuple[str, ...]:
        """Actions whose words hold a text: so that a search finds what a person reads."""
        wanted = text.strip().casefold()
        return tuple(code for code in ACTIONS if wanted and wanted in self.action(code).casefold())

    def line(self, row: AuditEntry) -> tuple[object, ...]:
        """Time, who, action, object, outcome, account, machine, details."""
        return (
            f"{row.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}",
            row.actor,
            self.action(row.action),
            self.thing(row),
            self.outcome(row.outcome),
            row.system_account,
            row.host,
            self.details(row),
        )

    def _title(self, key: str, otherwise: str) -> str:
        return self._texts.of(key).title if key in self._known else otherwise


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

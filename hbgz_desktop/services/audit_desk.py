"""What 操作记录 asks for: IT sees everyone's rows, a clerk their own. Every method blocks on the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hbgz_desktop.model.audit import AuditEntry, AuditFilter
    from hbgz_desktop.services.audit import AuditWords
    from hbgz_desktop.services.console import ConsoleServices

EXPORT_BATCH = 500


@dataclass(frozen=True, slots=True)
class AuditLook:
    """What stands around the list, of one moment.

    Attributes:
        matching: Rows the filter means.
        everything: Rows this person may see at all.
        actors: Names to choose from; empty for who sees only their own.
        actions: Action codes to choose from.
    """

    matching: int
    everything: int
    actors: tuple[str, ...]
    actions: tuple[str, ...]


class AuditDesk:
    """Built on the console's services; safe from any thread."""

    def __init__(self, services: ConsoleServices, words: AuditWords) -> None:
        """Ask ``services``; ``words`` says what a search for words means."""
        self._services = services
        self._audit = services.audit
        self._words = words

    @property
    def sees_everyone(self) -> bool:
        """True when rows of other people may be seen; no I/O."""
        return self._services.accounts.may("audit_of_others")

    def _allowed(self, wanted: AuditFilter) -> AuditFilter:
        if not self.sees_everyone:
            wanted = replace(wanted, actor=self._services.actor)
        return replace(wanted, actions_said=self._words.said(wanted.text))

    def ids(
        self, wanted: AuditFilter, *, sort: str = "at", descending: bool = True
    ) -> tuple[int, ...]:
        """Ids that match now and may be seen, in order."""
        return self._audit.ids(self._allowed(wanted), sort=sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> tuple[AuditEntry, ...]:
        """Rows of these ids, in any order."""
        return self._audit.rows(ids)

    def look(self, wanted: AuditFilter, everything: AuditFilter) -> AuditLook:
        """Numbers and choices around the list."""
        return AuditLook(
            matching=self._audit.count(self._allowed(wanted)),
            everything=self._audit.count(self._allowed(everything)),
            actors=self._audit.actors() if self.sees_everyone else (),
            actions=self._audit.actions(),
        )

    def batches(self, ids: Sequence[int]) -> Iterator[list[tuple[object, ...]]]:
        """Rows of these ids as lines of a table, some hundred at a time."""
        for start in range(0, len(ids), EXPORT_BATCH):
            some = ids[start : start + EXPORT_BATCH]
            found = {row.id: row for row in self._audit.rows(some)}
            yield [self._words.line(found[one]) for one in some if one in found]

"""Local value → standard code, by platform and code set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, and_, case, delete, func, insert, select, tuple_, update

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.model.mapping_views import MappingEntry, WaitingValue
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.status import Mapping
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import deliveries, mappings, problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hbgz_desktop.storage.database import Database

_BATCH = 50
_CODE_UNKNOWN = "code_unknown"
ItemT = TypeVar("ItemT")
_IS_HELD = and_(
    deliveries.c.state == DeliveryState.BLOCKED.value,
    deliveries.c.blocked_reason == BlockedReason.NEEDS_FIX.value,
)
_RECORD_OF_PROBLEM = and_(
    deliveries.c.examination_id == problems.c.examination_id,
    deliveries.c.platform == problems.c.platform,
    deliveries.c.kind == DeliveryKind.RECORD.value,
)


class MappingStore:
    """Repository of the mapping table."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def all(self, platform: str, code_set: str = "") -> tuple[Mapping, ...]:
        """Mappings of a platform, of one code set when given, by local value."""
        query = select(mappings).where(mappings.c.platform == platform)
        if code_set:
            query = query.where(mappings.c.code_set == code_set)
        query = query.order_by(mappings.c.code_set, mappings.c.local_value)
        with self._database.read() as connection:
            return tuple(
                Mapping(
                    row.platform,
                    row.code_set,
                    row.local_value,
                    row.standard_code,
                    row.set_by,
                    row.set_at,
                )
                for row in connection.execute(query)
            )

    def table(self, platform: str) -> dict[tuple[str, str], str]:
        """(code set, local value) → standard code, for the checker."""
        return {(one.code_set, one.local_value): one.standard_code for one in self.all(platform)}

    def waiting(self, platform: str) -> tuple[WaitingValue, ...]:
        """Local values without a code, those that hold up most first."""
        held = case((_IS_HELD, problems.c.examination_id))
        number = func.count(held.distinct())
        query = (
            select(
                problems.c.code_set,
                problems.c.value,
                func.group_concat(problems.c.field.distinct()).label("fields"),
                func.count(problems.c.examination_id.distinct()).label("seen"),
                number.label("held"),
            )
            .outerjoin(deliveries, _RECORD_OF_PROBLEM)
            .where(
                problems.c.platform == platform,
                problems.c.rule == _CODE_UNKNOWN,
                problems.c.severity == Severity.ERROR.value,
                problems.c.code_set != "",
            )
            .group_by(problems.c.code_set, problems.c.value)
            .order_by(number.desc(), problems.c.value)
        )
        with self._database.read() as connection:
            return tuple(
                WaitingValue(
                    row.code_set,
                    row.value,
                    tuple(sorted(row.fields.split(","))),
                    row.seen,
                    row.held,
                )
                for row in connection.execute(query)
            )

    def held_by(self, platform: str, keys: Iterable[tuple[str, str]]) -> tuple[int, ...]:
        """Examinations that wait in 待处理 on one of these (code set, local value)."""
        found: set[int] = set()
        for batch in _batches(sorted(set(keys))):
            query = (
                select(problems.c.examination_id)
                .join(deliveries, _RECORD_OF_PROBLEM)
                .where(
                    problems.c.platform == platform,
                    problems.c.severity == Severity.ERROR.value,
                    _IS_HELD,
                    tuple_(problems.c.code_set, problems.c.value).in_(batch),
                )
                .distinct()
            )
            with self._database.read() as connection:
                found.update(connection.execute(query).scalars())
        return tuple(sorted(found))

    def set(
        self, platform: str, code_set: str, local_value: str, standard_code: str, actor: str
    ) -> str:
        """Save one mapping; returns the code that was there before, "" when none was."""
        entry = MappingEntry(code_set, local_value, standard_code)
        return self.set_many(platform, (entry,), actor)[0].standard_code

    def unset(self, platform: str, code_set: str, local_value: str, actor: str) -> bool:
        """Remove one mapping; False when there was none."""
        entry = MappingEntry(code_set, local_value, "")
        return bool(self.set_many(platform, (entry,), actor)[0].standard_code)

    def set_many(
        self, platform: str, entries: Iterable[MappingEntry], actor: str
    ) -> tuple[MappingEntry, ...]:
        """Save or remove lines, fifty to a transaction.

        Returns:
            What was there before, in the same order: given back to ``set_many`` it undoes all.
        """
        before: list[MappingEntry] = []
        for batch in _batches(list(entries)):
            with self._database.write() as connection:
                for one in batch:
                    old = _change(connection, platform, one, actor)
                    before.append(MappingEntry(one.code_set, one.local_value, old))
        return tuple(before)


def _batches(items: list[ItemT]) -> Iterator[list[ItemT]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _change(connection: Connection, platform: str, entry: MappingEntry, actor: str) -> str:
    """Write, change or remove one line; the code that was there before."""
    line = (
        mappings.c.platform == platform,
        mappings.c.code_set == entry.code_set,
        mappings.c.local_value == entry.local_value,
    )
    old = connection.execute(select(mappings.c.standard_code).where(*line)).scalar() or ""
    code = entry.standard_code
    if not old and not code:
        return ""
    values = {"standard_code": code, "set_by": actor, "set_at": datetime.now(UTC)}
    if not code:
        connection.execute(delete(mappings).where(*line))
    elif old:
        connection.execute(update(mappings).where(*line).values(values))
    else:
        own = {"code_set": entry.code_set, "local_value": entry.local_value}
        connection.execute(insert(mappings), {"platform": platform, **own, **values})
    kind = "mapping_set" if code else "mapping_unset"
    add_event(connection, kind, platform=platform, code_set=entry.code_set)
    add_audit(
        connection,
        actor,
        kind,
        kind="mapping",
        key=entry.code_set,
        code_set=entry.code_set,
        local=entry.local_value,
        old=old,
        new=code,
    )
    return old

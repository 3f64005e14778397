"""What the rules of what is uploaded look at, read in batches for many examinations at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, and_, select

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries, examinations, records, studies, worklist
from hbgz_desktop.storage.worklist import set_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

_BATCH = 400
_OPEN = tuple(
    state.value
    for state in (
        DeliveryState.BLOCKED,
        DeliveryState.READY,
        DeliveryState.RETRYING,
        DeliveryState.FAILED,
        DeliveryState.NOT_REQUIRED,
    )
)
"""States that a rule may change."""


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """One examination, or one study without a record (``examination_id`` None).

    Attributes:
        fields: Of the record as the source wrote them; empty without one.
        skipped: Rule by which it is not sent now, "" when it is.
    """

    examination_id: int | None
    study_id: int | None
    modalities: tuple[str, ...]
    source: str
    fields: dict[str, str]
    skipped: str


class ScopeFactStore(Repository):
    """Reads what rules need; writes only which studies without a record are set aside."""

    def open_examinations(self, platform: str) -> Iterator[ScopeFacts]:
        """Those whose record may still go or stay, oldest first; one short read a batch."""
        record_row = and_(
            deliveries.c.examination_id == examinations.c.id,
            deliveries.c.platform == platform,
            deliveries.c.kind == DeliveryKind.RECORD.value,
        )
        query = (
            _examinations(deliveries.c.state, deliveries.c.cause)
            .join(deliveries, record_row)
            .where(deliveries.c.state.in_(_OPEN))
        )
        return self._in_batches(query)

    def examinations_since(self, since: datetime) -> Iterator[ScopeFacts]:
        """All whose record came since then, sent or not."""
        return self._in_batches(_examinations().where(records.c.imported_at >= since))

    def studies_without_record(self, since: datetime | None = None) -> tuple[ScopeFacts, ...]:
        """Complete studies that wait for a record, or are set aside."""
        lanes = (Lane.NO_RECORD.value, Lane.NOT_REQUIRED.value)
        query = select(
            worklist.c.study_id, worklist.c.modality, worklist.c.lane, worklist.c.detail
        ).where(
            worklist.c.examination_id.is_(None),
            worklist.c.study_id.is_not(None),
            worklist.c.lane.in_(lanes),
        )
        if since is not None:
            query = query.where(worklist.c.at >= since)
        with self._database.read() as connection:
            return tuple(
                ScopeFacts(None, row.study_id, (row.modality,), "", {}, row.detail)
                for row in connection.execute(query)
            )

    def set_aside(self, decided: Iterable[tuple[int, str]]) -> int:
        """Note of studies without a record by which rule they need not go, "" = they do.

        Returns:
            How many of their lines changed.
        """
        wanted = list(decided)
        changed = 0
        for start in range(0, len(wanted), _BATCH):
            with self._database.write() as connection:
                changed += sum(
                    set_aside(connection, *one) for one in wanted[start : start + _BATCH]
                )
        return changed

    def _in_batches(self, query: Select[Any]) -> Iterator[ScopeFacts]:
        last = 0
        while True:
            page = query.where(examinations.c.id > last).order_by(examinations.c.id).limit(_BATCH)
            with self._database.read() as connection:
                rows = connection.execute(page).all()
                modalities = _modalities(connection, [row.id for row in rows])
            if not rows:
                return
            yield from (_facts(row, modalities.get(row.id, ())) for row in rows)
            last = rows[-1].id


def _examinations(*columns: Any) -> Select[Any]:
    return select(examinations.c.id, records.c.source, records.c.fields, *columns).join(
        records, records.c.id == examinations.c.record_id
    )


def _modalities(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(studies.c.examination_id, studies.c.modality)
        .where(studies.c.examination_id.in_(ids))
        .order_by(studies.c.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.examination_id] = (*found.get(row.examination_id, ()), row.modality)
    return found


def _facts(row: Row[Any], modalities: tuple[str, ...]) -> ScopeFacts:
    values = row._mapping
    is_skipped = values.get("state") == DeliveryState.NOT_REQUIRED.value
    return ScopeFacts(
        examination_id=row.id,
        study_id=None,
        modalities=modalities,
        source=row.source,
        fields=json.loads(row.fields),
        skipped=values["cause"] if is_skipped else "",
    )

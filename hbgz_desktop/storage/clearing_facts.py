"""What is known of studies whose files lie here, as the rule of ``model.retention`` asks for it; and past runs."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, false, func, insert, select, text, update

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.retention import (
    ClearingReason,
    ClearingRun,
    DeliveredPart,
    KeptStudy,
    Volume,
)
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import (
    clearing_runs,
    deliveries,
    examinations,
    studies,
    worklist,
)
from hbgz_desktop.storage.tables.reception import HAS_FILES
from hbgz_desktop.storage.undecided import IS_UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Sequence

_STUDIES = (
    select(
        studies.c.id,
        studies.c.examination_id,
        studies.c.state,
        studies.c.file_count,
        studies.c.file_bytes,
        studies.c.sendable_count,
        studies.c.confirmed_count,
        studies.c.last_received_at,
        worklist.c.lane,
        func.coalesce(examinations.c.is_stale, false()).label("is_stale"),
        IS_UNDECIDED.label("is_undecided"),
        func.coalesce(studies.c.expected_count != studies.c.instance_count, false()).label(
            "is_uneven"
        ),
    )
    .join(worklist, worklist.c.study_id == studies.c.id)
    .outerjoin(examinations, examinations.c.id == studies.c.examination_id)
    .order_by(studies.c.completed_at, studies.c.id)
)

_QUEUE = select(
    deliveries.c.examination_id,
    deliveries.c.platform,
    deliveries.c.kind,
    deliveries.c.part,
    deliveries.c.state,
    deliveries.c.is_paused,
    deliveries.c.content_digest,
    deliveries.c.sent_digest,
    deliveries.c.items_confirmed,
    deliveries.c.items_total,
    deliveries.c.updated_at,
).order_by(deliveries.c.id)


def kept_studies(connection: Connection, ids: Sequence[int]) -> tuple[KeptStudy, ...]:
    """Facts of at most some hundred studies, those that were complete first in front."""
    rows = connection.execute(_STUDIES.where(studies.c.id.in_(ids))).all()
    joined = {row.examination_id for row in rows if row.examination_id is not None}
    queue: dict[int, list[DeliveredPart]] = defaultdict(list)
    if joined:
        query = _QUEUE.where(deliveries.c.examination_id.in_(joined))
        for one in connection.execute(query):
            queue[one.examination_id].append(_part(one))
    return tuple(
        KeptStudy(
            id=row.id,
            examination_id=row.examination_id,
            files=row.file_count,
            size_bytes=row.file_bytes,
            lane=Lane(row.lane),
            is_complete=row.state == "complete",
            is_stale=bool(row.is_stale),
            is_undecided=bool(row.is_undecided),
            is_uneven=bool(row.is_uneven),
            sendable=row.sendable_count,
            confirmed=row.confirmed_count,
            last_received_at=row.last_received_at,
            deliveries=tuple(queue.get(row.examination_id, ())),
        )
        for row in rows
    )


def _part(row: Any) -> DeliveredPart:
    return DeliveredPart(
        platform=row.platform,
        kind=DeliveryKind(row.kind),
        part=row.part,
        state=DeliveryState(row.state),
        is_paused=row.is_paused,
        is_current=row.content_digest == row.sent_digest,
        is_whole=row.items_confirmed == row.items_total,
        updated_at=row.updated_at,
    )


class ClearingFacts(Repository):
    """Read side of clearing, and the book of runs."""

    def with_files(
        self, *, after: tuple[datetime | None, int] = (None, 0), limit: int = 200
    ) -> tuple[tuple[datetime | None, int], ...]:
        """(complete at, id) of studies with files here, oldest first, by ``ix_studies_files``.

        Args:
            after: The last one of the page before; studies that were never complete come first.
            limit: At most so many.
        """
        at, last = after
        beyond = studies.c.completed_at.is_not(None) | (studies.c.id > last)
        if at is not None:
            beyond = (studies.c.completed_at > at) | (
                (studies.c.completed_at == at) & (studies.c.id > last)
            )
        query = (
            select(studies.c.completed_at, studies.c.id)
            .where(text(HAS_FILES), beyond)
            .order_by(studies.c.completed_at, studies.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple((row.completed_at, row.id) for row in connection.execute(query))

    def facts(self, ids: Sequence[int]) -> tuple[KeptStudy, ...]:
        """As ``kept_studies``."""
        with self._database.read() as connection:
            return kept_studies(connection, ids)

    def on_disk(self) -> Volume:
        """Everything that lies here."""
        query = select(
            func.count(),
            func.coalesce(func.sum(studies.c.file_count), 0),
            func.coalesce(func.sum(studies.c.file_bytes), 0),
        ).where(text(HAS_FILES))
        with self._database.read() as connection:
            row = connection.execute(query).one()
        return Volume(int(row[0]), int(row[1]), int(row[2]))

    def received_since(self, since: datetime) -> int:
        """Bytes of the studies whose last image came since then, cleared or not."""
        query = select(
            func.coalesce(func.sum(studies.c.file_bytes + studies.c.cleared_bytes), 0)
        ).where(studies.c.last_received_at >= since)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def first_received_at(self) -> datetime | None:
        """When the first image of all came."""
        query = select(studies.c.first_received_at).order_by(studies.c.id).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    # Runs

    def begin_run(self, reason: ClearingReason, actor: str) -> int:
        """A clearing begins; its id."""
        values = {"reason": reason.value, "actor": actor, "began_at": datetime.now(UTC)}
        with self._database.write() as connection:
            result = connection.execute(insert(clearing_runs).returning(clearing_runs.c.id), values)
            return int(result.scalar_one())

    def end_run(self, run_id: int) -> None:
        """It is over, stopped or not."""
        with self._database.write() as connection:
            connection.execute(
                update(clearing_runs)
                .where(clearing_runs.c.id == run_id)
                .values(ended_at=datetime.now(UTC))
            )

    def last_run(self) -> ClearingRun | None:
        """The newest clearing that did anything, or runs."""
        query = select(clearing_runs).order_by(clearing_runs.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        cleared = Volume(row.studies, row.files, row.bytes)
        return ClearingRun(
            row.id, ClearingReason(row.reason), row.actor, row.began_at, row.ended_at, cleared
        )

    @staticmethod
    def _count_run(connection: Connection, run_id: int, gone: Volume) -> None:
        connection.execute(
            update(clearing_runs)
            .where(clearing_runs.c.id == run_id)
            .values(
                files=clearing_runs.c.files + gone.files,
                bytes=clearing_runs.c.bytes + gone.size_bytes,
            )
        )

    def count_study(self, run_id: int) -> None:
        """One more study of this run is done."""
        with self._database.write() as connection:
            connection.execute(
                update(clearing_runs)
                .where(clearing_runs.c.id == run_id)
                .values(studies=clearing_runs.c.studies + 1)
            )

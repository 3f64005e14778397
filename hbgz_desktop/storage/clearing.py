"""Which files may be cleared, and the three steps in which it is done (DESIGN 5.7).

``doomed`` looks at everything, image by image; ``mark`` writes down what will go, in a transaction that
first makes sure that nothing has changed since; only then are files removed; ``settle`` says that they are
gone. Whoever dies between two steps leaves rows that ``pending`` names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    text,
    update,
)

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.instance import FileState
from hbgz_desktop.model.retention import Volume, clears_unsent, is_wanted_again, why_kept
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.clearing_facts import ClearingFacts, kept_studies
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import deliveries, delivery_items, instances, studies
from hbgz_desktop.storage.tables.reception import FILE_IS_OPEN
from hbgz_desktop.storage.worklist import mark_stale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason, KeptStudy

SLICE = 500
"""Files of one step: a transaction of it holds the write lock for less than 50 ms."""
_IS_SENT_VERSION = and_(instances.c.is_current, instances.c.is_sendable)
_LIES_HERE = instances.c.file_state.in_((FileState.STORED.value, FileState.LOST.value))
_IS_CLEARING = (instances.c.file_state == FileState.CLEARING.value, text(FILE_IS_OPEN))
_INTEND = (
    update(instances)
    .where(instances.c.id == bindparam("row"))
    .values(file_state=FileState.CLEARING.value, file_meta=bindparam("head"))
)


@dataclass(frozen=True, slots=True)
class DoomedFile:
    """A file that is to go.

    Attributes:
        path: Relative to the spool; the row may name another one by the time it is settled.
        has_thumbnail: There is a small picture of it.
    """

    instance_id: int
    study_id: int
    path: str
    size_bytes: int
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class Doomed:
    """A study as it was looked at, and files of it that may go as long as it is so."""

    study: KeptStudy
    files: tuple[DoomedFile, ...]


def _is_confirmed_by(platform: str) -> ColumnElement[bool]:
    """The platform answered to the very bytes that lie here, under the examination the study belongs to."""
    item, row = delivery_items.alias(), deliveries.alias()
    return (
        exists()
        .where(
            item.c.instance_id == instances.c.id,
            item.c.delivery_id == row.c.id,
            item.c.confirmed_at.is_not(None),
            item.c.sent_md5 == instances.c.md5,
            row.c.examination_id == bindparam("examination"),
            row.c.platform == platform,
            row.c.kind == DeliveryKind.IMAGES.value,
            row.c.part == instances.c.study_id,
            row.c.state == DeliveryState.DELIVERED.value,
        )
        .correlate(instances)
    )


def _is_verified(study: KeptStudy) -> ColumnElement[bool]:
    """A file that every platform which has the study's images has confirmed, and whose digests are known."""
    takers = {
        one.platform
        for one in study.deliveries
        if one.kind is DeliveryKind.IMAGES
        and one.part == study.id
        and one.state is DeliveryState.DELIVERED
    }
    if not takers:
        return false()
    return and_(
        _IS_SENT_VERSION,
        instances.c.confirmed_at.is_not(None),
        instances.c.sha256.is_not(None),
        *(_is_confirmed_by(one) for one in sorted(takers)),
    )


def _may_go(study: KeptStudy, policy: ClearingPolicy, now: datetime) -> ColumnElement[bool]:
    has_digests = instances.c.sha256.is_not(None)
    if study.is_unsent:
        return has_digests
    verified = _is_verified(study)
    if not clears_unsent(study, policy, now):
        return verified
    return or_(verified, and_(not_(_IS_SENT_VERSION), has_digests))


class ClearingStore(ClearingFacts):
    """Repository of clearings. Every public method is one short transaction, safe from any process."""

    def doomed(
        self, study_id: int, policy: ClearingPolicy, now: datetime, limit: int = SLICE
    ) -> Doomed | None:
        """What of a study might go now, image by image; ``mark`` decides. None when it stays."""
        with self._database.read() as connection:
            study = next(iter(kept_studies(connection, (study_id,))), None)
            if study is None or why_kept(study, policy, now) is not None:
                return None
            if not study.is_unsent and _has_unverified(connection, study):
                return None
            query = (
                select(
                    instances.c.id,
                    instances.c.study_id,
                    instances.c.path,
                    instances.c.size_bytes,
                    instances.c.thumbnail,
                )
                .where(instances.c.study_id == study.id, _LIES_HERE, _may_go(study, policy, now))
                .order_by(instances.c.id)
                .limit(limit)
            )
            rows = connection.execute(query, _facts(study)).all()
        return Doomed(study, tuple(_file(row) for row in rows)) if rows else None

    def mark(
        self, doomed: Doomed, heads: Mapping[int, str], *, reason: ClearingReason, actor: str
    ) -> bool:
        """Write down that these files go, if nothing about the study has changed since it was looked at.

        A late image, another version, a correction or a retry that came before this transaction changes
        the facts and keeps the files; one that comes after it finds them gone, and says so.

        Args:
            doomed: As ``doomed`` found it.
            heads: Instance → version name in its file's header.
            reason: For the trail.
            actor: Who clears, for the trail.

        Returns:
            True when the files may be removed from now on.
        """
        study, files = doomed.study, doomed.files
        rows = [{"row": one.instance_id, "head": heads[one.instance_id]} for one in files]
        with self._database.write() as connection:
            if not study.is_as_before(next(iter(kept_studies(connection, (study.id,))), None)):
                return False
            connection.execute(_INTEND, rows)
            add_audit(
                connection,
                actor,
                "images_cleared",
                kind="study",
                key=study.id,
                study=study.id,
                examination=study.examination_id,
                images=len(files),
                bytes=sum(one.size_bytes for one in files),
                reason=reason.value,
            )
        return True

    def volume_of(self, study: KeptStudy, policy: ClearingPolicy, now: datetime) -> tuple[int, int]:
        """(files, bytes) that would go, of a study that may be cleared."""
        goes = and_(_LIES_HERE, _may_go(study, policy, now))
        unverified = and_(_IS_SENT_VERSION, not_(_is_verified(study)))
        query = select(
            func.coalesce(func.sum(case((goes, 1), else_=0)), 0),
            func.coalesce(func.sum(case((goes, instances.c.size_bytes), else_=0)), 0),
            func.coalesce(func.sum(case((unverified, 1), else_=0)), 0),
        ).where(instances.c.study_id == study.id)
        with self._database.read() as connection:
            row = connection.execute(query, _facts(study)).one()
        is_kept = row[2] and not study.is_unsent
        return (0, 0) if is_kept else (int(row[0]), int(row[1]))

    def pending(self, *, after: int = 0, limit: int = SLICE) -> tuple[DoomedFile, ...]:
        """Files whose clearing was begun and is not settled, by growing instance id."""
        query = (
            select(
                instances.c.id,
                instances.c.study_id,
                instances.c.path,
                instances.c.size_bytes,
                instances.c.thumbnail,
            )
            .where(*_IS_CLEARING, instances.c.id > after)
            .order_by(instances.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(_file(row) for row in connection.execute(query))

    def pending_count(self) -> int:
        """How many there are."""
        query = select(func.count()).select_from(instances).where(*_IS_CLEARING)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def give_back(self, files: Sequence[DoomedFile]) -> frozenset[int]:
        """Take a clearing back that was begun and not ended, where by now a file is needed here after all.

        The platform has deleted its images since, or is asked to; or a platform is to get them still.

        Args:
            files: Of ``pending``, those whose file is there yet.

        Returns:
            Instances that are kept; they are planned again.
        """
        kept: set[int] = set()
        with self._database.write() as connection:
            for study in kept_studies(connection, tuple({one.study_id for one in files})):
                mine = [one.instance_id for one in files if one.study_id == study.id]
                kept.update(_give_back(connection, study, mine))
        return frozenset(kept)

    def settle(self, files: Sequence[DoomedFile], run_id: int | None = None) -> Volume:
        """These files are gone. One that came again meanwhile lies under another name and is left alone.

        Returns:
            What is cleared by this call.
        """
        now = datetime.now(UTC)
        gone: dict[int, list[int]] = {}
        with self._database.write() as connection:
            rows = connection.execute(
                update(instances)
                .where(
                    instances.c.id.in_([one.instance_id for one in files]),
                    instances.c.path.in_([one.path for one in files]),
                    instances.c.file_state == FileState.CLEARING.value,
                )
                .values(file_state=FileState.CLEARED.value, cleared_at=now)
                .returning(instances.c.study_id, instances.c.size_bytes)
            ).all()
            for row in rows:
                gone.setdefault(row.study_id, []).append(row.size_bytes)
            for study_id, sizes in gone.items():
                _count_off(connection, study_id, sizes, now)
            volume = Volume(len(gone), len(rows), sum(map(sum, gone.values())))
            if run_id is not None and rows:
                self._count_run(connection, run_id, volume)
        return volume


def _give_back(connection: Connection, study: KeptStudy, ids: Sequence[int]) -> Sequence[int]:
    if study.is_unsent:
        return ()
    may_go = or_(_is_verified(study), not_(_IS_SENT_VERSION))
    statement = (
        update(instances)
        .where(instances.c.id.in_(ids), instances.c.file_state == FileState.CLEARING.value)
        .values(file_state=FileState.STORED.value, file_meta="")
        .returning(instances.c.id)
    )
    if not is_wanted_again(study):
        statement = statement.where(not_(may_go))
    kept = connection.execute(statement, _facts(study)).scalars().all()
    if kept and study.examination_id is not None:
        mark_stale(connection, study.examination_id)
    return kept


def _facts(study: KeptStudy) -> dict[str, object]:
    return {"examination": study.examination_id}


def _has_unverified(connection: Connection, study: KeptStudy) -> bool:
    """True when one image that is to be sent is not proved, whether its file lies here or not."""
    query = select(instances.c.id).where(
        instances.c.study_id == study.id, _IS_SENT_VERSION, not_(_is_verified(study))
    )
    return connection.execute(query.limit(1), _facts(study)).first() is not None


def _count_off(connection: Connection, study_id: int, sizes: Sequence[int], now: datetime) -> None:
    size = sum(sizes)
    row = connection.execute(
        update(studies)
        .where(studies.c.id == study_id)
        .values(
            file_count=studies.c.file_count - len(sizes),
            file_bytes=studies.c.file_bytes - size,
            cleared_bytes=studies.c.cleared_bytes + size,
            cleared_at=now,
        )
        .returning(studies.c.examination_id)
    ).first()
    add_event(
        connection,
        "study_cleared",
        study_id=study_id,
        examination_id=row.examination_id if row is not None else None,
        images=len(sizes),
    )


def _file(row: Any) -> DoomedFile:
    return DoomedFile(row.id, row.study_id, row.path, row.size_bytes, row.thumbnail == "ok")

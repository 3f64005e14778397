"""Rows of what was received: one adaptive batch a transaction, duplicates recognised, digests added later."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from hbgz_desktop.model.instance import (
    GONE_ON_PURPOSE,
    Committed,
    FileState,
    InstanceHeader,
    KnownInstance,
    StoredInstance,
)
from hbgz_desktop.storage.arrival_statements import ArrivalStatements
from hbgz_desktop.storage.cleared_files import ClearedFiles
from hbgz_desktop.storage.columns import microseconds
from hbgz_desktop.storage.database import Database, inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.search_keys import name_key
from hbgz_desktop.storage.tables import instances, quarantine, series, studies
from hbgz_desktop.storage.worklist import mark_stale, refresh_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_K = TypeVar("_K")
_CACHE_SIZE = 4096
_BATCH = 200
_FIND_STUDY = select(studies.c.id).where(studies.c.study_instance_uid == bindparam("uid"))
_FIND_SERIES = select(series.c.id).where(
    series.c.study_id == bindparam("study_id"), series.c.series_instance_uid == bindparam("uid")
)
_FIND_CURRENT = select(instances.c.path, instances.c.file_state).where(
    instances.c.series_id == bindparam("series"),
    instances.c.sop_instance_uid == bindparam("uid"),
    instances.c.is_current,
)
_RETIRE = (
    update(instances)
    .where(
        instances.c.series_id == bindparam("series"),
        instances.c.sop_instance_uid == bindparam("uid"),
        instances.c.is_current,
        instances.c.confirmed_at.is_(None),
    )
    .values(is_current=False)
    .returning(instances.c.is_sendable, instances.c.sent_at)
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Growth:
    """What one batch adds to one study; the counts are of current instances."""

    files: int = 0
    bytes: int = 0
    current: int = 0
    sendable: int = 0
    sent: int = 0
    has_changed: bool = False
    last_at: datetime = _LONG_AGO
    series: dict[int, int] = field(default_factory=dict)


class Reception:
    """Write side of the receiver. ``commit`` is called by one thread at a time (the committer); the rest by any.

    Attributes:
        cleared: Files that were cleared and come again.
    """

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database
        self.cleared = ClearedFiles(database)
        self._arrival = ArrivalStatements(database.engine.dialect)
        self._studies: OrderedDict[str, int] = OrderedDict()
        self._series: OrderedDict[tuple[int, str], int] = OrderedDict()

    @staticmethod
    def prepare() -> None:
        """Load the pinyin dictionary (0.6 s) before a first patient needs it inside a transaction."""
        name_key("测试")

    def commit(self, batch: Sequence[StoredInstance]) -> tuple[Committed, ...]:
        """Write a batch in one transaction (DESIGN 5.1); the caller answers its peers only afterwards.

        Returns:
            One result an instance, in order; ``known`` set where the same UID is already stored and the
            instance came with ``version`` 1: nothing was written for it.

        Raises:
            StorageError: Nothing of the batch was written.
        """
        growth: dict[int, _Growth] = {}
        try:
            with self._database.write() as connection:
                results = tuple(self._add(connection, item, growth) for item in batch)
                self._grow(connection, growth)
        except BaseException:
            self._studies.clear()
            self._series.clear()
            raise
        return results

    def _add(
        self, connection: Connection, item: StoredInstance, growth: dict[int, _Growth]
    ) -> Committed:
        study_id = self._study_id(connection, item)
        series_id = self._series_id(connection, study_id, item.header)
        key = {"series": series_id, "uid": item.header.sop_instance_uid}
        newest = self._arrival.find_newest.first(connection, key)
        if newest is not None and item.version == 1:
            return Committed(0, study_id, self._known(connection, study_id, key, newest))
        grown = growth.setdefault(study_id, _Growth())
        grown.files += 1
        grown.bytes += item.size_bytes
        if newest is None:
            item = replace(item, version=1, takes_over=True)
            grown.current += 1
            grown.sendable += item.is_sendable
            grown.series[series_id] = grown.series.get(series_id, 0) + 1
        else:
            item = self._supersede(connection, item, key, grown)
            item = replace(item, version=newest[1] + 1)
        grown.last_at = max(item.received_at, grown.last_at)
        return Committed(self._insert(connection, item, study_id, series_id), study_id)

    @staticmethod
    def _known(
        connection: Connection, study_id: int, key: dict[str, object], newest: tuple[Any, ...]
    ) -> KnownInstance:
        row_id, version, path, sha256, confirmed_at, file_state = newest
        sent = connection.execute(_FIND_CURRENT, key).first()
        is_other = sent is not None and sent.path != path
        states = {file_state, sent.file_state} if sent is not None else {file_state}
        return KnownInstance(
            *(row_id, study_id, version, path, sha256, confirmed_at is not None),
            current_path=sent.path if is_other and sent is not None else "",
            has_cleared=not states.isdisjoint(GONE_ON_PURPOSE),
        )

    @staticmethod
    def _supersede(
        connection: Connection, item: StoredInstance, key: dict[str, object], grown: _Growth
    ) -> StoredInstance:
        """A changed version is current unless it is not to be, or a confirmed one stands in its place."""
        grown.has_changed = True
        retired = connection.execute(_RETIRE, key).first() if item.takes_over else None
        if retired is not None:
            grown.sendable += item.is_sendable - retired.is_sendable
            grown.sent -= int(retired.is_sendable and retired.sent_at is not None)
        return replace(item, takes_over=retired is not None)

    def _insert(
        self, connection: Connection, item: StoredInstance, study_id: int, series_id: int
    ) -> int:
        header = item.header
        values = {
            "study_id": study_id,
            "series_id": series_id,
            "sop_instance_uid": header.sop_instance_uid,
            "version": item.version,
            "is_current": item.takes_over,
            "sop_class_uid": header.sop_class_uid,
            "transfer_syntax_uid": header.transfer_syntax_uid,
            "instance_number": header.instance_number,
            "number_of_frames": header.number_of_frames,
            "path": item.path,
            "size_bytes": item.size_bytes,
            "calling_ae": item.calling_ae,
            "lane": item.lane,
            "is_sendable": item.is_sendable,
            "received_at": microseconds(item.received_at),
        }
        row = self._arrival.add_instance.first(connection, values)
        return int(row[0]) if row is not None else 0

    def _study_id(self, connection: Connection, item: StoredInstance) -> int:
        uid = item.header.study_instance_uid
        known = self._studies.get(uid)
        if known is None:
            known = connection.execute(_FIND_STUDY, {"uid": uid}).scalar()
            if known is None:
                known = self._new_study(connection, item)
            _remember(self._studies, uid, known)
        return known

    @staticmethod
    def _new_study(connection: Connection, item: StoredInstance) -> int:
        header = item.header
        result = connection.execute(
            insert(studies),
            {
                "study_instance_uid": header.study_instance_uid,
                "accession_number": header.accession_number,
                "patient_name": header.patient_name,
                "patient_id": header.patient_id,
                "patient_birth_date": header.patient_birth_date,
                "patient_sex": header.patient_sex,
                "patient_age": header.patient_age,
                "name_key": name_key(header.patient_name),
                "study_date": header.study_date,
                "study_time": header.study_time,
                "modality": header.modality,
                "description": header.study_description or header.series_description,
                "calling_ae": item.calling_ae,
                "charset": header.charset,
                "charset_origin": header.charset_origin,
                "state": "receiving",
                "first_received_at": item.received_at,
                "last_received_at": item.received_at,
            },
        )
        study_id = inserted_id(result)
        add_event(connection, "study_opened", study_id=study_id, calling_ae=item.calling_ae)
        refresh_study(connection, study_id)
        return study_id

    def _series_id(self, connection: Connection, study_id: int, header: InstanceHeader) -> int:
        key = (study_id, header.series_instance_uid)
        known = self._series.get(key)
        if known is None:
            known = connection.execute(
                _FIND_SERIES, {"study_id": study_id, "uid": header.series_instance_uid}
            ).scalar()
            if known is None:
                result = connection.execute(
                    insert(series),
                    {
                        "study_id": study_id,
                        "series_instance_uid": header.series_instance_uid,
                        "modality": header.modality,
                        "number": header.series_number,
                        "description": header.series_description,
                    },
                )
                known = inserted_id(result)
            _remember(self._series, key, known)
        return known

    def _grow(self, connection: Connection, growth: dict[int, _Growth]) -> None:
        for study_id, grown in growth.items():
            values = {
                "study": study_id,
                "current": grown.current,
                "sendable": grown.sendable,
                "sent": grown.sent,
                "files": grown.files,
                "bytes": grown.bytes,
                "changed": grown.has_changed,
                "at": microseconds(grown.last_at),
            }
            if not self._arrival.grow_open.count(connection, values):
                self._arrival.grow_closed.count(connection, values)
                refresh_study(connection, study_id)
            for series_id, count in grown.series.items():
                self._arrival.grow_series.count(connection, {"series": series_id, "more": count})

    def without_digest(self, limit: int = 50) -> tuple[tuple[int, str], ...]:
        """(instance id, path) of rows whose digests are still missing, oldest first."""
        query = (
            select(instances.c.id, instances.c.path)
            .where(instances.c.md5.is_(None), instances.c.file_state == FileState.STORED.value)
            .order_by(instances.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple((row.id, row.path) for row in connection.execute(query))

    def set_digests(self, digests: Iterable[tuple[int, str, str]]) -> None:
        """Store (instance id, MD5, SHA-256), upper- and lower-case hex respectively, in one transaction."""
        rows = [{"row": i, "md5_hex": md5, "sha256_hex": sha256} for i, md5, sha256 in digests]
        statement = (
            update(instances)
            .where(instances.c.id == bindparam("row"))
            .values(md5=bindparam("md5_hex"), sha256=bindparam("sha256_hex"))
        )
        if rows:
            with self._database.write() as connection:
                connection.execute(statement, rows)

    def stored(self, references: Iterable[tuple[str, str]]) -> dict[str, str]:
        """SOP instance UID → SOP class of those of ``references`` whose file lies here, and will stay."""
        wanted = [uid for _, uid in references]
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for start in range(0, len(wanted), _BATCH):
                query = select(instances.c.sop_instance_uid, instances.c.sop_class_uid).where(
                    instances.c.sop_instance_uid.in_(wanted[start : start + _BATCH]),
                    instances.c.file_state == FileState.STORED.value,
                )
                found.update({row[0]: row[1] for row in connection.execute(query)})
        return found

    def paths(self) -> set[str]:
        """Every path a row names, but those of cleared files."""
        query = select(instances.c.path).where(instances.c.file_state != FileState.CLEARED.value)
        with self._database.read() as connection:
            return set(connection.execute(query).scalars())

    def quarantined_paths(self) -> set[str]:
        """Every path a quarantine row names."""
        with self._database.read() as connection:
            return set(connection.execute(select(quarantine.c.path)).scalars())

    def mark_lost(self, paths: Iterable[str]) -> int:
        """Rows whose file is gone: shown as lost, never sent; returns how many were not so already.

        What was cleared, or is about to be, is not lost.
        """
        return self._set_lost(paths, is_lost=True)

    def mark_found(self, paths: Iterable[str]) -> int:
        """Lost rows whose file is back (its disk was away); returns how many there were."""
        with self._database.read() as connection:
            query = select(instances.c.path).where(instances.c.file_state == FileState.LOST.value)
            lost = set(connection.execute(query).scalars())
        return self._set_lost(lost.intersection(paths), is_lost=False)

    def _set_lost(self, paths: Iterable[str], *, is_lost: bool) -> int:
        wanted = list(paths)
        before, after = (FileState.STORED, FileState.LOST)[:: 1 if is_lost else -1]
        changed = 0
        for start in range(0, len(wanted), _BATCH):
            with self._database.write() as connection:
                rows = connection.execute(
                    update(instances)
                    .where(
                        instances.c.path.in_(wanted[start : start + _BATCH]),
                        instances.c.file_state == before.value,
                    )
                    .values(file_state=after.value)
                    .returning(instances.c.id, instances.c.study_id)
                ).all()
                for row in rows if is_lost else ():
                    add_event(
                        connection,
                        "file_lost",
                        level="error",
                        study_id=row.study_id,
                        instance=row.id,
                    )
                _mark_studies_stale(connection, {row.study_id for row in rows})
            changed += len(rows)
        return changed

    def quarantine(self, values: dict[str, object]) -> int:
        """One refused object whose bytes are kept; keys are the columns of the table."""
        with self._database.write() as connection:
            result = connection.execute(insert(quarantine), values)
            add_event(
                connection,
                "instance_quarantined",
                level="warning",
                calling_ae=values.get("calling_ae"),
                reason=values.get("reason"),
            )
        return inserted_id(result)


def _mark_studies_stale(connection: Connection, study_ids: Iterable[int]) -> None:
    for study_id in study_ids:
        query = select(studies.c.examination_id).where(studies.c.id == study_id)
        mark_stale(connection, connection.execute(query).scalar() or 0)


def _remember(cache: OrderedDict[_K, int], key: _K, value: int) -> None:
    cache[key] = value
    if len(cache) > _CACHE_SIZE:
        cache.popitem(last=False)

"""Lists and details of studies, paged, filtered and sorted in SQL."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    asc,
    case,
    desc,
    func,
    select,
    true,
    type_coerce,
)

from hbgz_desktop.model.instance import GONE_ON_PURPOSE, FileState
from hbgz_desktop.model.views import (
    FilesHere,
    InstanceRow,
    QuarantineRow,
    SeriesRow,
    StudyFilter,
    StudyRow,
    Throughput,
)
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.columns import microseconds
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    instances,
    quarantine,
    records,
    series,
    studies,
    worklist,
)
from hbgz_desktop.storage.undecided import DECLINED, IS_BEHIND_SENT

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

_SORTS = {
    "at": worklist.c.at,
    "lane": worklist.c.lane,
    "name": worklist.c.name_key,
    "accession": worklist.c.accession_number,
    "modality": worklist.c.modality,
    "received": studies.c.instance_count,
}
_RECORD_SEX = {"1": "M", "2": "F"}


def _columns() -> Select[Any]:
    mine = deliveries.c.examination_id == worklist.c.examination_id
    attempts = select(func.max(deliveries.c.attempts)).where(mine).scalar_subquery()
    paused_by = select(func.max(deliveries.c.paused_by)).where(mine).scalar_subquery()
    # what a record says of a study is read only while there are no images to say it
    fields = case((worklist.c.study_id.is_(None), records.c.fields), else_="{}")
    return (
        select(
            worklist.c.id,
            worklist.c.study_id,
            worklist.c.examination_id,
            worklist.c.lane,
            worklist.c.detail,
            worklist.c.at,
            worklist.c.accession_number,
            worklist.c.modality,
            studies.c.study_instance_uid,
            func.coalesce(studies.c.patient_name, records.c.patient_name, "").label("patient_name"),
            studies.c.patient_sex,
            studies.c.patient_age,
            worklist.c.patient_id,
            studies.c.description,
            studies.c.calling_ae,
            studies.c.expected_count,
            studies.c.instance_count,
            studies.c.sendable_count,
            studies.c.sent_count,
            studies.c.confirmed_count,
            studies.c.warned_count,
            studies.c.has_changed,
            studies.c.last_received_at,
            studies.c.file_count,
            studies.c.cleared_at,
            attempts.label("attempts"),
            paused_by.label("paused_by"),
            fields.label("record_fields"),
        )
        .select_from(worklist)
        .outerjoin(studies, studies.c.id == worklist.c.study_id)
        .outerjoin(examinations, examinations.c.id == worklist.c.examination_id)
        .outerjoin(records, records.c.id == examinations.c.record_id)
    )


def _row(row: Row[Any]) -> StudyRow:
    record = json.loads(row.record_fields or "{}")
    return StudyRow(
        id=row.id,
        study_id=row.study_id,
        examination_id=row.examination_id,
        study_instance_uid=row.study_instance_uid or "",
        lane=Lane(row.lane),
        detail=row.detail,
        patient_name=row.patient_name,
        patient_sex=row.patient_sex or _RECORD_SEX.get(record.get("gend", ""), ""),
        patient_age=row.patient_age or record.get("age", ""),
        patient_id=row.patient_id,
        accession_number=row.accession_number,
        modality=row.modality,
        description=row.description or record.get("imgExamItem", ""),
        calling_ae=row.calling_ae or "",
        expected=row.expected_count,
        received=row.instance_count or 0,
        sendable=row.sendable_count or 0,
        sent=row.sent_count or 0,
        confirmed=row.confirmed_count or 0,
        warned=row.warned_count or 0,
        files=row.file_count or 0,
        cleared_at=row.cleared_at,
        has_changed=bool(row.has_changed),
        at=row.at,
        last_received_at=row.last_received_at,
        attempts=row.attempts or 0,
        paused_by=row.paused_by or "",
    )


def _conditions(wanted: StudyFilter, *, with_lanes: bool = True) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.lanes and with_lanes:
        found.append(worklist.c.lane.in_([lane.value for lane in wanted.lanes]))
    if wanted.modality:
        found.append(worklist.c.modality == wanted.modality)
    if wanted.since is not None:
        found.append(worklist.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(worklist.c.at < wanted.until)
    if wanted.files is not None:
        is_cleared = and_(studies.c.cleared_at.is_not(None), studies.c.file_count == 0)
        are_here = studies.c.file_count > 0
        is_meant = is_cleared if wanted.files is FilesHere.CLEARED else are_here
        found.append(worklist.c.study_id.in_(select(studies.c.id).where(is_meant)))
    text = "".join(wanted.text.split()).lower()
    if text:
        found.append(worklist.c.search_key.contains(text, autoescape=True))
    return found


def _order(sort: str, wanted: StudyFilter) -> tuple[ColumnElement[Any], ...]:
    """What to sort by; with a search text by no index, for the text's own must be read in any case."""
    at = type_coerce(worklist.c.at, BigInteger) + 0 if wanted.text else worklist.c.at
    return (at, worklist.c.id) if sort == "at" else (_SORTS[sort], at, worklist.c.id)


def _ordered_ids(wanted: StudyFilter, sort: str, *, descending: bool) -> Select[Any]:
    order = desc if descending else asc
    ids = select(worklist.c.id).where(and_(true(), *_conditions(wanted)))
    if sort == "received":
        ids = ids.outerjoin(studies, studies.c.id == worklist.c.study_id)
    return ids.order_by(*map(order, _order(sort, wanted)))


class StudyViews:
    """Read side of 检查 and 总览. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def count(self, wanted: StudyFilter) -> int:
        """Rows that match."""
        query = select(func.count()).select_from(worklist).where(and_(true(), *_conditions(wanted)))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def page(
        self,
        wanted: StudyFilter,
        *,
        offset: int = 0,
        limit: int = 200,
        sort: str = "at",
        descending: bool = True,
    ) -> tuple[StudyRow, ...]:
        """Rows that match, sorted by one of at, lane, name, accession, modality, received."""
        ids = _ordered_ids(wanted, sort, descending=descending)
        with self._database.read() as connection:
            page = tuple(connection.execute(ids.limit(limit).offset(offset)).scalars())
            query = _columns().where(worklist.c.id.in_(page))
            found = {row.id: _row(row) for row in connection.execute(query)}
        return tuple(found[one] for one in page)

    def ids(
        self, wanted: StudyFilter, *, sort: str = "at", descending: bool = True
    ) -> tuple[int, ...]:
        """Every row id that matches now, ordered as ``page``: the frozen order of a table."""
        with self._database.read() as connection:
            query = _ordered_ids(wanted, sort, descending=descending)
            return tuple(connection.execute(query).scalars())

    def rows(self, ids: tuple[int, ...]) -> tuple[StudyRow, ...]:
        """Named rows, for refreshing in place."""
        query = _columns().where(worklist.c.id.in_(ids))
        with self._database.read() as connection:
            return tuple(_row(row) for row in connection.execute(query))

    def by_uid(self, study_instance_uid: str) -> StudyRow | None:
        """The row of one study."""
        query = _columns().where(studies.c.study_instance_uid == study_instance_uid)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _row(row)

    def of_study(self, study_id: int) -> StudyRow | None:
        """The row of one study by our own id."""
        query = _columns().where(worklist.c.study_id == study_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _row(row)

    def of_examination(self, examination_id: int) -> StudyRow | None:
        """The first row of one examination."""
        query = _columns().where(worklist.c.examination_id == examination_id).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _row(row)

    def lane_counts(self, wanted: StudyFilter) -> dict[Lane, int]:
        """Rows by lane, of everything else the filter says; the same query as the list (LOOK section 2)."""
        lane = worklist.c.lane + "" if wanted.text else worklist.c.lane
        query = (
            select(lane, func.count())
            .where(and_(true(), *_conditions(wanted, with_lanes=False)))
            .group_by(lane)
        )
        with self._database.read() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {lane: found.get(lane.value, 0) for lane in Lane}

    def modalities(self) -> tuple[str, ...]:
        """Modalities there are."""
        query = select(worklist.c.modality).distinct().order_by(worklist.c.modality)
        with self._database.read() as connection:
            return tuple(one for one in connection.execute(query).scalars() if one)

    def series_of(self, study_id: int) -> tuple[SeriesRow, ...]:
        """Series of a study with the image that stands for each."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(series)
                .where(series.c.study_id == study_id)
                .order_by(series.c.number, series.c.id)
            ).all()
            return tuple(self._series(connection, row) for row in rows)

    @staticmethod
    def _series(connection: Connection, row: Row[Any]) -> SeriesRow:
        own = instances.c.series_id == row.id, instances.c.is_current
        confirmed = connection.execute(
            select(func.count()).where(*own, instances.c.confirmed_at.is_not(None))
        ).scalar_one()
        total = row.instance_count or 1
        middle = connection.execute(
            select(instances.c.id, instances.c.thumbnail)
            .where(*own)
            .order_by(instances.c.instance_number, instances.c.id)
            .limit(1)
            .offset(max(0, (total - 1) // 2))
        ).first()
        return SeriesRow(
            id=row.id,
            series_instance_uid=row.series_instance_uid,
            modality=row.modality,
            number=row.number,
            description=row.description,
            instance_count=row.instance_count,
            confirmed_count=confirmed,
            thumbnail_instance_id=None if middle is None else middle.id,
            thumbnail="" if middle is None else middle.thumbnail,
        )

    def instances_of(
        self, study_id: int, *, limit: int = 100_000, offset: int = 0
    ) -> tuple[InstanceRow, ...]:
        """The ledger, instance by instance."""
        state = case(
            (instances.c.file_state == FileState.LOST.value, "lost"),
            (instances.c.lane == DECLINED, "declined"),
            (~instances.c.is_current & IS_BEHIND_SENT, "undecided"),
            (~instances.c.is_current, "superseded"),
            (instances.c.file_state.in_(GONE_ON_PURPOSE), "cleared"),
            (instances.c.confirmed_at.is_not(None), "confirmed"),
            (~instances.c.is_sendable, "not_sent"),
            (instances.c.sent_at.is_not(None), "sent"),
            else_="received",
        )
        query = (
            select(instances, series.c.series_instance_uid, state.label("state"))
            .join(series, series.c.id == instances.c.series_id)
            .where(instances.c.study_id == study_id)
            .order_by(series.c.number, series.c.id, instances.c.instance_number, instances.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self._database.read() as connection:
            return tuple(
                InstanceRow(
                    row.id,
                    row.series_instance_uid,
                    row.sop_instance_uid,
                    row.sop_class_uid,
                    row.transfer_syntax_uid,
                    row.instance_number,
                    row.path,
                    row.size_bytes,
                    row.md5 or "",
                    row.version,
                    row.state,
                    row.received_at,
                    row.confirmed_at,
                    row.dimse_status,
                    row.cleared_at,
                )
                for row in connection.execute(query)
            )

    def origin_of(self, study_id: int) -> tuple[str, str, str]:
        """(source of the expected count, charset, how the charset was found)."""
        query = select(
            studies.c.expected_source, studies.c.charset, studies.c.charset_origin
        ).where(studies.c.id == study_id)
        with self._database.read() as connection:
            row = connection.execute(query).one()
        return row[0], row[1], row[2]

    def quarantined(self, limit: int = 200) -> tuple[QuarantineRow, ...]:
        """Refused objects, newest first."""
        query = (
            select(quarantine)
            .where(quarantine.c.settled_at.is_(None))
            .order_by(desc(quarantine.c.id))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(
                QuarantineRow(
                    row.id,
                    row.path,
                    row.size_bytes,
                    row.reason,
                    row.sop_class_uid,
                    row.calling_ae,
                    row.address,
                    row.received_at,
                )
                for row in connection.execute(query)
            )

    def throughput(self, since: datetime, until: datetime, slots: int) -> tuple[Throughput, ...]:
        """Studies received and confirmed in equal slots of time."""
        is_received = worklist.c.study_id.is_not(None)
        is_confirmed = worklist.c.lane == Lane.CONFIRMED.value
        width = (until - since) / slots
        with self._database.read() as connection:
            received = _by_slot(connection, worklist.c.at, is_received, since, width)
            confirmed = _by_slot(connection, worklist.c.changed_at, is_confirmed, since, width)
        return tuple(
            Throughput(since + slot * width, received.get(slot, 0), confirmed.get(slot, 0))
            for slot in range(slots)
        )


def _by_slot(
    connection: Connection,
    column: Column[datetime],
    which: ColumnElement[bool],
    since: datetime,
    width: timedelta,
) -> dict[int, int]:
    """Slot → rows whose time lies in it; later slots than the caller's are ignored by it."""
    elapsed = type_coerce(column, BigInteger) - microseconds(since)
    slot = (elapsed // (width // timedelta(microseconds=1))).label("slot")
    query = select(slot, func.count()).where(column >= since, which).group_by(slot)
    return {int(row[0]): row[1] for row in connection.execute(query)}

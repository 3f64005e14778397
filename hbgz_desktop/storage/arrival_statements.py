"""The statements that run for every image that arrives, compiled once for the database in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, bindparam, case, desc, insert, or_, select, update

from hbgz_desktop.storage.prepared import Prepared
from hbgz_desktop.storage.tables import instances, series, studies

if TYPE_CHECKING:
    from sqlalchemy import Dialect

_FIND_NEWEST = (
    select(
        instances.c.id,
        instances.c.version,
        instances.c.path,
        instances.c.sha256,
        instances.c.confirmed_at,
        instances.c.file_state,
    )
    .where(
        instances.c.series_id == bindparam("series"),
        instances.c.sop_instance_uid == bindparam("uid"),
    )
    .order_by(desc(instances.c.version))
    .limit(1)
)
_INSTANCE_COLUMNS = (
    "study_id",
    "series_id",
    "sop_instance_uid",
    "version",
    "is_current",
    "sop_class_uid",
    "transfer_syntax_uid",
    "instance_number",
    "number_of_frames",
    "path",
    "size_bytes",
    "calling_ae",
    "lane",
    "is_sendable",
    "received_at",
)
_ADD_INSTANCE = insert(instances).returning(instances.c.id)
_GROW_STUDY = (
    update(studies)
    .where(studies.c.id == bindparam("study"))
    .values(
        instance_count=studies.c.instance_count + bindparam("current"),
        sendable_count=studies.c.sendable_count + bindparam("sendable"),
        sent_count=studies.c.sent_count + bindparam("sent"),
        file_count=studies.c.file_count + bindparam("files"),
        file_bytes=studies.c.file_bytes + bindparam("bytes"),
        has_changed=or_(studies.c.has_changed, bindparam("changed")),
        last_received_at=case(
            (
                studies.c.last_received_at < bindparam("at", type_=BigInteger),
                bindparam("at", type_=BigInteger),
            ),
            else_=studies.c.last_received_at,
        ),
    )
)
_GROW_OPEN = _GROW_STUDY.where(studies.c.state == "receiving")
_GROW_CLOSED = _GROW_STUDY.values(state="receiving", completed_at=None, completed_by="")
_GROW_SERIES = (
    update(series)
    .where(series.c.id == bindparam("series"))
    .values(instance_count=series.c.instance_count + bindparam("more"))
)


class ArrivalStatements:
    """Each takes its named parameters; times as ``columns.microseconds``.

    Attributes:
        find_newest: (series, uid) → id, version, path, sha256, confirmed_at, file_state of the newest.
        add_instance: the columns of a row → its id.
        grow_open: (study, current, sendable, sent, files, bytes, changed, at); changes nothing once the study closed.
        grow_closed: the same for a closed study, which it opens again.
        grow_series: (series, more).
    """

    def __init__(self, dialect: Dialect) -> None:
        """Compile for ``dialect``."""
        self.find_newest = Prepared(_FIND_NEWEST, dialect)
        self.add_instance = Prepared(_ADD_INSTANCE, dialect, _INSTANCE_COLUMNS)
        self.grow_open = Prepared(_GROW_OPEN, dialect)
        self.grow_closed = Prepared(_GROW_CLOSED, dialect)
        self.grow_series = Prepared(_GROW_SERIES, dialect)

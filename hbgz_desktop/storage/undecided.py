"""Instances that wait for a person: a newer version came after the platform had confirmed the one before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, select

from hbgz_desktop.storage.tables import instances, series, studies

DECLINED = "declined"
"""``instances.lane`` of a newer version that a person did not want to be sent; its file is kept."""

_newer = instances.alias("newer")
_shown = instances.alias("shown")
_IS_BEHIND = and_(
    _newer.c.series_id == _shown.c.series_id,
    _newer.c.sop_instance_uid == _shown.c.sop_instance_uid,
    _newer.c.version > _shown.c.version,
    _shown.c.is_current,
    ~_newer.c.is_current,
    _newer.c.lane == "",
    _newer.c.file_state == "",
)
"""Lost, cleared and declined versions do not count."""
IS_UNDECIDED: ColumnElement[bool] = case(
    (
        studies.c.has_changed,
        exists().where(_newer.c.study_id == studies.c.id, _IS_BEHIND).correlate(studies),
    ),
    else_=false(),
)
"""Of a row of ``studies``; looks at instances only where something has changed at all."""
IS_BEHIND_SENT: ColumnElement[bool] = (
    exists()
    .where(
        _shown.c.series_id == instances.c.series_id,
        _shown.c.sop_instance_uid == instances.c.sop_instance_uid,
        _shown.c.version < instances.c.version,
        _shown.c.is_current,
    )
    .correlate(instances)
)
"""Of a row of ``instances``: an older version is the one that is sent."""


def undecided_versions(study_id: int) -> Select[Any]:
    """Every newer version that waits, beside the one that was sent; of one instance the newest comes last."""
    return (
        select(
            _shown.c.id.label("sent_id"),
            _shown.c.version.label("sent_version"),
            _shown.c.md5.label("sent_md5"),
            _newer.c.id.label("newer_id"),
            _newer.c.version.label("newer_version"),
            _newer.c.md5.label("newer_md5"),
            _newer.c.received_at,
            _newer.c.sop_instance_uid,
            series.c.id.label("series_id"),
            series.c.series_instance_uid,
        )
        .join(_shown, _IS_BEHIND)
        .join(series, series.c.id == _newer.c.series_id)
        .where(_newer.c.study_id == study_id)
        .order_by(_shown.c.series_id, _shown.c.instance_number, _shown.c.id, _newer.c.version)
    )

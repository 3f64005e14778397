"""Which images have a thumbnail, which never will, and which still wait for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from hbgz_desktop.storage.tables import instances, series, studies

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

READY = "ok"
_SHOWABLE = (instances.c.is_current, instances.c.file_state == "")


class ThumbnailIndex:
    """Repository of thumbnail states: "" = not tried, ``ok``, or the reason why there is none."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def wanted(self, limit: int = 8) -> tuple[tuple[int, str], ...]:
        """(instance id, path) of the middle image of complete series without a picture, newest first."""
        there = select(instances.c.id).where(instances.c.series_id == series.c.id, *_SHOWABLE)
        newest = (
            select(series.c.id)
            .join(studies, studies.c.id == series.c.study_id)
            .where(~series.c.has_thumbnail, studies.c.state == "complete", there.exists())
            .order_by(series.c.id.desc())
            .limit(limit)
        )
        ranked = (
            select(
                instances.c.id,
                instances.c.path,
                func.row_number()
                .over(
                    partition_by=instances.c.series_id,
                    order_by=(instances.c.instance_number, instances.c.id),
                )
                .label("place"),
                func.count().over(partition_by=instances.c.series_id).label("total"),
            )
            .where(instances.c.series_id.in_(newest), *_SHOWABLE)
            .subquery()
        )
        query = select(ranked.c.id, ranked.c.path).where(
            ranked.c.place == (ranked.c.total + 1) // 2
        )
        with self._database.read() as connection:
            return tuple((row.id, row.path) for row in connection.execute(query))

    def of_study(self, study_id: int, limit: int = 500) -> tuple[tuple[int, str], ...]:
        """(instance id, path) of images of one study that have not been tried."""
        query = (
            select(instances.c.id, instances.c.path)
            .where(
                instances.c.study_id == study_id,
                instances.c.thumbnail == "",
                *_SHOWABLE,
            )
            .order_by(instances.c.series_id, instances.c.instance_number)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple((row.id, row.path) for row in connection.execute(query))

    def set_state(self, instance_id: int, state: str) -> None:
        """``ok`` or the reason; tried once, never again (a broken image gets its placeholder once)."""
        with self._database.write() as connection:
            row = connection.execute(
                update(instances)
                .where(instances.c.id == instance_id)
                .values(thumbnail=state)
                .returning(instances.c.series_id)
            ).first()
            if row is not None:
                connection.execute(
                    update(series).where(series.c.id == row.series_id).values(has_thumbnail=True)
                )

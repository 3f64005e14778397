"""The list of files that are to go as soon as nobody holds them; it outlives a restart (DESIGN 5.7)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from hbgz_desktop.model.held_file import HeldFile, HeldNow, HeldPlace
from hbgz_desktop.model.instance import GONE_ON_PURPOSE
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import held_files, instances, quarantine, reports

if TYPE_CHECKING:
    from collections.abc import Sequence


class HeldFileStore(Repository):
    """Repository of the list. A path is on it once, however often it is put there."""

    def add(self, place: HeldPlace, path: str) -> None:
        """Somebody holds a file that is to go."""
        values = {"place": place.value, "path": path, "held_at": datetime.now(UTC)}
        with self._database.write() as connection:
            connection.execute(insert(held_files).values(values).on_conflict_do_nothing())

    def waiting(self, *, after: int = 0, limit: int = 500) -> tuple[HeldFile, ...]:
        """The next files in the order of their rows."""
        query = (
            select(held_files.c.id, held_files.c.place, held_files.c.path)
            .where(held_files.c.id > after)
            .order_by(held_files.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(
                HeldFile(row.id, HeldPlace(row.place), row.path)
                for row in connection.execute(query)
            )

    def paths(self, place: HeldPlace) -> frozenset[str]:
        """What is on the list of one folder."""
        query = select(held_files.c.path).where(held_files.c.place == place.value)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def is_named(self, file: HeldFile) -> bool:
        """True when a row has come to need the file after all: then it stays."""
        with self._database.read() as connection:
            return connection.execute(_naming(file).limit(1)).first() is not None

    def settle(self, done: Sequence[int], held: Sequence[int]) -> None:
        """Some are off the list; others were tried once more."""
        with self._database.write() as connection:
            connection.execute(delete(held_files).where(held_files.c.id.in_(done)))
            connection.execute(
                update(held_files)
                .where(held_files.c.id.in_(held))
                .values(tries=held_files.c.tries + 1)
            )

    def now(self) -> HeldNow:
        """How many there are, and since when."""
        query = select(func.count(), func.min(held_files.c.held_at))
        with self._database.read() as connection:
            count, oldest = connection.execute(query).one()
        return HeldNow(count, oldest)


def _naming(file: HeldFile) -> Select[Any]:
    if file.place is HeldPlace.QUARANTINE:
        return select(quarantine.c.id).where(
            quarantine.c.path == file.path, quarantine.c.cleared_at.is_(None)
        )
    if file.place is HeldPlace.REPORTS:
        return select(reports.c.id).where(reports.c.path == file.path)
    stays = select(instances.c.id).where(instances.c.file_state.not_in(GONE_ON_PURPOSE))
    if file.place is HeldPlace.THUMBNAILS:
        return stays.where(instances.c.id == int(PurePosixPath(file.path).stem))
    return stays.where(instances.c.path == file.path)

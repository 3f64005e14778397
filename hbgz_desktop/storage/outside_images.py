"""The images of other hospitals' examinations: which there are (2.7), which are cached, which go first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from hbgz_desktop.model.other_hospitals import OutsideImage
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import (
    outside_examinations,
    outside_finds,
    outside_images,
    outside_looks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hbgz_desktop.model.instance import InstanceHeader
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer

Serial = tuple[str, str, str]
"""examUuid, snUuid, instUuid: opaque, sent back exactly as they came (G059)."""
_KEPT = ("id", "is_cached", "size_bytes", "sha256", "modality", "series_title", "instance_number")
_BATCH = 500


class OutsideImageStore(Repository):
    """Repository of the image lists and of what the cache holds. Safe from any thread and process.

    Rows lead, files follow: a file without a row that calls it cached is nobody's.
    """

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep rows in ``database``; the platform's own list is sealed by ``sealer``."""
        super().__init__(database)
        self._sealer = sealer

    def keep_list(self, examination_id: int, serials: Sequence[Serial]) -> None:
        """Take over a list (2.7); an image that stands in it again keeps its row and its file."""
        distinct = tuple(dict.fromkeys(serials))
        sealed = self._sealer.seal(json.dumps(distinct).encode())
        now = datetime.now(UTC)
        before = self.serials(examination_id)
        table = outside_images.c
        mine = table.examination_id == examination_id
        with self._database.write() as connection:
            if before != distinct:
                old = connection.execute(select(outside_images).where(mine)).all()
                known = {
                    before[row.position]: {name: getattr(row, name) for name in _KEPT}
                    for row in old
                    if row.position < len(before)
                }
                connection.execute(delete(outside_images).where(mine))
                _insert(connection, examination_id, distinct, known)
            connection.execute(
                update(outside_examinations)
                .where(outside_examinations.c.id == examination_id)
                .values(serials=sealed, listed_at=now, image_total=len(distinct), used_at=now)
            )

    def serials(self, examination_id: int) -> tuple[Serial, ...]:
        """The list as it came, by position.

        Raises:
            StorageError: ``secret_unreadable``.
        """
        table = outside_examinations.c
        query = select(table.serials).where(table.id == examination_id)
        with self._database.read() as connection:
            sealed = connection.execute(query).scalar()
        if sealed is None:
            return ()
        return tuple((one[0], one[1], one[2]) for one in json.loads(self._sealer.unseal(sealed)))

    def images(self, examination_id: int) -> tuple[OutsideImage, ...]:
        """Images in order: series as listed, inside by InstanceNumber as far as it is known."""
        return tuple(image for _, image in self._placed(examination_id))

    def missing(self, examination_id: int) -> tuple[tuple[OutsideImage, Serial], ...]:
        """Images that are not cached, each with what to ask for; the first of every series lead."""
        serials = self.serials(examination_id)
        placed = [one for one in self._placed(examination_id) if one[0] < len(serials)]
        begun = {image.series for _, image in placed if image.is_cached}
        first: list[tuple[int, OutsideImage]] = []
        rest: list[tuple[int, OutsideImage]] = []
        for place, image in placed:
            if image.is_cached:
                continue
            (rest if image.series in begun else first).append((place, image))
            begun.add(image.series)
        return tuple((image, serials[place]) for place, image in (*first, *rest))

    def _placed(self, examination_id: int) -> list[tuple[int, OutsideImage]]:
        table = outside_images.c
        query = (
            select(outside_images)
            .where(table.examination_id == examination_id)
            .order_by(
                table.series,
                table.instance_number.is_(None),
                table.instance_number,
                table.position,
            )
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        counts: dict[int, int] = {}
        found = []
        for row in rows:
            counts[row.series] = counts.get(row.series, 0) + 1
            image = OutsideImage(
                id=row.id,
                examination_id=row.examination_id,
                series=row.series,
                number=counts[row.series],
                is_cached=row.is_cached,
                size_bytes=row.size_bytes,
                sha256=row.sha256,
                error_code=row.error_code,
                modality=row.modality,
                series_title=row.series_title,
                instance_number=row.instance_number,
            )
            found.append((row.position, image))
        return found

    def cached(self, image_id: int, size_bytes: int, sha256: str, header: InstanceHeader) -> bool:
        """The file is in its place; False when nobody wants it any more (another list came)."""
        return self._set(
            image_id,
            is_cached=True,
            size_bytes=size_bytes,
            sha256=sha256,
            error_code="",
            modality=header.modality,
            series_title=header.series_description,
            instance_number=header.instance_number,
            fetched_at=datetime.now(UTC),
        )

    def failed(self, image_id: int, error_code: str) -> None:
        """The platform did not give it."""
        self._set(image_id, error_code=error_code)

    def lost(self, image_id: int) -> None:
        """Its file is gone or not what was kept: it is to be fetched again."""
        self._set(image_id, is_cached=False, size_bytes=0, sha256="")

    def _set(self, image_id: int, **values: object) -> bool:
        with self._database.write() as connection:
            return bool(
                connection.execute(
                    update(outside_images).where(outside_images.c.id == image_id).values(values)
                ).rowcount
            )

    # What may go

    def hold(self, examination_id: int, until: datetime | None) -> None:
        """Keep an examination from being cleared until a moment, as one that is looked at; None lets it go."""
        table = outside_examinations.c
        with self._database.write() as connection:
            connection.execute(
                update(outside_examinations)
                .where(table.id == examination_id)
                .values(held_until=until, used_at=datetime.now(UTC))
            )

    def cached_bytes(self) -> int:
        """Size of everything that is cached."""
        table = outside_images.c
        with self._database.read() as connection:
            query = select(func.sum(table.size_bytes)).where(table.is_cached)
            return int(connection.execute(query).scalar() or 0)

    def drop_oldest(self, *, but: int | None = None) -> int | None:
        """Let the images of the examination go that was not looked at for longest; its list stays.

        Args:
            but: An examination that must stay, as its images are being fetched.

        Returns:
            Its id, for whoever removes the files; None when nothing may go.
        """
        exams, images = outside_examinations.c, outside_images.c
        has_files = select(images.id).where(images.examination_id == exams.id, images.is_cached)
        query = (
            select(exams.id)
            .where(has_files.exists(), _is_free(), exams.id != (but or 0))
            .order_by(exams.used_at)
            .limit(1)
        )
        with self._database.write() as connection:
            found = connection.execute(query).scalar()
            if found is not None:
                connection.execute(
                    update(outside_images)
                    .where(images.examination_id == found)
                    .values(is_cached=False, size_bytes=0, sha256="")
                )
        return None if found is None else int(found)

    def forget(self, before: datetime | None) -> tuple[int, ...]:
        """Delete examinations not looked at since a moment, with lists and images; None = all that may go.

        Returns:
            Their ids, at most some hundred at a time, for whoever removes the files.
        """
        exams = outside_examinations.c
        query = select(exams.id).where(_is_free()).limit(_BATCH)
        if before is not None:
            query = query.where(exams.used_at < before)
        with self._database.write() as connection:
            ids = connection.execute(query).scalars().all()
            for table in (outside_images, outside_finds):
                connection.execute(delete(table).where(table.c.examination_id.in_(ids)))
            connection.execute(delete(outside_examinations).where(exams.id.in_(ids)))
        return tuple(ids)

    def forget_looks(self, before: datetime) -> int:
        """Delete looks older than a moment; the audit trail keeps who, when and why."""
        looks, finds = outside_looks.c, outside_finds.c
        query = select(looks.id).where(looks.asked_at < before).limit(_BATCH)
        with self._database.write() as connection:
            ids = connection.execute(query).scalars().all()
            connection.execute(delete(outside_finds).where(finds.look_id.in_(ids)))
            connection.execute(delete(outside_looks).where(looks.id.in_(ids)))
        return len(ids)

    def with_files(self, ids: Iterable[int]) -> frozenset[int]:
        """Which of these examinations may have files."""
        table = outside_examinations.c
        with self._database.read() as connection:
            query = select(table.id).where(table.id.in_(list(ids)))
            return frozenset(connection.execute(query).scalars())

    def wanted_files(self, examination_id: int) -> frozenset[int]:
        """Images of an examination that have a row: their files are somebody's."""
        table = outside_images.c
        query = select(table.id).where(table.examination_id == examination_id)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())


def _is_free() -> Any:
    held = outside_examinations.c.held_until
    return or_(held.is_(None), held < datetime.now(UTC))


def _insert(
    connection: Connection,
    examination_id: int,
    serials: Sequence[Serial],
    known: dict[Serial, dict[str, Any]],
) -> None:
    series: dict[tuple[str, str], int] = {}
    again: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for place, serial in enumerate(serials):
        number = series.setdefault(serial[:2], len(series) + 1)
        row = {"examination_id": examination_id, "position": place, "series": number}
        (again if serial in known else fresh).append(row | known.get(serial, {}))
    for rows in (again, fresh):
        if rows:
            connection.execute(insert(outside_images), rows)

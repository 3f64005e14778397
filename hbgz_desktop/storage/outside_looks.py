"""Looks at other hospitals' examinations and what was found; names and numbers are sealed (2.6)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, desc, func, insert, select, update

from hbgz_desktop.model.errors import StorageError, UsageError
from hbgz_desktop.model.other_hospitals import OutsideExamination, OutsideLook, OutsideQuestion
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import (
    outside_examinations,
    outside_finds,
    outside_images,
    outside_looks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer
    from hbgz_desktop.storage.secret_store import SecretStore

DIGEST_KEY = "other_hospitals.digest_key"
"""Secret of ours: without it a digest of a certificate number could be turned back by trying all numbers."""
_ANSWERED = (
    "index_code",
    "name",
    "cert_type",
    "cert_no",
    "hospital_code",
    "hospital",
    "exam_date",
    "exam_part",
    "report_url",
    "viewer_url",
    "download_url",
    "is_bare",
)
"""Members of an examination that came from the platform, and are sealed."""


class OutsideLookStore(Repository):
    """Repository of looks and of the examinations they found. Safe from any thread and process."""

    def __init__(self, database: Database, sealer: Sealer, vault: SecretStore) -> None:
        """Keep rows in ``database``, sealed by ``sealer``; ``vault`` holds the key of the digests."""
        super().__init__(database)
        self._sealer = sealer
        self._vault = vault
        self._key = b""

    # Looks

    def add(self, question: OutsideQuestion | None, operator: str, reason: str) -> OutsideLook:
        """A look that has not been answered; None for one at an index code directly."""
        person_key, sealed = "", None
        if question is not None:
            person_key = self._digest(_person(question))
            sealed = self._seal(_plain(question))
        now = datetime.now(UTC)
        with self._database.write() as connection:
            row_id = inserted_id(
                connection.execute(
                    insert(outside_looks),
                    {
                        "asked_at": now,
                        "operator": operator,
                        "reason": reason,
                        "person_key": person_key,
                        "sealed": sealed,
                    },
                )
            )
        return OutsideLook(row_id, now, operator, reason, question)

    def failed(self, look_id: int, error_code: str) -> None:
        """The platform refused or did not answer."""
        with self._database.write() as connection:
            connection.execute(
                update(outside_looks)
                .where(outside_looks.c.id == look_id)
                .values(error_code=error_code)
            )

    def answered(
        self, look_id: int, found: Sequence[OutsideExamination]
    ) -> tuple[OutsideExamination, ...]:
        """Keep an answer; examinations that are known keep their images.

        Returns:
            What was found, in the answer's order, each once.
        """
        distinct = {self._digest(_identity(one)): one for one in found}
        sealed = {key: self._seal(_answer(one)) for key, one in distinct.items()}
        now = datetime.now(UTC)
        with self._database.write() as connection:
            ids = [_keep(connection, key, blob, now) for key, blob in sealed.items()]
            rows = [
                {"look_id": look_id, "examination_id": one, "position": place}
                for place, one in enumerate(ids)
            ]
            if rows:
                connection.execute(insert(outside_finds), rows)
            connection.execute(
                update(outside_looks)
                .where(outside_looks.c.id == look_id)
                .values(found=len(rows), answered_at=now)
            )
        return self.found_by(look_id)

    def look(self, look_id: int) -> OutsideLook:
        """One look.

        Raises:
            UsageError: ``outside_look_unknown``.
        """
        query = select(outside_looks).where(outside_looks.c.id == look_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise UsageError("outside_look_unknown", look=look_id)
        return self._look(row)

    def recent(self, operator: str, since: datetime, limit: int) -> tuple[OutsideLook, ...]:
        """An operator's own answered looks at patients, newest first."""
        table = outside_looks.c
        query = (
            select(outside_looks)
            .where(table.operator == operator, table.asked_at >= since)
            .where(table.answered_at.is_not(None), table.sealed.is_not(None))
            .order_by(desc(table.id))
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        looks = (self._look(row) for row in rows)
        return tuple(one for one in looks if one.question is not None)

    def last_of(
        self, examination_id: int, operator: str, since: datetime | None = None
    ) -> OutsideLook | None:
        """An operator's newest look that found an examination: it says why they look at it.

        Args:
            examination_id: Ours.
            operator: Whose look.
            since: Older looks do not count; None = all do.
        """
        table = outside_looks.c
        query = (
            select(outside_looks)
            .join(outside_finds, outside_finds.c.look_id == table.id)
            .where(outside_finds.c.examination_id == examination_id, table.operator == operator)
            .order_by(desc(table.id))
            .limit(1)
        )
        if since is not None:
            query = query.where(table.asked_at >= since)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else self._look(row)

    # Examinations

    def found_by(self, look_id: int) -> tuple[OutsideExamination, ...]:
        """Examinations of a look, in the answer's order.

        Raises:
            StorageError: ``secret_unreadable``: they were sealed by another account or machine.
        """
        finds = outside_finds.c
        query = (
            select(*_counted())
            .join(outside_finds, finds.examination_id == outside_examinations.c.id)
            .where(finds.look_id == look_id)
            .order_by(finds.position)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(self._examination(row) for row in rows)

    def examinations(self, ids: Iterable[int]) -> tuple[OutsideExamination, ...]:
        """These examinations, in any order; those that are gone are left out."""
        query = select(*_counted()).where(outside_examinations.c.id.in_(list(ids)))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(self._examination(row) for row in rows)

    def examination(self, examination_id: int) -> OutsideExamination:
        """One examination.

        Raises:
            UsageError: ``outside_examination_unknown``.
        """
        for one in self.examinations((examination_id,)):
            return one
        raise UsageError("outside_examination_unknown", examination=examination_id)

    def by_index(self, index_code: str) -> OutsideExamination | None:
        """The examination of an index code, if it is kept."""
        table = outside_examinations.c
        query = select(table.id).where(table.exam_key == self._digest(index_code))
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else self.examination(int(found))

    # Sealing

    def _look(self, row: Row[Any]) -> OutsideLook:
        question = None
        if row.sealed is not None:
            try:
                question = _question(self._unseal(row.sealed))
            except StorageError:
                question = None  # sealed by another account: not ours to read
        return OutsideLook(
            row.id, row.asked_at, row.operator, row.reason, question, row.found, row.error_code
        )

    def _examination(self, row: Row[Any]) -> OutsideExamination:
        kept = self._unseal(row.sealed)
        return replace(
            OutsideExamination(row.id),
            **{name: kept[name] for name in _ANSWERED},
            listed_at=row.listed_at,
            image_total=row.image_total,
            cached=row.cached or 0,
            cached_bytes=row.cached_bytes or 0,
            failed=row.failed or 0,
        )

    def _seal(self, values: dict[str, Any]) -> bytes:
        return self._sealer.seal(json.dumps(values, ensure_ascii=False).encode())

    def _unseal(self, sealed: bytes) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self._sealer.unseal(sealed))
        return values

    def _digest(self, text: str) -> str:
        if not self._key:
            self._key = self._read_or_make_key()
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def _read_or_make_key(self) -> bytes:
        """The key; another account's is replaced: then what it knew is merely not found again."""
        try:
            kept = self._vault.get(DIGEST_KEY)
        except StorageError:
            kept = ""
        if not kept:
            self._vault.set(DIGEST_KEY, secrets.token_hex(32))
            kept = self._vault.get(DIGEST_KEY)
        return kept.encode()


def _identity(exam: OutsideExamination) -> str:
    """What makes an examination the same one in the next answer: its index, else all that was said of it."""
    return exam.index_code or json.dumps(_answer(exam), ensure_ascii=False)


def _person(question: OutsideQuestion) -> str:
    return f"{question.cert_type}|{question.cert_no}"


def _plain(question: OutsideQuestion) -> dict[str, Any]:
    values = asdict(question)
    for name in ("begin", "end"):
        values[name] = values[name].isoformat() if values[name] else ""
    return values


def _question(values: dict[str, Any]) -> OutsideQuestion:
    days = {
        name: date.fromisoformat(values[name]) if values[name] else None
        for name in ("begin", "end")
    }
    return OutsideQuestion(values["cert_type"], values["cert_no"], values["name"], **days)


def _answer(exam: OutsideExamination) -> dict[str, Any]:
    return {name: getattr(exam, name) for name in _ANSWERED}


def _keep(connection: Connection, key: str, sealed: bytes, now: datetime) -> int:
    """Insert an examination or renew its answer; returns its id."""
    table = outside_examinations.c
    known = connection.execute(select(table.id).where(table.exam_key == key)).scalar()
    if known is None:
        return inserted_id(
            connection.execute(
                insert(outside_examinations), {"exam_key": key, "sealed": sealed, "used_at": now}
            )
        )
    connection.execute(
        update(outside_examinations).where(table.id == known).values(sealed=sealed, used_at=now)
    )
    return int(known)


def _counted() -> tuple[Any, ...]:
    """An examination's columns, and what of its images is there."""
    images, table = outside_images.c, outside_examinations.c

    def of(what: Any) -> Any:
        return select(what).where(images.examination_id == table.id)

    return (
        table.id,
        table.sealed,
        table.listed_at,
        table.image_total,
        of(func.count()).where(images.is_cached).scalar_subquery().label("cached"),
        of(func.sum(images.size_bytes))
        .where(images.is_cached)
        .scalar_subquery()
        .label("cached_bytes"),
        of(func.count()).where(images.error_code != "").scalar_subquery().label("failed"),
    )

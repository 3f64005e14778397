"""The register of index codes: one examination a code, for ever (G010)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import index_codes


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """The code in force for one examination at one platform.

    Attributes:
        is_frozen: It was sent, or may have been.
        basis: Certificate and time it was built from, "" when it was given or is older than that note.
        kept_for: A later basis for which a person said that this code stays (DESIGN 5.3), "" for none.
    """

    id: int
    code: str = field(repr=False)
    is_frozen: bool
    basis: str = field(repr=False)
    kept_for: str = field(repr=False)


def is_sent_by(connection: Connection, examination_id: int) -> bool:
    """As ``IndexRegister.is_sent``, inside the caller's transaction."""
    query = select(index_codes.c.id).where(
        index_codes.c.examination_id == examination_id,
        index_codes.c.frozen_at.is_not(None),
        index_codes.c.deleted_at.is_(None),
    )
    return connection.execute(query.limit(1)).first() is not None


class IndexRegister(Repository):
    """Which index code belongs to which examination at which platform.

    A code the platform has deleted stays in the register: it is in force for nobody and never used again.
    """

    def index_entry(self, examination_id: int, platform: str) -> IndexEntry | None:
        """What is in force for one examination at one platform."""
        query = (
            select(index_codes)
            .where(
                index_codes.c.examination_id == examination_id,
                index_codes.c.platform == platform,
                index_codes.c.deleted_at.is_(None),
            )
            .order_by(index_codes.c.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        is_frozen = row.frozen_at is not None
        return IndexEntry(row.id, row.code, is_frozen, row.basis, row.kept_for)

    def frozen_index(self, examination_id: int, platform: str) -> tuple[str, bool] | None:
        """(index code, is frozen) in force for one examination at one platform."""
        entry = self.index_entry(examination_id, platform)
        return None if entry is None else (entry.code, entry.is_frozen)

    def is_sent(self, examination_id: int) -> bool:
        """True when a platform holds an examination, or may hold it, under any index."""
        with self._database.read() as connection:
            return is_sent_by(connection, examination_id)

    def claim_index(self, examination_id: int, platform: str, code: str, basis: str = "") -> bool:
        """Enter a code into the register (G010), replacing this examination's unfrozen one.

        Args:
            examination_id: Whose.
            platform: Where.
            code: The code.
            basis: Certificate and time it was built from; kept with it.

        Returns:
            False when another examination owns the code, this one's own is frozen and another, or the
            platform has deleted the code.
        """
        with self._database.write() as connection:
            owner = connection.execute(
                select(
                    index_codes.c.id,
                    index_codes.c.examination_id,
                    index_codes.c.deleted_at,
                    index_codes.c.basis,
                ).where(index_codes.c.platform == platform, index_codes.c.code == code)
            ).first()
            if owner is not None:
                is_own = owner.examination_id == examination_id and owner.deleted_at is None
                if is_own and owner.basis != basis:
                    connection.execute(
                        update(index_codes)
                        .where(index_codes.c.id == owner.id, index_codes.c.frozen_at.is_(None))
                        .values(basis=basis)
                    )
                return is_own
            own = (
                index_codes.c.examination_id == examination_id,
                index_codes.c.platform == platform,
                index_codes.c.deleted_at.is_(None),
            )
            frozen = select(index_codes.c.id).where(*own, index_codes.c.frozen_at.is_not(None))
            if connection.execute(frozen.limit(1)).first() is not None:
                return False
            connection.execute(delete(index_codes).where(*own))
            connection.execute(
                insert(index_codes),
                {
                    "platform": platform,
                    "code": code,
                    "examination_id": examination_id,
                    "created_at": datetime.now(UTC),
                    "basis": basis,
                },
            )
        return True

    def freeze_index(self, examination_id: int, platform: str, code: str) -> bool:
        """First send: the code never changes again for this examination (DESIGN 5.3).

        Returns:
            False when the register holds another code for it by now, or the platform has deleted this
            one: it must not be sent.
        """
        own = (
            index_codes.c.examination_id == examination_id,
            index_codes.c.platform == platform,
            index_codes.c.code == code,
            index_codes.c.deleted_at.is_(None),
        )
        with self._database.write() as connection:
            connection.execute(
                update(index_codes)
                .where(*own, index_codes.c.frozen_at.is_(None))
                .values(frozen_at=datetime.now(UTC))
            )
            return connection.execute(select(index_codes.c.id).where(*own)).first() is not None

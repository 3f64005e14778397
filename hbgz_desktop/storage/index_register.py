"""The register of index codes: one examination a code, for ever (G010)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update

from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import index_codes


class IndexRegister(Repository):
    """Which index code belongs to which examination at which platform."""

    def frozen_index(self, examination_id: int, platform: str) -> tuple[str, bool] | None:
        """(index code, is frozen) in force for one examination at one platform."""
        query = (
            select(index_codes.c.code, index_codes.c.frozen_at)
            .where(
                index_codes.c.examination_id == examination_id, index_codes.c.platform == platform
            )
            .order_by(index_codes.c.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.code, row.frozen_at is not None)

    def claim_index(self, examination_id: int, platform: str, code: str) -> bool:
        """Enter a code into the register (G010), replacing this examination's unfrozen one.

        Returns:
            False when another examination owns the code, or this one's own is frozen and another.
        """
        with self._database.write() as connection:
            owner = connection.execute(
                select(index_codes.c.examination_id).where(
                    index_codes.c.platform == platform, index_codes.c.code == code
                )
            ).scalar()
            if owner is not None:
                return bool(owner == examination_id)
            own = (
                index_codes.c.examination_id == examination_id,
                index_codes.c.platform == platform,
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
                },
            )
        return True

    def freeze_index(self, examination_id: int, platform: str, code: str) -> bool:
        """First send: the code never changes again for this examination (DESIGN 5.3).

        Returns:
            False when the register holds another code for it by now: this one must not be sent.
        """
        own = (
            index_codes.c.examination_id == examination_id,
            index_codes.c.platform == platform,
            index_codes.c.code == code,
        )
        with self._database.write() as connection:
            connection.execute(
                update(index_codes)
                .where(*own, index_codes.c.frozen_at.is_(None))
                .values(frozen_at=datetime.now(UTC))
            )
            return connection.execute(select(index_codes.c.id).where(*own)).first() is not None

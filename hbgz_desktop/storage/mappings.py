"""Local value → standard code, by platform and code set."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update

from hbgz_desktop.model.status import Mapping
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.events import add_audit, add_event
from hbgz_desktop.storage.tables import mappings


class MappingStore:
    """Repository of the mapping table."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def all(self, platform: str, code_set: str = "") -> tuple[Mapping, ...]:
        """Mappings of a platform, of one code set when given, by local value."""
        query = select(mappings).where(mappings.c.platform == platform)
        if code_set:
            query = query.where(mappings.c.code_set == code_set)
        query = query.order_by(mappings.c.code_set, mappings.c.local_value)
        with self._database.read() as connection:
            return tuple(
                Mapping(
                    row.platform,
                    row.code_set,
                    row.local_value,
                    row.standard_code,
                    row.set_by,
                    row.set_at,
                )
                for row in connection.execute(query)
            )

    def table(self, platform: str) -> dict[tuple[str, str], str]:
        """(code set, local value) → standard code, for the checker."""
        return {(one.code_set, one.local_value): one.standard_code for one in self.all(platform)}

    def set(
        self, platform: str, code_set: str, local_value: str, standard_code: str, actor: str
    ) -> str:
        """Save one mapping; returns the code that was there before, "" when none was."""
        key = (
            mappings.c.platform == platform,
            mappings.c.code_set == code_set,
            mappings.c.local_value == local_value,
        )
        values = {"standard_code": standard_code, "set_by": actor, "set_at": datetime.now(UTC)}
        with self._database.write() as connection:
            old = connection.execute(select(mappings.c.standard_code).where(*key)).scalar()
            if old is None:
                connection.execute(
                    insert(mappings),
                    {
                        "platform": platform,
                        "code_set": code_set,
                        "local_value": local_value,
                        **values,
                    },
                )
            else:
                connection.execute(update(mappings).where(*key).values(values))
            add_event(connection, "mapping_set", platform=platform, code_set=code_set)
            add_audit(
                connection,
                actor,
                "mapping_set",
                code_set=code_set,
                local=local_value,
                old=old or "",
                new=standard_code,
            )
        return old or ""

    def unset(self, platform: str, code_set: str, local_value: str, actor: str) -> bool:
        """Remove one mapping; False when there was none."""
        with self._database.write() as connection:
            gone = connection.execute(
                delete(mappings).where(
                    mappings.c.platform == platform,
                    mappings.c.code_set == code_set,
                    mappings.c.local_value == local_value,
                )
            ).rowcount
            if gone:
                add_event(connection, "mapping_unset", platform=platform, code_set=code_set)
                add_audit(connection, actor, "mapping_unset", code_set=code_set, local=local_value)
        return bool(gone)

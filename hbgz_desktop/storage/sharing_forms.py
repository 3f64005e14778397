"""Forms that ``hbgz share`` hands to the console: sealed, taken once, void after some minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import sharing_forms

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer

VOID_AFTER = timedelta(minutes=5)


class SharingFormStore(Repository):
    """Repository of handed-over forms; safe from any thread and process."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep sealed forms in ``database``."""
        super().__init__(database)
        self._sealer = sealer

    def put(self, form: bytes, requested_by: str) -> int:
        """Leave a form for whichever console looks first, with an event ``sharing_form_left``."""
        with self._database.write() as connection:
            values = {
                "sealed": self._sealer.seal(form),
                "requested_by": requested_by,
                "requested_at": datetime.now(UTC),
            }
            form_id = inserted_id(connection.execute(insert(sharing_forms), values))
            add_event(connection, "sharing_form_left", form=form_id)
        return form_id

    def take(self) -> bytes | None:
        """The newest form that is not void; all others are deleted with it. None when there is none."""
        table = sharing_forms.c
        with self._database.read() as connection:
            if connection.execute(select(table.id).limit(1)).first() is None:
                return None
        with self._database.write() as connection:
            row = connection.execute(
                select(table.sealed, table.requested_at).order_by(table.id.desc()).limit(1)
            ).first()
            connection.execute(delete(sharing_forms))
        if row is None or datetime.now(UTC) - row.requested_at > VOID_AFTER:
            return None
        try:
            return self._sealer.unseal(row.sealed)
        except StorageError:
            return None  # left by another account: not ours to read

    def is_waiting(self, form_id: int) -> bool:
        """True while no console has taken it."""
        with self._database.read() as connection:
            query = select(sharing_forms.c.id).where(sharing_forms.c.id == form_id)
            return connection.execute(query).first() is not None

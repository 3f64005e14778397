"""Sealed secrets in the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.tables import secrets

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer


class SecretStore:
    """Reads and writes sealed secrets; the clear text lives only in the caller's hands."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep sealed bytes in ``database``."""
        self._database = database
        self._sealer = sealer

    def set(self, name: str, secret: str) -> None:
        """Seal and store; an empty secret removes it."""
        with self._database.write() as connection:
            connection.execute(delete(secrets).where(secrets.c.name == name))
            if secret:
                connection.execute(
                    insert(secrets),
                    {
                        "name": name,
                        "sealed": self._sealer.seal(secret.encode()),
                        "updated_at": datetime.now(UTC),
                    },
                )

    def get(self, name: str) -> str:
        """The secret, "" when none is stored.

        Raises:
            StorageError: ``secret_unreadable``: sealed on another machine or by another user.
        """
        with self._database.read() as connection:
            sealed = connection.execute(
                select(secrets.c.sealed).where(secrets.c.name == name)
            ).scalar()
        return "" if sealed is None else self._sealer.unseal(sealed).decode()

    def has(self, name: str) -> bool:
        """True when one is stored that this machine and account can read; else it is to be asked for."""
        try:
            return bool(self.get(name))
        except StorageError as error:
            if error.code != "secret_unreadable":
                raise
            return False

    def unreadable(self) -> tuple[str, ...]:
        """Names of those that are stored and were sealed elsewhere, as after a move of the data folder."""
        with self._database.read() as connection:
            names = connection.execute(select(secrets.c.name).order_by(secrets.c.name)).scalars()
            stored = tuple(names)
        return tuple(name for name in stored if not self.has(name))

    def renew_seals(self) -> int:
        """Seal anew what was sealed for other readers: the folder was an account's and is now the machine's.

        What this account cannot unseal stays as it is; whoever sealed it may yet come.

        Returns:
            How many were sealed anew.
        """
        with self._database.read() as connection:
            rows = connection.execute(select(secrets.c.name, secrets.c.sealed)).all()
        renewed = 0
        for name, sealed in rows:
            if self._sealer.is_current(sealed):
                continue
            try:
                again = self._sealer.seal(self._sealer.unseal(sealed))
            except StorageError:
                continue
            with self._database.write() as connection:
                renewed += connection.execute(
                    update(secrets)
                    .where(secrets.c.name == name, secrets.c.sealed == sealed)
                    .values(sealed=again)
                ).rowcount
        return renewed

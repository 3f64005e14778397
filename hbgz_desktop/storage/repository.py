"""What every repository has: the database it works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database


class Repository:
    """Rows in, frozen dataclasses out; every public method is one short transaction.

    Safe from any thread and from any process on the same file.
    """

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

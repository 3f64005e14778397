"""Alembic's entry: runs the revisions on the connection ``storage.schema`` hands over."""

from __future__ import annotations

from alembic import context

from hbgz_desktop.storage.tables import metadata


def run() -> None:
    """Run inside the caller's transaction."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
    context.run_migrations()


run()

"""Files that were cleared and come again: recognised by their digest, put back under a new name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select, update

from hbgz_desktop.model.instance import GONE_ON_PURPOSE, ClearedFile, FileState, KnownInstance
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import instances, studies
from hbgz_desktop.storage.worklist import mark_stale

_SAID_ONCE = timedelta(minutes=10)
"""Files of one study that come again within so long are one event."""


class ClearedFiles(Repository):
    """Repository of instances whose file was removed on purpose (DESIGN 5.7)."""

    def of(self, known: KnownInstance) -> tuple[ClearedFile, ...]:
        """Cleared versions of an instance, among the newest and the one that is sent."""
        own = instances.alias("own")
        query = (
            select(instances.c.id, instances.c.sha256, instances.c.file_meta)
            .join(
                own,
                (own.c.series_id == instances.c.series_id)
                & (own.c.sop_instance_uid == instances.c.sop_instance_uid),
            )
            .where(
                own.c.id == known.instance_id,
                (instances.c.id == known.instance_id) | instances.c.is_current,
                instances.c.file_state.in_(GONE_ON_PURPOSE),
                instances.c.sha256.is_not(None),
            )
        )
        with self._database.read() as connection:
            return tuple(ClearedFile(*row) for row in connection.execute(query))

    def restore(self, instance_id: int, path: str) -> bool:
        """The same bytes lie at ``path`` now; nothing else changes, and nothing is sent again.

        The old name is not used again: whoever is about to remove that file cannot hit the new one.

        Returns:
            False when somebody else has put it back meanwhile: no row names ``path`` then.
        """
        with self._database.write() as connection:
            for state in (FileState.CLEARED, FileState.CLEARING):
                row = connection.execute(
                    update(instances)
                    .where(instances.c.id == instance_id, instances.c.file_state == state.value)
                    .values(path=path, file_state=FileState.STORED.value, cleared_at=None)
                    .returning(instances.c.study_id, instances.c.size_bytes)
                ).first()
                if row is not None:
                    more = row.size_bytes if state is FileState.CLEARED else 0
                    _count_back(connection, row.study_id, more)
                    return True
        return False


def _count_back(connection: Connection, study_id: int, size_bytes: int) -> None:
    """The study holds one more file; its age counts from now, so that it is not cleared at once."""
    now = datetime.now(UTC)
    before = connection.execute(select(studies).where(studies.c.id == study_id)).one()
    connection.execute(
        update(studies)
        .where(studies.c.id == study_id)
        .values(
            file_count=studies.c.file_count + bool(size_bytes),
            file_bytes=studies.c.file_bytes + size_bytes,
            cleared_bytes=studies.c.cleared_bytes - size_bytes,
            last_received_at=now,
        )
    )
    if before.last_received_at < now - _SAID_ONCE:
        add_event(
            connection, "file_restored", study_id=study_id, examination_id=before.examination_id
        )
    mark_stale(connection, before.examination_id or 0)

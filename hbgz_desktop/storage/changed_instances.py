"""What a person decides of instances that changed after the platform had confirmed them (DESIGN 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, select, update

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.views import ChangedInstance
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import instances, series, studies
from hbgz_desktop.storage.undecided import DECLINED, undecided_versions
from hbgz_desktop.storage.worklist import mark_stale, refresh_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SET_CURRENT = (
    update(instances)
    .where(instances.c.id == bindparam("row"))
    .values(is_current=bindparam("shows"))
)
_DECLINE = update(instances).where(instances.c.id == bindparam("row")).values(lane=DECLINED)
_FORGET_PICTURE = update(series).where(series.c.id == bindparam("row")).values(has_thumbnail=False)


class ChangedInstances(Repository):
    """Repository of newer versions that are kept but not sent."""

    def undecided(self, study_id: int) -> tuple[ChangedInstance, ...]:
        """Instances of a study with a newer version nobody has decided on; of several the newest."""
        with self._database.read() as connection:
            return _newest(connection.execute(undecided_versions(study_id)).all())

    def send_newer(self, study_id: int, seen: Sequence[int], actor: str) -> int | None:
        """The newest versions take the place of the confirmed ones in what is sent.

        Args:
            study_id: Which study.
            seen: ``newer_id`` of every instance the person was shown.
            actor: Who says so.

        Returns:
            The examination to plan again, None when the study has none.

        Raises:
            UsageError: ``study_changed_meanwhile``: what waits is not what the person saw.
        """
        with self._database.write() as connection:
            rows = _rows_seen(connection, study_id, seen)
            found = _newest(rows)
            connection.execute(
                _SET_CURRENT,
                [
                    *({"row": one.sent_id, "shows": False} for one in found),
                    *({"row": one.newer_id, "shows": True} for one in found),
                ],
            )
            connection.execute(
                _FORGET_PICTURE, [{"row": one} for one in {r.series_id for r in rows}]
            )
            _count_again(connection, study_id)
            return _decided(connection, study_id, "study_changed_sent", actor, len(found))

    def keep_sent(self, study_id: int, seen: Sequence[int], actor: str) -> int | None:
        """What was confirmed stays what is sent; the newer files stay on this machine.

        Arguments, result and error as ``send_newer``.
        """
        with self._database.write() as connection:
            rows = _rows_seen(connection, study_id, seen)
            connection.execute(_DECLINE, [{"row": row.newer_id} for row in rows])
            return _decided(connection, study_id, "study_changed_kept", actor, len(_newest(rows)))


def _newest(rows: Iterable[Any]) -> tuple[ChangedInstance, ...]:
    last = {row.sent_id: row for row in rows}
    return tuple(
        ChangedInstance(
            sop_instance_uid=row.sop_instance_uid,
            series_instance_uid=row.series_instance_uid,
            sent_id=row.sent_id,
            sent_version=row.sent_version,
            sent_md5=row.sent_md5 or "",
            newer_id=row.newer_id,
            newer_version=row.newer_version,
            newer_md5=row.newer_md5 or "",
            received_at=row.received_at,
        )
        for row in last.values()
    )


def _rows_seen(connection: Connection, study_id: int, seen: Sequence[int]) -> Sequence[Any]:
    rows = connection.execute(undecided_versions(study_id)).all()
    if not rows or {one.newer_id for one in _newest(rows)} != set(seen):
        raise UsageError("study_changed_meanwhile", study=study_id)
    return rows


def _count_again(connection: Connection, study_id: int) -> None:
    """The study counts current, sendable instances only; the newer ones were not sent yet."""
    own = select(func.count()).where(
        instances.c.study_id == study_id, instances.c.is_current, instances.c.is_sendable
    )
    connection.execute(
        update(studies)
        .where(studies.c.id == study_id)
        .values(
            sendable_count=own.scalar_subquery(),
            sent_count=own.where(instances.c.sent_at.is_not(None)).scalar_subquery(),
            confirmed_count=own.where(instances.c.confirmed_at.is_not(None)).scalar_subquery(),
            warned_count=own.where(
                instances.c.confirmed_at.is_not(None), instances.c.dimse_status > 0
            ).scalar_subquery(),
        )
    )


def _decided(
    connection: Connection, study_id: int, kind: str, actor: str, images: int
) -> int | None:
    examination_id: int | None = connection.execute(
        update(studies)
        .where(studies.c.id == study_id)
        .values(has_changed=False)
        .returning(studies.c.examination_id)
    ).scalar()
    add_event(
        connection,
        kind,
        study_id=study_id,
        examination_id=examination_id,
        actor=actor,
        images=images,
    )
    add_audit(
        connection,
        actor,
        kind,
        kind="study",
        key=study_id,
        study=study_id,
        examination=examination_id,
        images=images,
    )
    if examination_id is not None:
        mark_stale(connection, examination_id)
    refresh_study(connection, study_id)
    return examination_id

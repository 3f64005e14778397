"""What the engine tells everyone else: heartbeat, receiver state, associations, devices; and the commands it takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, case, delete, desc, func, insert, select, update

from hbgz_desktop.model.status import AssociationRow, Command, EngineStatus, PeerRow
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.database import Database, inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import associations, commands, engine_state, peers

if TYPE_CHECKING:
    from hbgz_desktop.model.instance import PeerAssociation

HEARTBEAT_S = 2.0
DEAD_AFTER = timedelta(seconds=10)
_AUDITED = {"stop": "engine_stop_asked"}
"""Commands a person answers for → action of the audit row; the others only look or follow from one."""


class EngineStateStore:
    """Repository of the engine's state. One engine writes, everyone reads."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def write(self, **values: object) -> None:
        """Set columns of the single row and renew the heartbeat."""
        values["heartbeat_at"] = datetime.now(UTC)
        with self._database.write() as connection:
            changed = connection.execute(
                update(engine_state).where(engine_state.c.id == 1).values(**values)
            ).rowcount
            if not changed:
                connection.execute(insert(engine_state), {"id": 1, **values})

    def status(self) -> EngineStatus:
        """The engine's last words."""
        with self._database.read() as connection:
            row = connection.execute(select(engine_state).where(engine_state.c.id == 1)).first()
        if row is None:
            return EngineStatus()
        values = dict(row._mapping)
        del values["id"]
        beat = row.heartbeat_at
        is_alive = (
            row.stopped_at is None and beat is not None and datetime.now(UTC) - beat < DEAD_AFTER
        )
        return EngineStatus(is_alive=is_alive, **values)

    def ask(
        self, kind: str, *, requested_by: str, deadline_s: float = 30.0, **arguments: object
    ) -> int:
        """Leave a command; void after its deadline. Returns its id."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            result = connection.execute(
                insert(commands),
                {
                    "kind": kind,
                    "arguments": json.dumps(arguments, ensure_ascii=False),
                    "requested_by": requested_by,
                    "requested_at": now,
                    "deadline_at": now + timedelta(seconds=deadline_s),
                },
            )
            if kind in _AUDITED:
                add_audit(connection, requested_by, _AUDITED[kind], kind="engine")
        return inserted_id(result)

    def take(self) -> Command | None:
        """Engine: the oldest open command that is not void, marked as taken."""
        now = datetime.now(UTC)
        due = (
            select(commands.c.id)
            .where(commands.c.state == "open", commands.c.deadline_at > now)
            .order_by(commands.c.id)
            .limit(1)
        )
        with self._database.read() as connection:
            if connection.execute(due).first() is None:
                return None
        with self._database.write() as connection:
            row = connection.execute(
                update(commands)
                .where(commands.c.id == due.scalar_subquery(), commands.c.state == "open")
                .values(state="taken")
                .returning(*commands.c)
            ).first()
        return None if row is None else self._command(row)

    @staticmethod
    def _command(row: Any) -> Command:
        return Command(
            row.id, row.kind, json.loads(row.arguments), row.requested_by, row.state, row.result
        )

    def answer(self, command_id: int, state: str, **result: object) -> None:
        """Engine: ``done`` or ``failed`` with facts."""
        with self._database.write() as connection:
            connection.execute(
                update(commands)
                .where(commands.c.id == command_id)
                .values(
                    state=state,
                    result=json.dumps(result, ensure_ascii=False),
                    finished_at=datetime.now(UTC),
                )
            )

    def command(self, command_id: int) -> Command | None:
        """What became of a command; state ``void`` when its deadline has passed unanswered."""
        with self._database.read() as connection:
            row = connection.execute(select(commands).where(commands.c.id == command_id)).first()
        if row is None:
            return None
        command = self._command(row)
        if command.state == "open" and row.deadline_at <= datetime.now(UTC):
            return Command(
                command.id, command.kind, command.arguments, command.requested_by, "void", ""
            )
        return command

    def trim(self, keep_days: int = 30) -> None:
        """Delete old commands, whatever became of them."""
        with self._database.write() as connection:
            connection.execute(
                delete(commands).where(
                    commands.c.deadline_at < datetime.now(UTC) - timedelta(days=keep_days)
                )
            )


class AssociationStore:
    """Who called: live and past associations, refused ones, and the devices behind them."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def open(self, peer: PeerAssociation) -> int:
        """An association was accepted; returns its row id."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            self._seen(connection, peer, now)
            result = connection.execute(
                insert(associations),
                {
                    "calling_ae": peer.calling_ae,
                    "called_ae": peer.called_ae,
                    "address": peer.address,
                    "opened_at": now,
                    "last_activity_at": now,
                },
            )
        return inserted_id(result)

    @staticmethod
    def _seen(
        connection: Connection, peer: PeerAssociation, now: datetime, *, refused: bool = False
    ) -> None:
        values: dict[str, object] = {"last_seen_at": now, "address": peer.address}
        if refused:
            values["refused_count"] = peers.c.refused_count + 1
        known = connection.execute(
            update(peers).where(peers.c.ae_title == peer.calling_ae).values(values)
        ).rowcount
        if not known:
            connection.execute(
                insert(peers),
                {
                    "ae_title": peer.calling_ae,
                    "address": peer.address,
                    "first_seen_at": now,
                    "last_seen_at": now,
                    "refused_count": int(refused),
                },
            )

    def progress(self, rows: dict[int, tuple[int, int, datetime]]) -> None:
        """Row id → (instances, bytes, last activity) of live associations, in one transaction."""
        with self._database.write() as connection:
            for row_id, (count, size, at) in rows.items():
                connection.execute(
                    update(associations)
                    .where(associations.c.id == row_id)
                    .values(instances=count, bytes=size, last_activity_at=at)
                )

    def close(self, row_id: int, reason: str, *, calling_ae: str, count: int, size: int) -> None:
        """It ended: ``released``, ``aborted`` or ``lost``."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            connection.execute(
                update(associations)
                .where(associations.c.id == row_id)
                .values(closed_at=now, outcome=reason, instances=count, bytes=size)
            )
            if count:
                connection.execute(
                    update(peers).where(peers.c.ae_title == calling_ae).values(last_image_at=now)
                )

    def reject(self, peer: PeerAssociation, reason: str) -> None:
        """An association request was turned away."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            self._seen(connection, peer, now, refused=True)
            connection.execute(
                insert(associations),
                {
                    "calling_ae": peer.calling_ae,
                    "called_ae": peer.called_ae,
                    "address": peer.address,
                    "opened_at": now,
                    "closed_at": now,
                    "outcome": "rejected",
                    "detail": reason,
                },
            )
            add_event(
                connection,
                "association_rejected",
                level="warning",
                calling_ae=peer.calling_ae,
                called_ae=peer.called_ae,
                reason=reason,
            )

    def refuse_context(self, peer: PeerAssociation, abstract_syntax: str) -> None:
        """A proposed presentation context was not accepted."""
        with self._database.write() as connection:
            add_event(
                connection,
                "context_refused",
                level="warning",
                calling_ae=peer.calling_ae,
                abstract_syntax=abstract_syntax,
            )

    def end_all(self) -> None:
        """At start: rows left open by a crash."""
        with self._database.write() as connection:
            connection.execute(
                update(associations)
                .where(associations.c.closed_at.is_(None))
                .values(closed_at=datetime.now(UTC), outcome="lost")
            )

    def trim(self, keep_days: int = 30) -> None:
        """Delete old closed rows."""
        with self._database.write() as connection:
            connection.execute(
                delete(associations).where(
                    associations.c.opened_at < datetime.now(UTC) - timedelta(days=keep_days),
                    associations.c.closed_at.is_not(None),
                )
            )

    def recent(self, limit: int = 100) -> tuple[AssociationRow, ...]:
        """Live ones first, then the newest."""
        query = (
            select(associations)
            .order_by(
                case((associations.c.closed_at.is_(None), 0), else_=1), desc(associations.c.id)
            )
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(AssociationRow(*row) for row in connection.execute(query))

    def peer(self, ae_title: str) -> PeerRow | None:
        """One device."""
        with self._database.read() as connection:
            row = connection.execute(select(peers).where(peers.c.ae_title == ae_title)).first()
        return None if row is None else PeerRow(*row)

    def peers(self) -> tuple[PeerRow, ...]:
        """Devices, refused ones first."""
        query = select(peers).order_by(desc(peers.c.refused_count), peers.c.ae_title)
        with self._database.read() as connection:
            return tuple(PeerRow(*row) for row in connection.execute(query))

    def set_peer(self, ae_title: str, *, policy: str = "", fallback_charset: str = "") -> None:
        """Enter or change a device: policy ``accept``, ``refuse`` or "" (as the setting says)."""
        values = {"policy": policy, "fallback_charset": fallback_charset}
        with self._database.write() as connection:
            known = connection.execute(
                update(peers).where(peers.c.ae_title == ae_title).values(values)
            ).rowcount
            if not known:
                connection.execute(insert(peers), {"ae_title": ae_title, **values})

    def live_count(self) -> int:
        """How many associations are open."""
        query = select(func.count()).where(associations.c.closed_at.is_(None))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

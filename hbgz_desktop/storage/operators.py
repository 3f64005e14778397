"""Operators of the console: names, roles, sealed PINs, and how many wrong ones were tried."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from hbgz_desktop.model.errors import AccountError
from hbgz_desktop.model.operator import Operator, OperatorRow, Role, lock_time
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import operators

_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_MEMORY = 64 * 1024 * 1024
_SALT_BYTES = 16


def hash_pin(pin: str) -> str:
    """A PIN as it is kept: ``scrypt$n$r$p$salt$hash``; the PIN itself is nowhere."""
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _scrypt(pin, salt, _COST, _BLOCK, _PARALLEL)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${salt.hex()}${digest.hex()}"


def is_pin(pin: str, kept: str) -> bool:
    """True when the PIN is the one that was kept, by the parameters it was kept with."""
    _name, cost, block, parallel, salt, digest = kept.split("$")
    found = _scrypt(pin, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def _scrypt(pin: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32
    )


class OperatorStore(Repository):
    """Every change is audited in its own transaction. Safe from any thread and process."""

    def all(self) -> tuple[OperatorRow, ...]:
        """Everyone, active ones first, by name."""
        query = select(operators).order_by(operators.c.is_active.desc(), operators.c.name)
        with self._database.read() as connection:
            return tuple(_row(one) for one in connection.execute(query))

    def get(self, operator_id: int) -> OperatorRow | None:
        """One of them."""
        return self._first(operators.c.id == operator_id)

    def named(self, name: str) -> OperatorRow | None:
        """The one of this name."""
        return self._first(operators.c.name == name)

    def of_account(self, account: str) -> OperatorRow | None:
        """The one a system account acts as."""
        return self._first(operators.c.system_account == account)

    def _first(self, condition: Any) -> OperatorRow | None:
        with self._database.read() as connection:
            row = connection.execute(select(operators).where(condition)).first()
        return None if row is None else _row(row)

    def is_guarded(self) -> bool:
        """True when an active IT operator has a PIN: from then on roles hold."""
        with self._database.read() as connection:
            return _keepers(connection) > 0

    def add_account(self, name: str, account: str) -> OperatorRow:
        """Keep the name a system account acts under; nobody did this, so there is no audit row."""
        values = {"name": name, "system_account": account, "created_at": datetime.now(UTC)}
        with self._database.write() as connection:
            own = operators.c.system_account == account
            if connection.execute(select(operators.c.id).where(own)).first() is None:
                connection.execute(insert(operators), values)
            return _row(connection.execute(select(operators).where(own)).one())

    def add(self, name: str, role: Role, pin: str, *, actor: str) -> OperatorRow:
        """Keep a new one with its PIN.

        Raises:
            AccountError: ``operator_name_taken``, or ``first_operator_is_it``.
        """
        kept = hash_pin(pin)
        with self._database.write() as connection:
            if connection.execute(select(operators.c.id).where(operators.c.name == name)).first():
                raise AccountError("operator_name_taken")
            if role is not Role.IT and not _keepers(connection):
                raise AccountError("first_operator_is_it")
            values = {
                "name": name,
                "role": role.value,
                "pin": kept,
                "created_at": datetime.now(UTC),
            }
            key = inserted_id(connection.execute(insert(operators), values))
            add_audit(
                connection, actor, "operator_added", kind="operator", key=name, role=role.value
            )
            return _row(connection.execute(select(operators).where(operators.c.id == key)).one())

    def change(self, operator_id: int, values: dict[str, object], *, actor: str) -> None:
        """Write columns of one operator.

        Args:
            operator_id: Whose.
            values: Any of ``role``, ``is_active``, ``his_dept_code``, ``his_user_code``.
            actor: Who does it.

        Raises:
            AccountError: ``operator_unknown``, or ``last_it_operator``: nobody could administrate any more.
        """
        with self._database.write() as connection:
            before = _known(connection, operator_id)
            was_guarded = _keepers(connection) > 0
            connection.execute(
                update(operators).where(operators.c.id == operator_id).values(values)
            )
            if was_guarded and not _keepers(connection):
                raise AccountError("last_it_operator")
            gone = values.get("is_active") is False and before.is_active
            add_audit(
                connection,
                actor,
                "operator_removed" if gone else "operator_changed",
                kind="operator",
                key=before.name,
                **{name: str(value) for name, value in values.items()},
            )

    def set_pin(self, operator_id: int, pin: str, *, actor: str) -> None:
        """Keep another PIN; it also unlocks the name.

        Raises:
            AccountError: ``operator_unknown``.
        """
        kept = hash_pin(pin)
        with self._database.write() as connection:
            row = _known(connection, operator_id)
            values = {"pin": kept, "failed_attempts": 0, "locked_until": None}
            connection.execute(
                update(operators).where(operators.c.id == operator_id).values(values)
            )
            add_audit(connection, actor, "pin_changed", kind="operator", key=row.name)

    def try_pin(self, operator_id: int, pin: str) -> OperatorRow:
        """Look whether the PIN is right; a try is counted before it is looked at.

        Raises:
            AccountError: ``operator_unknown``; ``operator_locked`` with ``seconds``; ``pin_wrong`` with
                ``tries`` left before the name is locked.
        """
        with self._database.write() as connection:
            row = _known(connection, operator_id)
            now = datetime.now(UTC)
            if row.locked_until is not None and row.locked_until > now:
                raise AccountError("operator_locked", seconds=_seconds(row.locked_until - now))
            count = row.failed_attempts + 1
            lock = lock_time(count)
            values = {"failed_attempts": count, "locked_until": now + lock if lock else None}
            connection.execute(
                update(operators).where(operators.c.id == operator_id).values(values)
            )
        if row.pin and is_pin(pin, row.pin):
            self.seen(operator_id)
            return _row(row)
        self._refused(row.name, count)
        if lock is not None:
            raise AccountError("operator_locked", seconds=_seconds(lock))
        raise AccountError("pin_wrong", tries=tries_left(count))

    def seen(self, operator_id: int) -> None:
        """The person has begun to act: wrong tries are forgotten."""
        values = {"failed_attempts": 0, "locked_until": None, "last_seen_at": datetime.now(UTC)}
        with self._database.write() as connection:
            connection.execute(
                update(operators).where(operators.c.id == operator_id).values(values)
            )

    def _refused(self, name: str, count: int) -> None:
        with self._database.write() as connection:
            add_audit(
                connection,
                name,
                "pin_refused",
                kind="operator",
                key=name,
                outcome="refused",
                tries=count,
            )


def tries_left(failed_attempts: int) -> int:
    """Wrong PINs that may still follow before the name is locked."""
    left = 0
    while lock_time(failed_attempts + left) is None:
        left += 1
    return left


def _seconds(span: timedelta) -> int:
    return max(1, round(span.total_seconds()))


def _known(connection: Connection, operator_id: int) -> Row[Any]:
    row = connection.execute(select(operators).where(operators.c.id == operator_id)).first()
    if row is None:
        raise AccountError("operator_unknown")
    return row


def _keepers(connection: Connection) -> int:
    """Active IT operators with a PIN."""
    query = (
        select(func.count())
        .select_from(operators)
        .where(operators.c.role == Role.IT.value, operators.c.pin != "", operators.c.is_active)
    )
    return int(connection.execute(query).scalar() or 0)


def _row(row: Row[Any]) -> OperatorRow:
    return OperatorRow(
        operator=Operator(
            row.id,
            row.name,
            Role(row.role),
            row.system_account or "",
            row.his_dept_code,
            row.his_user_code,
        ),
        has_pin=bool(row.pin),
        is_active=row.is_active,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        failed_attempts=row.failed_attempts,
        locked_until=row.locked_until,
    )

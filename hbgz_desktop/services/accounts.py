"""Who acts: the system account by itself, or a name with PIN chosen in the console (DESIGN 11, H046)."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import AccountError
from hbgz_desktop.model.operator import (
    PIN_LONGEST,
    PIN_SHORTEST,
    Operator,
    OperatorRow,
    Role,
    clean_name,
    clean_pin,
)
from hbgz_desktop.model.permissions import may
from hbgz_desktop.model.workstation import system_account

if TYPE_CHECKING:
    from hbgz_desktop.storage.audit_log import AuditLog
    from hbgz_desktop.storage.operators import OperatorStore


class Accounts:
    """Who acts in this process, and the names there are. Blocks on the database; safe from any thread.

    Before an IT operator has a PIN nobody is kept out: the role is the look a person likes, and everything is
    allowed. From then on roles hold (``is_guarded``).
    """

    def __init__(self, store: OperatorStore, log: AuditLog) -> None:
        """Begin as the system account, as command line and engine do; nothing is read."""
        self._store = store
        self._log = log
        self._lock = threading.Lock()
        account = system_account()
        self._current = Operator(0, account, Role.IT, account)
        self._guarded = False
        self._must_choose = False

    # Who acts

    def current(self) -> Operator:
        """Who acts now; no I/O."""
        with self._lock:
            return self._current

    @property
    def is_guarded(self) -> bool:
        """True when roles hold, as of the last look; no I/O."""
        with self._lock:
            return self._guarded

    @property
    def must_choose(self) -> bool:
        """True when the system account may not act by itself: a name has to be chosen first; no I/O."""
        with self._lock:
            return self._must_choose

    def may(self, action: str) -> bool:
        """True when who acts now may do it; no I/O."""
        with self._lock:
            return not self._guarded or (not self._must_choose and may(self._current.role, action))

    def require(self, action: str) -> Operator:
        """Who acts now, if they may.

        Raises:
            AccountError: ``action_not_permitted``; the refusal is in the trail.
        """
        operator = self.current()
        if not self.may(action):
            self._log.add(operator.name, action, outcome="refused")
            raise AccountError("action_not_permitted", action=action)
        return operator

    def begin_console(self, free_role: Role) -> Operator:
        """The system account sits down at the console; its row is made when it is the first time.

        Where roles hold and its name has a PIN, that is asked for: a new start is no way round a lock.

        Args:
            free_role: The role while roles do not hold.
        """
        account = system_account()
        row = self._store.of_account(account)
        if row is None:
            row = self._own_row(account)
        if not row.has_pin:
            self._store.seen(row.operator.id)
        guarded = self._store.is_guarded()
        role = row.operator.role if guarded else free_role
        with self._lock:
            self._guarded = guarded
            self._must_choose = guarded and (row.has_pin or not row.is_active)
            self._current = replace(row.operator, role=role)
            return self._current

    def _own_row(self, account: str) -> OperatorRow:
        taken = self._store.named(account)
        name = account if taken is None else f"{account} ({account})"
        return self._store.add_account(name, account)

    def choices(self) -> tuple[OperatorRow, ...]:
        """Names that can be chosen at the key: those with PIN, and the system account itself."""
        account = system_account()
        return tuple(
            one
            for one in self._store.all()
            if one.is_active and (one.has_pin or one.operator.system_account == account)
        )

    def has_own_pin(self) -> bool:
        """True when who acts now has a PIN to be asked for."""
        row = self._store.get(self.current().id)
        return row is not None and row.has_pin

    def switch(self, operator_id: int, pin: str = "") -> Operator:
        """Another person acts from now on.

        Args:
            operator_id: Who.
            pin: As typed; not asked of the system account's own name while that has none.

        Raises:
            AccountError: ``operator_unknown``, ``pin_wrong`` (``tries`` left), ``operator_locked``
                (``seconds``).
        """
        row = self._store.get(operator_id)
        if row is None or not row.is_active:
            raise AccountError("operator_unknown")
        if row.has_pin:
            row = self._store.try_pin(operator_id, clean_pin(pin))
        elif row.operator.system_account != system_account():
            raise AccountError("operator_unknown")
        else:
            self._store.seen(operator_id)
        guarded = self._store.is_guarded()
        before = self.current()
        with self._lock:
            role = row.operator.role if guarded else before.role
            self._current = replace(row.operator, role=role)
            self._guarded, self._must_choose = guarded, False
            found = self._current
        if found.id != before.id:
            self._log.add(
                found.name, "operator_switched", kind="operator", key=found.name, before=before.name
            )
        return found

    def lock(self) -> None:
        """The console has been left alone: only the trail hears of it, the window asks for the PIN."""
        self._log.add(self.current().name, "console_locked")

    def choose_free_role(self, role: Role) -> Operator:
        """Another look while roles do not hold.

        Raises:
            AccountError: ``action_not_permitted``: roles hold.
        """
        with self._lock:
            if self._guarded:
                raise AccountError("action_not_permitted", action="role_chosen")
            self._current = replace(self._current, role=role)
            found = self._current
        self._log.add(found.name, "role_chosen", kind="operator", key=found.name, role=role.value)
        return found

    # Names

    def all(self) -> tuple[OperatorRow, ...]:
        """Every operator there is, active ones first."""
        return self._store.all()

    def named(self, name: str) -> OperatorRow:
        """The operator of a name.

        Raises:
            AccountError: ``operator_unknown``.
        """
        row = self._store.named(clean_name(name))
        if row is None:
            raise AccountError("operator_unknown")
        return row

    def add(self, name: str, role: Role, pin: str) -> OperatorRow:
        """A new name with PIN; the first one is IT's, for it guards all others.

        Raises:
            AccountError: ``operator_name_invalid``, ``operator_name_taken``, ``pin_invalid``,
                ``first_operator_is_it``, ``action_not_permitted``.
        """
        actor = self.require("operator_added").name
        kept = clean_name(name)
        if not kept:
            raise AccountError("operator_name_invalid")
        row = self._store.add(kept, role, _good_pin(pin), actor=actor)
        self._after_change()
        return row

    def set_role(self, operator_id: int, role: Role) -> None:
        """Another role.

        Raises:
            AccountError: ``last_it_operator``, ``operator_unknown``, ``action_not_permitted``.
        """
        self._change(operator_id, {"role": role.value})

    def set_active(self, operator_id: int, *, is_active: bool) -> None:
        """Take a name out of use, or back; its audit rows stay.

        Raises:
            AccountError: ``last_it_operator``, ``operator_unknown``, ``action_not_permitted``.
        """
        self._change(
            operator_id,
            {"is_active": is_active},
            "operator_changed" if is_active else "operator_removed",
        )

    def set_his_codes(self, operator_id: int, dept_code: str, user_code: str) -> None:
        """Department and user code in HIS, remembered for this person (H046); "" = as the settings say.

        Everyone may set their own; those of others are IT's.

        Raises:
            AccountError: ``operator_unknown``, ``action_not_permitted``.
        """
        values = {"his_dept_code": dept_code.strip(), "his_user_code": user_code.strip()}
        if operator_id == self.current().id:
            self._store.change(operator_id, dict(values), actor=self.current().name)
            self._after_change()
        else:
            self._change(operator_id, dict(values))

    def set_pin(self, operator_id: int, pin: str) -> None:
        """Another PIN for a name, by IT; it also unlocks the name.

        Raises:
            AccountError: ``pin_invalid``, ``operator_unknown``, ``action_not_permitted``.
        """
        actor = self.require("operator_changed").name
        self._store.set_pin(operator_id, _good_pin(pin), actor=actor)
        self._after_change()

    def change_own_pin(self, operator_id: int, old: str, new: str) -> None:
        """Who acts now takes another PIN, after the present one.

        Args:
            operator_id: Who asked for it; by now another person may act.
            old: The present PIN as typed.
            new: The other one as typed.

        Raises:
            AccountError: ``pin_invalid``, ``pin_wrong``, ``operator_locked``; ``operator_unknown`` also when
                another person acts, or the name is out of use.
        """
        own = self.current()
        good = _good_pin(new)
        row = self._store.get(own.id)
        if row is None or not row.is_active or own.id != operator_id:
            raise AccountError("operator_unknown")
        if row.has_pin:
            self._store.try_pin(own.id, clean_pin(old))
        self._store.set_pin(own.id, good, actor=own.name)
        self._after_change()

    def _change(
        self, operator_id: int, values: dict[str, object], action: str = "operator_changed"
    ) -> None:
        actor = self.require(action).name
        self._store.change(operator_id, values, actor=actor)
        self._after_change()

    def _after_change(self) -> None:
        """What was changed may concern who acts now."""
        guarded = self._store.is_guarded()
        own = self._store.get(self.current().id)
        with self._lock:
            self._guarded = guarded
            if own is not None:
                role = own.operator.role if guarded else self._current.role
                self._current = replace(own.operator, role=role)
                self._must_choose = guarded and (self._must_choose or not own.is_active)


def _good_pin(pin: str) -> str:
    good = clean_pin(pin)
    if not good:
        raise AccountError("pin_invalid", shortest=PIN_SHORTEST, longest=PIN_LONGEST)
    return good

"""Launches of the shared page and what was fetched after them; kept answers are sealed (V1.5, 2.2.3.4-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    case,
    desc,
    func,
    insert,
    or_,
    select,
    update,
)

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import (
    ViewMode,
    ViewRequest,
    join_item_codes,
    split_item_codes,
)
from hbgz_desktop.model.sharing_launch import LaunchState, SharingLaunch
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import sharing_launches
from hbgz_desktop.storage.visit_rows import is_found, is_same_visit, to_visit, visit_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.operator import Operator
    from hbgz_desktop.model.shared_viewing import SharingOffer
    from hbgz_desktop.model.sharing_launch import LaunchFilter, SharingForm
    from hbgz_desktop.model.visit import HospitalUser, Visit
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer

_ORDER = [one.value for one in LaunchState]
_MESSAGE_LIMIT = 1000
_BATCH = 500


class SharingLaunchStore(Repository):
    """Repository of launches; the page's address is never written. Safe from any thread and process."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep rows and sealed answers in ``database``."""
        super().__init__(database)
        self._sealer = sealer

    def add(
        self,
        form: SharingForm,
        user: HospitalUser,
        operator: Operator,
        authorization_id: int | None,
    ) -> SharingLaunch:
        """A launch in state asked."""
        values = user.values()
        with self._database.write() as connection:
            row_id = inserted_id(
                connection.execute(
                    insert(sharing_launches),
                    {
                        "authorization_id": authorization_id,
                        **visit_values(form.visit),
                        "operator": operator.name,
                        "his_dept_code": values["hisDeptCode"],
                        "his_user_code": values["hisUserCode"],
                        "mode": form.request.mode.value,
                        "study_items": join_item_codes(form.request.study_items),
                        "lab_items": join_item_codes(form.request.lab_items),
                        "state": LaunchState.ASKED.value,
                        "created_at": datetime.now(UTC),
                    },
                )
            )
            return _one(connection, row_id)

    def note(self, launch_id: int, error_code: str, message: str) -> None:
        """How the last call ended; ``message`` is masked."""
        self._set(launch_id, error_code=error_code, message=message[:_MESSAGE_LIMIT])

    def offered(self, launch_id: int, state: LaunchState, offer: SharingOffer) -> SharingLaunch:
        """The platform answered hrPage."""
        return self._set(
            launch_id,
            state,
            study_count=offer.study_count,
            lab_count=offer.lab_count,
        )

    @staticmethod
    def with_url(launch: SharingLaunch, url: str) -> SharingLaunch:
        """The launch in the hands of who asked: the address goes nowhere else (H075)."""
        return replace(launch, url=url)

    def take_opening(self, launch_id: int) -> bool:
        """Reserve the one opening of the page; False when it has been opened."""
        table = sharing_launches.c
        with self._database.write() as connection:
            taken = connection.execute(
                update(sharing_launches)
                .where(
                    table.id == launch_id,
                    table.opened_at.is_(None),
                    table.state == LaunchState.ASKED.value,
                )
                .values(state=LaunchState.OPENED.value, opened_at=datetime.now(UTC))
            ).rowcount
            if taken:
                add_event(connection, "sharing_opened", launch=launch_id)
        return bool(taken)

    def give_back_opening(self, launch_id: int) -> None:
        """No browser took it."""
        table = sharing_launches.c
        with self._database.write() as connection:
            connection.execute(
                update(sharing_launches)
                .where(table.id == launch_id, table.state == LaunchState.OPENED.value)
                .values(state=LaunchState.ASKED.value, opened_at=None)
            )

    def keep_orders(self, launch_id: int, answer: bytes) -> SharingLaunch:
        """Seal the answer of getHrInfo; an earlier one is replaced."""
        return self._set(
            launch_id,
            LaunchState.ORDERS_FETCHED,
            orders=self._sealer.seal(answer),
            orders_at=datetime.now(UTC),
        )

    def keep_results(self, launch_id: int, answer: bytes) -> SharingLaunch:
        """Seal the answer of restJcJyYyInfo; an earlier one is replaced."""
        return self._set(
            launch_id,
            LaunchState.RESULTS_FETCHED,
            results=self._sealer.seal(answer),
            results_at=datetime.now(UTC),
        )

    def orders_of(self, launch_id: int) -> bytes | None:
        """The kept answer of getHrInfo, unsealed.

        Raises:
            StorageError: ``secret_unreadable``.
        """
        return self._kept(launch_id, "orders")

    def results_of(self, launch_id: int) -> bytes | None:
        """The kept answer of restJcJyYyInfo; as ``orders_of``."""
        return self._kept(launch_id, "results")

    def _kept(self, launch_id: int, column: str) -> bytes | None:
        query = select(sharing_launches.c[column]).where(sharing_launches.c.id == launch_id)
        with self._database.read() as connection:
            sealed = connection.execute(query).scalar()
        return None if sealed is None else self._sealer.unseal(sealed)

    def trim(self, before: datetime) -> int:
        """Delete kept answers that were fetched before a moment; the launches stay. Returns how many."""
        table = sharing_launches.c
        with self._database.read() as connection:
            old = (
                connection.execute(
                    select(table.id)
                    .where(
                        or_(
                            table.orders.is_not(None) & (table.orders_at < before),
                            table.results.is_not(None) & (table.results_at < before),
                        )
                    )
                    .limit(_BATCH)
                )
                .scalars()
                .all()
            )
        if not old:
            return 0
        with self._database.write() as connection:
            for kept, at in ((table.orders, table.orders_at), (table.results, table.results_at)):
                connection.execute(
                    update(sharing_launches)
                    .where(table.id.in_(old), at < before)
                    .values({kept: None})
                )
        return len(old)

    def get(self, launch_id: int) -> SharingLaunch:
        """One launch.

        Raises:
            UsageError: ``sharing_launch_unknown``.
        """
        with self._database.read() as connection:
            return _one(connection, launch_id)

    def of_visit(self, visit: Visit) -> SharingLaunch | None:
        """The newest launch of a visit."""
        query = (
            select(sharing_launches)
            .where(is_same_visit(sharing_launches, visit))
            .order_by(desc(sharing_launches.c.id))
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _launch(row)

    def page(self, text: str, limit: int, offset: int) -> tuple[SharingLaunch, ...]:
        """Newest first."""
        query = select(sharing_launches).order_by(desc(sharing_launches.c.id))
        if text.strip():
            query = query.where(is_found(sharing_launches, text))
        with self._database.read() as connection:
            rows = connection.execute(query.limit(limit).offset(offset))
            return tuple(_launch(row) for row in rows)

    def ids(self, wanted: LaunchFilter) -> tuple[int, ...]:
        """Ids that match now, newest first."""
        table = sharing_launches.c
        query = select(table.id).where(*_conditions(wanted)).order_by(desc(table.id))
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[SharingLaunch, ...]:
        """Rows of these ids in their order; those that are gone are left out."""
        query = select(sharing_launches).where(sharing_launches.c.id.in_(ids))
        with self._database.read() as connection:
            found = {row.id: _launch(row) for row in connection.execute(query)}
        return tuple(found[one] for one in ids if one in found)

    def counts(self, wanted: LaunchFilter) -> dict[LaunchState, int]:
        """How many of each state match; every state has a number."""
        state = sharing_launches.c.state
        query = select(state, func.count()).where(*_conditions(wanted)).group_by(state)
        with self._database.read() as connection:
            found = {str(key): int(count) for key, count in connection.execute(query)}
        return {one: found.get(one.value, 0) for one in LaunchState}

    def _set(
        self, launch_id: int, state: LaunchState | None = None, **values: object
    ) -> SharingLaunch:
        """Set columns; the state only ever goes on."""
        table = sharing_launches.c
        if state is not None:
            earlier = table.state.in_(_ORDER[: _ORDER.index(state.value)])
            values["state"] = case((earlier, state.value), else_=table.state)
        with self._database.write() as connection:
            connection.execute(update(sharing_launches).where(table.id == launch_id).values(values))
            return _one(connection, launch_id)


def _conditions(wanted: LaunchFilter) -> list[ColumnElement[bool]]:
    table = sharing_launches.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(table.state.in_([one.value for one in wanted.states]))
    if wanted.since is not None:
        conditions.append(table.created_at >= wanted.since)
    return conditions


def _one(connection: Connection, launch_id: int) -> SharingLaunch:
    row = connection.execute(
        select(sharing_launches).where(sharing_launches.c.id == launch_id)
    ).first()
    if row is None:
        raise UsageError("sharing_launch_unknown", launch=launch_id)
    return _launch(row)


def _launch(row: Row[Any]) -> SharingLaunch:
    request = ViewRequest(
        ViewMode(row.mode), split_item_codes(row.study_items), split_item_codes(row.lab_items)
    )
    return SharingLaunch(
        id=row.id,
        visit=to_visit(row),
        request=request,
        operator=row.operator,
        his_dept_code=row.his_dept_code,
        his_user_code=row.his_user_code,
        state=LaunchState(row.state),
        created_at=row.created_at,
        authorization_id=row.authorization_id,
        study_count=row.study_count,
        lab_count=row.lab_count,
        opened_at=row.opened_at,
        orders_at=row.orders_at,
        results_at=row.results_at,
        error_code=row.error_code,
        message=row.message,
    )

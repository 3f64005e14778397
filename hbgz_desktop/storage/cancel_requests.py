"""Taking back a request to stop a running delivery, while it has not been honoured yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries

if TYPE_CHECKING:
    from collections.abc import Sequence


class CancelRequests(Repository):
    """The one row flag that ``QueueActions`` sets on running deliveries."""

    def withdraw(self, ids: Sequence[int], actor: str) -> int:
        """Let running ones go on; returns how many had not stopped yet."""
        if not ids:
            return 0
        with self._database.write() as connection:
            changed = (
                connection.execute(
                    update(deliveries)
                    .where(
                        deliveries.c.id.in_(ids),
                        deliveries.c.state == DeliveryState.RUNNING.value,
                        deliveries.c.cancel_requested,
                    )
                    .values(cancel_requested=False)
                    .returning(deliveries.c.id)
                )
                .scalars()
                .all()
            )
            if changed:
                add_audit(
                    connection,
                    actor,
                    "delivery_cancel_withdrawn",
                    kind="delivery",
                    key=changed[0] if len(changed) == 1 else "",
                    deliveries=list(changed),
                )
        return len(changed)

"""The upload queue: planned, claimed with lease and fencing token, finished (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from hbgz_desktop.model.delivery import Delivery, DeliveryItem, DeliveryKind
from hbgz_desktop.storage.delivery_claims import DeliveryClaims
from hbgz_desktop.storage.delivery_plans import DeliveryPlans
from hbgz_desktop.storage.delivery_results import DeliveryResults
from hbgz_desktop.storage.delivery_rows import to_delivery
from hbgz_desktop.storage.tables import (
    deletions,
    deliveries,
    delivery_items,
    index_codes,
    instances,
)

if TYPE_CHECKING:
    from hbgz_desktop.storage.attempts import AttemptLog
    from hbgz_desktop.storage.database import Database


class DeliveryQueue(DeliveryPlans, DeliveryClaims, DeliveryResults):
    """Repository of the queue's engine side. Safe from any thread and any process on the same file."""

    def __init__(self, database: Database, attempts: AttemptLog) -> None:
        """Work on ``database``; requests are kept in ``attempts``."""
        super().__init__(database)
        self._attempts = attempts

    def open_items(
        self, delivery_id: int, *, without_refused: bool = False
    ) -> tuple[DeliveryItem, ...]:
        """What an image delivery still has to send, in series and instance order.

        Args:
            delivery_id: Of the delivery.
            without_refused: Leave out what was refused for good when it was sent last.
        """
        query = (
            select(instances.c.id, instances.c.path, instances.c.size_bytes, instances.c.md5)
            .join(delivery_items, delivery_items.c.instance_id == instances.c.id)
            .where(
                delivery_items.c.delivery_id == delivery_id,
                delivery_items.c.confirmed_at.is_(None),
            )
            .order_by(instances.c.series_id, instances.c.instance_number, instances.c.id)
        )
        if without_refused:
            query = query.where(delivery_items.c.refusal == "")
        with self._database.read() as connection:
            return tuple(
                DeliveryItem(
                    delivery_id,
                    row.id,
                    row.path,
                    row.size_bytes,
                    row.md5 or "",
                    is_confirmed=False,
                )
                for row in connection.execute(query)
            )

    def refusals(self, delivery_id: int) -> tuple[tuple[str, int | None], ...]:
        """(error code, DIMSE status) of each open image that was refused for good when it was sent last."""
        query = select(delivery_items.c.refusal, delivery_items.c.dimse_status).where(
            delivery_items.c.delivery_id == delivery_id,
            delivery_items.c.confirmed_at.is_(None),
            delivery_items.c.refusal != "",
        )
        with self._database.read() as connection:
            return tuple((row.refusal, row.dimse_status) for row in connection.execute(query))

    def confirmed_items(self, delivery_id: int) -> int:
        """How many images of a delivery the platform has."""
        query = select(func.count()).where(
            delivery_items.c.delivery_id == delivery_id, delivery_items.c.confirmed_at.is_not(None)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def index_to_delete(self, delivery_id: int) -> str:
        """The index code a deletion's row stands for, "" when it is gone."""
        query = (
            select(index_codes.c.code)
            .join(deliveries, deliveries.c.part == index_codes.c.id)
            .where(deliveries.c.id == delivery_id, deliveries.c.kind == DeliveryKind.DELETION.value)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar() or ""

    def concerned(self, delivery_id: int, examination_id: int) -> tuple[int, ...]:
        """Examinations to plan again after a row of the queue is over: its own, and where a study went."""
        query = (
            select(deletions.c.target_id)
            .join(
                deliveries,
                and_(
                    deliveries.c.kind == DeliveryKind.DELETION.value,
                    deliveries.c.part == deletions.c.index_id,
                ),
            )
            .where(deliveries.c.id == delivery_id, deletions.c.target_id.is_not(None))
        )
        with self._database.read() as connection:
            targets = connection.execute(query).scalars().all()
        return tuple(dict.fromkeys((examination_id, *targets)))

    def get(self, delivery_id: int) -> Delivery | None:
        """One row."""
        with self._database.read() as connection:
            row = connection.execute(
                select(deliveries).where(deliveries.c.id == delivery_id)
            ).first()
        return None if row is None else to_delivery(row)

    def of_examination(self, examination_id: int) -> tuple[Delivery, ...]:
        """Rows of one examination in sending order."""
        query = (
            select(deliveries)
            .where(deliveries.c.examination_id == examination_id)
            .order_by(deliveries.c.id)
        )
        with self._database.read() as connection:
            return tuple(to_delivery(row) for row in connection.execute(query))

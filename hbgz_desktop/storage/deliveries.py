"""The upload queue: planned, claimed with lease and fencing token, finished (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from hbgz_desktop.model.delivery import Delivery, DeliveryItem
from hbgz_desktop.storage.delivery_claims import DeliveryClaims
from hbgz_desktop.storage.delivery_plans import DeliveryPlans
from hbgz_desktop.storage.delivery_results import DeliveryResults
from hbgz_desktop.storage.delivery_rows import to_delivery
from hbgz_desktop.storage.tables import deliveries, delivery_items, instances

if TYPE_CHECKING:
    from hbgz_desktop.storage.attempts import AttemptLog
    from hbgz_desktop.storage.database import Database


class DeliveryQueue(DeliveryPlans, DeliveryClaims, DeliveryResults):
    """Repository of the queue's engine side. Safe from any thread and any process on the same file."""

    def __init__(self, database: Database, attempts: AttemptLog) -> None:
        """Work on ``database``; requests are kept in ``attempts``."""
        super().__init__(database)
        self._attempts = attempts

    def open_items(self, delivery_id: int) -> tuple[DeliveryItem, ...]:
        """What an image delivery still has to send, in series and instance order."""
        query = (
            select(instances.c.id, instances.c.path, instances.c.size_bytes, instances.c.md5)
            .join(delivery_items, delivery_items.c.instance_id == instances.c.id)
            .where(
                delivery_items.c.delivery_id == delivery_id,
                delivery_items.c.confirmed_at.is_(None),
            )
            .order_by(instances.c.series_id, instances.c.instance_number, instances.c.id)
        )
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

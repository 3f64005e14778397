"""Records as a platform took them last, sealed: what a correction is held against (G071)."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, desc, insert, select, update

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.tables import sent_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer

_KEPT = 2
"""The newest and the one before it: what the last correction changed can still be shown."""


@dataclass(frozen=True, slots=True)
class SentRecord:
    """One record as it was taken; holds patient data."""

    content_digest: str
    payload: dict[str, Any] = field(repr=False)
    sent_at: datetime


def seal_record(sealer: Sealer, payload: Mapping[str, object]) -> bytes:
    """A record as it is kept."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return sealer.seal(zlib.compress(text.encode()))


def keep_sent_record(connection: Connection, delivery: Delivery, sealed: bytes) -> None:
    """Note what the platform has taken; the same content again only renews its time."""
    own = (
        sent_records.c.examination_id == delivery.examination_id,
        sent_records.c.platform == delivery.platform,
    )
    rows = connection.execute(
        select(sent_records.c.id, sent_records.c.content_digest)
        .where(*own)
        .order_by(desc(sent_records.c.id))
    ).all()
    now = datetime.now(UTC)
    if rows and rows[0].content_digest == delivery.content_digest:
        connection.execute(
            update(sent_records).where(sent_records.c.id == rows[0].id).values(sent_at=now)
        )
        return
    connection.execute(
        insert(sent_records),
        {
            "examination_id": delivery.examination_id,
            "platform": delivery.platform,
            "content_digest": delivery.content_digest,
            "sealed": sealed,
            "sent_at": now,
        },
    )
    old = [row.id for row in rows[_KEPT - 1 :]]
    if old:
        connection.execute(delete(sent_records).where(sent_records.c.id.in_(old)))


def is_correction(connection: Connection, delivery: Delivery) -> bool:
    """True when the platform has taken this record before, with other content."""
    if delivery.kind is not DeliveryKind.RECORD:
        return False
    query = select(sent_records.c.id).where(
        sent_records.c.examination_id == delivery.examination_id,
        sent_records.c.platform == delivery.platform,
        sent_records.c.content_digest != delivery.content_digest,
    )
    return connection.execute(query.limit(1)).first() is not None


class SentRecords:
    """Reads what was sent; unseals it only for a person who asks."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Read ``database``."""
        self._database = database
        self._sealer = sealer

    def of_examination(self, examination_id: int, platform: str) -> tuple[SentRecord, ...]:
        """Newest first, at most two; none that this machine cannot unseal."""
        query = (
            select(sent_records)
            .where(
                sent_records.c.examination_id == examination_id,
                sent_records.c.platform == platform,
            )
            .order_by(desc(sent_records.c.id))
            .limit(_KEPT)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        found = []
        for row in rows:
            try:
                text = zlib.decompress(self._sealer.unseal(row.sealed))
            except StorageError:
                continue
            found.append(SentRecord(row.content_digest, json.loads(text), row.sent_at))
        return tuple(found)

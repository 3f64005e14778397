"""Every request to a platform and its answer, masked, the answer sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, desc, insert, or_, select

from hbgz_desktop.model.delivery import AT_REST, Attempt, DeliveryKind
from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.tables import attempts, deliveries, instances, series

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer

_MESSAGE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt about to be stored; texts are already masked.

    Attributes:
        content: Digest of what it said, where that is not all its delivery sends; "" for the delivery's.
    """

    delivery_id: int
    instance_id: int | None
    token: int
    started_at: datetime
    finished_at: datetime
    service: str
    msgid: str
    http_status: int | None
    answer_code: str
    message: str
    outcome: str
    cause: str
    answer: str
    size_bytes: int
    content: str = ""


class AttemptLog:
    """Repository of attempts."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep sealed answers in ``database``."""
        self._database = database
        self._sealer = sealer

    @property
    def sealer(self) -> Sealer:
        """Seals what is kept beside the attempts."""
        return self._sealer

    def insert(
        self, connection: Connection, attempt: NewAttempt, *, content_digest: str = ""
    ) -> None:
        """Append one inside the caller's transaction; the answer is sealed."""
        values: dict[str, object] = asdict(attempt)
        values["message"] = attempt.message[:_MESSAGE_LIMIT]
        values["content_digest"] = values.pop("content") or content_digest
        values["answer"] = self._sealer.seal(attempt.answer.encode()) if attempt.answer else None
        connection.execute(insert(attempts), values)

    def add(self, attempt: NewAttempt) -> None:
        """Append one in a transaction of its own."""
        with self._database.write() as connection:
            self.insert(connection, attempt)

    def had_silence(self, delivery_id: int) -> bool:
        """True when an earlier try with the content of now ended without an answer, or with its engine.

        The platform may then have stored what it says it has; it says nothing of other content.
        """
        content = deliveries.c.content_digest
        tried = select(attempts.c.id).where(
            attempts.c.delivery_id == deliveries.c.id,
            attempts.c.outcome == "transient",
            attempts.c.content_digest == content,
        )
        query = select(deliveries.c.id).where(
            deliveries.c.id == delivery_id,
            content != "",
            or_(deliveries.c.interrupted_digest == content, tried.exists()),
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def had_cause(self, delivery_id: int, cause: str) -> bool:
        """True when an earlier try with the content of now ended with this error code."""
        query = (
            select(attempts.c.id)
            .join(deliveries, deliveries.c.id == attempts.c.delivery_id)
            .where(
                attempts.c.delivery_id == delivery_id,
                attempts.c.content_digest == deliveries.c.content_digest,
                attempts.c.cause == cause,
            )
        )
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def was_told_otherwise(self, delivery_id: int, service: str, content: str) -> bool:
        """True when the platform took other content by this service, and was not yet asked to take this.

        What it says it has already is then not this; unless an engine ended in the middle of asking.
        """
        of_service = (attempts.c.delivery_id == delivery_id, attempts.c.service == service)
        other = select(attempts.c.id).where(
            *of_service, attempts.c.outcome == "accepted", attempts.c.content_digest != content
        )
        this = select(attempts.c.id).where(*of_service, attempts.c.content_digest == content)
        query = select(deliveries.c.id).where(
            deliveries.c.id == delivery_id,
            deliveries.c.interrupted_digest != deliveries.c.content_digest,
            other.exists(),
            ~this.exists(),
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def of_deliveries(self, delivery_ids: tuple[int, ...], limit: int = 200) -> tuple[Attempt, ...]:
        """Newest first, answers unsealed."""
        query = (
            select(attempts, series.c.number.label("series_number"), instances.c.instance_number)
            .outerjoin(instances, instances.c.id == attempts.c.instance_id)
            .outerjoin(series, series.c.id == instances.c.series_id)
            .where(attempts.c.delivery_id.in_(delivery_ids))
            .order_by(desc(attempts.c.id))
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Attempt(
                row.id,
                row.delivery_id,
                row.instance_id,
                row.token,
                row.started_at,
                row.finished_at,
                row.service,
                row.msgid,
                row.http_status,
                row.answer_code,
                row.message,
                row.outcome,
                row.cause,
                self._unseal(row.answer),
                row.series_number,
                row.instance_number,
            )
            for row in rows
        )

    def _unseal(self, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        try:
            return self._sealer.unseal(sealed).decode()
        except StorageError:
            return ""

    def trim(self, keep_days: int) -> int:
        """Delete attempts older than ``keep_days``, at most 5,000 at a time; returns how many.

        Those of a deletion that is not over stay: they say whether the platform may have carried it out.
        """
        is_open = select(deliveries.c.id).where(
            deliveries.c.id == attempts.c.delivery_id,
            deliveries.c.kind == DeliveryKind.DELETION.value,
            deliveries.c.state.not_in([one.value for one in AT_REST]),
        )
        old = (
            select(attempts.c.id)
            .where(
                attempts.c.finished_at < datetime.now(UTC) - timedelta(days=keep_days),
                ~is_open.exists(),
            )
            .limit(5000)
        )
        with self._database.write() as connection:
            return connection.execute(delete(attempts).where(attempts.c.id.in_(old))).rowcount

"""Per platform: circuit breaker, pause, and the msgid high-water mark that never goes back (G021)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from hbgz_desktop.model.errors import PlatformError
from hbgz_desktop.model.status import PlatformHealth
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import platform_state

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

SEQUENCE_MAX = 9999
NOTE_EVERY_S = 1.0


class PlatformStates:
    """Repository of platform states. Safe from any thread and process."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database
        self._noted: dict[str, tuple[float, bool]] = {}

    @staticmethod
    def _row(connection: Connection, platform: str) -> Any:
        query = select(platform_state).where(platform_state.c.platform == platform)
        row = connection.execute(query).first()
        if row is None:
            connection.execute(insert(platform_state), {"platform": platform})
            row = connection.execute(query).one()
        return row

    def _set(self, connection: Connection, platform: str, **values: object) -> None:
        connection.execute(
            update(platform_state).where(platform_state.c.platform == platform).values(**values)
        )

    def health(self, platform: str) -> PlatformHealth:
        """State of one platform; a fresh one when nothing has happened yet."""
        query = select(platform_state).where(platform_state.c.platform == platform)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return PlatformHealth(
                platform, 0, None, None, None, None, "", is_paused=False, paused_by=""
            )
        return PlatformHealth(
            platform,
            row.failures,
            row.opened_at,
            row.next_probe_at,
            row.last_answer_at,
            row.last_answer_ms,
            row.cause,
            row.is_paused,
            row.paused_by,
        )

    def answered(self, platform: str, elapsed_ms: float, *, is_probe: bool = False) -> bool:
        """The platform answered: closes the breaker; True when that ended an outage.

        A mere probe proves only reachability: one more failure opens the breaker again, unless it is the
        very delivery that failed last, which may be the one that cannot be answered.
        """
        now = datetime.now(UTC)
        with self._database.write() as connection:
            row = self._row(connection, platform)
            self._set(
                connection,
                platform,
                failures=row.failures - 1 if is_probe and row.failures > 0 else 0,
                opened_at=None,
                next_probe_at=None,
                last_answer_at=now,
                last_answer_ms=elapsed_ms,
                cause="",
                last_failed_delivery=row.last_failed_delivery if is_probe else 0,
            )
            if row.opened_at is not None:
                add_event(connection, "platform_back", platform=platform)
        return row.opened_at is not None

    def note_answer(self, platform: str, elapsed_ms: float) -> None:
        """A delivery succeeded; written at most once a second while nothing is wrong."""
        now = time.monotonic()
        last_at, was_well = self._noted.get(platform, (0.0, False))
        if was_well and now - last_at < NOTE_EVERY_S:
            return
        self.answered(platform, elapsed_ms)
        self._noted[platform] = (now, True)

    def failed(
        self,
        platform: str,
        cause: str,
        *,
        delivery_id: int,
        threshold: int,
        probe_delay_s: float,
        is_platform_wide: bool,
    ) -> bool:
        """No usable answer; opens the breaker at ``threshold`` failures in a row.

        A single delivery that fails again and again does not count twice, unless the failure is the
        connection's (``is_platform_wide``): one poisonous record must not stop the others.

        Returns:
            True when the breaker is open now: the caller's attempt is not counted.
        """
        now = datetime.now(UTC)
        self._noted.pop(platform, None)
        with self._database.write() as connection:
            row = self._row(connection, platform)
            repeats = row.last_failed_delivery == delivery_id and not is_platform_wide
            failures = min(row.failures + (0 if repeats else 1), threshold)
            opens: bool = failures >= threshold
            self._set(
                connection,
                platform,
                failures=failures,
                cause=cause,
                last_failed_delivery=delivery_id,
                opened_at=(row.opened_at or now) if opens else None,
                next_probe_at=now + timedelta(seconds=probe_delay_s) if opens else None,
            )
            if opens and row.opened_at is None:
                add_event(
                    connection, "platform_down", level="warning", platform=platform, cause=cause
                )
        return opens

    def probe_failed(self, platform: str, cause: str, probe_delay_s: float) -> None:
        """Still down: look again later."""
        with self._database.write() as connection:
            self._row(connection, platform)
            self._set(
                connection,
                platform,
                cause=cause,
                next_probe_at=datetime.now(UTC) + timedelta(seconds=probe_delay_s),
            )

    def probe_soon(self) -> None:
        """The network has changed: a platform that was silent is looked for at once."""
        now = datetime.now(UTC)
        is_waiting = platform_state.c.opened_at.is_not(None) & (
            platform_state.c.next_probe_at > now
        )
        with self._database.write() as connection:
            connection.execute(update(platform_state).where(is_waiting).values(next_probe_at=now))

    def set_paused(self, platform: str, *, paused: bool, actor: str) -> None:
        """Stop or resume all deliveries to a platform; running ones stop after the current file."""
        with self._database.write() as connection:
            self._row(connection, platform)
            self._set(connection, platform, is_paused=paused, paused_by=actor if paused else "")
            kind = "platform_paused" if paused else "platform_resumed"
            add_event(connection, kind, platform=platform)
            add_audit(connection, actor, kind, kind="platform", key=platform)

    def reserve_msgids(self, platform: str, now: datetime, count: int) -> tuple[datetime, int, int]:
        """Reserve message numbers of one second; unique for ever, also when the clock goes back (G021).

        Args:
            platform: Whose numbering.
            now: Aware time.
            count: How many are wanted.

        Returns:
            (second, first sequence, last sequence); the second is never before an earlier one's and there may
            be fewer numbers than wanted, at least one. What is not used is lost, never given out again.

        Raises:
            PlatformError: ``clock_went_back``: the clock is more than a day behind the last number.
        """
        second = now.astimezone(UTC).replace(microsecond=0)
        with self._database.write() as connection:
            row = self._row(connection, platform)
            at, used = row.msgid_time, row.msgid_sequence
            if at is None or second > at:
                at, used = second, 0
            elif used >= SEQUENCE_MAX:
                at, used = at + timedelta(seconds=1), 0
            if at - second > timedelta(days=1):
                raise PlatformError("clock_went_back", retryable=True, platform=platform)
            last = min(used + max(count, 1), SEQUENCE_MAX)
            self._set(connection, platform, msgid_time=at, msgid_sequence=last)
        return at, used + 1, last

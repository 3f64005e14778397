"""Sends authorizations that wait: at once for a person, later from the engine when the platform is back.

By itself goes out only what surely did not reach the platform. saveAuthUser changes something there:
when nobody knows whether it arrived, only a person sends it again (H006, "retry only idempotent reads").
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.authorization import ANSWER_UNKNOWN, AuthorizationState
from hbgz_desktop.model.errors import HbgzError, PlatformRejectedError, PlatformUnreachableError
from hbgz_desktop.model.retry import retry_delay
from hbgz_desktop.platforms.hebei.options import SAVE_AUTH_USER
from hbgz_desktop.platforms.hebei.probe import probe_hebei
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.access_token import AccessToken
    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.model.errors import PlatformError
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.hebei.client import HebeiClient
    from hbgz_desktop.platforms.hebei.exchange import HebeiExchange, HebeiOutcome
    from hbgz_desktop.services.hebei_tokens import HebeiTokens
    from hbgz_desktop.storage.authorizations import AuthorizationStore
    from hbgz_desktop.storage.platform_state import PlatformStates

PLATFORM = "hebei"
IDLE_S = 1.0
LEASE_MARGIN_S = 30.0
ENGINE = "engine"
_OUR_ADDRESS = frozenset({"hebei_path_unknown"})
"""Refusals that say nothing of the patient: IT corrects a setting, then it goes out."""
_NOT_KEPT = frozenset(
    {
        "hebei_dns",
        "hebei_no_route",
        "hebei_refused_connection",
        "hebei_timeout_connect",
        "hebei_tls",
        "hebei_busy",
    }
)
"""No connection stood, or the platform itself said to come back: surely not recorded there (H006).

``hebei_reset`` is not among them: the name does not tell whether the request had gone out.
"""
_NO_TOKEN_NOW = "hebei_token_waiting"  # noqa: S105 - a code


class AuthorizationSender:
    """Claims one authorization at a time, sends it, and writes down what came of it.

    Safe from any thread and process: fencing decides. The engine's own thread is ``worker``.
    """

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        store: AuthorizationStore,
        tokens: HebeiTokens,
        states: PlatformStates,
    ) -> None:
        """Wire the parts; nothing runs before ``worker.start``."""
        self._settings = settings
        self._store = store
        self._tokens = tokens
        self._states = states
        self._has_recovered = False
        self.worker = Worker("authorizations", self.step)

    def step(self) -> float:
        """Engine: send what is due, or look lightly whether a platform that was away is back."""
        settings = self._settings()
        if PLATFORM not in settings.enabled_platforms():
            return IDLE_S
        if not self._has_recovered:
            self._store.recover(ENGINE)
            self._has_recovered = True
        if self.cause_to_wait():
            return IDLE_S
        health = self._states.health(PLATFORM)
        if health.opened_at is not None:
            self._probe(settings)
            return 0.0
        claimed = self._store.claim(_owner(ENGINE), lease_s=self._lease_s())
        if claimed is None:
            return min(IDLE_S, settings.upload.probe_delay_s)
        self._send(claimed)
        return 0.0

    def cause_to_wait(self) -> str:
        """Why nothing is sent now: ``platform_paused``, what keeps the platform away, or ""."""
        health = self._states.health(PLATFORM)
        if health.is_paused:
            return "platform_paused"
        is_shut = health.opened_at is not None and health.next_probe_at is not None
        if is_shut and health.next_probe_at and health.next_probe_at > datetime.now(UTC):
            return health.cause
        return ""

    def send_now(self, authorization_id: int) -> Authorization:
        """A person waits: send this one, unless the platform is known to be away.

        Returns:
            The row as it is now; waiting when it could not be sent, or when nobody knows (H006).

        Raises:
            UsageError: ``authorization_unknown``.
        """
        cause = self.cause_to_wait()
        claimed = self._store.claim(
            _owner("desk"), lease_s=self._lease_s(), authorization_id=authorization_id
        )
        if claimed is None:
            return self._store.get(authorization_id)
        if cause:
            return self._wait(claimed, cause, is_attempt=False)
        return self._send(claimed)

    def _send(self, claimed: Authorization) -> Authorization:
        user = self._settings().hebei.user(claimed.his_dept_code, claimed.his_user_code)
        outcome: HebeiOutcome[None] | None = None

        def save(client: HebeiClient, token: AccessToken) -> HebeiOutcome[None]:
            nonlocal outcome
            outcome = client.save_auth_user(token, claimed.visit)
            return outcome

        try:
            outcome = self._tokens.call(user, save)
        except HbgzError as error:  # our own settings or database: it waits until they are right
            if outcome is None:
                return self._wait(claimed, error.code, is_attempt=False)
        return self._finish(claimed, outcome.exchange, outcome.error)

    def _finish(
        self, claimed: Authorization, exchange: HebeiExchange, error: PlatformError | None
    ) -> Authorization:
        if exchange.http_status is not None and not isinstance(error, PlatformUnreachableError):
            elapsed = exchange.finished_at - exchange.started_at
            if self._states.answered(PLATFORM, elapsed.total_seconds() * 1000):
                self._store.make_due()
        if error is None:
            return self._store.finish(
                claimed, AuthorizationState.AUTHORIZED, message=exchange.message
            )
        if isinstance(error, PlatformRejectedError) and error.code not in _OUR_ADDRESS:
            return self._store.finish(
                claimed,
                AuthorizationState.REFUSED,
                error_code=error.code,
                message=exchange.message,
            )
        if error.code == _NO_TOKEN_NOW:
            return self._wait(claimed, str(error.facts.get("cause", "")), is_attempt=False)
        opens_breaker = self._opens_breaker(claimed, error)
        if _may_have_arrived(exchange, error):
            return self._store.finish(
                claimed,
                AuthorizationState.WAITING,
                error_code=ANSWER_UNKNOWN,
                message=exchange.message,
            )
        return self._wait(
            claimed,
            error.code,
            message=exchange.message,
            is_attempt=not opens_breaker,
            asked_s=exchange.retry_after_s or 0.0,
        )

    def _opens_breaker(self, claimed: Authorization, error: PlatformError) -> bool:
        if not isinstance(error, PlatformUnreachableError):
            return False
        upload = self._settings().upload
        return self._states.failed(
            PLATFORM,
            error.code,
            delivery_id=claimed.id,
            threshold=upload.breaker_failures,
            probe_delay_s=upload.probe_delay_s,
            is_platform_wide=error.http_status is None,
        )

    def _wait(
        self,
        claimed: Authorization,
        error_code: str,
        *,
        message: str = "",
        is_attempt: bool = True,
        asked_s: float = 0.0,
    ) -> Authorization:
        retry = self._settings().retry
        delay = retry_delay(
            claimed.attempts + 1,
            first_delay_s=retry.first_delay_s,
            max_delay_s=retry.max_delay_s,
        )
        longest = timedelta(seconds=retry.max_delay_s)
        delay = max(delay, min(timedelta(seconds=asked_s), longest))
        return self._store.finish(
            claimed,
            AuthorizationState.WAITING,
            error_code=error_code,
            message=message,
            next_try_at=datetime.now(UTC) + delay,
            is_attempt=is_attempt,
        )

    def _probe(self, settings: Settings) -> None:
        try:
            result = probe_hebei(settings.hebei)
            cause = result.error.code if result.error else ""
            reachable, elapsed_ms = result.reachable, result.elapsed_ms
        except HbgzError as error:
            cause, reachable, elapsed_ms = error.code, False, 0
        if reachable:
            self._states.answered(PLATFORM, elapsed_ms, is_probe=True)
            self._store.make_due()
        else:
            self._states.probe_failed(PLATFORM, cause, settings.upload.probe_delay_s)

    def _lease_s(self) -> float:
        """Longer than two tokens and two calls can take."""
        own = self._settings().hebei
        return 4 * (own.connect_timeout_s + own.read_timeout_s) + LEASE_MARGIN_S


def _may_have_arrived(exchange: HebeiExchange, error: PlatformError) -> bool:
    """Whether the request was or may have been sent and no answer tells what came of it (H006)."""
    return (
        exchange.service == SAVE_AUTH_USER
        and isinstance(error, PlatformUnreachableError)
        and error.code not in _NOT_KEPT
    )


def _owner(kind: str) -> str:
    return f"{kind}-{os.getpid()}-{uuid.uuid4().hex[:6]}"

"""Tokens of Hebei's platform: kept, renewed once, and never a storm of requests for them (H046-H052)."""

from __future__ import annotations

import os
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from hbgz_desktop.model.access_token import AccessToken
from hbgz_desktop.model.errors import HbgzError, PlatformError, PlatformUnreachableError
from hbgz_desktop.model.retry import retry_delay
from hbgz_desktop.platforms.hebei.exchange import HebeiExchange, HebeiOutcome
from hbgz_desktop.platforms.hebei.options import GET_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.visit import HospitalUser
    from hbgz_desktop.platforms.hebei.client import HebeiClient
    from hbgz_desktop.services.hebei_clients import HebeiClients
    from hbgz_desktop.storage.hebei_tokens import HebeiTokenStore, TokenRow

AnswerT = TypeVar("AnswerT")

FIRST_DELAY_S = 2.0
LONGEST_DELAY_S = 600.0
"""A user that is refused is asked for less and less often; silence is the breaker's matter, not ours."""
LEASE_MARGIN_S = 5.0
LOOK_AGAIN_S = 0.05
CLOCK_SLACK_S = 5.0
"""A token from later than now by more than this: the clock was put back, its age is unknown."""
REFUSED = "hebei_token_refused"


class HebeiTokens:
    """Calls the platform with a good token. Blocks; safe from any thread and process.

    One row of the database serves console and engine. Whoever finds the token due renews it under the
    row's lease, all others go on with the old one while it is good and wait when it is not.
    """

    def __init__(self, store: HebeiTokenStore, clients: HebeiClients) -> None:
        """Keep tokens in ``store``, get them by ``clients``."""
        self._store = store
        self._clients = clients
        self._pause = threading.Event()

    def call(
        self,
        user: HospitalUser,
        send: Callable[[HebeiClient, AccessToken], HebeiOutcome[AnswerT]],
    ) -> HebeiOutcome[AnswerT]:
        """Send one call; a token that is refused is renewed once and the call sent once more.

        Args:
            user: On whose behalf (H046).
            send: Does the call, ``HebeiClient.save_auth_user`` and its like.

        Returns:
            What the platform said; also when no token could be had.

        Raises:
            SettingsError: Address, key or a code of the user is missing.
            StorageError: Database or sealed key.
        """
        with self._clients.lend() as client:
            try:
                row = self._good(client, user)
            except PlatformError as error:
                return _no_token(error)
            outcome = send(client, _as_token(row, user))
            if not _is_refused(outcome):
                self._store.proved(row)
                return outcome
            if row.failures:
                return self._give_up(row, outcome)
            try:
                fresh = self._good(client, user, refused=row.version)
            except PlatformError as error:
                return _no_token(error)
            again = send(client, _as_token(fresh, user))
            if _is_refused(again):
                return self._give_up(fresh, again)
            self._store.proved(fresh)
            return again

    def _give_up(self, row: TokenRow, outcome: HebeiOutcome[AnswerT]) -> HebeiOutcome[AnswerT]:
        """A token just issued is refused: asking for another one at once would not help."""
        self._store.block(row, REFUSED, _delay_s(row.failures + 1))
        return outcome

    def _good(self, client: HebeiClient, user: HospitalUser, refused: int = -1) -> TokenRow:
        """A row whose token may be used; ``refused`` is the version that the platform turned away.

        Raises:
            PlatformError: None can be had now.
        """
        limit = time.monotonic() + 2 * self._lease_s()
        while True:
            row = self._store.row(user, self._clients.issuer)
            now = datetime.now(UTC)
            is_good = _is_good(row, now) and row.version != refused
            if is_good and not _is_due(row, now):
                return row
            if _is_blocked(row, now):
                if is_good:
                    return row
                raise _held_back(row, now)
            fence = self._store.claim(row, _owner(), lease_s=self._lease_s())
            if fence is not None and self._renew(client, user, row, fence, may_refresh=is_good):
                return self._store.row(user, self._clients.issuer)
            if is_good:
                return row
            if time.monotonic() > limit:
                raise PlatformUnreachableError(
                    "hebei_token_waiting", seconds=1, cause=row.error_code
                )
            self._pause.wait(LOOK_AGAIN_S)

    def _renew(
        self,
        client: HebeiClient,
        user: HospitalUser,
        row: TokenRow,
        fence: int,
        *,
        may_refresh: bool,
    ) -> bool:
        """Refresh while the old one is good; get a new one otherwise, and when that fails (H052).

        Returns:
            False when it failed and the old token is still good, or the claim was lost.

        Raises:
            HbgzError: It failed and there is none.
        """
        try:
            asked = self._asked(client, user, row, may_refresh=may_refresh)
        except HbgzError as trouble:  # a mistake of our own settings must not hold the lease
            self._store.fail(row.id, fence, trouble.code, 0.0)
            raise
        if isinstance(asked, AccessToken):
            renewal = self._clients.settings.token_renewal
            return self._store.keep(row.id, fence, asked, renewal=renewal)
        failures = 1 if isinstance(asked, PlatformUnreachableError) else row.failures + 1
        delay_s = max(_delay_s(failures), _asked_to_wait_s(asked))
        self._store.fail(row.id, fence, asked.code, min(delay_s, LONGEST_DELAY_S))
        if not may_refresh:
            raise asked
        return False

    @staticmethod
    def _asked(
        client: HebeiClient, user: HospitalUser, row: TokenRow, *, may_refresh: bool
    ) -> AccessToken | PlatformError:
        outcome = client.refresh_token(_as_token(row, user)) if may_refresh else None
        if outcome is None or outcome.answer is None:
            outcome = client.get_token(user)
        if outcome.answer is not None:
            return outcome.answer
        return outcome.error or PlatformUnreachableError("hebei_answer_incomplete")

    def _lease_s(self) -> float:
        own = self._clients.settings
        return 2 * (own.connect_timeout_s + own.read_timeout_s) + LEASE_MARGIN_S


def _owner() -> str:
    return f"{os.getpid()}-{threading.get_ident()}-{uuid.uuid4().hex[:6]}"


def _delay_s(failures: int) -> float:
    delay = retry_delay(failures, first_delay_s=FIRST_DELAY_S, max_delay_s=LONGEST_DELAY_S)
    return delay.total_seconds()


def _asked_to_wait_s(error: PlatformError) -> float:
    asked = error.facts.get("retry_after_s")
    return asked if isinstance(asked, float) else 0.0


def _is_good(row: TokenRow, now: datetime) -> bool:
    """Whether there is a token that has not ended; one from the future has an unknown age."""
    if not row.token or row.expires_at is None or row.obtained_at is None:
        return False
    return now < row.expires_at and (row.obtained_at - now).total_seconds() <= CLOCK_SLACK_S


def _is_due(row: TokenRow, now: datetime) -> bool:
    return row.renew_at is None or now >= row.renew_at


def _is_blocked(row: TokenRow, now: datetime) -> bool:
    """A moment further away than any delay is none of ours: the clock was put back."""
    if row.blocked_until is None:
        return False
    return 0 < (row.blocked_until - now).total_seconds() <= LONGEST_DELAY_S


def _as_token(row: TokenRow, user: HospitalUser) -> AccessToken:
    obtained_at = row.obtained_at or datetime.now(UTC)
    life_s = None if row.expires_at is None else (row.expires_at - obtained_at).total_seconds()
    return AccessToken(user, row.app_id, row.token, life_s, obtained_at)


def _is_refused(outcome: HebeiOutcome[AnswerT]) -> bool:
    return outcome.error is not None and outcome.error.code == REFUSED


def _held_back(row: TokenRow, now: datetime) -> PlatformError:
    until = row.blocked_until or now
    seconds = max(1, round((until - now).total_seconds()))
    return PlatformUnreachableError("hebei_token_waiting", seconds=seconds, cause=row.error_code)


def _no_token(error: PlatformError) -> HebeiOutcome[AnswerT]:
    now = datetime.now(UTC)
    return HebeiOutcome(HebeiExchange(GET_TOKEN, now, now, error=error))

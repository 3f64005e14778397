"""The identity tokens of 2.2.3.1 and 2.2.3.2: opaque, of one user, with an end (H046 to H052)."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_LIFE_S: Final = 14400.0  # the printed sample


@dataclass(frozen=True, slots=True)
class TokenUser:
    """For whom a token is issued: organisation, its part, department and physician of the HIS."""

    org_code: str
    his_org_code: str
    dept_code: str
    user_code: str


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        app_id: The authorisation id, the same for every token of one user.
        ends_at: On the issuer's clock.
        life_s: What is announced as expire.
    """

    value: str
    app_id: str
    user: TokenUser
    ends_at: float
    life_s: float
    is_replaced: bool = False


class TokenIssuer:
    """Issues, refreshes and checks tokens. Safe from any thread.

    Attributes:
        life_s: How long tokens issued from now on live, in seconds.
    """

    def __init__(self, life_s: float, clock: Callable[[], float]) -> None:
        """Issue tokens of ``life_s`` seconds on ``clock``, a monotonic one."""
        self.life_s = life_s
        self._clock = clock
        self._lock = threading.Lock()
        self._app_ids: dict[TokenUser, str] = {}
        self._tokens: dict[str, Token] = {}
        self._issued = 0

    def issue(self, user: TokenUser, *, limit: int = 0, shorter_s: float = 0.0) -> Token:
        """Return a new token.

        Args:
            user: For whom.
            limit: How many live ones the user may hold, this one included; 0 for any number.
            shorter_s: It ends this much earlier than it says: a platform whose clock goes wrong.

        Raises:
            RuleBrokenError: TOKEN_TOO_OFTEN.
        """
        with self._lock:
            if limit and self._live_of(user) >= limit:
                raise RuleBrokenError(Rule.TOKEN_TOO_OFTEN)
            app_id = self._app_ids.setdefault(user, secrets.token_hex(16))
            token = Token(
                value=secrets.token_urlsafe(48),
                app_id=app_id,
                user=user,
                ends_at=self._clock() + self.life_s - shorter_s,
                life_s=self.life_s,
            )
            self._tokens[token.value] = token
            self._issued += 1
            return token

    def check(self, app_id: str, value: str) -> Token:
        """Return the token that was shown.

        Raises:
            RuleBrokenError: TOKEN_UNKNOWN, TOKEN_OF_ANOTHER_USER, TOKEN_REPLACED, TOKEN_EXPIRED.
        """
        with self._lock:
            token = self._tokens.get(value)
            if token is None:
                raise RuleBrokenError(Rule.TOKEN_UNKNOWN, "Authorization")
            if token.app_id != app_id:
                raise RuleBrokenError(Rule.TOKEN_OF_ANOTHER_USER, "App_id")
            if token.is_replaced:
                raise RuleBrokenError(Rule.TOKEN_REPLACED, "Authorization")
            if self._clock() >= token.ends_at:
                raise RuleBrokenError(Rule.TOKEN_EXPIRED, "Authorization")
            return token

    def replace(self, token: Token) -> None:
        """Make a refreshed token void (H052)."""
        with self._lock:
            self._tokens[token.value] = replace(token, is_replaced=True)

    def expire(self, value: str | None = None) -> None:
        """End one token, or every one, now."""
        with self._lock:
            now = self._clock()
            for token in list(self._tokens.values()):
                if value in (None, token.value):
                    self._tokens[token.value] = replace(token, ends_at=min(now, token.ends_at))

    def state(self) -> dict[str, object]:
        """Return how many were issued and how many live, and for how many users."""
        with self._lock:
            live = sum(self._live_of(user) for user in self._app_ids)
            return {
                "token_life_s": self.life_s,
                "tokens_issued": self._issued,
                "tokens_live": live,
                "token_users": len(self._app_ids),
            }

    def _live_of(self, user: TokenUser) -> int:
        now = self._clock()
        return sum(
            token.user == user and not token.is_replaced and now < token.ends_at
            for token in self._tokens.values()
        )

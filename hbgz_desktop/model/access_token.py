"""The token of Hebei's platform: opaque, for one user, and when it must be renewed (V1.5, 2.2.3.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.visit import HospitalUser

UNKNOWN_LIFE_S = 60.0
"""How long a token is kept whose ``expire`` cannot be read (H050)."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What getToken or refreshToken gave.

    Attributes:
        user: On whose behalf it was issued (H046).
        app_id: Goes into the header ``App_id`` (H047).
        token: Opaque, never parsed (H051); kept out of ``repr``.
        life_s: ``expire`` in seconds, None when it cannot be read (H050).
        obtained_at: Aware UTC, when it was asked for.
    """

    user: HospitalUser
    app_id: str = field(repr=False)
    token: str = field(repr=False)
    life_s: float | None
    obtained_at: datetime

    @property
    def expires_at(self) -> datetime:
        """From here on it is no good."""
        life_s = UNKNOWN_LIFE_S if self.life_s is None else self.life_s
        return self.obtained_at + timedelta(seconds=life_s)

    def renew_at(self, fraction: float) -> datetime:
        """When to renew it: after ``fraction`` of its life (H050)."""
        return self.obtained_at + (self.expires_at - self.obtained_at) * fraction

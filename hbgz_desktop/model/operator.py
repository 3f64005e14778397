"""Who sits in front of the console: the system account, or a name with PIN (DESIGN 11, H046)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PIN_SHORTEST, PIN_LONGEST = 4, 12
NAME_LONGEST = 32
FREE_TRIES = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)
_PIN = re.compile(rf"[0-9]{{{PIN_SHORTEST},{PIN_LONGEST}}}")


class Role(StrEnum):
    """Which pages and actions there are."""

    CLERK = "clerk"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts.

    Attributes:
        id: Row in ``operators``; 0 for one that is not kept there.
        name: As it stands in audit rows.
        role: Clerk or IT.
        system_account: Account of the operating system that acts under this name, or "".
        his_dept_code: ``hisDeptCode`` of this person; "" = as the settings say (H046).
        his_user_code: ``hisUserCode`` of this person; "" = as the settings say (H046).
    """

    id: int
    name: str
    role: Role
    system_account: str = ""
    his_dept_code: str = ""
    his_user_code: str = ""


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """An operator as the administration sees one.

    Attributes:
        has_pin: The name can be chosen in the console.
        locked_until: No PIN is looked at before that, or None.
    """

    operator: Operator
    has_pin: bool
    is_active: bool
    created_at: datetime
    last_seen_at: datetime | None = None
    failed_attempts: int = 0
    locked_until: datetime | None = None


def clean_name(text: str) -> str:
    """A name as it is kept: one form of each character, single blanks; "" when it cannot be one."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    is_good = 0 < len(name) <= NAME_LONGEST and name.isprintable()
    return name if is_good else ""


def clean_pin(text: str) -> str:
    """The digits of a PIN, typed with any input method; "" when it cannot be one."""
    pin = unicodedata.normalize("NFKC", text).strip()
    return pin if _PIN.fullmatch(pin) else ""


def lock_time(failed_attempts: int) -> timedelta | None:
    """How long a name is locked after so many wrong PINs; it doubles with each further one."""
    over = failed_attempts - FREE_TRIES
    if over < 0:
        return None
    doubled: timedelta = FIRST_LOCK * (1 << min(over, 16))
    return min(doubled, LONGEST_LOCK)

"""The 18-digit identity card number (GB 11643): check digit, birth date, sex."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")


class Sex(Enum):
    """Sex as the card number tells it; each platform has its own code for it (X001)."""

    MALE = "male"
    FEMALE = "female"


class IdentityCardFault(Enum):
    """What is wrong with a number, the first that was found."""

    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTH_DATE = "birth_date"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a number says.

    Attributes:
        number: Blanks removed, upper case; kept out of ``repr``.
        fault: None when the number is sound.
        birth_date: None when it cannot be read.
        sex: None when it cannot be read.
    """

    number: str = field(repr=False)
    fault: IdentityCardFault | None
    birth_date: date | None = field(default=None, repr=False)
    sex: Sex | None = None

    @property
    def is_valid(self) -> bool:
        """Whether form, birth date and check digit hold."""
        return self.fault is None


def identity_check_digit(first_17: str) -> str:
    """The 18th character by ISO 7064 MOD 11-2.

    Args:
        first_17: Exactly 17 decimal digits.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def read_identity_card(text: str) -> IdentityCard:
    """Check a number and read birth date and sex from it.

    A wrong check digit still yields birth date and sex: a person is to see all that disagrees.
    """
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if len(number) != 18:
        return IdentityCard(number, IdentityCardFault.LENGTH)
    if not (number.isascii() and _SHAPE.fullmatch(number)):
        return IdentityCard(number, IdentityCardFault.CHARACTERS)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    birth_date = _read_birth_date(number[6:14])
    if birth_date is None:
        return IdentityCard(number, IdentityCardFault.BIRTH_DATE, None, sex)
    is_sound = identity_check_digit(number[:17]) == number[17]
    fault = None if is_sound else IdentityCardFault.CHECK_DIGIT
    return IdentityCard(number, fault, birth_date, sex)


def _read_birth_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None

"""Made-up people: names anybody may have and identity numbers nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

# Guizhou's digits followed by a county that does not exist.
AREA: Final = "529999"
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS: Final = "10X98765432"
FAMILY_NAMES: Final = (
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("赵", "Zhao"),
    ("吴", "Wu"),
    ("周", "Zhou"),
    ("欧阳", "Ouyang"),
)
GIVEN_NAMES: Final = (
    ("伟", "Wei"),
    ("芳", "Fang"),
    ("秀英", "Xiuying"),
    ("小明", "Xiaoming"),
    ("浩然", "Haoran"),
    ("子涵", "Zihan"),
    ("桂兰", "Guilan"),
    ("建国", "Jianguo"),
    ("丽娟", "Lijuan"),
    ("志强", "Zhiqiang"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person.

    Attributes:
        name: DICOM form in Chinese, ``王^小明``.
        romanised: The same in letters, ``Wang^Xiaoming``.
        certificate_number: 18 characters with a right check digit.
        sex: M or F; the number's seventeenth digit agrees.
    """

    name: str
    romanised: str
    certificate_number: str
    birth_date: date
    sex: str


def identity_number(birth_date: date, sequence: int) -> str:
    """Return an identity number of the county that does not exist (GB 11643, ISO 7064 MOD 11-2).

    Args:
        birth_date: Digits 7 to 14.
        sequence: Digits 15 to 17; odd for men.
    """
    body = f"{AREA}{birth_date:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK_DIGITS[total % 11]


def make_person(rng: random.Random) -> Person:
    """Make one up."""
    family, family_letters = rng.choice(FAMILY_NAMES)
    given, given_letters = rng.choice(GIVEN_NAMES)
    birth_date = date(1945, 1, 1) + timedelta(days=rng.randrange(365 * 60))
    sequence = rng.randrange(1000)
    return Person(
        name=f"{family}^{given}",
        romanised=f"{family_letters}^{given_letters}",
        certificate_number=identity_number(birth_date, sequence),
        birth_date=birth_date,
        sex="M" if sequence % 2 else "F",
    )

"""Identity card numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.identity_card import (
    IdentityCardFault,
    Sex,
    identity_check_digit,
    read_identity_card,
)

# the worked examples of GB 11643
EXAMPLES = [
    ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
    ("440524188001010014", date(1880, 1, 1), Sex.MALE),
]


@pytest.mark.parametrize(("number", "birth_date", "sex"), EXAMPLES)
def test_examples_of_the_standard(number: str, birth_date: date, sex: Sex) -> None:
    card = read_identity_card(number)
    assert (card.is_valid, card.fault, card.birth_date, card.sex) == (True, None, birth_date, sex)


def test_blanks_case_and_full_width_are_forgiven() -> None:
    card = read_identity_card(" 110105 19491231 \uff10\uff10\uff12x ")
    assert (card.number, card.is_valid) == ("11010519491231002X", True)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", IdentityCardFault.LENGTH),
        ("110105491231002", IdentityCardFault.LENGTH),
        ("11010519491231002XX", IdentityCardFault.LENGTH),
        ("1101051949123100XX", IdentityCardFault.CHARACTERS),
        ("01010519491231002X", IdentityCardFault.CHARACTERS),
        ("1101051949123\u0661002X", IdentityCardFault.CHARACTERS),
        ("110105194913310020", IdentityCardFault.BIRTH_DATE),
        ("110105194902300020", IdentityCardFault.BIRTH_DATE),
        ("110105194912310021", IdentityCardFault.CHECK_DIGIT),
    ],
)
def test_faults(number: str, fault: IdentityCardFault) -> None:
    card = read_identity_card(number)
    assert (card.fault, card.is_valid) == (fault, False)


def test_a_wrong_check_digit_still_tells_birth_date_and_sex() -> None:
    card = read_identity_card("110105194912310021")
    assert (card.birth_date, card.sex) == (date(1949, 12, 31), Sex.FEMALE)


def test_repr_holds_nothing_of_the_person() -> None:
    text = repr(read_identity_card("11010519491231002X"))
    assert "1949" not in text


@given(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True), st.dates(), st.integers(0, 999))
def test_any_number_with_its_check_digit_is_valid(area: str, birth: date, serial: int) -> None:
    first = f"{area}{birth.year:04d}{birth:%m%d}{serial:03d}"
    card = read_identity_card(first + identity_check_digit(first))
    assert (card.fault, card.birth_date) == (None, birth)
    assert card.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_is_noticed(first: str, place: int, step: int) -> None:
    changed = first[:place] + str((int(first[place]) + step) % 10) + first[place + 1 :]
    assert identity_check_digit(first) != identity_check_digit(changed)

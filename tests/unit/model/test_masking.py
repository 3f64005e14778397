"""Masks as LOOK 3 draws them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("  ", ""),
        ("张", "*"),
        ("张三", "张*"),
        ("李小明", "李**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳锋", "欧阳*"),
        ("司马", "司*"),
        (" 司徒 雷 ", "司徒 *"),
        ("阿不都·热西提", "阿**·***"),
        ("Wang^XiaoDong", "W***^********"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("520112199003071260", "5201***********260"),
        ("52011219900307126X", "5201***********26X"),
        ("E12345678", "E1******8"),
        ("ABC", "***"),
        ("A", "*"),
    ],
)
def test_certificate_numbers(number: str, masked: str) -> None:
    assert mask_identity(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("13812342071", "138****2071"),
        (" 138-1234-2071 ", "138-****-2071"),
        ("0851-85551234", "085*-****1234"),
        ("12345", "*****"),
        ("8555123", "85***23"),
        ("无电话", "***"),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@given(st.text(max_size=40))
def test_masks_keep_the_length_and_hide_at_least_half(text: str) -> None:
    stripped = text.strip()
    for mask in (mask_identity, mask_phone, mask_name):
        assert len(mask(text)) == len(stripped)
    hidden = mask_identity(text).count("*") - stripped.count("*")
    assert hidden >= 0
    digits = [char for char in stripped if char.isdecimal()]
    kept = [char for char in mask_phone(text) if char.isdecimal()]
    assert len(kept) <= max(0, len(digits) * 2 / 3)

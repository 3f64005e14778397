"""Lists in one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.platforms.code_list import (
    field_entries,
    join_list,
    split_list,
    split_names,
    split_numbers,
)
from hbgz_desktop.platforms.standards import load_standard

INTERFACE = load_standard("guizhou", "1.4").interface("saveExamRpotImgInfo")


@pytest.mark.parametrize(
    "text",
    ["2|3", "2｜3", "2 3", "2,3", "2，3", "2、3", "2;3", "2；3", " 2 | 3 ", "|2||3|", "2\t3"],
)
def test_every_separator_of_g032(text: str) -> None:
    assert split_list(text) == ("2", "3")


def test_nothing_in_it() -> None:
    assert split_list("") == split_list(" | ") == split_numbers(",") == split_names("") == ()


def test_what_is_sent() -> None:
    assert join_list(("2", "3")) == "2|3"
    assert join_list(("2", "3"), " ") == "2 3"
    assert join_list(()) == ""


def test_numbers_keep_their_blanks() -> None:
    assert split_numbers("CT 001 ， CT 002;X3") == ("CT 001", "CT 002", "X3")


def test_names_keep_blanks_and_commas() -> None:
    assert split_names("胸部 CT（平扫、增强）") == ("胸部 CT（平扫、增强）",)
    assert split_names("胸部 CT 平扫；头颅, MRI") == ("胸部 CT 平扫", "头颅, MRI")


def test_names_are_split_further_only_where_the_codes_ask_for_it() -> None:
    assert split_names("胸部平扫、头颅平扫", 2) == ("胸部平扫", "头颅平扫")
    assert split_names("胸部平扫 头颅平扫", 2) == ("胸部平扫", "头颅平扫")
    assert split_names("胸部 CT、头颅 CT", 2) == ("胸部 CT", "头颅 CT")
    assert split_names("胸部、腹部、盆部 CT", 2) == ("胸部、腹部、盆部 CT",)


def test_a_field_knows_how_it_is_split() -> None:
    def split(name: str, text: str, count: int = 0) -> tuple[str, ...]:
        field = INTERFACE.field(name)
        assert field is not None
        return field_entries(field, text, count)

    assert split("examWay", "1 2") == ("1", "2")
    assert split("accessionNumber", "A 1，B") == ("A 1", "B")
    assert split("imgExamItem", "头颅 平扫") == ("头颅 平扫",)
    assert split("imgExamItem", "头颅 平扫", 2) == ("头颅", "平扫")


@given(st.lists(st.from_regex(r"[0-9A-Z]{1,9}", fullmatch=True)), st.sampled_from("|｜ ,，、;；"))
def test_what_is_joined_is_split_again(codes: list[str], separator: str) -> None:
    assert split_list(join_list(codes, separator)) == tuple(codes)

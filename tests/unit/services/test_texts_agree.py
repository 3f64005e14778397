"""The Chinese and the English error texts say the same about the same codes."""

from __future__ import annotations

import re
import string
import tomllib

import pytest

from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.services.error_texts import LANGUAGES, WHO, ErrorTexts

HAN = re.compile("[\u4e00-\u9fff]+")
QUOTED_TERM = re.compile('"[\u4e00-\u9fff]+" \\([a-z ]+\\)')
"""A Chinese term that the reader meets in a file, with its meaning: "标准代码" (standard code)."""
WORDS = ("title", "cause", "next")


def _table(language: str) -> dict[str, dict[str, str]]:
    path = resources_dir() / "texts" / f"errors.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


CHINESE = _table("zh")
ENGLISH = _table("en")


def test_both_have_the_same_codes_in_the_same_order() -> None:
    assert list(ENGLISH) == list(CHINESE)


def test_both_name_the_same_person_to_act() -> None:
    assert {code: text["who"] for code, text in ENGLISH.items()} == {
        code: text["who"] for code, text in CHINESE.items()
    }
    assert {text["who"] for text in CHINESE.values()} <= set(WHO)


def test_both_fill_in_the_same_facts() -> None:
    different = [
        (code, part)
        for code, text in CHINESE.items()
        for part in WORDS
        if _placeholders(text[part]) != _placeholders(ENGLISH[code][part])
    ]
    assert different == []


def test_neither_says_more_than_the_other() -> None:
    lopsided = [
        (code, part)
        for code, text in CHINESE.items()
        for part in WORDS
        if bool(text[part].strip()) != bool(ENGLISH[code][part].strip())
    ]
    assert lopsided == []


def test_english_has_no_chinese_but_quoted_terms() -> None:
    chinese = [
        (code, part)
        for code, text in ENGLISH.items()
        for part in WORDS
        if HAN.search(QUOTED_TERM.sub("", text[part]))
    ]
    assert chinese == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_title_and_can_be_filled(language: str) -> None:
    texts = ErrorTexts(language)
    facts = {
        name: "x"
        for text in _table(language).values()
        for part in WORDS
        for name in _placeholders(text[part])
    }
    assert [code for code in texts.codes() if not texts.of(code, facts).title] == []

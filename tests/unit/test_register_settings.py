"""Every decision of the register that says setting is a setting, with its id and in plain words.

The register is ``docs/DECISIONS.md``. Its words for it are those of ``SAYS_SETTING``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from hbgz_desktop.model.settings import SECRET_KEYS
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.platforms.validator import fields_with_code_set
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.mappings import MappingStore
from hbgz_desktop.storage.settings_file import all_keys, find_field

REGISTER = Path(__file__).resolve().parents[2] / "docs" / "DECISIONS.md"
ENTRY = re.compile(r"^\d+\. \*\*([GHX]\d{3})\b.*$", re.MULTILINE)
ID = re.compile(r"[GHX]\d{3}")
SAYS_SETTING = re.compile(
    r"\b(settings?|switch\w*|configur\w*|options?|selectable|override|allow list|explicitly allowed)\b"
    r"|optional encryptor",
    re.IGNORECASE,
)
BY_MAPPING = {"G042": "psnCertType", "X006": "examPart"}
"""Settings of a kind of their own: the mapping tables, line by line, of the field named here."""
LATER = frozenset(
    {
        *("H003", "H004", "H005", "H010", "H014", "H015", "H017", "H023", "H025", "H026", "H033"),
        *("H039", "H040", "H041", "H065", "H072"),
    }
)
"""Of Hebei's tables and of getDicomFile, which this version has not: their settings come with them."""
AT_LEAST = {"G016": 7, "G018": 2, "G024": 3, "G037": 2, "G046": 2, "G072": 5, "G073": 2, "G076": 2}
"""Decisions that name more than one thing to set."""


def decisions() -> dict[str, str]:
    """Id → what was decided; the entries of part X are that as a whole."""
    found = {}
    for entry in ENTRY.finditer(REGISTER.read_text(encoding="utf-8")):
        found[entry[1]] = entry[0].rpartition("Decision:")[2]
    return found


DECISIONS = decisions()
SAYING = sorted(one for one, text in DECISIONS.items() if SAYS_SETTING.search(text))


def words() -> dict[str, tuple[str, str]]:
    """Key → title and description of every setting and secret."""
    found = {}
    for key in all_keys():
        declared = find_field(key)
        found[key] = (declared.title or "", declared.description or "")
    return found | {key: (title, "") for key, title in SECRET_KEYS.items()}


WORDS = words()
CARRYING: dict[str, list[str]] = defaultdict(list)
for _key, _texts in WORDS.items():
    for _id in sorted(set(ID.findall(" ".join(_texts)))):
        CARRYING[_id].append(_key)


def test_the_whole_register_is_read() -> None:
    assert len(DECISIONS) == 161
    assert all(text.strip() for text in DECISIONS.values())
    assert sum(one.startswith("G") for one in SAYING) >= 37


@pytest.mark.parametrize("decision", SAYING)
def test_what_says_setting_is_one(decision: str) -> None:
    if decision in LATER or decision in BY_MAPPING:
        assert CARRYING[decision] == [], "no exception any more"
        return
    assert len(CARRYING[decision]) >= AT_LEAST.get(decision, 1), DECISIONS[decision]


def test_exceptions_are_of_the_register() -> None:
    assert LATER | set(BY_MAPPING) <= set(SAYING)
    assert all(one.startswith("H") for one in LATER)


@pytest.mark.parametrize("decision", BY_MAPPING)
def test_a_mapping_is_the_setting_and_nothing_is_built_in(
    decision: str, empty_database: Path
) -> None:
    assert BY_MAPPING[decision] in fields_with_code_set(load_standard("guizhou", "1.4"))
    with closing(Database(empty_database)) as database:
        assert MappingStore(database).table("guizhou") == {}


def test_no_setting_names_a_decision_that_is_none() -> None:
    assert set(CARRYING) <= set(DECISIONS)


@pytest.mark.parametrize("key", sorted({key for keys in CARRYING.values() for key in keys}))
def test_each_says_what_it_does_in_plain_words(key: str) -> None:
    title, description = WORDS[key]
    assert len(re.findall(r"[\u4e00-\u9fff]", title)) >= 2
    if key not in SECRET_KEYS:
        plain = ID.sub("", description)
        assert len(re.findall(r"[\u4e00-\u9fff]", plain)) >= 4
        assert description.endswith("。")

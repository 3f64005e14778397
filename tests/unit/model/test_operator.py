"""Names, PINs, locks and the one table of permissions."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import hbgz_desktop
from hbgz_desktop.model.operator import LONGEST_LOCK, Role, clean_name, clean_pin, lock_time
from hbgz_desktop.model.permissions import ACTIONS, PAGES, SIGHTS, may, page_roles
from hbgz_desktop.services.error_texts import LANGUAGES, ErrorTexts

WRITTEN = re.compile(
    r"(?:add_audit\(\s*connection,\s*\w+,|audit\.record\(|_log\.add\([\w.()]+,)\s*\"(\w+)\""
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1234", "1234"), (" 1234 ", "1234"), ("１２３４", "1234"), ("123", ""), ("12a4", "")],
)
def test_a_pin_is_digits_of_any_input_method(typed: str, kept: str) -> None:
    assert clean_pin(typed) == kept


def test_a_pin_is_no_longer_than_it_may_be() -> None:
    assert clean_pin("1" * 12) == "1" * 12
    assert clean_pin("1" * 13) == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 李  敏 ", "李 敏"), ("", ""), ("李" * 33, ""), ("李\u200b敏", "")]
)
def test_a_name_has_one_form(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_the_lock_begins_at_the_fifth_wrong_pin_and_grows() -> None:
    assert [lock_time(count) for count in (0, 4)] == [None, None]
    assert [lock_time(count) for count in (5, 6, 7)] == [
        timedelta(seconds=30),
        timedelta(seconds=60),
        timedelta(seconds=120),
    ]
    assert lock_time(1000) == LONGEST_LOCK


def test_it_may_everything_and_a_clerk_the_daily_work() -> None:
    assert all(may(Role.IT, one) for one in (*ACTIONS, *SIGHTS))
    refused = {one for one in (*ACTIONS, *SIGHTS) if not may(Role.CLERK, one)}
    assert {
        "setting_set",
        "peer_set",
        "operator_added",
        "audit_of_others",
        "raw_answers",
    } <= refused
    assert not {"delivery_retried", "mapping_set", "record_corrected"} & refused
    assert page_roles("queue") == frozenset(Role)
    assert all(Role.IT in roles for roles in PAGES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_words(language: str) -> None:
    known = ErrorTexts(language).codes()
    assert [one for one in ACTIONS if f"audit_{one}" not in known] == []


def test_every_action_that_is_written_stands_in_the_table() -> None:
    package = Path(hbgz_desktop.__file__).parent
    written = {
        name
        for path in package.rglob("*.py")
        for name in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    assert len(written) > 10
    assert written - set(ACTIONS) == set()

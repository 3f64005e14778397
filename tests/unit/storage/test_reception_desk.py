"""Claims, visits and searches of the reception desk's own tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.authorization import (
    ANSWER_UNKNOWN,
    AuthorizationFilter,
    AuthorizationState,
)
from hbgz_desktop.model.operator import Operator, Role
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.storage.authorizations import AuthorizationStore
from hbgz_desktop.storage.known_patients import KnownPatients

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

VISIT = Visit(
    "P1", "欧阳娜", "01", "139999199003071234", "13800001111", "V1", "2026-11-22 08:00:00"
)
USER = HospitalUser("130000000001", "", "K01", "D001")
CLERK = Operator(0, "李敏", Role.CLERK)


@pytest.fixture
def store(database: Database) -> AuthorizationStore:
    return AuthorizationStore(database)


def test_fencing_drops_what_comes_too_late(store: AuthorizationStore) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    first = store.claim("a", lease_s=-1)
    assert first is not None
    store.send_again(row.id, CLERK)
    second = store.claim("b", lease_s=60, authorization_id=row.id)
    assert second is not None
    assert (second.id, second.token) == (row.id, first.token + 2)
    late = store.finish(first, AuthorizationState.REFUSED, error_code="late")
    assert (late.state, late.token) == (AuthorizationState.SENDING, second.token)
    assert store.finish(second, AuthorizationState.AUTHORIZED).attempts == 2
    assert store.claim("c", lease_s=60) is None


def test_a_withdrawal_on_the_way_keeps_what_the_platform_proved(store: AuthorizationStore) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    claimed = store.claim("a", lease_s=60)
    assert claimed is not None
    store.withdraw(row.id, CLERK, "")
    after = store.finish(claimed, AuthorizationState.AUTHORIZED)
    assert after.state is AuthorizationState.WITHDRAWN
    assert after.sent_at is not None


def test_one_that_waits_for_its_time_is_due_then(store: AuthorizationStore) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    claimed = store.claim("a", lease_s=60)
    assert claimed is not None
    later = datetime.now(UTC) + timedelta(hours=1)
    store.finish(claimed, AuthorizationState.WAITING, next_try_at=later)
    assert store.claim("a", lease_s=60) is None
    assert store.make_due() == 1
    assert store.claim("a", lease_s=60) is not None
    assert store.get(row.id).state is AuthorizationState.SENDING


@pytest.mark.parametrize("how", ["recover", "lease"])
def test_killed_on_the_way_it_waits_for_a_person(store: AuthorizationStore, how: str) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    claimed = store.claim("engine-1", lease_s=60 if how == "recover" else -1)
    assert claimed is not None
    if how == "recover":
        assert store.recover("engine") == 1
    assert store.claim("engine-2", lease_s=60) is None
    left = store.get(row.id)
    assert (left.state, left.error_code) == (AuthorizationState.WAITING, ANSWER_UNKNOWN)
    assert (left.is_answer_unknown, left.next_try_at, left.attempts) == (True, None, 1)
    assert store.make_due() == 0
    assert store.claim("engine-2", lease_s=60) is None
    assert store.send_again(row.id, CLERK).state is AuthorizationState.WAITING
    assert store.make_due() == 0
    assert store.claim("engine-2", lease_s=60) is None, "only the person's own claim sends it"
    assert store.claim("desk-1", lease_s=60, authorization_id=row.id) is not None


def test_an_answer_after_the_claim_was_given_up_still_counts(store: AuthorizationStore) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    claimed = store.claim("engine-1", lease_s=60)
    assert claimed is not None
    store.recover("engine")
    assert store.finish(claimed, AuthorizationState.REFUSED).is_answer_unknown
    after = store.finish(claimed, AuthorizationState.AUTHORIZED)
    assert (after.state, after.error_code) == (AuthorizationState.AUTHORIZED, "")
    assert after.sent_at is not None
    assert store.get(row.id) == after


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({}, True),
        ({"visit_no": ""}, True),
        ({"visit_time": "2026-11-23 08:00:00"}, True),
        ({"visit_no": "V2"}, False),
        ({"visit_no": "", "visit_time": "2026-11-23 08:00:00"}, False),
        ({"id_no": "13999919900307123X"}, False),
    ],
)
def test_what_is_one_visit(
    store: AuthorizationStore, change: dict[str, str], is_same: bool
) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    found, is_known = store.add(replace(VISIT, **change), USER, CLERK)
    assert is_known is is_same
    assert (found.id == row.id) is is_same


def test_a_number_known_later_is_still_the_same_visit(store: AuthorizationStore) -> None:
    row, _ = store.add(replace(VISIT, visit_no=""), USER, CLERK)
    assert store.of_visit(VISIT) == row


def test_search_finds_parts_of_names_and_whole_certificates_only(
    store: AuthorizationStore, database: Database
) -> None:
    row, _ = store.add(VISIT, USER, CLERK)
    for text in ("欧阳", "oyn", "OuYang", "p1", "v1", VISIT.id_no, " 138 0000 1111"):
        assert store.ids(AuthorizationFilter(text=text)) == (row.id,), text
    for text in ("%", "_", VISIT.id_no[:17], "1380000111"):
        assert store.ids(AuthorizationFilter(text=text)) == (), text
    patients = KnownPatients(database)
    assert [one.name for one in patients.search("oyn", 5)] == ["欧阳娜"]
    assert patients.search("  ", 5) == ()

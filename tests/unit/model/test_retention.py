"""Nothing unverified is ever cleared: the rule, case by case and over everything hypothesis thinks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.retention import (
    ClearingPolicy,
    DeliveredPart,
    Kept,
    KeptStudy,
    clears_unsent,
    why_kept,
)
from hbgz_desktop.model.settings import Settings
from hbgz_desktop.model.worklist import Lane

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
OLD = NOW - timedelta(days=400)
POLICY = ClearingPolicy(("guizhou",), 180)
RECORD = DeliveredPart(
    platform="guizhou",
    kind=DeliveryKind.RECORD,
    part=0,
    state=DeliveryState.DELIVERED,
    is_paused=False,
    is_current=True,
    is_whole=True,
    updated_at=OLD,
)
IMAGES = replace(RECORD, kind=DeliveryKind.IMAGES, part=7)
REPORT = replace(RECORD, kind=DeliveryKind.REPORT, part=3)
STUDY = KeptStudy(
    id=7,
    examination_id=70,
    files=4,
    size_bytes=4000,
    lane=Lane.CONFIRMED,
    is_complete=True,
    is_stale=False,
    is_undecided=False,
    is_uneven=False,
    sendable=4,
    confirmed=4,
    last_received_at=OLD,
    deliveries=(RECORD, IMAGES, REPORT),
)


def test_what_every_platform_has_and_is_old_may_go() -> None:
    assert why_kept(STUDY, POLICY, NOW) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_complete": False}, Kept.RECEIVING),
        ({"lane": Lane.RECEIVING}, Kept.RECEIVING),
        ({"examination_id": None}, Kept.NO_RECORD),
        ({"is_undecided": True}, Kept.UNDECIDED),
        ({"is_stale": True}, Kept.UNDER_CHANGE),
        ({"is_uneven": True}, Kept.COUNT_DIFFERS),
        ({"lane": Lane.CHANGED}, Kept.NOT_CONFIRMED),
        ({"lane": Lane.NEEDS_FIX}, Kept.NOT_CONFIRMED),
        ({"confirmed": 3}, Kept.NOT_CONFIRMED),
        ({"last_received_at": NOW - timedelta(days=179)}, Kept.TOO_YOUNG),
        ({"deliveries": ()}, Kept.NOT_DELIVERED),
        ({"deliveries": (RECORD,)}, Kept.NOT_DELIVERED),
        ({"deliveries": (IMAGES,)}, Kept.NOT_DELIVERED),
    ],
)
def test_whatever_is_open_keeps_the_files(changed: dict[str, object], reason: Kept) -> None:
    study = replace(STUDY, **changed)  # type: ignore[arg-type]  # values of its own fields
    assert why_kept(study, POLICY, NOW) is reason


@pytest.mark.parametrize("row", [RECORD, IMAGES, REPORT])
@pytest.mark.parametrize(
    "state", [one for one in DeliveryState if one not in (DeliveryState.DELIVERED,)]
)
def test_every_row_of_the_queue_has_to_be_delivered(
    row: DeliveredPart, state: DeliveryState
) -> None:
    """A report that need not go is the one exception: nobody waits for it."""
    rows = tuple(replace(one, state=state) if one is row else one for one in STUDY.deliveries)
    is_free = row is REPORT and state is DeliveryState.NOT_REQUIRED
    reason = why_kept(replace(STUDY, deliveries=rows), POLICY, NOW)
    assert (reason is None) == is_free


@pytest.mark.parametrize(
    "images", [replace(IMAGES, is_current=False), replace(IMAGES, is_whole=False)]
)
def test_what_was_delivered_has_to_be_what_is_wanted_now(images: DeliveredPart) -> None:
    rows = (RECORD, images, REPORT)
    assert why_kept(replace(STUDY, deliveries=rows), POLICY, NOW) is Kept.NOT_DELIVERED


def test_a_pause_keeps_everything() -> None:
    rows = (RECORD, replace(IMAGES, is_paused=True), REPORT)
    assert why_kept(replace(STUDY, deliveries=rows), POLICY, NOW) is Kept.PAUSED


def test_another_platform_that_is_enabled_has_to_have_it_too() -> None:
    both = ClearingPolicy(("guizhou", "hebei"), 180)
    assert why_kept(STUDY, both, NOW) is Kept.NOT_DELIVERED
    there = tuple(replace(one, platform="hebei") for one in STUDY.deliveries)
    assert why_kept(replace(STUDY, deliveries=STUDY.deliveries + there), both, NOW) is None
    assert why_kept(STUDY, ClearingPolicy((), 180), NOW) is Kept.NO_PLATFORM


def test_the_age_counts_from_the_last_confirmation() -> None:
    late = replace(REPORT, updated_at=NOW - timedelta(days=3))
    study = replace(STUDY, deliveries=(RECORD, IMAGES, late))
    assert why_kept(study, POLICY, NOW) is Kept.TOO_YOUNG
    assert why_kept(study, ClearingPolicy(("guizhou",), 3), NOW) is None


def test_what_no_platform_wants_goes_only_by_its_own_age() -> None:
    rows = tuple(replace(one, state=DeliveryState.NOT_REQUIRED) for one in STUDY.deliveries)
    study = replace(STUDY, lane=Lane.NOT_REQUIRED, confirmed=0, deliveries=rows)
    assert why_kept(study, POLICY, NOW) is Kept.UNSENT
    asked = ClearingPolicy(("guizhou",), 1, unsent_days=500)
    assert why_kept(study, asked, NOW) is Kept.TOO_YOUNG
    assert why_kept(study, replace(asked, unsent_days=365), NOW) is None
    assert why_kept(replace(study, lane=Lane.CANCELLED), replace(asked, unsent_days=1), NOW)


def test_parts_no_platform_wants_stay_unless_the_hospital_says_otherwise() -> None:
    assert not clears_unsent(STUDY, POLICY, NOW)
    assert clears_unsent(STUDY, replace(POLICY, unsent_days=400), NOW)
    assert not clears_unsent(STUDY, replace(POLICY, unsent_days=401), NOW)


def test_a_new_installation_clears_nothing() -> None:
    storage = Settings().storage
    assert not storage.auto_clear
    assert (storage.keep_days, storage.keep_unsent_days) == (180, 0)


def test_what_a_platform_may_still_fetch_stays_whatever_the_room() -> None:
    pulls = Settings.model_validate(
        {"platforms": {"enabled": ["guizhou", "hebei"]}, "hebei": {"keep_days": 90}}
    )
    assert ClearingPolicy.by_space(pulls).keep_days == 90
    assert ClearingPolicy.by_person(pulls, 7).keep_days == 90
    assert ClearingPolicy.by_age(pulls).keep_days == 180
    pushed = Settings.model_validate({"platforms": {"enabled": ["guizhou"]}})
    assert ClearingPolicy.by_space(pushed).keep_days == 1
    assert ClearingPolicy.by_person(pushed, 0).keep_days == 1


MOMENTS = st.integers(0, 800).map(lambda days: NOW - timedelta(days=days))
PARTS = st.builds(
    DeliveredPart,
    platform=st.sampled_from(["guizhou", "hebei"]),
    kind=st.sampled_from(DeliveryKind),
    part=st.sampled_from([0, 3, 7]),
    state=st.sampled_from(DeliveryState),
    is_paused=st.booleans(),
    is_current=st.booleans(),
    is_whole=st.booleans(),
    updated_at=MOMENTS,
)
GOOD_PARTS = st.lists(st.sampled_from([RECORD, IMAGES, REPORT]), max_size=4)
STUDIES = st.builds(
    KeptStudy,
    id=st.just(7),
    examination_id=st.sampled_from([None, 70, 70, 70]),
    files=st.integers(1, 5),
    size_bytes=st.integers(1, 5000),
    lane=st.sampled_from([*Lane, Lane.CONFIRMED, Lane.CONFIRMED]),
    is_complete=st.sampled_from([True, True, False]),
    is_stale=st.sampled_from([False, False, True]),
    is_undecided=st.sampled_from([False, False, True]),
    is_uneven=st.sampled_from([False, False, True]),
    sendable=st.integers(0, 3),
    confirmed=st.integers(0, 3),
    last_received_at=MOMENTS,
    deliveries=(GOOD_PARTS | st.lists(PARTS, max_size=4)).map(tuple),
)
POLICIES = st.builds(
    ClearingPolicy,
    platforms=st.sampled_from([(), ("guizhou",), ("guizhou", "hebei")]),
    keep_days=st.integers(1, 400),
    unsent_days=st.integers(0, 400),
)


@given(STUDIES, POLICIES)
def test_nothing_unverified_is_ever_cleared(study: KeptStudy, policy: ClearingPolicy) -> None:
    """Whatever the facts are: what may go is at rest, and confirmed or wanted by nobody."""
    if why_kept(study, policy, NOW) is not None:
        return
    assert study.is_complete
    assert not any((study.is_stale, study.is_undecided, study.is_uneven))
    assert policy.platforms
    assert not any(one.is_paused for one in study.deliveries)
    at_rest = (DeliveryState.DELIVERED, DeliveryState.NOT_REQUIRED)
    assert all(one.state in at_rest for one in study.deliveries)
    if study.lane is Lane.CONFIRMED:
        assert study.confirmed == study.sendable
        assert NOW - study.settled_at >= timedelta(days=policy.keep_days)
        assert any(one.state is DeliveryState.DELIVERED for one in study.deliveries)
        for platform in policy.platforms:
            mine = [one for one in study.deliveries if one.platform == platform]
            assert mine
            wants = [one for one in mine if one.state is DeliveryState.DELIVERED]
            assert not wants or any(one.kind is DeliveryKind.RECORD for one in wants)
    else:
        assert study.lane is Lane.NOT_REQUIRED
        assert policy.unsent_days
        assert all(one.state is DeliveryState.NOT_REQUIRED for one in study.deliveries)
        assert NOW - study.settled_at >= timedelta(days=policy.unsent_days)


@given(STUDIES, POLICIES, st.integers(1, 400))
def test_who_keeps_longer_never_clears_more(
    study: KeptStudy, policy: ClearingPolicy, more: int
) -> None:
    longer = replace(policy, keep_days=policy.keep_days + more)
    if why_kept(study, longer, NOW) is None:
        assert why_kept(study, policy, NOW) is None

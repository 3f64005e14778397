"""When a fault strikes, and how rules are written."""

from __future__ import annotations

import threading
import time

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.faults import (
    FaultKind,
    FaultPlan,
    FaultRule,
    parse_fault,
    rule_from_json,
)


def strikes(plan: FaultPlan, requests: int, service: str = "saveImgFile") -> list[bool]:
    return [plan.choose(service, None) is not None for _ in range(requests)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("saveImgFile:http_500:3", FaultRule(FaultKind.HTTP_500, "saveImgFile", 3)),
        ("*:html_200", FaultRule(FaultKind.HTML_200)),
        (
            "saveRptFile:slow:nth=2,seconds=5",
            FaultRule(FaultKind.SLOW, "saveRptFile", 1, 1, parameters={"seconds": "5"}),
        ),
        (
            "saveImgFile:reset_at_80:probability=0.25,seed=9",
            FaultRule(FaultKind.RESET_AT_80, "saveImgFile", probability=0.25, seed=9),
        ),
        (
            "saveImgFile:refused:2:after=4,match=A100,message=拒绝",
            FaultRule(
                FaultKind.REFUSED, "saveImgFile", 2, 4, match="A100", parameters={"message": "拒绝"}
            ),
        ),
    ],
)
def test_the_form_of_the_command_line(text: str, expected: FaultRule) -> None:
    assert parse_fault(text) == expected
    assert rule_from_json(expected.as_json()) == expected


@pytest.mark.parametrize(
    "text",
    ["", "saveImgFile", "saveImgFile:nonsense", "x:slow:y", "x:slow:seconds=-1", "x:slow:after=-1",
     "x:slow:probability=2", "x:slow:seconds=long", "x:slow:after=soon"],
)  # fmt: skip
def test_what_cannot_be_understood_is_an_error(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_fault(text)
    assert caught.value.code == "sandbox_fault_invalid"


def test_count_after_and_nth() -> None:
    assert strikes(FaultPlan([parse_fault("*:slow:2")]), 4) == [True, True, False, False]
    assert strikes(FaultPlan([parse_fault("*:slow:1:after=2")]), 4) == [False, False, True, False]
    assert strikes(FaultPlan([parse_fault("*:slow:nth=3")]), 4) == [False, False, True, False]
    assert strikes(FaultPlan([parse_fault("*:slow")]), 3) == [True, True, True]
    assert strikes(FaultPlan([parse_fault("*:slow:0")]), 2) == [False, False]


def test_only_its_own_service_counts() -> None:
    plan = FaultPlan([parse_fault("saveImgFile:slow:nth=2")])
    assert strikes(plan, 3, "saveRptFile") == [False] * 3
    assert strikes(plan, 2) == [False, True]


def test_probability_repeats_with_its_seed() -> None:
    runs = [
        strikes(FaultPlan([parse_fault(f"*:slow:probability=0.5,seed={seed}")]), 200)
        for seed in (1, 1, 2)
    ]
    assert runs[0] == runs[1] != runs[2]
    assert 60 < sum(runs[0]) < 140


def test_the_first_rule_that_is_due_wins_and_all_count() -> None:
    plan = FaultPlan([parse_fault("*:slow:1"), parse_fault("*:http_500:1")])
    kinds = [rule.kind if (rule := plan.choose("x", None)) else None for _ in range(3)]
    assert kinds == [FaultKind.SLOW, FaultKind.HTTP_500, None]
    assert [(rule["seen"], rule["struck"]) for rule in plan.snapshot()] == [(3, 1), (3, 1)]


def test_a_match_waits_until_the_request_says_what_it_is_about() -> None:
    plan = FaultPlan([parse_fault("*:slow:1:match=A1")])
    assert plan.choose("x", None) is None
    assert plan.choose("x", {"A2"}) is None
    assert plan.choose("x", {"A2", "A1"}) is not None
    assert plan.choose("x", {"A1"}) is None


def test_replace_and_clear() -> None:
    plan = FaultPlan([parse_fault("*:slow")])
    plan.replace([parse_fault("*:http_500:1")])
    assert strikes(plan, 2) == [True, False]
    plan.clear()
    assert plan.snapshot() == []


def test_a_held_request_goes_on_when_released() -> None:
    plan = FaultPlan()
    is_waiting = threading.Event()

    def hold() -> None:
        is_waiting.set()
        plan.hold(60, lambda: False)

    thread = threading.Thread(target=hold, name="held")
    thread.start()
    is_waiting.wait(5)
    while thread.is_alive():
        plan.release()
        thread.join(0.01)


def test_a_release_counts_from_the_strike() -> None:
    """Between the strike and the waiting lies what the request still sends."""
    plan = FaultPlan([parse_fault("*:timeout")])
    assert plan.choose("saveImgFile", None) is not None
    plan.clear()
    plan.release()
    begun = time.monotonic()
    plan.hold(60, lambda: False)
    assert time.monotonic() - begun < 30


def test_nothing_is_held_once_stopping() -> None:
    FaultPlan().hold(60, lambda: True)

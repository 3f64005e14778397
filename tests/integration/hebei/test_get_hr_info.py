"""getHrInfo (2.2.3.5): the orders without what was not recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewRequest
from tests.integration.hebei.printed_fields import PRINTED, form_cases, members, put, without
from tests.integration.hebei.sharing_desk import (
    ORDERS,
    STUDY,
    STUDY_2,
    VALUE,
    VISIT,
    Noted,
    SharingDesk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _pytest.mark import ParameterSet

GET = "getHrInfo"
RELATION = "relation"
KINDS = ("studyItem", "labItem")
LEFT = OrderRelation((OrderItems("S1", (STUDY,)),), (OrderItems("L1", (VALUE,)),))


def in_order(kind: str, name: str, value: object) -> Callable[[dict[str, Any]], object]:
    """The body with a member of its first order of a kind; None leaves it out."""

    def change(body: dict[str, Any]) -> object:
        first, *rest = body[RELATION][kind]
        order = {key: one for key, one in first.items() if key != name}
        if value is not None:
            order[name] = value
        return {**body, RELATION: {**body[RELATION], kind: [order, *rest]}}

    return change


def relation_cases() -> Iterator[ParameterSet]:
    for what, value, rule in (
        ("empty", {}, "FIELD_MISSING"),
        ("null", None, "FIELD_MISSING"),
        ("list", [], "FIELD_TYPE"),
        ("text_as_in_hrPage", STUDY, "FIELD_TYPE"),
        ("unprinted_kind", {"drugItem": []}, "FIELD_UNKNOWN"),
        ("empty_lists", {"studyItem": [], "labItem": []}, "FIELD_MISSING"),
    ):
        yield pytest.param(put(RELATION, value), rule, id=f"relation-{what}-H058")
    yield pytest.param(without(RELATION), "FIELD_MISSING", id="relation-absent-H058")


def order_cases() -> Iterator[ParameterSet]:
    """Each printed member of an order, absent, empty and of another type."""
    printed = PRINTED[GET]["request"]
    for kind in KINDS:
        number, codes = members(printed, RELATION, kind)
        for name, what, value, rule in (
            (number, "absent", None, "FIELD_MISSING"),
            (number, "empty", "", "FIELD_EMPTY"),
            (number, "number", 7, "FIELD_TYPE"),
            (codes, "absent", None, "FIELD_MISSING"),
            (codes, "empty", [], "ORDER_EMPTY"),
            (codes, "text", STUDY, "FIELD_TYPE"),
            (codes, "numbers", [7], "FIELD_TYPE"),
            (codes, "empty_code", [""], "ITEM_CODE_EMPTY"),
            (codes, "comma_list", [f"{STUDY},{STUDY_2}"], "ITEM_CODE_FORMAT"),
            (codes, "twice", [STUDY, STUDY], "ITEM_CODE_TWICE"),
            ("orderTime", "unprinted", "x", "FIELD_UNKNOWN"),
        ):
            change = in_order(kind, name, value)
            yield pytest.param(change, rule, f"{kind}.{name}", id=f"{kind}.{name}-{what}-H058")


@pytest.mark.parametrize(("subject", "change", "rule"), list(form_cases(GET)))
def test_each_printed_field(
    desk: SharingDesk, subject: str, change: Callable[[Any], object], rule: str
) -> None:
    desk.assert_judged(desk.call_changed(GET, change), rule, subject)


@pytest.mark.parametrize(("change", "rule"), list(relation_cases()))
def test_the_relation(desk: SharingDesk, change: Callable[[Any], object], rule: str) -> None:
    desk.assert_judged(desk.call_changed(GET, change), rule, RELATION)


@pytest.mark.parametrize(("change", "rule", "subject"), list(order_cases()))
def test_each_printed_member_of_an_order(
    desk: SharingDesk, change: Callable[[Any], object], rule: str, subject: str
) -> None:
    desk.assert_judged(desk.call_changed(GET, change), rule, subject)


def test_an_order_number_twice(desk: SharingDesk) -> None:
    desk.lead_to(GET)
    twice = OrderRelation((OrderItems("S1", (STUDY,)), OrderItems("S1", (STUDY_2,))))
    outcome = desk.client().get_hr_info(desk.token, VISIT, twice)
    desk.assert_judged(outcome, "ORDER_NO_TWICE", "hisNo")


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param({"empty_orders": "dropped"}, id="empty_order_dropped-H058"),
        pytest.param({"empty_orders": "kept"}, id="empty_order_kept-H058"),
        pytest.param({"encryption": "none"}, id="in_clear-H037"),
        pytest.param({"encryption": "all"}, id="encrypted-H037"),
        pytest.param({"code_type": "number"}, id="code_number-H006"),
    ],
)
def test_what_is_left_of_the_orders(desk: SharingDesk, variant: dict[str, str]) -> None:
    """One item of three was recognised, and the laboratory value."""
    desk.platform.set_variants(**variant)
    desk.lead_to(GET)
    left = desk.call(GET).answer
    assert left is not None
    kept = tuple(one for one in left.relation.study_orders if one.item_codes)
    assert OrderRelation(kept, left.relation.lab_orders) == LEFT
    assert (left.id_no, left.visit_no) == (VISIT.id_no, VISIT.visit_no)
    assert left.visit_time == VISIT.visit_time


@pytest.mark.parametrize(
    ("empty_lists", "empty_orders"),
    [
        pytest.param("kept", "dropped", id="empty_list-H058"),
        pytest.param("omitted", "dropped", id="list_omitted-H058"),
        pytest.param("null", "dropped", id="list_null-H058"),
        pytest.param("kept", "kept", id="empty_orders-H058"),
    ],
)
def test_nothing_recognised_in_every_form(
    desk: SharingDesk, empty_lists: str, empty_orders: str
) -> None:
    desk.platform.set_variants(empty_lists=empty_lists, empty_orders=empty_orders)
    desk.lead_to("hrPage")
    client = desk.client()
    assert client.hr_page(desk.token, VISIT, ViewRequest()).accepted
    desk.platform.open_page()
    desk.platform.finish_page(recognised=frozenset(), reason="3")
    left = desk.call(GET).answer
    assert left is not None
    assert left.relation.is_empty


def with_data(change: Callable[[dict[str, Any]], object]) -> Callable[[Any], object]:
    return lambda answer: {**answer, "data": change(answer["data"])}


def with_orders(change: Callable[[dict[str, Any]], object]) -> Callable[[Any], object]:
    """The answer with each of its orders changed."""
    return with_data(
        lambda data: {
            **data,
            RELATION: {
                kind: [change(one) for one in orders] for kind, orders in data[RELATION].items()
            },
        }
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_data(lambda data: [data]), id="data_list-H057"),
        pytest.param(
            with_data(
                lambda data: {
                    **data,
                    RELATION: {kind: one[0] for kind, one in data[RELATION].items()},
                }
            ),
            id="one_order_as_an_object-H058",
        ),
        pytest.param(
            with_orders(
                lambda order: {
                    name: one[0] if isinstance(one, list) else one for name, one in order.items()
                }
            ),
            id="one_code_as_a_text-H058",
        ),
        pytest.param(with_orders(lambda order: {**order, "hisName": "x"}), id="unknown-H060"),
    ],
)
def test_what_else_an_answer_may_look_like(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    left = desk.answered(GET, change).answer
    assert left is not None
    assert left.relation == LEFT


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_data(lambda _: None), id="data_null-H058"),
        pytest.param(with_data(lambda data: {**data, RELATION: None}), id="relation_null-H058"),
        pytest.param(with_data(lambda data: {"idNo": data["idNo"]}), id="no_relation-H058"),
        pytest.param(with_data(lambda data: {**data, RELATION: "无"}), id="relation_text-H058"),
    ],
)
def test_a_missing_list_is_nothing_recognised(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    left = desk.answered(GET, change).answer
    assert left is not None
    assert left.relation.is_empty


def test_it_is_asked_after_the_page_and_only_when_there_was_something(desk: SharingDesk) -> None:
    desk.lead_to("hrPage")
    desk.assert_judged(desk.call(GET), "PAGE_NOT_REQUESTED")


def test_no_call_for_a_visit_without_shared_results(desk: SharingDesk) -> None:
    """2.2.3.4: both counts 0 end it."""
    desk.platform.set_results(studies=0, values=0)
    desk.lead_to("hrPage")
    assert desk.call("hrPage").accepted
    desk.assert_judged(desk.call(GET), "NOTHING_SHARED")


def test_the_answer_has_the_printed_members(desk: SharingDesk) -> None:
    seen = Noted()
    outcome = desk.answered(GET, seen)
    assert outcome.accepted
    printed = PRINTED[GET]["response"]
    assert list(seen[0]["data"]) == members(printed, "data")
    assert list(seen[0]["data"][RELATION]) == members(printed, "data", RELATION)
    for kind in KINDS:
        assert list(seen[0]["data"][RELATION][kind][0]) == members(printed, "data", RELATION, kind)
    assert ORDERS.study_orders[0].order_no == seen[0]["data"][RELATION]["studyItem"][0]["hisNo"]

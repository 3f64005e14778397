"""What comes from outside only fills a form: names, limits, and nothing echoed."""

from __future__ import annotations

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode
from hbgz_desktop.services.share_form import (
    LONGEST_URL,
    LONGEST_VALUE,
    form_as_json,
    form_of,
    form_of_json,
    form_of_url,
    relation_of,
    relation_of_text,
)

RELATION = {
    "studyItem": [{"hisNo": "S1", "studyItemCodes": ["A", "B"]}],
    "labItem": [{"hisNo": "L1", "labItemCodes": ["C"]}],
}
ORDERS = OrderRelation((OrderItems("S1", ("A", "B")),), (OrderItems("L1", ("C",)),))


@pytest.mark.parametrize(
    "names",
    [
        (
            "patient_id",
            "name",
            "id_no",
            "phone",
            "visit_no",
            "visit_time",
            "dept_code",
            "user_code",
        ),
        (
            "patientId",
            "patientName",
            "idNo",
            "phoneNo",
            "visitNo",
            "visitTime",
            "hisDeptCode",
            "hisUserCode",
        ),
        (
            "patient-id",
            "NAME",
            "id-no",
            "phone",
            "visit-no",
            "visit-time",
            "dept-code",
            "user-code",
        ),
    ],
)
def test_our_names_and_the_platforms_are_understood(names: tuple[str, ...]) -> None:
    form = form_of(dict(zip(names, "abcdefgh", strict=True)))
    assert tuple(form.visit.values().values()) == tuple("abcdef")
    assert (form.his_dept_code, form.his_user_code) == ("g", "h")


def test_items_make_an_order() -> None:
    assert form_of({"name": "a"}).request.mode is ViewMode.VIEW
    order = form_of({"studyItem": "A，B, C", "lab_items": ["D"]}).request
    assert (order.mode, order.study_items, order.lab_items) == (
        ViewMode.ORDER,
        ("A", "B", "C"),
        ("D",),
    )


def test_an_address_fills_the_form() -> None:
    form = form_of_url(
        "hbgz://share/?patientName=%E7%8E%8B%E5%B0%8F%E6%98%8E&visitTime=2026-11-22%2008:00:00"
    )
    assert (form.visit.name, form.visit.visit_time) == ("王小明", "2026-11-22 08:00:00")
    assert form_of_url("HBGZ:share?name=a").visit.name == "a"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "share?name=a",
        "https://share?name=a",
        "hbgz://engine?name=a",
        "hbgz://share?name=a&name=b",
        "hbgz://share?name",
        "hbgz://share?name=%FF",
        "hbgz://[share?name=a",
        "hbgz://share?name=" + "a" * LONGEST_URL,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"^share_url_unusable$"):
        form_of_url(url)


@pytest.mark.parametrize(
    "values",
    [
        {"unknown": "a"},
        {"name": "a" * (LONGEST_VALUE + 1)},
        {"name": "a\nb"},
        {"name": "a\x00"},
        {"name": {"a": 1}},
        {"name": True},
        {"name": 1.5},
        {"mode": "everything"},
        {"study_items": [["A"]] * 2 + [None]},
    ],
)
def test_what_is_no_short_line_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"^share_values_unusable$"):
        form_of(values)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '"a"', "{" * 100_000, '{"name": "' + "a" * 300_000 + '"}']
)
def test_json_that_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^share_json_unusable$"):
        form_of_json(text)


def test_a_form_comes_back_as_it_was() -> None:
    form = form_of(
        {"name": "王", "idNo": "1", "study_items": "A", "relation": RELATION, "id_type": "03"}
    )
    assert form.relation == ORDERS
    assert form_of_json(form_as_json(form)) == form


def test_orders_of_his_as_text_or_json() -> None:
    text = "检查 S1=A, B\n\nlab L1 = C\n"
    assert relation_of_text(text) == ORDERS
    assert (
        relation_of_text('\ufeff{"relation": {"studyItem": [], "labItem": null}}')
        == OrderRelation()
    )


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"other": []},
        {"studyItem": {}},
        {"studyItem": [{"hisNo": "S1"}]},
        {"studyItem": [{"studyItemCodes": ["A"]}]},
        {"studyItem": [{"hisNo": "S1", "labItemCodes": ["A"]}]},
        {"labItem": [{"hisNo": "L1", "labItemCodes": ["A"]}] * 501},
    ],
)
def test_orders_that_cannot_be_read_are_refused(value: object) -> None:
    with pytest.raises(UsageError, match=r"^share_relation_unusable$"):
        relation_of(value)


@pytest.mark.parametrize("text", ["S1=A", "检查 S1=", "mri S1=A"])
def test_lines_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^share_relation_unusable$"):
        relation_of_text(text)

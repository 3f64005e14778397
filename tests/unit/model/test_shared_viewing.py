"""Item lists as typed and sent, and which pages may be opened (H054, H055, DESIGN 11)."""

from __future__ import annotations

import pytest

from hbgz_desktop.model.shared_viewing import (
    OrderItems,
    OrderRelation,
    ViewMode,
    ViewRequest,
    is_page_host_allowed,
    join_item_codes,
    split_item_codes,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CT1, CT2,CT3", ("CT1", "CT2", "CT3")),
        ("CT210300001-008- 015，CT2", ("CT210300001-008-015", "CT2")),
        (" ,, ，", ()),
        ("", ()),
    ],
)
def test_item_codes_as_they_are_typed(text: str, codes: tuple[str, ...]) -> None:
    assert split_item_codes(text) == codes
    assert split_item_codes(join_item_codes(codes)) == codes


def test_codes_that_hold_commas_are_still_single_codes_on_the_wire() -> None:
    assert join_item_codes(("A，B", " C ")) == "A,B,C"


@pytest.mark.parametrize(
    ("request_", "is_sound"),
    [
        (ViewRequest(), True),
        (ViewRequest(ViewMode.VIEW, ("A",)), False),
        (ViewRequest(ViewMode.ORDER), False),
        (ViewRequest(ViewMode.ORDER, (" ",), ("",)), False),
        (ViewRequest(ViewMode.ORDER, lab_items=("B",)), True),
    ],
)
def test_two_modes(request_: ViewRequest, *, is_sound: bool) -> None:
    assert request_.is_sound is is_sound


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://10.1.2.3:9000/p", True),
        ("https://10.1.2.3/p", True),
        ("http://VIEW.example/p", True),
        ("http://other.example/p", False),
        ("http://10.1.2.3@other.example/p", False),
        ("http://user@10.1.2.3/p", False),
        ("ftp://10.1.2.3/p", False),
        ("//10.1.2.3/p", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_page_hosts(url: str, *, allowed: bool) -> None:
    assert is_page_host_allowed(url, "http://10.1.2.3:8080", ["view.example "]) is allowed


def test_an_order_left_without_items_is_nothing_recognised() -> None:
    assert OrderRelation((OrderItems("J1"),)).is_empty
    assert not OrderRelation((), (OrderItems("Y1", ("L",)),)).is_empty

"""Cases out of the extraction of the printed document: what may be wrong with each field of a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.platforms.gm import Sm4
from tests.integration.hebei.sharing_desk import OTHER_KEY, SM4_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _pytest.mark import ParameterSet

SPEC = Path(__file__).parents[2] / "data" / "spec" / "hebei_interfaces.json"
PRINTED: dict[str, dict[str, Any]] = {
    one["id"]: one
    for one in json.loads(SPEC.read_text(encoding="utf-8"))["interfaces"]
    if one["section"].startswith("2.2.3.")
}
SERVICES = tuple(PRINTED)
WITH_TOKEN = tuple(name for name in SERVICES if name != "getToken")
WITH_PATIENT = tuple(name for name in WITH_TOKEN if name != "refreshToken")
ITEM_LISTS = ("studyItem", "labItem")
CIPHER = Sm4(SM4_KEY)
NOT_THE_KEY = Sm4(OTHER_KEY)
OMIT_UNKNOWN = {"hisOrgCode": "H049"}


def without(name: str) -> Callable[[dict[str, Any]], object]:
    """The body without a member."""
    return lambda body: {key: value for key, value in body.items() if key != name}


def put(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    """The body with a member as it stands."""
    return lambda body: {**body, name: value}


def padded(name: str) -> Callable[[dict[str, Any]], object]:
    """The body with a blank before a member that it has, or has not."""
    return lambda body: {**body, name: f" {body.get(name, 'x')}"}


def spoilt(name: str, spoil: Callable[[str], str]) -> Callable[[dict[str, Any]], object]:
    """The body with a member's text changed."""
    return lambda body: {**body, name: spoil(body[name])}


def case(subject: str, what: str, change: object, rule: str, decision: str) -> ParameterSet:
    """One case; its id names field, fault and decision (``print`` where the print itself says it)."""
    return pytest.param(subject, change, rule, id=f"{subject}-{what}-{decision}")


def form_cases(service: str) -> Iterator[ParameterSet]:
    """Each printed field absent, empty, of another type, with blanks; encrypted or not, and how."""
    for printed in PRINTED[service]["request"]:
        name = printed["name"]
        if name == "relation":
            continue
        decision = OMIT_UNKNOWN.get(name, "H053")
        if name in ITEM_LISTS:
            yield from _list_cases(name)
        else:
            is_required = printed["required"] is True
            missing = "FIELD_MISSING" if is_required else ""
            yield case(name, "absent", without(name), missing, decision)
            yield case(name, "empty", put(name, ""), "FIELD_EMPTY", decision)
            yield case(name, "number", put(name, 7), "FIELD_TYPE", "print")
            yield case(name, "blank", padded(name), "FIELD_BLANKS", "print")
        if printed["encrypted"]:
            yield from _cipher_cases(name)
    yield case("appSecret", "unprinted", put("appSecret", "x"), "FIELD_UNKNOWN", "H046")


def _list_cases(name: str) -> Iterator[ParameterSet]:
    """In view mode neither list is sent; an empty text and null count as absent (H054)."""
    yield case(name, "absent", without(name), "", "H054")
    yield case(name, "empty", put(name, ""), "", "H054")
    yield case(name, "null", put(name, None), "", "H054")
    yield case(name, "list", put(name, ["x"]), "FIELD_TYPE", "print")
    yield case(name, "blank", put(name, " x"), "FIELD_BLANKS", "H055")


def _cipher_cases(name: str) -> Iterator[ParameterSet]:
    def other_key(text: str) -> str:
        plain = CIPHER.decrypt(text)
        assert plain is not None
        return NOT_THE_KEY.encrypt(plain)

    def in_clear(text: str) -> str:
        return CIPHER.decrypt(text) or ""

    yield case(name, "in_clear", spoilt(name, in_clear), "FIELD_NOT_ENCRYPTED", "H037")
    yield case(name, "cut", spoilt(name, lambda text: text[:-2]), "FIELD_NOT_ENCRYPTED", "H035")
    yield case(name, "upper_hex", spoilt(name, str.upper), "CIPHER_ENCODING", "H035")
    yield case(name, "other_key", spoilt(name, other_key), "CIPHER_PADDING", "H035")
    not_text = Sm4(SM4_KEY, padding="zero").encrypt
    yield case(
        name,
        "zero_padding",
        spoilt(name, lambda t: not_text(in_clear(t))),
        "CIPHER_PADDING",
        "H035",
    )


def header_cases() -> Iterator[ParameterSet]:
    """Both headers of every service with a token: absent, empty, another's (H047, H048)."""
    for name, decision in (("App_id", "H047"), ("Authorization", "H048")):
        yield case(name, "absent", without(name), "HEADER_MISSING", decision)
        yield case(name, "empty", put(name, ""), "HEADER_MISSING", decision)
    yield case("App_id", "strange", put("App_id", "x"), "TOKEN_OF_ANOTHER_USER", "H046")
    yield case("Authorization", "strange", put("Authorization", "x"), "TOKEN_UNKNOWN", "H051")
    bearer = spoilt("Authorization", lambda text: f"Bearer {text}")
    yield case("Authorization", "prefix", bearer, "TOKEN_PREFIX_WRONG", "H048")


def inside(fields: list[dict[str, Any]], *path: str) -> list[dict[str, Any]]:
    """The printed members at a place in a body, e.g. ``data``, ``studyItem``."""
    found = fields
    for name in path:
        (one,) = (field for field in found if field["name"] == name)
        found = one["fields"]
    return found


def members(fields: list[dict[str, Any]], *path: str) -> list[str]:
    """Their names."""
    return [field["name"] for field in inside(fields, *path)]

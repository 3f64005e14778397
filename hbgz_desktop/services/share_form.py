"""A form of 共享调阅 filled from outside: flags, one JSON object, or an ``hbgz://share?…`` address.

What comes from outside is hostile (DESIGN 11): it only fills the form. Nothing of it is echoed in an error.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import (
    OrderItems,
    OrderRelation,
    ViewMode,
    ViewRequest,
    split_item_codes,
)
from hbgz_desktop.model.sharing_launch import SharingForm
from hbgz_desktop.model.visit import IDENTITY_CARD, Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEME = "hbgz"
LONGEST_URL = 8192
LONGEST_VALUE = 512
LONGEST_JSON = 256 * 1024
_MOST_ORDERS = 500
_VALUES = {
    "patientid": "patient_id",
    "name": "name",
    "patientname": "name",
    "idtype": "id_type",
    "idno": "id_no",
    "phone": "phone",
    "phoneno": "phone",
    "visitno": "visit_no",
    "visittime": "visit_time",
    "deptcode": "dept_code",
    "hisdeptcode": "dept_code",
    "usercode": "user_code",
    "hisusercode": "user_code",
    "mode": "mode",
    "studyitem": "study_items",
    "studyitems": "study_items",
    "labitem": "lab_items",
    "labitems": "lab_items",
}
"""Name without case, "-" and "_" → ours; both ours and the platform's own names are understood."""

KINDS = {"s": "study", "study": "study", "检查": "study", "l": "lab", "lab": "lab", "检验": "lab"}
"""What a kind of order is called → ours."""


def form_of(values: Mapping[str, object]) -> SharingForm:
    """The form that named values fill.

    Args:
        values: Names as in ``--patient-id``, ``patient_id`` or ``patientId``; ``relation`` as in 2.2.3.5.

    Raises:
        UsageError: ``share_values_unusable``: an unknown name, or a value that is no short line of text.
    """
    texts: dict[str, str] = {}
    relation = OrderRelation()
    for name, value in values.items():
        folded = name.strip().lower().replace("-", "").replace("_", "")
        if value is None:
            continue
        if folded == "relation":
            relation = relation_of(value)
        elif folded not in _VALUES:
            raise UsageError("share_values_unusable")
        else:
            texts[_VALUES[folded]] = _text(value)
    return SharingForm(
        visit=Visit(
            patient_id=texts.get("patient_id", ""),
            name=texts.get("name", ""),
            id_type=texts.get("id_type", "") or IDENTITY_CARD,
            id_no=texts.get("id_no", ""),
            phone=texts.get("phone", ""),
            visit_no=texts.get("visit_no", ""),
            visit_time=texts.get("visit_time", ""),
        ),
        request=_request(texts),
        his_dept_code=texts.get("dept_code", ""),
        his_user_code=texts.get("user_code", ""),
        relation=relation,
    )


def _request(texts: Mapping[str, str]) -> ViewRequest:
    studies = split_item_codes(texts.get("study_items", ""))
    labs = split_item_codes(texts.get("lab_items", ""))
    word = texts.get("mode", "") or (ViewMode.ORDER if studies or labs else ViewMode.VIEW).value
    try:
        return ViewRequest(ViewMode(word), studies, labs)
    except ValueError:
        raise UsageError("share_values_unusable") from None


def _text(value: object) -> str:
    if isinstance(value, list):
        value = ",".join(_text(one) for one in value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError("share_values_unusable")
    text = str(value).strip()
    if len(text) > LONGEST_VALUE or not text.isprintable():
        raise UsageError("share_values_unusable")
    return text


def form_of_url(url: str) -> SharingForm:
    """The form of ``hbgz://share?patientId=…&name=…``.

    Raises:
        UsageError: ``share_url_unusable``, or as ``form_of``.
    """
    if len(url) > LONGEST_URL:
        raise UsageError("share_url_unusable")
    try:
        parts = urlsplit(url.strip())
        pairs = parse_qsl(
            parts.query,
            keep_blank_values=True,
            strict_parsing=bool(parts.query),
            errors="strict",
            max_num_fields=50,
        )
    except ValueError:
        raise UsageError("share_url_unusable") from None
    target = (parts.netloc or parts.path.strip("/")).lower()
    if parts.scheme.lower() != SCHEME or target != "share" or len(dict(pairs)) != len(pairs):
        raise UsageError("share_url_unusable")
    return form_of(dict(pairs))


def form_of_json(text: str) -> SharingForm:
    """The form of one JSON object.

    Raises:
        UsageError: ``share_json_unusable``, or as ``form_of``.
    """
    return form_of(values_of_json(text))


def values_of_json(text: str) -> dict[str, Any]:
    """One JSON object; raises ``UsageError``: ``share_json_unusable``."""
    if len(text) > LONGEST_JSON:
        raise UsageError("share_json_unusable")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError("share_json_unusable") from None
    if not isinstance(document, dict):
        raise UsageError("share_json_unusable")
    return document


def relation_of(value: object) -> OrderRelation:
    """Orders with their items as 2.2.3.5 prints them: ``{"studyItem": [{"hisNo", "studyItemCodes"}], …}``.

    Raises:
        UsageError: ``share_relation_unusable``.
    """
    if not isinstance(value, dict) or set(value) - {"studyItem", "labItem"}:
        raise UsageError("share_relation_unusable")
    return OrderRelation(
        study_orders=_orders(value.get("studyItem"), "studyItemCodes"),
        lab_orders=_orders(value.get("labItem"), "labItemCodes"),
    )


def _orders(value: object, codes_name: str) -> tuple[OrderItems, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > _MOST_ORDERS:
        raise UsageError("share_relation_unusable")
    return tuple(_order(one, codes_name) for one in value)


def _order(value: object, codes_name: str) -> OrderItems:
    if not isinstance(value, dict) or set(value) - {"hisNo", codes_name}:
        raise UsageError("share_relation_unusable")
    number = _text(value.get("hisNo", ""))
    codes = split_item_codes(_text(value.get(codes_name, [])))
    if not number or not codes:
        raise UsageError("share_relation_unusable")
    return OrderItems(number, codes)


def relation_of_text(text: str) -> OrderRelation:
    """Orders as HIS exports them: one a line, ``S 号=代码,代码`` for examinations, ``L …`` for laboratory.

    The kind may be ``检查``/``检验`` or ``study``/``lab``; a line of JSON as in ``relation_of`` is taken too.

    Raises:
        UsageError: ``share_relation_unusable``.
    """
    stripped = text.strip().strip("\ufeff")
    if stripped.startswith("{"):
        document = values_of_json(stripped)
        return relation_of(document.get("relation", document))
    orders: dict[str, list[OrderItems]] = {"study": [], "lab": []}
    for line in stripped.splitlines():
        if line.strip():
            kind, order = _line(line)
            orders[kind].append(order)
    return OrderRelation(tuple(orders["study"]), tuple(orders["lab"]))


def _line(line: str) -> tuple[str, OrderItems]:
    head, equals, codes = line.partition("=")
    words = head.split()
    kind = KINDS.get(words[0].lower(), "") if len(words) == 2 else ""
    items = split_item_codes(codes)
    if not equals or not kind or not items:
        raise UsageError("share_relation_unusable")
    return kind, OrderItems(words[1], items)


def form_as_json(form: SharingForm) -> str:
    """What ``form_of_json`` reads again: how a form is handed to the console, sealed."""
    orders = {
        "studyItem": [
            {"hisNo": one.order_no, "studyItemCodes": list(one.item_codes)}
            for one in form.relation.study_orders
        ],
        "labItem": [
            {"hisNo": one.order_no, "labItemCodes": list(one.item_codes)}
            for one in form.relation.lab_orders
        ],
    }
    return json.dumps(
        {
            "patient_id": form.visit.patient_id,
            "name": form.visit.name,
            "id_type": form.visit.id_type,
            "id_no": form.visit.id_no,
            "phone": form.visit.phone,
            "visit_no": form.visit.visit_no,
            "visit_time": form.visit.visit_time,
            "dept_code": form.his_dept_code,
            "user_code": form.his_user_code,
            "mode": form.request.mode.value,
            "study_items": list(form.request.study_items),
            "lab_items": list(form.request.lab_items),
            "relation": orders,
        },
        ensure_ascii=False,
    )

"""Request bodies of 2.2.3: names as printed, marked fields encrypted (H037), unknown ones left out (H053)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.shared_viewing import join_item_codes
from hbgz_desktop.model.visit import SENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewRequest
    from hbgz_desktop.model.visit import HospitalUser, Visit, VisitCall
    from hbgz_desktop.platforms.hebei.options import HebeiOptions

Body = dict[str, object]


def token_body(user: HospitalUser) -> Body:
    """Of getToken (2.2.3.1); ``hisOrgCode`` only when there is one (H049).

    Raises:
        SettingsError: ``hebei_setting_missing``: a code that must be sent is empty (H046).
    """
    missing = user.missing()
    if missing:
        raise SettingsError("hebei_setting_missing", setting=", ".join(missing))
    return {name: value for name, value in user.values().items() if value}


def visit_fields(visit: Visit, call: VisitCall, options: HebeiOptions) -> Body:
    """The patient's part of a call: known fields only, in printed order (H037, H053)."""
    values = visit.values()
    return {name: _sent(name, values[name], options) for name in SENT[call] if values[name]}


def _sent(name: str, value: str, options: HebeiOptions) -> str:
    if name not in options.encrypted or options.sm4 is None:
        return value
    return options.sm4.encrypt(value)


def item_fields(request: ViewRequest) -> Body:
    """``studyItem`` and ``labItem`` of hrPage: absent in view, comma lists in order (H054, H055)."""
    lists = {
        "studyItem": join_item_codes(request.study_items),
        "labItem": join_item_codes(request.lab_items),
    }
    return {name: codes for name, codes in lists.items() if codes}


def relation_field(relation: OrderRelation) -> Body:
    """``relation`` of getHrInfo: arrays of objects, which hrPage's lists of that name are not (H058)."""
    lists = {
        "studyItem": _orders(relation.study_orders, "studyItemCodes"),
        "labItem": _orders(relation.lab_orders, "labItemCodes"),
    }
    return {"relation": {name: orders for name, orders in lists.items() if orders}}


def _orders(orders: Iterable[OrderItems], codes_name: str) -> list[Body]:
    return [{"hisNo": one.order_no, codes_name: list(one.item_codes)} for one in orders]

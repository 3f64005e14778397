"""Orders with their items out of a file of the HIS: CSV, XLSX, JSON, or plain lines (2.2.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, split_item_codes
from hbgz_desktop.services.share_form import relation_of_text
from hbgz_desktop.sources.order_table import read_order_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NUMBER = ("hisno", "医嘱号", "医嘱编号", "申请单号", "orderno")
_CODES = ("项目代码", "项目编码", "itemcodes", "itemcode", "代码")
_STUDY_CODES = ("studyitemcodes", "studyitem", "检查项目代码")
_LAB_CODES = ("labitemcodes", "labitem", "检验项目代码")
_KIND = ("类别", "类型", "kind", "检查检验")
_KINDS = {"检查": "study", "study": "study", "s": "study", "检验": "lab", "lab": "lab", "l": "lab"}


def read_orders(path: Path) -> OrderRelation:
    """Read a file; lines of one order are put together. Blocks on the disk.

    A table needs a heading: the order number (hisNo, 医嘱号) and either the columns studyItemCodes
    and labItemCodes, or item codes with a kind (检查, 检验). JSON and plain lines are read as
    ``relation_of_text`` says.

    Raises:
        RecordError: The file cannot be read.
        UsageError: ``share_relation_unusable``: no orders in it.
    """
    rows, text = read_order_table(path)
    columns = _columns(rows[0]) if rows else {}
    if "number" not in columns:
        return relation_of_text(text)
    return _relation(rows[1:], columns)


def _columns(heading: Sequence[str]) -> dict[str, int]:
    known = {
        "number": _NUMBER,
        "study": _STUDY_CODES,
        "lab": _LAB_CODES,
        "codes": _CODES,
        "kind": _KIND,
    }
    names = ["".join(name.split()).lower() for name in heading]
    return {
        key: names.index(one)
        for key, spellings in known.items()
        for one in reversed(spellings)
        if one in names
    }


def _relation(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> OrderRelation:
    orders: dict[str, dict[str, list[str]]] = {"study": {}, "lab": {}}
    for cells in rows:
        number = _cell(cells, columns, "number")
        taken = [("study", _cell(cells, columns, "study")), ("lab", _cell(cells, columns, "lab"))]
        kind = _KINDS.get(_cell(cells, columns, "kind").lower(), "")
        if kind:
            taken.append((kind, _cell(cells, columns, "codes")))
        for which, codes in taken:
            if number and codes:
                orders[which].setdefault(number, []).extend(split_item_codes(codes))
    relation = OrderRelation(
        tuple(OrderItems(number, _once(codes)) for number, codes in orders["study"].items()),
        tuple(OrderItems(number, _once(codes)) for number, codes in orders["lab"].items()),
    )
    if relation.is_empty:
        raise UsageError("share_relation_unusable")
    return relation


def _cell(cells: Sequence[str], columns: dict[str, int], key: str) -> str:
    at = columns.get(key, -1)
    return cells[at].strip() if 0 <= at < len(cells) else ""


def _once(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))

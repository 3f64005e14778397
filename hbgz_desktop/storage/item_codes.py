"""Item codes an order can name: those mapped for the platform, and those our own records use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import desc, select

from hbgz_desktop.model.sharing_launch import ItemChoice
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.search_keys import name_key
from hbgz_desktop.storage.tables import mappings, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

CODE_SETS = {"study": "studyItem", "lab": "labItem"}
"""Kind → code set in the mapping table of platform ``hebei``: local name → item code."""
_RECORDS_LOOKED_AT = 2000


class ItemCodes(Repository):
    """Searches item codes; every call is one short transaction."""

    def search(self, text: str, kind: str, limit: int) -> tuple[ItemChoice, ...]:
        """Codes whose code, name, pinyin or initials holds the text, mapped ones first; "" finds all."""
        wanted = "".join(text.split()).lower()
        found: dict[str, ItemChoice] = {}
        with self._database.read() as connection:
            for one in (*_mapped(connection, kind), *_used(connection, kind)):
                if one.code not in found and _holds(one, wanted):
                    found[one.code] = one
        return tuple(found.values())[:limit]


def _mapped(connection: Connection, kind: str) -> Iterator[ItemChoice]:
    query = (
        select(mappings.c.standard_code, mappings.c.local_value)
        .where(mappings.c.platform == "hebei", mappings.c.code_set == CODE_SETS[kind])
        .order_by(mappings.c.local_value)
    )
    for code, name in connection.execute(query):
        yield ItemChoice(kind, code, name)


def _used(connection: Connection, kind: str) -> Iterator[ItemChoice]:
    """Items of the newest records; they are examinations, laboratory items come by mapping alone."""
    if kind != "study":
        return
    query = select(records.c.fields).order_by(desc(records.c.id)).limit(_RECORDS_LOOKED_AT)
    for text in connection.execute(query).scalars():
        fields = json.loads(text)
        code = str(fields.get("examItemCode", "")).strip()
        if code:
            yield ItemChoice(kind, code, str(fields.get("imgExamItem", "")))


def _holds(one: ItemChoice, wanted: str) -> bool:
    return wanted in one.code.lower() or wanted in name_key(one.name)

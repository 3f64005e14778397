"""Item codes for orders of 共享调阅: the hospital's names and the codes that are sent (2.2.3.4).

They live in the mapping table of platform ``hebei``, code sets ``studyItem`` and ``labItem``: name → code.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.mapping_views import MappingEntry
from hbgz_desktop.model.shared_viewing import split_item_codes
from hbgz_desktop.model.sharing_launch import ItemChoice
from hbgz_desktop.services.share_form import KINDS
from hbgz_desktop.sources.text_decoding import decode_text
from hbgz_desktop.storage.item_codes import CODE_SETS
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.storage.item_codes import ItemCodes
    from hbgz_desktop.storage.mappings import MappingStore

PLATFORM = "hebei"
LARGEST_FILE_BYTES = 4 * 1024 * 1024
MOST_ROWS = 20_000
_LONGEST = 128


class ItemCodeControl:
    """Searches, imports and removes item codes. Blocks on the database; safe from any thread."""

    def __init__(self, items: ItemCodes, mappings: MappingStore, accounts: Accounts) -> None:
        """Wire the parts."""
        self._items = items
        self._mappings = mappings
        self._accounts = accounts

    def search(
        self, text: str = "", kind: str = "study", limit: int = 50
    ) -> tuple[ItemChoice, ...]:
        """Codes whose code, name, pinyin or initials holds the text; mapped ones first."""
        return self._items.search(text, kind, limit)

    def save(self, items: Iterable[ItemChoice]) -> int:
        """Enter or change codes; returns how many names were given.

        Raises:
            AccountError: ``action_not_permitted``.
        """
        actor = self._accounts.require("mapping_set").name
        entries = [MappingEntry(CODE_SETS[one.kind], one.name, one.code) for one in items]
        return len(self._mappings.set_many(PLATFORM, entries, actor))

    def remove(self, kind: str, name: str) -> bool:
        """Remove the code of a name; False when it had none.

        Raises:
            AccountError: ``action_not_permitted``.
        """
        actor = self._accounts.require("mapping_unset").name
        return self._mappings.unset(PLATFORM, CODE_SETS[kind], name, actor)

    @staticmethod
    def read_file(path: Path) -> tuple[ItemChoice, ...]:
        """Items out of a CSV file: kind (检查/检验, study/lab), name, code; a first line of headings is skipped.

        Raises:
            UsageError: ``item_file_unusable`` with ``row`` (0 = the file as a whole).
        """
        try:
            with reachable(path).open("rb") as stream:
                content = stream.read(LARGEST_FILE_BYTES + 1)
        except OSError:
            raise UsageError("item_file_unusable", row=0) from None
        if len(content) > LARGEST_FILE_BYTES:
            raise UsageError("item_file_unusable", row=0)
        text, _ = decode_text(content)
        try:
            rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True))
        except csv.Error:
            raise UsageError("item_file_unusable", row=0) from None
        if len(rows) > MOST_ROWS:
            raise UsageError("item_file_unusable", row=0)
        found = [(number, _item(row)) for number, row in enumerate(rows, start=1) if any(row)]
        bad = [number for number, item in found if item is None and number > 1]
        if bad:
            raise UsageError("item_file_unusable", row=bad[0])
        return tuple(item for _, item in found if item is not None)


def _item(row: list[str]) -> ItemChoice | None:
    if len(row) < 3:
        return None
    kind, name, code = KINDS.get(row[0].strip().lower(), ""), row[1].strip(), row[2].strip()
    is_good = bool(kind and name and name.isprintable()) and split_item_codes(code) == (code,)
    return ItemChoice(kind, code, name) if is_good and len(code) <= _LONGEST else None

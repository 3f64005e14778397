"""A file of facts, one JSON object a line, only ever appended to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class RowFile:
    """Facts of several kinds in the order they happened. The caller keeps threads apart."""

    def __init__(self, path: Path) -> None:
        """Use this file; it need not exist yet."""
        self._path = path

    def append(self, kind: str, row: Mapping[str, object]) -> None:
        """Add one fact."""
        line = json.dumps({"kind": kind, **row}, ensure_ascii=False) + "\n"
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)

    def rows(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield kind and members of each fact; a torn last line is cut off first."""
        if not self._path.exists():
            return
        whole, _, torn = self._path.read_bytes().rpartition(b"\n")
        if torn:
            with self._path.open("rb+") as file:
                file.truncate(len(whole) + 1 if whole else 0)
        for line in whole.split(b"\n"):
            if line:
                row = json.loads(line)
                yield str(row.pop("kind")), row

    def delete(self) -> None:
        """Forget everything."""
        self._path.unlink(missing_ok=True)

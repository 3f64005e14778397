"""Finds a patient's data in files, whatever way a program may have written them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
SHORTEST_BASE64 = 5


def forms(text: str) -> dict[str, bytes]:
    """The text in each form it may have on disk, by the form's name."""
    found = {encoding: text.encode(encoding) for encoding in ENCODINGS}
    for encoding in ("utf-8", "gb18030"):
        found[f"url {encoding}"] = quote(text, safe="", encoding=encoding).encode("ascii")
        found[f"form {encoding}"] = quote_plus(text, encoding=encoding).encode("ascii")
        found |= {
            f"base64 {encoding} +{shift}": piece
            for shift, piece in _base64_pieces(text.encode(encoding))
        }
    found["json"] = json.dumps(text)[1:-1].encode("ascii")
    return found


def _base64_pieces(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What Base64 makes of the bytes wherever they stand in a longer text (RFC 4648, 4)."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + content)
        first = -(-shift * 8 // 6)
        last = (shift + len(content)) * 8 // 6
        if last - first >= SHORTEST_BASE64:
            yield shift, whole[first:last]


class PatientSearch:
    """Looks for some texts in all their forms; letters of either case."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Look for ``texts``; those of one character would be found anywhere and are refused."""
        wanted = sorted(set(texts))
        assert wanted
        assert all(len(one) > 1 for one in wanted)
        self._exact: dict[str, bytes] = {}
        self._folded: dict[str, bytes] = {}
        for text in wanted:
            for name, form in forms(text).items():
                if "base64" in name:
                    self._exact[f"{text} as {name}"] = form
                else:
                    self._folded[f"{text} as {name}"] = form.lower()

    def in_bytes(self, content: bytes) -> list[str]:
        """What is found, by text and form."""
        folded = content.lower()
        found = [name for name, form in self._folded.items() if form in folded]
        return found + [name for name, form in self._exact.items() if form in content]

    def in_files(self, paths: Iterable[Path]) -> dict[str, list[str]]:
        """What is found in each file, its own path included; files without a find are left out."""
        found = {}
        for path in paths:
            hits = self.in_bytes(path.read_bytes()) + self.in_bytes(str(path).encode("utf-8"))
            if hits:
                found[str(path)] = hits
        return found

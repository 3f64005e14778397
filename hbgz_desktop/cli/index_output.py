"""How commands print index codes: part by part in words, the certificate number masked unless asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.cli.output import say
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.index_words import IndexWords, explain_indexes, mask_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.cli.context import Context


def shown_indexes(context: Context, codes: Mapping[str, str]) -> list[dict[str, object]]:
    """Index codes by platform as ``--json`` prints them; ``--show-names`` shows them in full."""
    is_clear = bool(context.arguments.show_names)
    found = explain_indexes(codes, ErrorTexts(context.language), context.work.code_book)
    return [
        {
            "platform": platform,
            "index_code": text if is_clear else mask_index(text),
            **(
                {"parts": index_parts(found[platform], is_clear=is_clear)}
                if platform in found
                else {}
            ),
        }
        for platform, text in codes.items()
    ]


def index_parts(words: IndexWords, *, is_clear: bool) -> list[dict[str, object]]:
    """The parts of one index; for any command that takes or prints one."""
    return [
        {
            "part": line.number,
            "label": line.label,
            "value": line.value if is_clear else line.shown,
            "meaning": line.meaning,
        }
        for line in words.lines
    ]


def say_indexes(indexes: list[dict[str, object]]) -> None:
    """Print them for a person."""
    for index in indexes:
        say(f"索引 {index['platform']} {index['index_code']}")
        parts = index.get("parts", [])
        for part in parts if isinstance(parts, list) else []:
            say(f"  {part['label']} {part['value']} {part['meaning']}".rstrip())

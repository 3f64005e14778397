"""Named values of a command, from flags or from one JSON object on stdin, which no process list shows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from hbgz_desktop.cli.context import Context

LONGEST_JSON = 256 * 1024


def add_stdin_flag(parser: argparse.ArgumentParser, names: str) -> None:
    """Give a command its ``--stdin``; ``names`` are the members it may have."""
    parser.add_argument("--stdin", action="store_true", help=f"从标准输入读一个 JSON 对象：{names}")


def given_values(context: Context, names: Collection[str]) -> dict[str, str]:
    """The values that were given; flags win over stdin.

    Args:
        context: Of the command.
        names: Members that may be given, as ``cert_no``; ``--cert-no`` is the same.

    Raises:
        UsageError: ``stdin_not_utf8``, ``values_unusable``: no JSON object, an unknown member, or a value
            that is no text. Nothing of it is repeated.
    """
    arguments = vars(context.arguments)
    flags = {name: arguments.get(name) for name in names}
    values = _of_stdin(names) if arguments.get("stdin") else {}
    return values | {name: str(value) for name, value in flags.items() if value is not None}


def _of_stdin(names: Collection[str]) -> dict[str, str]:
    try:
        text = "" if sys.stdin is None else sys.stdin.read(LONGEST_JSON + 1)
    except UnicodeDecodeError:
        raise UsageError("stdin_not_utf8") from None
    try:
        document = json.loads(text.lstrip("\ufeff")) if len(text) <= LONGEST_JSON else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise UsageError("values_unusable")
    values = {str(name).replace("-", "_"): value for name, value in document.items()}
    if not set(values) <= set(names) or not all(isinstance(one, str) for one in values.values()):
        raise UsageError("values_unusable")
    return values

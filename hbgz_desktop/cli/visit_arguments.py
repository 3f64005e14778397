"""A visit on the command line: flags, or one JSON object on stdin, which no process list shows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.services.share_form import LONGEST_JSON, form_of, values_of_json

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.cli.context import Context
    from hbgz_desktop.model.sharing_launch import SharingForm

STDIN = "-"
_FLAGS = (
    ("--patient-id", "医院自己的患者编号"),
    ("--name", "患者姓名"),
    ("--id-no", "证件号码"),
    ("--phone", "手机号码"),
    ("--visit-no", "就诊号"),
    ("--visit-time", "就诊时间，yyyy-MM-dd HH:mm:ss"),
    ("--dept-code", "HIS 科室编码；不写按设置"),
    ("--user-code", "HIS 医生编码；不写按设置"),
)


def add_visit(parser: argparse.ArgumentParser) -> None:
    """Give a command the values of a visit."""
    for flag, help_text in _FLAGS:
        parser.add_argument(flag, metavar="TEXT", help=help_text)


def add_stdin(parser: argparse.ArgumentParser) -> None:
    """Let a command read the same values as JSON."""
    parser.add_argument(
        "source",
        nargs="?",
        choices=[STDIN],
        metavar=STDIN,
        help="从标准输入读一个 JSON 对象，名称同上（patient_id …）",
    )


def given_form(context: Context, **more: object) -> SharingForm:
    """The form that flags and stdin fill; stdin is read for ``-``, and when no flag was given.

    Args:
        context: Of the command.
        more: Further values that have flags of their own; None for absent ones.

    Raises:
        UsageError: Of ``form_of``, ``share_json_unusable`` or ``stdin_not_utf8``.
    """
    arguments = vars(context.arguments)
    names = [flag[2:].replace("-", "_") for flag, _ in _FLAGS]
    values: dict[str, Any] = {name: arguments[name] for name in names} | more
    values = {name: value for name, value in values.items() if value is not None}
    has_flags = any(arguments[name] is not None for name in names)
    if arguments.get("source") == STDIN or not (has_flags or is_terminal()):
        text = _stdin_text()
        if text.strip() or arguments.get("source") == STDIN:
            values = values_of_json(text) | values
    return form_of(values)


def is_terminal() -> bool:
    """True when a person sits at stdin; a program of windows may have none."""
    return sys.stdin is not None and sys.stdin.isatty()


def _stdin_text() -> str:
    if sys.stdin is None:
        return ""
    try:
        return sys.stdin.read(LONGEST_JSON + 1).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise UsageError("stdin_not_utf8") from None

"""The parser, and the one place where a known error becomes exit code 1 and a wrong use 2."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop import __version__
from hbgz_desktop.cli import (
    account_commands,
    config_commands,
    data_commands,
    device_commands,
    engine_commands,
    guizhou_commands,
    hebei_commands,
    queue_commands,
    retention_commands,
    share_command,
    show_commands,
    trial_commands,
)
from hbgz_desktop.cli.context import Context
from hbgz_desktop.cli.output import complain
from hbgz_desktop.model.errors import HbgzError, UsageError
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.system.console_streams import drop_output, speak_utf8
from hbgz_desktop.system.os_errors import is_reader_gone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

FAMILIES = (
    engine_commands,
    show_commands,
    queue_commands,
    data_commands,
    device_commands,
    retention_commands,
    config_commands,
    account_commands,
    guizhou_commands,
    hebei_commands,
    share_command,
    trial_commands,
)


_ECHOES = (
    (re.compile(r"(invalid choice): .*( \(choose from )", re.DOTALL), r"\1\2"),
    (re.compile(r"(invalid \w+ value): .*", re.DOTALL), r"\1"),
    (re.compile(r"(ignored explicit argument) .*", re.DOTALL), r"\1"),
    (re.compile(r"(ambiguous option: [^=]*)=.*( could match )", re.DOTALL), r"\1\2"),
    (re.compile(r"(unrecognized arguments): .*", re.DOTALL), r"\1"),
)
"""Where argparse repeats what was typed, and what is left of it."""


class _DiscreetParser(argparse.ArgumentParser):
    """Names the argument that is wrong, never its value: it may be a patient's, or a PIN."""

    @override
    def error(self, message: str) -> NoReturn:
        for pattern, left in _ECHOES:
            message = pattern.sub(left, message)
        super().error(message)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = _DiscreetParser(prog="hbgz", description="医院前置机互认前置台。不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"hbgz {__version__}")
    parser.add_argument("--data", metavar="DIR", help="数据文件夹（或环境变量 HBGZ_DATA）")
    parser.add_argument("--verbose", action="store_true", help="日志也写到屏幕上")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for family in FAMILIES:
        family.add_commands(commands)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0, or 1 with one clear line for a known error, 2 for wrong use.
    """
    speak_utf8()
    parser = build_parser()
    try:
        chosen = parser.parse_args(_data_first(list(arguments)))
    except SystemExit as stop:
        return int(stop.code or 0)
    context = Context(chosen)
    texts = ErrorTexts(context.language)
    try:
        handler = getattr(chosen, "handler", engine_commands.open_console)
        return int(handler(context) or 0)
    except UsageError as error:
        complain(error, texts)
        return 2
    except HbgzError as error:
        complain(error, texts)
        return 1
    except OSError as error:
        if not is_reader_gone(error):
            raise
        drop_output()
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        context.close()


def _data_first(arguments: list[str]) -> list[str]:
    """Let ``--data DIR`` stand anywhere, not only before the command."""
    moved: list[str] = []
    rest: list[str] = []
    place = 0
    while place < len(arguments):
        one = arguments[place]
        if one == "--":
            rest += arguments[place:]
            break
        if one == "--data" and place + 1 < len(arguments):
            moved += arguments[place : place + 2]
            place += 2
            continue
        (moved if one.startswith("--data=") else rest).append(one)
        place += 1
    return moved + rest

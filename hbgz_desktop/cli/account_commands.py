"""``hbgz operators list|add|set|remove`` and ``hbgz audit list``.

The command line acts as the system account and is held back by the rights of the data folder alone: it is
also the way out when IT's PIN is forgotten.
"""

from __future__ import annotations

import getpass
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, read_line, say
from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.permissions import ACTIONS
from hbgz_desktop.services.audit import AuditWords
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.error_texts import ErrorTexts

if TYPE_CHECKING:
    import argparse

ROLES = [one.value for one in Role]
_ROLE_WORDS = {Role.CLERK: "登记员", Role.IT: "信息科"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    operators = commands.add_parser("operators", help="谁能用窗口：名字、角色、PIN").add_subparsers(
        dest="action", required=True
    )
    listing = operators.add_parser("list", help="列出操作员")
    add_json(listing)
    listing.set_defaults(handler=_list)
    adding = operators.add_parser("add", help="加一个名字；PIN 现输，或用 --pin - 从标准输入读")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", choices=ROLES, default=Role.CLERK.value)
    _add_pin(adding)
    adding.set_defaults(handler=_add)
    setting = operators.add_parser("set", help="改角色、HIS 代码或 PIN，停用的重新启用")
    setting.add_argument("name", metavar="NAME")
    setting.add_argument("--role", choices=ROLES)
    setting.add_argument("--his-dept", metavar="CODE", help="hisDeptCode；空的按设置")
    setting.add_argument("--his-user", metavar="CODE", help="hisUserCode；空的按设置")
    setting.add_argument("--active", action="store_true", help="重新启用")
    _add_pin(setting)
    setting.set_defaults(handler=_set)
    removing = operators.add_parser("remove", help="停用一个名字；操作记录都留着")
    removing.add_argument("name", metavar="NAME")
    removing.set_defaults(handler=_remove)
    audit = commands.add_parser("audit", help="操作记录").add_subparsers(
        dest="audit_command", required=True
    )
    rows = audit.add_parser("list", help="谁在何时做了什么，新的在前")
    rows.add_argument("--since", metavar="DATE", help="从这一天起，如 2026-11-22，或 7d")
    rows.add_argument("--operator", default="", metavar="NAME")
    rows.add_argument("--action", choices=sorted(ACTIONS), action="append", metavar="CODE")
    rows.add_argument("--limit", type=int, default=200)
    add_json(rows)
    rows.set_defaults(handler=_audit)


def _add_pin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pin", choices=["-"], help="从标准输入读 PIN；PIN 本身不能写在命令行上", metavar="-"
    )


def _pin(context: Context) -> str:
    """Typed twice without echo, or the first line of stdin; never an argument."""
    if context.arguments.pin == "-" or not sys.stdin.isatty():
        return read_line()
    typed = getpass.getpass("PIN：")
    if getpass.getpass("再输一次：") != typed:
        raise UsageError("pins_differ")
    return typed


def _list(context: Context) -> int:
    rows = context.work.accounts.all()
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(
        ("名字", "角色", "PIN", "系统账户", "hisDeptCode", "hisUserCode", "状态", "最近"),
        [
            (
                row.operator.name,
                _ROLE_WORDS[row.operator.role],
                "有" if row.has_pin else "",
                row.operator.system_account,
                row.operator.his_dept_code,
                row.operator.his_user_code,
                "在用" if row.is_active else "停用",
                local(row.last_seen_at),
            )
            for row in rows
        ],
    )
    return 0


def _add(context: Context) -> int:
    arguments = context.arguments
    row = context.work.accounts.add(arguments.name, Role(arguments.role), _pin(context))
    say(f"{row.operator.name} {_ROLE_WORDS[row.operator.role]}")
    return 0


def _set(context: Context) -> int:
    arguments, accounts = context.arguments, context.work.accounts
    row = accounts.named(arguments.name)
    key = row.operator.id
    if arguments.active:
        accounts.set_active(key, is_active=True)
    if arguments.role:
        accounts.set_role(key, Role(arguments.role))
    dept, user = arguments.his_dept, arguments.his_user
    if dept is not None or user is not None:
        accounts.set_his_codes(
            key,
            row.operator.his_dept_code if dept is None else dept,
            row.operator.his_user_code if user is None else user,
        )
    asked = (arguments.active, arguments.role, dept is not None, user is not None)
    if arguments.pin or not any(asked):
        accounts.set_pin(key, _pin(context))
    say(row.operator.name)
    return 0


def _remove(context: Context) -> int:
    accounts = context.work.accounts
    row = accounts.named(context.arguments.name)
    accounts.set_active(row.operator.id, is_active=False)
    say(row.operator.name)
    return 0


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        if text.endswith("d"):
            return datetime.now(LOCAL) - timedelta(days=int(text[:-1]))
        return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
    except (ValueError, OverflowError):
        raise UsageError("date_invalid", text=text[:20]) from None


def _audit(context: Context) -> int:
    arguments = context.arguments
    wanted = AuditFilter(
        since=_since(arguments.since),
        actor=arguments.operator,
        actions=tuple(arguments.action or ()),
    )
    rows = context.work.audit.page(wanted, arguments.limit)
    if context.wants_json:
        print_json(rows)
        return 0
    words = AuditWords(ErrorTexts(context.language))
    print_table(
        ("时间", "谁", "做了什么", "对象", "结果", "系统账户", "电脑", "细节"),
        [words.line(row) for row in rows],
    )
    return 0

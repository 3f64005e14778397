"""``hbgz config show|get|set`` and ``hbgz doctor``."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import plain, print_json, print_table, read_line, say
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.settings import SECRET_KEYS
from hbgz_desktop.services.engine_service import service_of
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.setting_effects import decides_checks, needing_restart
from hbgz_desktop.services.settings_control import SettingsControl
from hbgz_desktop.storage.settings_file import all_keys, allowed_values, find_field, is_secret

if TYPE_CHECKING:
    import argparse

_MARKS = {"ok": "✓", "warning": "!", "failed": "×"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    config = commands.add_parser("config", help="设置").add_subparsers(dest="action", required=True)
    show = config.add_parser("show", help="所有设置和它们的含义")
    add_json(show)
    show.set_defaults(handler=_show)
    get = config.add_parser("get", help="一个设置的值")
    get.add_argument("key", metavar="KEY")
    add_json(get)
    get.set_defaults(handler=_get)
    setting = config.add_parser("set", help="改一个设置；密钥可以不写值而输入，或用 - 从标准输入读")
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("value", nargs="?", metavar="VALUE")
    setting.set_defaults(handler=_set)
    doctor = commands.add_parser("doctor", help="自检")
    add_json(doctor)
    doctor.set_defaults(handler=_doctor)


def _show(context: Context) -> int:
    work = context.work
    settings = work.settings()
    rows = []
    for key in all_keys():
        group, _, name = key.partition(".")
        field = find_field(key)
        rows.append(
            {
                "key": key,
                "value": getattr(getattr(settings, group), name),
                "title": field.title,
                "description": field.description,
                "allowed": allowed_values(key),
            }
        )
    for key, title in SECRET_KEYS.items():
        value = "********" if work.secrets.has(key) else ""
        rows.append({"key": key, "value": value, "title": title, "description": "", "allowed": ""})
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(("设置", "值", "含义"), [(row["key"], row["value"], row["title"]) for row in rows])
    return 0


def _get(context: Context) -> int:
    key = context.arguments.key
    if is_secret(key):
        value: object = "set" if context.work.secrets.has(key) else ""
    else:
        value = context.work.settings_file.get(key)
    if context.wants_json:
        print_json(value)
    else:
        simple = plain(value)
        say(simple if isinstance(simple, str) else str(simple))
    return 0


def _set(context: Context) -> int:
    key, value = context.arguments.key, context.arguments.value
    control = SettingsControl(context.work)
    if is_secret(key):
        control.save({}, {key: _secret(value)}, context.actor)
    else:
        find_field(key)
        text = read_line() if value is None else value
        control.save({key: context.work.settings_file.parse_text(key, text)}, {}, context.actor)
    if needing_restart((key,)) and context.work.engine_state.status().is_alive:
        say("引擎重新启动后生效")
    if decides_checks((key,)):
        released = control.check_again()
        if released:
            say(f"重新检查，放行 {released} 份")
    return 0


def _secret(value: str | None) -> str:
    """As argument, typed without echo, or the first line of stdin; "" as argument removes it."""
    if value is not None and value != "-":
        return value
    typed = getpass.getpass("密钥：") if value is None and sys.stdin.isatty() else read_line()
    if not typed:
        raise UsageError("secret_missing")
    return typed


def _doctor(context: Context) -> int:
    from hbgz_desktop.services.doctor import Doctor  # brings pynetdicom with it

    checks = Doctor(context.work, service_of(context.folder)).run()
    if context.wants_json:
        print_json(checks)
    else:
        texts = ErrorTexts(context.language)
        for check in checks:
            text = texts.of(f"doctor_{check.name}", check.facts)
            step = f"  {text.next_step}" if check.state != "ok" else ""
            say(f"{_MARKS[check.state]} {text.title}  {check.detail}{step}")
    return 1 if any(check.state == "failed" for check in checks) else 0

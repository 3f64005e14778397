"""``hbgz peers list|allow|refuse|forget|charset`` and ``hbgz quarantine list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.services.device_control import CHARSETS, DeviceControl, Policy
from hbgz_desktop.services.error_texts import ErrorTexts

if TYPE_CHECKING:
    import argparse

POLICIES: dict[str, Policy] = {"allow": "accept", "refuse": "refuse", "forget": ""}
_WORDS = {"accept": "接受", "refuse": "拒绝", "": "按设置"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    peers = commands.add_parser("peers", help="发图像来的设备").add_subparsers(
        dest="action", required=True
    )
    listing = peers.add_parser("list", help="列出来过的和登记过的设备，被拒绝的在前")
    add_json(listing)
    listing.set_defaults(handler=_list)
    for name, text in (
        ("allow", "总是接受这台设备"),
        ("refuse", "总是拒绝这台设备"),
        ("forget", "不再单独规定，按 dicom.unknown_callers"),
    ):
        action = peers.add_parser(name, help=text)
        action.add_argument("ae_title", metavar="AE")
        action.set_defaults(handler=_policy)
    charset = peers.add_parser("charset", help="图像没写字符集时，按什么读这台设备的姓名")
    charset.add_argument("ae_title", metavar="AE")
    charset.add_argument("charset", choices=[*CHARSETS, "default"], metavar="CHARSET")
    charset.set_defaults(handler=_charset)
    quarantine = commands.add_parser("quarantine", help="没收下、但字节留着的对象").add_subparsers(
        dest="action", required=True
    )
    kept = quarantine.add_parser("list", help="列出它们和原因")
    kept.add_argument("--limit", type=int, default=1000)
    add_json(kept)
    kept.set_defaults(handler=_quarantine)


def _list(context: Context) -> int:
    rows = DeviceControl(context.work).all()
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(
        ("AE", "规定", "字符集", "地址", "最近", "最近图像", "拒绝"),
        [
            (
                row.ae_title,
                _WORDS.get(row.policy, row.policy),
                row.fallback_charset,
                row.address,
                local(row.last_seen_at),
                local(row.last_image_at),
                row.refused_count,
            )
            for row in rows
        ],
    )
    return 0


def _policy(context: Context) -> int:
    policy = POLICIES[context.arguments.action]
    DeviceControl(context.work).set_policy(context.arguments.ae_title, policy, context.actor)
    say(f"{context.arguments.ae_title} {_WORDS[policy]}")
    return 0


def _charset(context: Context) -> int:
    chosen = context.arguments.charset
    DeviceControl(context.work).set_charset(
        context.arguments.ae_title, "" if chosen == "default" else chosen, context.actor
    )
    say(f"{context.arguments.ae_title} {chosen}")
    return 0


def _quarantine(context: Context) -> int:
    rows = context.browsing.studies.quarantined(context.arguments.limit)
    folder = context.work.quarantine
    if context.wants_json:
        print_json(
            [
                {
                    "id": row.id,
                    "path": folder.absolute(row.path),
                    "size_bytes": row.size_bytes,
                    "reason": row.reason,
                    "sop_class_uid": row.sop_class_uid,
                    "calling_ae": row.calling_ae,
                    "address": row.address,
                    "received_at": row.received_at,
                }
                for row in rows
            ]
        )
        return 0
    texts = ErrorTexts(context.language)
    print_table(
        ("时间", "设备", "地址", "字节", "原因", "文件"),
        [
            (
                local(row.received_at),
                row.calling_ae,
                row.address,
                row.size_bytes,
                texts.of(row.reason).title,
                folder.absolute(row.path),
            )
            for row in rows
        ],
    )
    return 0

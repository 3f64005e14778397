"""``hbgz queue list|show|retry|cancel|pause|resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.model.delivery import BulkReport, DeliveryState
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.views import QueueFilter

if TYPE_CHECKING:
    import argparse

STATES = [state.value for state in DeliveryState]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    queue = commands.add_parser("queue", help="上传队列").add_subparsers(
        dest="action", required=True
    )
    listing = queue.add_parser("list", help="列出上传项")
    listing.add_argument("--state", choices=STATES, action="append")
    listing.add_argument("--limit", type=int, default=10_000)
    add_json(listing)
    listing.set_defaults(handler=_list)
    show = queue.add_parser("show", help="一项上传的每次请求和应答")
    show.add_argument("id", type=int)
    add_json(show)
    show.set_defaults(handler=_show)
    for name, text in (
        ("retry", "马上重试"),
        ("cancel", "取消，图像和记录都留在本机"),
        ("pause", "暂停"),
        ("resume", "继续"),
    ):
        action = queue.add_parser(name, help=text)
        which = action.add_mutually_exclusive_group(required=True)
        which.add_argument("--id", type=int, action="append", metavar="N", nargs="+")
        which.add_argument("--all", action="store_true", help="所有的，可用 --state 限定")
        action.add_argument("--state", choices=STATES, action="append")
        add_json(action)
        action.set_defaults(handler=_act)


def _list(context: Context) -> int:
    arguments = context.arguments
    rows = context.browsing.queue.page(
        QueueFilter(states=tuple(arguments.state or ())), limit=arguments.limit
    )
    if context.wants_json:
        print_json(
            [
                {
                    "id": row.delivery.id,
                    "examination_id": row.delivery.examination_id,
                    "platform": row.delivery.platform,
                    "kind": row.delivery.kind.value,
                    "part": row.delivery.part,
                    "state": row.delivery.state.value,
                    "blocked_reason": row.delivery.blocked_reason,
                    "is_paused": row.delivery.is_paused,
                    "attempts": row.delivery.attempts,
                    "next_attempt_at": row.delivery.next_attempt_at,
                    "cause": row.delivery.cause,
                    "http_status": row.delivery.http_status,
                    "answer_code": row.delivery.answer_code,
                    "message": row.delivery.message,
                    "items_total": row.delivery.items_total,
                    "items_confirmed": row.delivery.items_confirmed,
                    "accession_number": row.accession_number,
                    "updated_at": row.delivery.updated_at,
                }
                for row in rows
            ]
        )
        return 0
    print_table(
        ("编号", "状态", "内容", "患者", "检查号", "次数", "原因", "下次"),
        [
            (
                row.delivery.id,
                row.delivery.state.value,
                row.delivery.kind.value,
                mask_name(row.patient_name),
                row.accession_number,
                row.delivery.attempts,
                row.delivery.cause
                or (row.delivery.blocked_reason.value if row.delivery.blocked_reason else ""),
                local(row.delivery.next_attempt_at),
            )
            for row in rows
        ],
    )
    return 0


def _show(context: Context) -> int:
    delivery = context.work.queue.get(context.arguments.id)
    if delivery is None:
        raise UsageError("delivery_unknown", id=context.arguments.id)
    attempts = context.work.attempts.of_deliveries((delivery.id,))
    if context.wants_json:
        print_json({"delivery": delivery, "attempts": attempts})
        return 0
    say(f"{delivery.id} {delivery.kind.value} {delivery.state.value} {delivery.cause}")
    print_table(
        ("时间", "服务", "HTTP", "结果", "平台原文", "报文 ID"),
        [
            (
                local(one.finished_at),
                one.service,
                one.http_status,
                one.outcome,
                one.message,
                one.msgid,
            )
            for one in attempts
        ],
    )
    return 0


def _chosen(context: Context) -> tuple[int, ...]:
    arguments = context.arguments
    if not arguments.all:
        return tuple(one for group in arguments.id for one in group)
    default = [DeliveryState.FAILED.value] if arguments.action == "retry" else STATES
    states = tuple(DeliveryState(one) for one in arguments.state or default)
    return context.work.queue_control.freeze(states)


def _act(context: Context) -> int:
    control = context.work.queue_control
    action = {
        "retry": control.retry,
        "cancel": control.cancel,
        "pause": control.pause,
        "resume": control.resume,
    }[context.arguments.action]
    report: BulkReport = action(_chosen(context), context.actor)
    if context.wants_json:
        print_json(report)
    else:
        say(f"{report.changed} 项已改，{report.skipped} 项跳过")
    return 0

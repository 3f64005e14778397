"""What a person does to one study: ``hbgz studies complete``, ``assign``, ``expect`` and ``changed``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.model.errors import UsageError

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow

_UNKNOWN = "unknown"


def add_study_actions(studies: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these to ``hbgz studies``."""
    complete = studies.add_parser("complete", help="不再等图像，马上收齐")
    complete.add_argument("uid", metavar="UID")
    complete.set_defaults(handler=_complete)
    assign = studies.add_parser("assign", help="把检查交给一条记录")
    assign.add_argument("uid", metavar="UID")
    assign.add_argument("record_id", type=int, metavar="RECORD")
    assign.set_defaults(handler=_assign)
    expect = studies.add_parser("expect", help="记下这份检查应有几幅（PACS 上看到的数）")
    expect.add_argument("uid", metavar="UID")
    expect.add_argument("count", type=_count, metavar="N", help="幅数；unknown 表示不知道")
    expect.set_defaults(handler=_expect)
    changed = studies.add_parser("changed", help="平台确认以后又收到、内容不同的图像：列出或决定")
    changed.add_argument("uid", metavar="UID")
    decision = changed.add_mutually_exclusive_group()
    decision.add_argument("--send", action="store_true", help="补传新的版本")
    decision.add_argument("--keep", action="store_true", help="平台上的不动，新的留在本机")
    add_json(changed)
    changed.set_defaults(handler=_changed)


def find_study(context: Context) -> tuple[StudyRow, int]:
    """The study of ``UID`` and its id.

    Raises:
        UsageError: ``study_unknown``.
    """
    row = context.browsing.studies.by_uid(context.arguments.uid)
    if row is None or row.study_id is None:
        raise UsageError("study_unknown", uid=context.arguments.uid)
    return row, row.study_id


def _count(text: str) -> int | None:
    if text == _UNKNOWN:
        return None
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: N / {_UNKNOWN}") from None


def _complete(context: Context) -> int:
    _, study_id = find_study(context)
    closed = context.work.study_control.complete(study_id, context.actor)
    say("completed" if closed else "already complete")
    return 0


def _assign(context: Context) -> int:
    _, study_id = find_study(context)
    examination_id = context.work.examinations.of_record(context.arguments.record_id)
    if examination_id is None:
        raise UsageError("record_unknown", id=context.arguments.record_id)
    context.work.study_control.assign(study_id, examination_id, context.actor)
    say(f"examination {examination_id}")
    return 0


def _expect(context: Context) -> int:
    _, study_id = find_study(context)
    count = context.arguments.count
    context.work.study_control.expect(study_id, count, context.actor)
    row, _ = find_study(context)
    say(f"expected {_UNKNOWN if row.expected is None else row.expected}  received {row.received}")
    return 0


def _changed(context: Context) -> int:
    row, study_id = find_study(context)
    arguments, control = context.arguments, context.work.changed_images
    found = control.of_study(study_id)
    decision = "send" if arguments.send else "keep" if arguments.keep else None
    if decision is not None and not found:
        raise UsageError("study_not_changed", uid=row.study_instance_uid)
    if decision == "send":
        control.send(study_id, found, context.actor)
    elif decision == "keep":
        control.keep(study_id, found, context.actor)
    instances = [
        {
            "sop_instance_uid": one.sop_instance_uid,
            "series_instance_uid": one.series_instance_uid,
            "sent_version": one.sent_version,
            "sent_md5": one.sent_md5,
            "newer_version": one.newer_version,
            "newer_md5": one.newer_md5,
            "received_at": one.received_at,
        }
        for one in found
    ]
    if context.wants_json:
        print_json(
            {
                "study_instance_uid": row.study_instance_uid,
                "decision": decision,
                "instances": instances,
            }
        )
        return 0
    print_table(
        ("发过的版本", "新的版本", "收到", "SOP Instance UID"),
        [
            (one.sent_version, one.newer_version, local(one.received_at), one.sop_instance_uid)
            for one in found
        ],
    )
    words = {"send": "排队补传", "keep": "平台上的不动", None: "等人决定"}
    say(f"{words[decision]} {len(found)} 幅")
    return 0

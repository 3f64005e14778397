"""``hbgz retention show`` and ``hbgz retention run``: what lies on the disk, what could go, and clearing it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, read_line, say
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.retention import ClearingPlan, ClearingPolicy, Volume
from hbgz_desktop.services.clearing_job import ClearingJob
from hbgz_desktop.services.error_texts import ErrorTexts

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.model.disk_forecast import DiskForecast

_YES = "yes"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    family = commands.add_parser("retention", help="保留与磁盘：现状、预计、清理").add_subparsers(
        dest="action", required=True
    )
    show = family.add_parser("show", help="本机存了多少、能清多少、为什么不清、还能用几天")
    _add_days(show)
    add_json(show)
    show.set_defaults(handler=_show)
    run = family.add_parser("run", help="现在就清理平台已逐幅确认的图像")
    _add_days(run)
    run.add_argument("--dry-run", action="store_true", help="只说会清什么")
    run.add_argument("--yes", action="store_true", help="不再问")
    add_json(run)
    run.set_defaults(handler=_run)


def _add_days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--older-than",
        type=int,
        metavar="DAYS",
        help="确认满这么多天的；不写时按 storage.keep_days",
    )


def _plan(context: Context) -> ClearingPlan:
    settings, days = context.work.settings(), context.arguments.older_than
    if days is None:
        return context.work.clearing.plan(ClearingPolicy.by_age(settings))
    return context.work.clearing.plan(ClearingPolicy.by_person(settings, days))


def _size(size_bytes: float) -> str:
    return f"{size_bytes / 1024**3:,.2f} GB"


def _volume(volume: Volume) -> str:
    return f"{volume.studies} 份  {volume.files} 幅  {_size(volume.size_bytes)}"


def _plan_facts(plan: ClearingPlan) -> dict[str, object]:
    return {
        "keep_days": plan.policy.keep_days,
        "clearable": asdict(plan.clearable),
        "oldest_at": plan.oldest_at,
        "newest_at": plan.newest_at,
        "kept": {reason.value: asdict(volume) for reason, volume in plan.kept.items()},
    }


def _show(context: Context) -> int:
    work = context.work
    forecast, plan = work.disk_outlook.look(), _plan(context)
    last = work.clearing.store.last_run()
    if context.wants_json:
        print_json(
            {
                "forecast": forecast,
                "auto_clear": work.settings().storage.auto_clear,
                "plan": _plan_facts(plan),
                "last_run": last,
            }
        )
        return 0
    say(f"自动清理    {'开着' if work.settings().storage.auto_clear else '关着'}")
    _say_forecast(forecast)
    _say_plan(context, plan)
    if last is not None:
        reason = ErrorTexts(context.language).of(f"clearing_reason_{last.reason.value}").title
        say(f"上次清理    {local(last.began_at)}  {reason}  {_volume(last.cleared)}  {last.actor}")
    return 0


def _say_forecast(found: DiskForecast) -> None:
    left = "一年内够用" if found.days_left is None else f"约 {found.days_left} 天后到保留线"
    here = _volume(Volume(found.studies, found.files, found.size_bytes))
    say(f"本机图像    {here}")
    say(f"剩余空间    {_size(found.free_bytes)}，每天约收 {_size(found.daily_bytes)}，{left}")
    if found.pending:
        say(f"等着删除    {found.pending} 个文件被别的程序占着，程序会再试")


def _say_plan(context: Context, plan: ClearingPlan) -> None:
    say(f"现在能清    {_volume(plan.clearable)}（确认满 {plan.policy.keep_days} 天）")
    if plan.oldest_at is not None:
        say(f"            从 {local(plan.oldest_at)} 到 {local(plan.newest_at)} 确认的")
    texts = ErrorTexts(context.language)
    print_table(
        ("不清的", "份", "幅", "大小"),
        [
            (texts.of(f"kept_{reason}").title, one.studies, one.files, _size(one.size_bytes))
            for reason, one in plan.kept.items()
        ],
    )


def _run(context: Context) -> int:
    arguments, work = context.arguments, context.work
    work.accounts.require("images_cleared")
    plan = _plan(context)
    if not context.wants_json:
        _say_plan(context, plan)
    if arguments.dry_run:
        if context.wants_json:
            print_json({"plan": _plan_facts(plan), "done": None})
        return 0
    if plan.study_ids and not arguments.yes:
        _ask(plan)
    done = ClearingJob(work.clearing, plan, context.actor).run()
    if context.wants_json:
        print_json({"plan": _plan_facts(plan), "done": done})
        return 0
    say(f"清理了      {_volume(done.cleared)}")
    if done.stayed:
        say(f"没有清      {done.stayed} 份刚有变化，留着")
    if done.held:
        say(f"等着删除    {done.held} 个文件被别的程序占着，引擎会再试")
    return 0


def _ask(plan: ClearingPlan) -> None:
    """A person types ``yes``, or nothing goes.

    Raises:
        UsageError: ``clearing_not_confirmed``.
    """
    sys.stderr.write(f"清理 {plan.clearable.files} 幅图像？输入 {_YES} 继续：")
    sys.stderr.flush()
    if read_line().strip().lower() != _YES:
        raise UsageError("clearing_not_confirmed")

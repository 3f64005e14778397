"""``hbgz share``: 共享调阅 from outside, by flags, JSON on stdin, or an ``hbgz://share?…`` address.

Without ``--no-open`` and ``--yes`` it only fills the form in the window: the running console gets it through
the database, otherwise the window is opened; nothing is sent before a person says so there. With one of
them this command asks the platform itself: on a terminal after a y, with ``--yes`` at once, and a program
that gives ``--no-open`` with complete values on no terminal has agreed by doing so. An address never does.
"""

from __future__ import annotations

import sys
import threading
import time
import webbrowser
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.engine_commands import open_console
from hbgz_desktop.cli.output import print_json, read_line, say
from hbgz_desktop.cli.visit_arguments import STDIN, add_visit, given_form, is_terminal
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.model.shared_viewing import ViewMode
from hbgz_desktop.model.sharing_launch import LaunchState
from hbgz_desktop.services.share_form import form_of_url
from hbgz_desktop.system.foreground import allow_foreground

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.model.sharing_launch import SharingForm, SharingLaunch

CONSOLE_LIMIT_S = 3.0
CALLED_LIMIT_S = 10.0
"""As long a slow console may take once it was called to the front."""
_LOOK_EVERY_S = 0.1
_YES = frozenset({"y", "yes", "是"})


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command."""
    share = commands.add_parser("share", help="共享调阅：填好窗口里的表，或直接查询（--no-open）")
    share.add_argument(
        "source",
        nargs="?",
        metavar="-|URL",
        help="- 从标准输入读一个 JSON 对象；hbgz://share?… 只填表（放在 -- 后面）",
    )
    add_visit(share)
    share.add_argument("--mode", choices=[one.value for one in ViewMode], help="查看或开单")
    share.add_argument("--study-items", metavar="CODE,CODE", help="开单的检查项目代码")
    share.add_argument("--lab-items", metavar="CODE,CODE", help="开单的检验项目代码")
    share.add_argument("--no-open", action="store_true", help="不经窗口，查询后只打印，不打开页面")
    share.add_argument("--yes", action="store_true", help="不再询问，直接查询")
    add_json(share)
    share.set_defaults(handler=_share)


def _share(context: Context) -> int:
    arguments = context.arguments
    is_direct = arguments.no_open or arguments.yes
    if arguments.source not in (None, STDIN):
        if is_direct:
            raise UsageError("share_url_only_fills")
        return _hand_over(context, form_of_url(arguments.source))
    form = given_form(
        context,
        mode=arguments.mode,
        study_items=arguments.study_items,
        lab_items=arguments.lab_items,
    )
    return _ask(context, form) if is_direct else _hand_over(context, form)


def _hand_over(context: Context, form: SharingForm) -> int:
    """Leave the form for the running console; when none takes it, the window opens and does."""
    allow_foreground()  # whoever clicked the link sees the console come to the front
    form_id = context.work.shared_viewing.hand_over(form)
    is_taken = _is_taken(context, form_id, CONSOLE_LIMIT_S)
    if is_taken and not context.wants_json:
        say("已填进窗口里的“共享调阅”，请在那里确认")
    if not is_taken:
        code = open_console(context)
        if code:
            return code
    if context.wants_json:
        is_taken = is_taken or _is_taken(context, form_id, CALLED_LIMIT_S)
        print_json({"form": form_id, "handed_over": is_taken})
    return 0


def _is_taken(context: Context, form_id: int, limit_s: float) -> bool:
    """Whether a console takes the form within this time."""
    limit = time.monotonic() + limit_s
    pause = threading.Event()
    while not context.work.shared_viewing.is_handed_over(form_id):
        if time.monotonic() >= limit:
            return False
        pause.wait(_LOOK_EVERY_S)
    return True


def _ask(context: Context, form: SharingForm) -> int:
    sharing = context.work.shared_viewing
    if not context.arguments.yes:
        _agree(form)
    launch = sharing.ask(form)
    if launch.has_results and not context.arguments.no_open:
        launch = sharing.open(launch, webbrowser.open)
    if context.wants_json:
        print_json(_facts(launch))
        return 0
    if launch.state is LaunchState.NOTHING:
        say("没有可以共享的检查检验结果")
        return 0
    say(f"检查 {_count(launch.study_count)} 项，检验 {_count(launch.lab_count)} 项")
    if launch.url:
        say(launch.url)
    return 0


def _agree(form: SharingForm) -> None:
    """A person on the terminal says y; a program has agreed by ``--no-open`` with complete values.

    Raises:
        UsageError: ``share_not_confirmed``.
    """
    if not is_terminal():
        return
    whose = (
        f"{mask_name(form.visit.name)} {mask_identity(form.visit.id_no)} {form.visit.visit_time}"
    )
    sys.stderr.write(f"向省互认平台查询：{whose}。继续？[y/N] ")  # stdout is the answer's
    sys.stderr.flush()
    if read_line().strip().lower() not in _YES:
        raise UsageError("share_not_confirmed")


def _count(count: int | None) -> str:
    return "未知" if count is None else str(count)


def _facts(launch: SharingLaunch) -> dict[str, object]:
    return {
        "launch": launch.id,
        "authorization": launch.authorization_id,
        "mode": launch.mode,
        "state": launch.state,
        "study_count": launch.study_count,
        "lab_count": launch.lab_count,
        "has_results": launch.state is not LaunchState.NOTHING,
        "url": launch.url,
        "opened_at": launch.opened_at,
        "message": launch.message,
    }

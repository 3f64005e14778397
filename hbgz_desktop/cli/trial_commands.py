"""``hbgz sandbox`` and ``hbgz demo``: trial data, never to a real platform."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from hbgz_desktop.cli.context import Context
from hbgz_desktop.cli.output import say

SANDBOX_CODE = "H52010000001"
SANDBOX_KEY = "sandbox-key"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    sandbox = commands.add_parser("sandbox", help="模拟的贵州平台，练习和测试用")
    sandbox.add_argument("--port", type=int, default=18080)
    sandbox.add_argument("--folder", type=Path, help="收到的内容放在哪里")
    sandbox.add_argument("--institution", default=SANDBOX_CODE)
    sandbox.add_argument("--key", default=SANDBOX_KEY)
    sandbox.add_argument(
        "--fault", action="append", default=[], metavar="SERVICE:FAULT[:N]", help="故障，可重复"
    )
    sandbox.set_defaults(handler=_sandbox)
    demo = commands.add_parser("demo", help="演示：五份检查从设备到平台，逐字节核对")
    demo.add_argument("--no-window", action="store_true", help="不开窗口")
    demo.add_argument("--keep", action="store_true", help="结束后保留临时文件夹")
    demo.add_argument("--screenshots", type=Path, help="页面截图放在哪里")
    demo.add_argument("--seed", type=int, default=1)
    demo.set_defaults(handler=_demo)


def _sandbox(context: Context) -> int:
    from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault  # noqa: PLC0415  # other commands need not pay for it
    from hbgz_desktop.sandbox.run import Listening, Served, run_sandbox  # noqa: PLC0415  # other commands need not pay for it

    arguments = context.arguments
    stop = threading.Event()
    facts = run_sandbox(
        arguments.folder or context.folder.root / "sandbox",
        arguments.port,
        arguments.institution,
        arguments.key,
        FaultPlan(parse_fault(one) for one in arguments.fault),
        stop,
    )
    try:
        for fact in facts:
            if isinstance(fact, Listening):
                say(f"ready {fact.base_url}")
            elif isinstance(fact, Served):
                say(f"{fact.row.service} {fact.row.outcome}")
    except KeyboardInterrupt:
        stop.set()
        for _ in facts:
            pass
    return 0


def _demo(context: Context) -> int:
    from hbgz_desktop.cli.demo import run_demo  # noqa: PLC0415  # brings everything with it

    return run_demo(context)

"""``hbgz`` (console), ``hbgz engine``, ``hbgz stop``, ``hbgz status``, ``hbgz send``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.model.errors import StorageError, UsageError
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.services.engine_service import service_of
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.logs import configure_logging, stop_logging
from hbgz_desktop.system.windows_paths import readable

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.dicom.storage_scu import SendResult

MOST_QUARANTINED = 10_000


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    engine = commands.add_parser("engine", help="运行引擎（接收、上传），直到 hbgz stop 或 Ctrl-C")
    engine.add_argument(
        "--until-stdin-ends", action="store_true", help="标准输入一结束就停下（由别的程序启动时用）"
    )
    engine.add_argument(
        "--service",
        action="store_true",
        help="由服务启动：标准输入一结束就停下，警告也写进 Windows 事件日志",
    )
    engine.set_defaults(handler=_engine)
    stop = commands.add_parser("stop", help="让正在运行的引擎停下；由服务运行的，停服务")
    stop.set_defaults(handler=_stop)
    status = commands.add_parser("status", help="引擎、接收、平台、磁盘和队列的状态")
    add_json(status)
    status.set_defaults(handler=_status)
    send = commands.add_parser("send", help="按 DICOM 发送文件（简单的 SCU）")
    send.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    send.add_argument("--host", default="127.0.0.1")
    send.add_argument("--port", type=int, required=True)
    send.add_argument("--ae", default="HBGZ", help="对方 AE 标题")
    send.add_argument("--from-ae", default="HBGZ_SCU", help="本方 AE 标题")
    add_json(send)
    send.set_defaults(handler=_send)


def open_console(context: Context) -> int:
    """Open the window; Qt is imported only here."""
    from hbgz_desktop.app import run_console  # the command line works without Qt

    return run_console(context.folder)


def _engine(context: Context) -> int:
    from hbgz_desktop.engine import run  # pynetdicom costs 300 ms other commands need not pay

    chosen = context.arguments
    handlers = configure_logging(
        context.folder, to_screen=chosen.verbose, to_event_log=chosen.service
    )
    try:
        run(context.folder, say, until_stdin_ends=chosen.until_stdin_ends or chosen.service)
    finally:
        stop_logging(handlers)
    return 0


def _stop(context: Context) -> int:
    store = context.work.engine_state
    supervisor = EngineSupervisor(context.folder, store, service_of(context.folder))
    is_there = supervisor.service_name or supervisor.is_running() or store.status().is_alive
    if not is_there:
        raise StorageError("engine_not_running", retryable=False)
    if not supervisor.stop(context.actor):
        raise StorageError("engine_does_not_answer")
    say("stopped")
    return 0


def _status(context: Context) -> int:
    work = context.work
    service = service_of(context.folder)
    status = work.engine_state.status()
    settings = work.settings()
    platforms = [work.platform_states.health(one) for one in settings.enabled_platforms()]
    lanes = context.browsing.studies.lane_counts(StudyFilter())
    facts = {
        "engine": status,
        "associations": work.associations.live_count(),
        "platforms": platforms,
        "studies": {lane.value: count for lane, count in lanes.items()},
        "quarantined": len(context.browsing.studies.quarantined(MOST_QUARANTINED)),
        "service": service.name if service is not None else "",
        "data_folder": str(readable(context.folder.root)),
    }
    if context.wants_json:
        print_json(facts)
        return 0
    say(f"数据文件夹  {readable(context.folder.root)}")
    if status.is_alive:
        say(f"引擎        运行中 pid {status.pid}，从 {local(status.started_at)}")
    else:
        say("引擎        没有运行")
    if service is not None:
        say(f"服务        {service.name} {service.state().name.lower()}")
    say(f"接收        {status.receiver_state} 端口 {status.dicom_port} {status.receiver_detail}")
    say(
        f"上次启动    找回接收 {status.recovered_receives}、发送 {status.recovered_sends}，"
        f"丢失 {status.lost}"
    )
    if facts["quarantined"]:
        say(f"隔离        {facts['quarantined']} 个没收下的对象（hbgz quarantine list）")
    for health in platforms:
        state = "不应答" if health.opened_at else ("已暂停" if health.is_paused else "正常")
        say(f"平台 {health.platform}  {state} {health.cause}")
    print_table(("检查", "份数"), [(lane.value, count) for lane, count in lanes.items() if count])
    return 0


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*") if one.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError("path_missing", path=str(path))
    return found


def _send(context: Context) -> int:
    from hbgz_desktop.dicom.requestor import Peer  # the other commands need not pay for pynetdicom
    from hbgz_desktop.dicom.storage_scu import send_files  # the same

    arguments = context.arguments
    results = send_files(
        _files(arguments.paths),
        Peer(arguments.host, arguments.port, arguments.ae, arguments.from_ae),
    )
    failed = [one for one in results if one.status != 0]
    if context.wants_json:
        print_json(
            [
                {
                    "path": str(one.path),
                    "sop_instance_uid": one.sop_instance_uid,
                    "status": one.status,
                    "comment": one.comment,
                }
                for one in results
            ]
        )
    else:
        _report(results, failed)
    return 1 if failed else 0


def _report(results: tuple[SendResult, ...], failed: list[SendResult]) -> None:
    for one in failed:
        status = "-" if one.status is None else f"{one.status:04X}"
        say(f"{one.path.name}  {status}  {one.comment}")
    say(f"已发送 {len(results) - len(failed)} 幅，失败 {len(failed)} 幅")

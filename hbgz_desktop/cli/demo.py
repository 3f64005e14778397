"""The demo: a modality, an engine and a platform on this machine, five studies from end to end.

With a display the console shows it; without one the same happens, the unmapped code is mapped here, the
ledger is printed and every byte the platform holds is compared with what the modality sent. Beside it the
reception desk: one authorization and one shared viewing at a simulated Hebei platform, and one patient's
images of another hospital.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from typing import TYPE_CHECKING, Any

from hbgz_desktop.cli.demo_other_hospitals import look_outside
from hbgz_desktop.cli.demo_sharing import (
    authorize,
    configure_sharing,
    simulated_hebei,
    view_shared,
)
from hbgz_desktop.cli.output import print_table, say
from hbgz_desktop.cli.trial_access import SANDBOX_CODE, SANDBOX_KEY
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import send_files
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.sandbox.demo import (
    LOCAL_CHARGE_TYPE,
    demo_records,
    demo_studies,
    demo_visit,
    write_record_file,
)
from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.services.browsing import Browsing
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.system.child_process import OURS, PIPE, Streams, start_bound
from hbgz_desktop.system.end_requests import end_signals
from hbgz_desktop.system.removal import remove_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from hbgz_desktop.cli.context import Context
    from hbgz_desktop.model.visit import Visit
    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

LIMIT_S = 120.0
STOP_LIMIT_S = 30.0
LOOK_EVERY_S = 0.25
MODALITY_AE = "DEMO_CT"
MAPPED_CODE = "02"
FAULT = "saveImgFile:http_500:2"
DEFAULT_SCREENSHOTS = Path("out") / "demo-screenshots"


class DemoError(HbgzError):
    """The demo did not end as it must."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs while the demo lasts."""

    work: Workplace
    browsing: Browsing
    platform: GuizhouPlatform
    sharing: HebeiPlatform
    visit: Visit
    port: int
    studies: tuple[tuple[Path, ...], ...]
    records: Path


def run_demo(context: Context) -> int:
    """Run the demo to its end; 0 when every byte agrees."""
    arguments = context.arguments
    for number in end_signals():
        signal.signal(number, _leave)
    root = Path(tempfile.mkdtemp(prefix="hbgz-demo-"))
    try:
        with _stage(root, arguments.seed) as stage:
            if has_display() and not arguments.no_window:
                return _with_window(stage)
            authorize(stage.work, stage.visit)
            view_shared(stage.work, stage.sharing, stage.visit)
            look_outside(stage.work, stage.platform, stage.visit.name, stage.visit.id_no)
            _send(stage)
            _without_window(stage, arguments.screenshots or DEFAULT_SCREENSHOTS)
    finally:
        if arguments.keep:
            say(f"保留在 {root}")
        else:
            remove_tree(root)
    return 0


def _leave(number: int, _frame: FrameType | None) -> None:
    """End through the ``finally``s: the throw-away folder goes too."""
    sys.exit(128 + number)


def has_display() -> bool:
    """True where a window can be shown."""
    is_desktop = sys.platform in ("win32", "darwin")
    return is_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _stage(root: Path, seed: int) -> Iterator[Stage]:
    """Sandbox, settings, engine, generated studies and records; everything ends with the block."""
    with ExitStack() as stack:
        platform = stack.enter_context(
            GuizhouPlatform(
                root / "platform",
                institution_code=SANDBOX_CODE,
                key=SANDBOX_KEY,
                faults=FaultPlan([parse_fault(FAULT)]),
                seed=seed,
            )
        )
        say(f"模拟平台   {platform.base_url}")
        sharing = stack.enter_context(simulated_hebei(root / "hebei"))
        work = stack.enter_context(Workplace(DataFolder(root / "前置机 数据")))
        _configure(work, platform.base_url)
        configure_sharing(work, sharing.base_url)
        port = stack.enter_context(engine_process(work.folder))
        say(f"本机接收   端口 {port}，AE {work.settings().dicom.ae_title}")
        specs = demo_studies(seed)
        studies = tuple(
            generate_study(spec, root / "modality" / str(number), seed + number)
            for number, spec in enumerate(specs)
        )
        records = write_record_file(
            demo_records(specs, institution_code=SANDBOX_CODE, with_index=False), root / "ris"
        )
        visit = demo_visit(specs[0])
        yield Stage(work, Browsing(work), platform, sharing, visit, port, studies, records)


def _configure(work: Workplace, base_url: str) -> None:
    work.settings_file.set_many(
        {
            "hospital.name": "示例人民医院",
            "dicom.port": 0,
            "dicom.quiet_time_s": 1.0,
            "guizhou.base_url": base_url,
            "guizhou.institution_code": SANDBOX_CODE,
            "guizhou.exam_admdvs": "520100",
            "guizhou.hosp_lv": "02",
            "guizhou.upload_ultrasound": True,  # one of the five studies is one (G012)
            "retry.first_delay_s": 2.0,
            "storage.reserve_mb": 64,
        }
    )
    work.secrets.set("guizhou.key", SANDBOX_KEY)


@contextmanager
def engine_process(folder: DataFolder) -> Iterator[int]:
    """The engine as a process of its own, as it runs in a hospital; yields its DICOM port."""
    words = ("--data", str(folder.root), "engine", "--until-stdin-ends")
    streams = Streams(stdin=PIPE, stdout=PIPE, stderr=OURS)
    with start_bound("hbgz_desktop", *words, streams=streams) as process:
        try:
            line = process.stdout.readline().decode() if process.stdout else ""
            if not line.startswith("ready "):
                raise DemoError("engine_did_not_start")
            yield int(line.split("port=")[1].split()[0])
        finally:
            if process.stdin is not None:
                process.stdin.close()
            _end(process)


def _end(process: Popen[bytes]) -> None:
    """Its stdin has ended, which is how it is told; a hung one is ended."""
    try:
        process.wait(STOP_LIMIT_S)
    except TimeoutExpired:
        process.kill()


def _send(stage: Stage) -> None:
    for paths in stage.studies:
        results = send_files(
            paths,
            Peer("127.0.0.1", stage.port, stage.work.settings().dicom.ae_title, MODALITY_AE),
        )
        refused = [one for one in results if one.status != 0]
        if refused:
            raise DemoError("demo_not_received", images=len(refused))
    total = sum(len(paths) for paths in stage.studies)
    say(f"设备已发   {len(stage.studies)} 份，{total} 幅，每幅都有成功应答")
    report = stage.work.record_import.import_file(stage.records)
    say(f"记录已导入 {report.new} 条，问题 {len(report.problems)} 个")


def _wait(what: str, is_done: Callable[[], bool]) -> None:
    limit = time.monotonic() + LIMIT_S
    pause = threading.Event()
    while not is_done():
        if time.monotonic() > limit:
            raise DemoError("demo_timeout", waiting_for=what)
        pause.wait(LOOK_EVERY_S)


def _lanes(stage: Stage) -> dict[Lane, int]:
    return stage.browsing.studies.lane_counts(StudyFilter())


def _without_window(stage: Stage, screenshots: Path) -> None:
    count = len(stage.studies)
    _wait(
        "four confirmed, one needs a fix",
        lambda: (_lanes(stage)[Lane.CONFIRMED], _lanes(stage)[Lane.NEEDS_FIX]) == (count - 1, 1),
    )
    _screenshots(stage, screenshots)
    group = stage.browsing.queue.problem_groups()[0]
    say(f"待处理     {group.label} “{group.value}” 没有对应代码；现在对照成 {MAPPED_CODE}")
    saved = stage.work.mapping_control.set(group.code_set, LOCAL_CHARGE_TYPE, MAPPED_CODE, "demo")
    say(f"放行       {saved.released} 份")
    _wait("all confirmed", lambda: _lanes(stage)[Lane.CONFIRMED] == count)
    _print_ledger(stage)
    _compare(stage)


def _print_ledger(stage: Stage) -> None:
    rows = stage.browsing.studies.page(StudyFilter())
    say()
    print_table(
        ("患者", "检查号", "设备", "收到", "已发", "已确认", "状态"),
        [
            (
                mask_name(row.patient_name),
                row.accession_number,
                row.modality,
                row.received,
                row.sent,
                row.confirmed,
                "已确认" if row.lane is Lane.CONFIRMED else row.lane.value,
            )
            for row in rows
        ],
    )
    state: dict[str, Any] = stage.platform.state()
    asked = "，".join(f"{service} {count} 次" for service, count in state["requests"].items())
    faults = "，".join(f"{name} {count} 次" for name, count in state["faults"].items())
    say(f"平台收到   {asked}")
    say(f"故意出错   {faults or '没有'}；当成新的重发 {len(state['sent_twice_as_new'])} 次")


def _compare(stage: Stage) -> None:
    """Modality's datasets = our spool = what the platform holds, by digest of the dataset's bytes."""
    sent = sorted(_dataset_digest(path) for paths in stage.studies for path in paths)
    kept = sorted(_dataset_digest(path) for path in stage.work.folder.spool.rglob("*.dcm"))
    there = sorted(
        _dataset_digest(stage.platform.image_path(one)) for one in stage.platform.images()
    )
    if not sent == kept == there:
        raise DemoError("demo_bytes_differ", sent=len(sent), kept=len(kept), there=len(there))
    say(f"逐字节核对 设备、本机、平台三处 {len(sent)} 幅完全一致")


def _dataset_digest(path: Path) -> str:
    """SHA-256 of what follows the file meta header."""
    content = path.read_bytes()
    length = int.from_bytes(content[140:144], "little")
    return hashlib.sha256(content[144 + length :]).hexdigest()


def _with_window(stage: Stage) -> int:
    """The console shows it live; one study waits for its code, as it would in a hospital."""
    from hbgz_desktop.app import run_console  # Qt only where there is a display

    authorize(stage.work, stage.visit)
    say("窗口里的“共享调阅”选这位患者：模拟平台的页面在浏览器里打开，做完以后取回处理结果")
    sending = threading.Thread(target=_send, args=(stage,), name="hbgz-demo-modality")
    sending.start()
    say(
        f"窗口里会有一份待处理：费用类型 {LOCAL_CHARGE_TYPE} 没有对应代码，对照成 {MAPPED_CODE} 就放行"
    )
    try:
        return run_console(stage.work.folder)
    finally:
        sending.join(LIMIT_S)


def _screenshots(stage: Stage, folder: Path) -> None:
    """Every page, while four studies are confirmed and one waits for a person."""
    from hbgz_desktop.app import write_screenshots  # Qt only when asked for

    for path in write_screenshots(stage.work.folder, folder):
        say(f"截图       {path}")

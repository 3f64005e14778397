"""The demo of Hebei's reception desk: the simulated platform, an engine, and one patient's authorization.

With a display the console shows it and a person does the rest; without one the authorization is entered here.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.cli.demo import DemoError, engine_process, has_display
from hbgz_desktop.cli.output import say
from hbgz_desktop.cli.trial_access import SANDBOX_ORG_CODE, SANDBOX_SM4_KEY
from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.model.visit import Visit
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.system.removal import remove_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hbgz_desktop.cli.context import Context

TRIAL_VISIT = Visit(
    patient_id="DEMO0001",
    name="张试用",
    id_no="130102199003077715",
    phone="13800000000",
    visit_no="M20260101001",
    visit_time="2026-01-01 08:30:00",
)


def run_desk_demo(context: Context) -> int:
    """Run the demo to its end; 0 when the authorization was accepted, or the window was closed."""
    root = Path(tempfile.mkdtemp(prefix="hbgz-demo-"))
    try:
        with _desk(root) as work:
            if has_display() and not context.arguments.no_window:
                return _with_window(work)
            _enter(work)
    finally:
        if context.arguments.keep:
            say(f"保留在 {root}")
        else:
            remove_tree(root)
    return 0


@contextmanager
def _desk(root: Path) -> Iterator[Workplace]:
    """Platform, settings and engine; everything ends with the block."""
    access = HebeiAccess((SANDBOX_ORG_CODE,), SANDBOX_SM4_KEY)
    with ExitStack() as stack:
        platform = stack.enter_context(HebeiPlatform(root / "platform", access=access))
        say(f"模拟平台   {platform.base_url}")
        work = stack.enter_context(Workplace(DataFolder(root / "前置机 数据")))
        work.settings_file.set_many(
            {
                "hospital.name": "示例人民医院",
                "platforms.enabled": ["hebei"],
                "dicom.port": 0,
                "hebei.base_url": platform.base_url,
                "hebei.org_code": SANDBOX_ORG_CODE,
                "hebei.his_dept_code": "D01",
                "hebei.his_user_code": "U01",
                "storage.reserve_mb": 64,
            }
        )
        work.settings.look_now()
        work.secrets.set(SM4_KEY, SANDBOX_SM4_KEY)
        port = stack.enter_context(engine_process(work.folder))
        say(f"本机接收   端口 {port}，AE {work.settings().dicom.ae_title}")
        yield work


def _enter(work: Workplace) -> None:
    done = work.authorization.submit(TRIAL_VISIT).authorization
    if done is None or done.state is not AuthorizationState.AUTHORIZED:
        raise DemoError("demo_not_authorized", state=done.state.value if done else "")
    say(f"患者授权   第 {done.id} 号，平台已收下")


def _with_window(work: Workplace) -> int:
    """The console on the trial data; its authorizations go to the simulated platform only."""
    from hbgz_desktop.app import run_console  # Qt only where there is a display

    say("在“患者授权”里登记一位，再到“共享调阅”里看；都只到本机的模拟平台")
    return run_console(work.folder)

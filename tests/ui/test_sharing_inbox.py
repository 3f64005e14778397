"""A HIS starts shared viewing from outside: the real command, the open console, and nothing sent."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.pages.shared_page import SharedPage
from tests.ui.hebei_desk import CARD, platform_at, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

ASKED = {
    "patientId": "hzid-7",
    "name": "欧阳测试",
    "idNo": CARD,
    "phone": "13800002071",
    "visitNo": "MZ-7",
    "visitTime": "2026-11-22 08:30:00",
}
HANDED_OVER_S = 60


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """The platform, listening."""
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def window(
    data_dir: Path, platform: HebeiPlatform, resources: Path, qtbot: QtBot
) -> Iterator[ConsoleWindow]:
    """A whole console of a hospital in Hebei that follows its data folder; no engine runs."""
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.root_url)
    application = ConsoleApplication(["test"], resources)
    with Workplace(DataFolder(data_dir)) as work:
        services = ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state))
        console = ConsoleWindow(
            application, services, ErrorTexts("zh"), on_rehearse=lambda _platform: None
        )
        with qtbot.waitActive(console.window):
            console.window.show()
        console.follow()
        yield console
        console.leave()
        console.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert application.close(5000)


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
@pytest.mark.parametrize("way", ["json", "address"])
def test_the_form_arrives_filled_and_nothing_is_sent(
    window: ConsoleWindow, platform: HebeiPlatform, data_dir: Path, qtbot: QtBot, way: str
) -> None:
    words = ["-"] if way == "json" else ["--", f"hbgz://share?{urlencode(ASKED)}"]
    command = [sys.executable, "-m", "hbgz_desktop", "share", "--data", str(data_dir), *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as his:
        assert his.stdin is not None
        his.stdin.write(json.dumps(ASKED).encode() if way == "json" else b"")
        his.stdin.close()
        qtbot.waitUntil(lambda: his.poll() is not None, timeout=HANDED_OVER_S * 1000)
        assert his.returncode == 0, his.stderr.read() if his.stderr else ""
    qtbot.waitUntil(lambda: isinstance(window.window.page("shared"), SharedPage))
    page = window.window.page("shared")
    assert isinstance(page, SharedPage)
    qtbot.waitUntil(lambda: page._start.sharing_form().visit.visit_no == "MZ-7")
    filled = page._start.sharing_form().visit
    assert (filled.name, filled.id_no, filled.patient_id) == ("欧阳测试", CARD, "hzid-7")
    assert filled.visit_time == ASKED["visitTime"]
    assert page.isVisible()
    assert platform.requests() == ()

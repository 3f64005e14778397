"""Where a Windows service runs the engine the console says so, and what it may not do it says with its command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.doctor import Check
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.outside_reach import OutsideReach
from hbgz_desktop.system.firewall import Passage, allow_line
from hbgz_desktop.ui.engine_restart import EngineRestart
from hbgz_desktop.ui.live_status import LiveStatus
from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.pages.settings_about import AboutSection
from hbgz_desktop.ui.pages.settings_devices import TypeIn
from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.pages.settings_restart import RestartStrip
from hbgz_desktop.ui.widgets.fact_rows import CopyRow
from tests.unit.system.service_manager import QUERY, ServiceManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.widgets.banner_stack import Banner
    from tests.ui.conftest import Journal

COMMAND = "net stop hbgz_engine & net start hbgz_engine"
LINE = allow_line(11112, r"C:\Program Files\hbgz_desktop\hbgz_desktop.exe")


@pytest.fixture
def services(workplace: Workplace) -> Iterator[ConsoleServices]:
    """The console of an account that may look at the service and no more."""
    service = ServiceManager(granted=QUERY).service()
    supervisor = EngineSupervisor(workplace.folder, workplace.engine_state, service)
    made = ConsoleServices(workplace, supervisor)
    yield made
    made.viewing.close()


@pytest.fixture
def banners(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> list[Banner]:
    """The lasting conditions the window would show now."""
    shown: list[Banner] = []
    monkeypatch.setattr(journal, "show_banners", lambda now: shown.__setitem__(slice(None), now))
    return shown


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_a_refused_restart_stands_in_a_banner_with_its_command(
    context: PageContext, banners: list[Banner], journal: Journal, qtbot: QtBot
) -> None:
    parent = AboutSection(context)
    qtbot.addWidget(parent)
    EngineRestart(context, parent).restart()
    qtbot.waitUntil(lambda: len(banners) == 1)
    assert "你的 Windows 账号不能启动或停止接收服务" in banners[0].text
    assert "net start hbgz_engine" in banners[0].text
    context.notices.press_banner(banners[0].key)
    assert QGuiApplication.clipboard().text() == COMMAND
    qtbot.waitUntil(lambda: len(journal.toasts) == 1)


def test_the_settings_say_why_a_restart_was_refused(context: PageContext, qtbot: QtBot) -> None:
    strip = RestartStrip(context)
    qtbot.addWidget(strip)
    strip.offer(["dicom.port"])
    with qtbot.waitSignal(strip.restarted):
        strip.restart()
    assert "你的 Windows 账号不能启动或停止接收服务" in words(strip)
    assert "net start hbgz_engine" in words(strip)


def test_status_bar_settings_and_about_name_the_service(
    context: PageContext, workplace: Workplace, qtbot: QtBot
) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: "系统服务" in words(page._side))
    about = AboutSection(context)
    qtbot.addWidget(about)
    about.load()
    qtbot.waitUntil(lambda: "由系统服务 hbgz_engine 运行" in words(about))
    window = MainWindow.furnished(context.theme, context.notices, "", "")
    qtbot.addWidget(window)
    status = LiveStatus(context, window)
    receiver = status._items(context.services.snapshot())[0]
    assert receiver.key == "receiver"
    assert "系统服务" in receiver.detail


def test_a_closed_firewall_is_shown_where_the_port_is(context: PageContext, qtbot: QtBot) -> None:
    part = TypeIn(context)
    qtbot.addWidget(part)
    part.show()
    run = context.services.first_run()
    closed = OutsideReach(False, Passage.MISSING, 11112, LINE)
    part.show_run(replace(run, reach=closed))
    assert "Windows 防火墙没有让设备连进端口 11112" in words(part)
    part._command._on_copy()
    assert QGuiApplication.clipboard().text() == LINE, "the whole line, however much of it is seen"
    for reach in (None, replace(closed, was_reached=True), replace(closed, passage=Passage.OFF)):
        part.show_run(replace(run, reach=reach))
        assert "防火墙" not in words(part)
        assert part._command.isHidden()


def test_the_self_test_gives_the_firewall_line_to_copy(context: PageContext, qtbot: QtBot) -> None:
    about = AboutSection(context)
    qtbot.addWidget(about)
    facts: dict[str, object] = {"port": 11112, "line": LINE}
    about._on_checked(
        (
            Check("service", "failed", "service_stopped", {"name": "hbgz_engine"}),
            Check("firewall", "warning", "firewall_missing", facts),
            Check("rights", "warning", "", {"who": "Users"}),
        )
    )
    shown = words(about)
    assert "接收服务没有运行" in shown
    assert "已停止" in shown
    assert "net start hbgz_engine" in shown
    assert "没有放行的规则" in shown
    assert "Users 也能进" in shown
    rows = [one for one in about.findChildren(CopyRow) if LINE in one._value.text()]
    assert len(rows) == 1
    about._on_checked((Check("firewall", "ok", "was_reached", facts),))
    assert "有设备连进来过" in words(about)

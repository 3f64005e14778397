"""关于: versions, the data folder, what the last start found, and the self-test."""

from __future__ import annotations

import platform
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop import __version__
from hbgz_desktop.system.windows_paths import readable
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.services.doctor import Check
    from hbgz_desktop.ui.page_context import PageContext

_STATES = {"ok": State.CONFIRMED, "warning": State.NEEDS_FIX, "failed": State.FAILED}


class AboutSection(QWidget):
    """Three cards: the program, the last start, the self-test.

    Signals:
        checked: The self-test ended.
    """

    checked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``load`` asks the engine's last words."""
        super().__init__(parent)
        self._context = context
        self._start = Label("", "body2", self, wrap=True)
        self._engine = Label("", "body2", self, wrap=True)
        self._button = Button(context.theme, self.tr("自检"), "", "pulse", self)
        self._button.clicked.connect(self.check)
        self._when = Label("", "caption2", self)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._check_card())
        layout.addWidget(self._program_card())
        layout.addStretch(1)

    def _program_card(self) -> Card:
        card = Card(self.tr("程序"), parent=self)
        folder = CopyRow(self._context.theme, self.tr("数据"), parent=card)
        folder.set_value(str(readable(self._context.services.work.folder.root)))
        standard = self._context.services.work.standard
        versions = self._context.theme.join(
            self.tr("互认前置台 {version}").format(version=__version__),
            self.tr("贵州标准 V{version}").format(version=standard.version),
            f"Python {platform.python_version()}",
            f"Qt {qVersion()}",
        )
        open_folder = Button(
            self._context.theme, self.tr("打开数据文件夹"), "", "folder", parent=card
        )
        open_folder.clicked.connect(self._on_open_folder)
        licence = self.tr("Apache-2.0 许可证。所用的开源部件各按自己的许可证，列在程序文件夹里。")
        card.body.addWidget(Label(versions, "", card, wrap=True))
        card.body.addWidget(self._engine)
        card.body.addWidget(self._start)
        card.body.addWidget(rule(card))
        card.body.addWidget(folder)
        card.body.addLayout(row(open_folder, STRETCH))
        card.body.addWidget(Label(licence, "caption2", card, wrap=True))
        return card

    def _check_card(self) -> Card:
        card = Card(self.tr("自检"), "", self._when, self._button, parent=self)
        words = self.tr(
            "看数据库、磁盘、端口、平台、密钥和时钟，每一项只说查到的。不会发送任何患者数据。"
        )
        card.body.addWidget(Label(words, "body2", card, wrap=True))
        card.body.addLayout(self._checks)
        return card

    def load(self) -> None:
        """Ask for the engine's last words."""
        self._context.tasks.run_task(self._context.services.engine_status, self._on_status)

    def _on_status(self, status: EngineStatus) -> None:
        if status.is_alive:
            words = self.tr("接收和上传：正在运行，{at} 启动，版本 {version}").format(
                at=moment_words(status.started_at), version=status.program_version
            )
        elif status.is_starting:
            words = self.tr("接收和上传：正在启动")
        else:
            words = self.tr("接收和上传：没有运行")
        service = self._context.services.supervisor.service_name
        by_whom = self.tr("由系统服务 {name} 运行，没有人登录时也收") if service else ""
        self._engine.setText(self._context.theme.join(words, by_whom.format(name=service)))
        self._start.setText(
            self.tr("上次启动：找回接收 {receives}、发送 {sends}，丢失 {lost}").format(
                receives=status.recovered_receives,
                sends=status.recovered_sends,
                lost=status.lost,
            )
        )

    def check(self) -> None:
        """Run the self-test; it takes some seconds."""
        self._button.set_busy(self.tr("正在自检…"))
        services = self._context.services

        def examine() -> tuple[Check, ...]:
            from hbgz_desktop.services.doctor import Doctor  # half a second: who asks pays for it

            return Doctor(services.work, services.supervisor.service).run()

        self._context.tasks.run_task(examine, self._on_checked, self._on_failed)

    def _on_checked(self, checks: tuple[Check, ...]) -> None:
        self._button.clear_busy()
        clear_layout(self._checks)
        bad = sum(one.state != "ok" for one in checks)
        count = (
            self.tr("{n} 项都好", "", len(checks)).format(n=len(checks))
            if not bad
            else self.tr("{n} 项里有 {bad} 项要看").format(n=len(checks), bad=bad)
        )
        now = moment_words(datetime.now(UTC))
        self._when.setText(self._context.theme.join(count, now))
        for one in sorted(checks, key=lambda check: check.state == "ok"):
            self._checks.addWidget(self._line(one))
            if one.name == "firewall" and one.state != "ok":
                command = CopyRow(self._context.theme, self.tr("命令"), parent=self)
                command.set_value(str(one.facts["line"]))
                self._checks.addWidget(command)
        self.checked.emit()

    def _line(self, check: Check) -> FactRow:
        facts = check.facts | {"line": ""}  # what is to be typed stands below, to be copied
        text = self._context.texts.of(f"doctor_{check.name}", facts)
        is_ok = check.state == "ok"
        detail = self._measured(check)
        line = "" if is_ok else text.next_step
        state = _STATES.get(check.state, State.FAILED)
        words = self._context.theme.join(detail, line)
        title = text.title if is_ok else self._failures().get(check.name, text.title)
        return FactRow(self._context.theme, state, title, words, self)

    def _failures(self) -> dict[str, str]:
        """Titles of checks whose own title says what was proved."""
        return {
            "platform": self.tr("平台地址没有连通"),
            "key": self.tr("没有存平台密钥"),
            "hebei": self.tr("互认平台地址没有连通"),
            "hebei_key": self.tr("没有存 SM4 密钥，或密钥不对"),
            "ciphers": self.tr("国密算法结果不对"),
            "firewall": self.tr("Windows 防火墙没有让设备连进来"),
            "rights": self.tr("别的账号也能进数据文件夹"),
            "service": self.tr("接收服务没有运行"),
        }

    def _measured(self, check: Check) -> str:
        if check.name == "disk" and check.facts:
            return self.tr("剩 {free} MB，保留 {reserve} MB").format_map(check.facts)
        count = int(str(check.facts.get("n", 0)))
        if check.name == "held_files" and count:
            return self.tr("{n} 个文件", "", count).format(n=count)
        days = check.facts.get("days")
        if check.name == "forecast" and days is not None:
            return self.tr("约 {n} 天后到保留线", "", int(str(days))).format(n=days)
        return "" if check.name == "resources" else self._detail(check.detail)

    def _detail(self, detail: str) -> str:
        """What was measured, codes in words."""
        known = {
            "ok": "",
            "on": self.tr("开着"),
            "off": self.tr("没有打开"),
            "unknown": self.tr("查不到"),
            "port_taken": self.tr("端口被别的程序占用"),
            "engine_not_running": self.tr("接收和上传没有运行"),
            "none_enabled": self.tr("还没有启用平台"),
            "enough": self.tr("一年内够用"),
            "no_reference": self.tr("平台没有给时间，没有可比的"),
            "clock_went_back": self.tr("本机时钟比平台上次应答还早"),
            "time_service_off": self.tr("平台没有给时间，系统的自动对时也关着"),
            "service_running": self.tr("正在运行"),
            "service_starting": self.tr("正在启动"),
            "service_stopping": self.tr("正在停止"),
            "service_stopped": self.tr("已停止"),
            "was_reached": self.tr("有设备连进来过"),
            "firewall_allowed": self.tr("有放行的规则，还没有设备连进来过"),
            "firewall_off": self.tr("防火墙没有打开，还没有设备连进来过"),
            "firewall_blocked": self.tr("有一条规则拦着"),
            "firewall_missing": self.tr("没有放行的规则"),
            "network_drive": self.tr("在网络盘上"),
            "removable_drive": self.tr("在可以拔下的盘上"),
            "volume_without_rights": self.tr("这种格式的盘不能设权限"),
        }
        if detail in known:
            return known[detail]
        measured = re.fullmatch(r"([a-z]+_[a-z_]+)(?: (\d+ ms))?", detail)
        if measured is None:
            return detail
        is_proved = measured[1].endswith("_ok")
        return measured[2] if is_proved else self._context.texts.of(measured[1]).title

    def _on_failed(self, error: Exception) -> None:
        self._button.clear_busy()
        self._context.notices.report_bug(error)

    def _on_open_folder(self) -> None:
        root = self._context.services.work.folder.root
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(readable(root))))

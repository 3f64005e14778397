"""Some settings hold only after the receiver has been started again: offered, never done by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Collection

    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.ui.page_context import PageContext


class RestartStrip(QWidget):
    """Takes no room until something saved waits for a restart.

    Signals:
        restarted: The receiver runs again, or did not come back.
    """

    restarted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keys: set[str] = set()
        self._box = NextStepBox(context.theme, parent=self)
        self._box.action_requested.connect(self.restart)
        self._progress = ProgressStrip(context.theme, parent=self)
        self._progress.set_stoppable(is_stoppable=False)
        self._progress.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        layout.addWidget(self._progress)
        self.hide()

    def offer(self, keys: Collection[str]) -> None:
        """These were saved and hold only after a restart; an empty collection changes nothing."""
        self._keys.update(keys)
        if not self._keys:
            return
        self._box.set_step(
            Tone.WARM,
            self.tr("有 {n} 项要重新启动接收才生效", "", len(self._keys)).format(n=len(self._keys)),
            self.tr("正在收的会中断，设备会自己重发；已经收下的图像不受影响。大约 10 秒。"),
            self.tr("重新启动接收"),
        )
        self._box.show()
        self.show()

    def restart(self) -> None:
        """Stop the engine and start it again."""
        self._box.hide()
        self._progress.start(self.tr("正在重新启动接收，大约 10 秒"), 0)
        self._progress.show()
        services = self._context.services

        def again() -> EngineStatus:
            return services.supervisor.restart(services.actor)

        self._context.tasks.run_task(again, self._on_restarted, self._on_failed)

    def _on_restarted(self, status: EngineStatus) -> None:
        self._progress.hide()
        if not status.is_alive:
            self._fail(self.tr("接收没有重新启动"))
            return
        self._keys.clear()
        self.hide()
        words = self.tr("接收已重新启动，端口 {port}").format(port=status.dicom_port)
        self._context.notices.toast(words)
        self.restarted.emit()

    def _on_failed(self, error: Exception) -> None:
        self._progress.hide()
        if isinstance(error, ServiceError):
            text = self._context.texts.of(error.code, error.facts)
            self._fail(text.title, text.next_step)
            return
        code = getattr(error, "code", "internal_error")
        self._fail(self._context.texts.of(code).title)

    def _fail(self, title: str, next_step: str = "") -> None:
        general = self.tr("图像现在可能收不进来。请再试一次；还不行请看运行日志。")
        detail = next_step or general
        self._box.set_step(Tone.BAD, title, detail, self.tr("再试一次"))
        self._box.show()
        self.restarted.emit()

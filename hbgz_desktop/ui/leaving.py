"""How the console ends: by a person, who is told what becomes of receiving, or by the system, which does not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from hbgz_desktop.ui.tray import Tray
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question

if TYPE_CHECKING:
    from hbgz_desktop.ui.main_window import MainWindow
    from hbgz_desktop.ui.page_context import PageContext


class Leaving(QObject):
    """Tray, question and end.

    Where a service runs the engine nothing of the console's concerns it. Else the engine is a process of the
    person who signed in: it goes on when the console ends, and ends when that person signs out.

    Signals:
        end_requested: The system, or a terminal, wants the program to end; may be emitted on any thread.

    Attributes:
        tray: The icon beside the clock.
    """

    end_requested = Signal()

    def __init__(self, context: PageContext, window: MainWindow) -> None:
        """Follow tray and system; call in the GUI thread."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._is_service = bool(context.services.supervisor.service_name)
        words = (
            self.tr("窗口关上了，接收和上传继续在后台运行。")
            if self._is_service
            else self.tr("窗口关上了，接收和上传继续在后台运行，直到从这台电脑注销。")
        )
        self.tray = Tray(context.theme, window, words)
        self.tray.quit_requested.connect(self._on_quit_requested)
        self.end_requested.connect(self.leave, Qt.ConnectionType.QueuedConnection)

    def leave(self) -> None:
        """End the console; the engine goes on as it is."""
        self.tray.end()
        self._window.close()

    def _on_quit_requested(self) -> None:
        if self._is_service:
            self.leave()
            return
        question = Question(
            title=self.tr("停止接收和上传，并退出？"),
            body=(
                self.tr("停止以后，设备发来的图像会被拒绝，直到再次启动。"),
                self.tr("只退出窗口的话，接收和上传在后台继续，但从这台电脑注销或关机时会停。"),
                self.tr("要没有人登录时也接收，请信息科把它装成服务。"),
            ),
            act=self.tr("停止并退出"),
            keep=self.tr("不退出"),
            link=self.tr("只退出窗口，继续接收"),
        )
        self._window.show()
        dialog = ConfirmDialog(self._context.theme, question, self._window)
        dialog.confirmed.connect(self._on_stop_confirmed)
        dialog.link_requested.connect(self.leave)
        dialog.open()

    def _on_stop_confirmed(self) -> None:
        services = self._context.services

        def stop() -> bool:
            return services.supervisor.stop(services.actor)

        self._context.tasks.run_task(stop, self._on_stopped)

    def _on_stopped(self, is_stopped: bool) -> None:  # noqa: FBT001 - a result
        if is_stopped:
            self.leave()
        else:
            self._context.notices.toast(
                self.tr("接收和上传没有停下来，窗口先不退出。请过一会儿再试。")
            )

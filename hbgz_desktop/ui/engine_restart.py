"""Restarting the engine from the window's frame; what the service manager refuses stands there with its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from hbgz_desktop.model.errors import HbgzError, ServiceError
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.phrases import sentences
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.widgets.banner_stack import Banner

if TYPE_CHECKING:
    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.ui.page_context import PageContext

_BANNER = "service"


def restart_command(service: str) -> str:
    """What IT runs as administrator instead."""
    if service.endswith(".service"):  # systemd's
        return f"systemctl restart {service}"
    return f"net stop {service} & net start {service}"


class EngineRestart(QObject):
    """Stops and starts the engine, or asks the Windows service manager to."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        """Nothing is asked yet; call in the GUI thread."""
        super().__init__(parent)
        self._context = context

    def restart(self) -> None:
        """Do it; ends in a toast, or in a banner when this account may not."""
        services = self._context.services

        def again() -> EngineStatus:
            return services.supervisor.restart(services.actor)

        self._context.tasks.run_task(again, self._on_restarted, self._on_failed)

    def _on_restarted(self, status: EngineStatus) -> None:
        self._context.notices.drop_banner(_BANNER)
        words = self.tr("接收和上传已重新启动")
        if not status.is_alive:
            words = self.tr("接收和上传没有起来，请信息科看“设置”里的“自检”")
        self._context.notices.toast(words)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ServiceError):
            self._show(error)
        else:
            toast_failure(self._context, error)

    def _show(self, error: HbgzError) -> None:
        text = self._context.texts.of(error.code, error.facts)
        words = sentences(text.title, text.next_step)
        banner = Banner(_BANNER, Tone.BAD, words, self.tr("复制命令"))
        self._context.notices.raise_banner(banner, self._on_copy)

    def _on_copy(self) -> None:
        command = restart_command(self._context.services.supervisor.service_name)
        QGuiApplication.clipboard().setText(command)
        self._context.notices.toast(self.tr("命令已复制，交给信息科在管理员命令行里运行"))

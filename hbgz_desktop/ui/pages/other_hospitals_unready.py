"""What stands in the place of 跨院调阅 while the platform's settings are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.phrases import listed, sentences
from hbgz_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext

_NEEDED = ("guizhou.base_url", "guizhou.institution_code", "guizhou.key")


class OutsideUnready(QWidget):
    """Names the settings that are missing and leads to the first of them.

    Signals:
        looked: (is_ready) It is known whether the platform can be asked.
    """

    looked = Signal(bool)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``look`` reads the settings."""
        super().__init__(parent)
        self._context = context
        self._missing: tuple[str, ...] = ()
        self._empty = EmptyState(context.theme, "settings", parent=self)
        self._empty.action_requested.connect(self._on_action)
        layout = QVBoxLayout(self)
        layout.addWidget(self._empty)

    def look(self) -> None:
        """Find out again what is missing."""
        services = self._context.services

        def ask() -> tuple[str, ...]:
            return missing_settings(services)

        self._context.tasks.run_task(ask, self._on_missing, self._on_failed)

    def _on_missing(self, missing: tuple[str, ...]) -> None:
        self._missing = missing
        names = {
            "guizhou.base_url": self.tr("平台地址"),
            "guizhou.institution_code": self.tr("交易机构编号"),
            "guizhou.key": self.tr("平台密钥"),
        }
        lacking = self.tr("还缺：{names}").format(names=listed(names[one] for one in missing))
        self._empty.set_content(
            "settings",
            self.tr("贵州平台还没有设置好"),
            sentences(lacking, self.tr("请信息科填好，填完这里就能用。")),
            self.tr("去填{name}").format(name=names[missing[0]]) if missing else "",
        )
        self.looked.emit(not missing)

    def _on_action(self) -> None:
        self._context.open_page("settings", self._missing[0])

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def missing_settings(services: ConsoleServices) -> tuple[str, ...]:
    """Keys without which the platform cannot be asked; blocks."""
    facts = {fact.key: fact.value for fact in services.settings()}
    return tuple(key for key in _NEEDED if not facts[key])

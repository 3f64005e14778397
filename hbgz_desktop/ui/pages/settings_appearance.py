"""外观: light or dark, language, who sits here. Each holds at once and is kept in ``ui.json``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hbgz_desktop.model.operator import Role
from hbgz_desktop.services.ui_state import UiState, load_ui_state, save_ui_state
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.theme import Density
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext


def resolve_scheme(scheme: str) -> Scheme:
    """The scheme to draw with; ``system`` asks the desktop. GUI thread, after the QApplication."""
    if scheme in (Scheme.LIGHT, Scheme.DARK):
        return Scheme(scheme)
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if is_dark else Scheme.LIGHT


class AppearanceSection(Card):
    """Three choices; nothing here waits for 保存."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``load`` reads what was kept."""
        super().__init__(parent=parent)
        self._context = context
        self._folder = context.services.work.folder.root
        self._state = UiState()
        self._is_chosen = False
        self._being_kept: UiState | None = None
        self._is_loading = False
        self.body.setContentsMargins(20, 4, 20, 8)
        self.body.addWidget(Label(self.tr("外观"), "section", self))
        self.body.addWidget(Label(self.tr("选了马上生效，不用保存。"), "caption2", self))
        self.body.addSpacing(8)
        self._scheme = self._add(
            self.tr("深浅色"),
            self.tr("跟随系统时，Windows 换深色，这里也换。"),
            [
                ("system", self.tr("跟随系统")),
                ("light", self.tr("浅色")),
                ("dark", self.tr("深色")),
            ],
        )
        self._language = self._add(
            self.tr("语言"),
            self.tr("下次打开程序时生效。"),
            [("zh_CN", "中文"), ("en", "English")],
        )
        self._role = self._add(
            self.tr("谁在用"),
            self.tr("登记员：行距宽，话说得明白。信息科：行距紧，多显示 AE、代码和平台原话。"),
            [("clerk", self.tr("登记员")), ("it", self.tr("信息科"))],
        )
        self._role_row.setVisible(not context.services.accounts.is_guarded)
        self.body.addStretch(1)

    def _add(self, title: str, meaning: str, options: Sequence[tuple[str, str]]) -> Segmented:
        chooser = Segmented(self._context.theme, options, self)
        chooser.value_changed.connect(self._on_changed)
        self._role_row = SettingRow(self._context.theme, title, meaning, chooser, parent=self)
        self.body.addWidget(self._role_row)
        return chooser

    def load(self) -> None:
        """Read what was kept."""
        self._context.tasks.run_task(partial(load_ui_state, self._folder), self._on_loaded)

    def _on_loaded(self, state: UiState) -> None:
        if self._is_chosen:  # faster than the disk: what was chosen stands
            return
        self._state = state
        self._is_loading = True
        self._scheme.set_value(state.scheme)
        self._language.set_value(state.language)
        self._role.set_value(state.role)
        self._is_loading = False

    def _on_changed(self) -> None:
        if self._is_loading:
            return
        self._is_chosen = True
        self._state = replace(
            self._state,
            scheme=self._scheme.value,
            language=self._language.value,
            role=self._role.value,
        )
        theme = self._context.theme
        theme.set_scheme(resolve_scheme(self._state.scheme))
        if not self._context.services.accounts.is_guarded:
            theme.set_density(Density(self._state.role))
        self._keep()

    def _keep(self) -> None:
        """Write one state at a time: two at once could leave the older one behind."""
        if self._being_kept is not None:
            return
        self._being_kept = self._state
        save = partial(_save, self._context.services, self._folder, self._state)
        self._context.tasks.run_task(save, self._on_saved, self._on_failed)

    def _on_saved(self, is_other_role: bool) -> None:  # noqa: FBT001  # a task's result
        """It is kept; another role makes the pages anew."""
        is_newest = self._being_kept == self._state
        self._being_kept = None
        if not is_newest:
            self._keep()
        if is_other_role:
            self._context.operators_changed()

    def _on_failed(self, error: Exception) -> None:
        self._being_kept = None
        text = self._context.texts.of(getattr(error, "code", "internal_error"))
        self._context.notices.toast(self.tr("没有存下来：{why}").format(why=text.title))


def _save(services: ConsoleServices, folder: Path, state: UiState) -> bool:
    """Keep it; True when the role is another than before."""
    kept = load_ui_state(folder)
    save_ui_state(
        folder, replace(kept, scheme=state.scheme, language=state.language, role=state.role)
    )
    accounts, role = services.accounts, Role(state.role)
    if accounts.is_guarded or accounts.current().role is role:
        return False
    accounts.choose_free_role(role)
    return True

"""The decision behind a deletion: who, when, why, what comes next, and what the platform answered (G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.index_words import mask_index
from hbgz_desktop.ui.pages.deletion_dialog import breakable
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import clear_layout, column
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.deletion import Deletion


class DeletionFacts(QWidget):
    """Hidden while the delivery that is shown is no deletion."""

    def __init__(self, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._shown: Deletion | None = None
        self._table = Surface("sunken", self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(column(Label(self.tr("这次删除"), "strong", self), self._table, gap=4))
        self.hide()

    def show_deletion(self, deletion: Deletion | None) -> None:
        """Show one decision, or nothing."""
        self.setVisible(deletion is not None)
        if deletion is None or deletion == self._shown:
            return
        self._shown = deletion
        clear_layout(self._grid)
        for at, (name, value, role) in enumerate(self._lines(deletion)):
            self._grid.addWidget(Label(name, "caption2", self._table), at, 0)
            self._grid.addWidget(Label(value, role, self._table, wrap=True), at, 1)

    def _lines(self, deletion: Deletion) -> list[tuple[str, str, str]]:
        asked = f"{deletion.requested_at.astimezone(LOCAL):%m-%d %H:%M}"
        lines = [
            (self.tr("索引"), breakable(mask_index(deletion.index_code)), "monocaption"),
            (self.tr("谁要求的"), clauses((deletion.requested_by, asked)), "body2"),
            (self.tr("原因"), deletion.reason, "body2"),
            (self.tr("删除以后"), self._after(deletion), "body2"),
        ]
        answer = clauses((deletion.answer_code, deletion.message))
        if answer:
            lines.append((self.tr("平台对这个索引的回答"), answer, "body2"))
        if deletion.finished_at is not None:
            done = f"{deletion.finished_at.astimezone(LOCAL):%m-%d %H:%M}"
            lines.append((self.tr("删除完成"), done, "body2"))
        if deletion.undone_at is not None:
            undone = f"{deletion.undone_at.astimezone(LOCAL):%m-%d %H:%M}"
            lines.append((self.tr("又决定上传"), clauses((deletion.undone_by, undone)), "body2"))
        return lines

    def _after(self, deletion: Deletion) -> str:
        if deletion.target_id is not None:
            return self.tr("图像归到另一条记录，两份检查重新上传")
        if deletion.then is AfterDeletion.HOLD:
            return self.tr("不再上传，以后可以改主意")
        return self.tr("用新的索引重新上传")

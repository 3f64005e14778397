"""The rows of one opened group: the first of them, and ways to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.pages.queue_columns import clerk_columns, it_columns, queue_source
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView

if TYPE_CHECKING:
    from hbgz_desktop.model.queue_lane import QueueQuery
    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.queue_desk import QueueDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords

SHOWN_ROWS = 8


class QueueGroupTable(QWidget):
    """A paged table as high as its first rows, with ticks.

    Signals:
        all_requested: Show the rest in a list of its own.

    Attributes:
        model: Its rows; ``model.selection`` are the ticks.
        view: The table.
    """

    all_requested = Signal()

    def __init__(
        self,
        context: PageContext,
        desk: QueueDesk,
        words: QueueWords,
        wanted: QueueQuery,
        parent: QWidget,
    ) -> None:
        """Build it and ask for its rows."""
        super().__init__(parent)
        self._context = context
        columns = it_columns(words) if context.is_it else clerk_columns(words)
        self.model: PagedTableModel[QueueRow] = PagedTableModel(
            context.tasks, columns, has_ticks=True, parent=self
        )
        self.view = PagedTableView(context.theme, self.model, self)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rest = Button(context.theme, "", "quiet", parent=self)
        self._rest.clicked.connect(self.all_requested)
        self._all = Button(context.theme, "", "quiet", parent=self)
        self._all.clicked.connect(self._on_select_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addLayout(row(self._rest, STRETCH, self._all, gap=8, margins=(36, 0, 12, 0)))
        self.model.opened.connect(self._on_opened)
        self.model.selection.changed.connect(self._show_all_words)
        self._fit(1)
        self.model.set_source(queue_source(desk, wanted))

    def _on_opened(self, total: int) -> None:
        self._fit(max(1, min(total, SHOWN_ROWS)))
        rest = total - SHOWN_ROWS
        self._rest.setText(self.tr("还有 {n} 项…").format(n=f"{rest:,}"))
        self._rest.setVisible(rest > 0)
        self._show_all_words()

    def _fit(self, rows: int) -> None:
        theme = self._context.theme
        height = theme.size("row_table_header") + rows * theme.row_height
        self.view.setFixedHeight(height)

    def _show_all_words(self) -> None:
        total = self.model.total
        is_whole = total > 0 and len(self.model.selection) == total
        words = self.tr("全不选") if is_whole else self.tr("全选这 {n} 项")
        self._all.setText(words.format(n=f"{total:,}"))

    def _on_select_all(self) -> None:
        if self.model.total and len(self.model.selection) == self.model.total:
            self.model.selection.clear()
        else:
            self.model.select_all()

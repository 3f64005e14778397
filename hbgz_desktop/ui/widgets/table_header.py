"""Header of a table: small grey titles, a chevron at the column it is sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class TableHeader(QHeaderView):
    """Asks for another order when a title is pressed.

    Signals:
        sort_requested: (section) A title was pressed.
    """

    sort_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._sorted = -1
        self._descending = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(theme.size("row_table_header"))
        self.sectionClicked.connect(self.sort_requested)

    def set_sorted(self, section: int, *, is_descending: bool) -> None:
        """Show the order; section -1 for the source's own."""
        self._sorted = section
        self._descending = is_descending
        self.viewport().update()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self._sorted:
            return
        model = self.model()
        title = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        pad = 16 if logicalIndex == 0 else 8
        width = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(title)
        icon = "chevron_down" if self._descending else "chevron_up"
        at = QPointF(rect.left() + pad + width + 4, rect.center().y() - 6)
        paint_icon(painter, self._theme, icon, "text_2", at, 12)

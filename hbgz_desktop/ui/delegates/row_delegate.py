"""Rows of a table: ground, rule, selection bar, tick, cell (LOOK 1, rows)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from hbgz_desktop.ui.cells import CELL_ROLE
from hbgz_desktop.ui.delegates.cell_painter import CellPainter
from hbgz_desktop.ui.painting import TICK, fill_round, paint_tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from hbgz_desktop.ui.theme import Theme

_PAD = 8
_FIRST_PAD = 16


class RowDelegate(QStyledItemDelegate):
    """Paints cells of a model that answers ``CELL_ROLE``.

    Row height is the density's; ``ClerkRowDelegate`` and ``ItRowDelegate`` fix it.

    Attributes:
        hovered_row: Row below the pointer, or -1; the view sets it.
        ringed_row: Current row while the view has the focus, or -1; the view sets it.
        row_is_selected: Says whether a row is selected; None leaves it to the view's own state.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = CellPainter(theme)
        self.hovered_row = -1
        self.ringed_row = -1
        self.row_is_selected: Callable[[int], bool] | None = None

    @property
    def row_height(self) -> int:
        """Pixels a row is high."""
        return self._theme.row_height

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, self.row_height)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        is_selected = self._is_selected(option, index)
        self._paint_ground(painter, box, index, is_selected=is_selected)
        is_first = index.column() == 0
        content = box.adjusted(_FIRST_PAD if is_first else _PAD, 0, -_PAD, -1)
        tick = index.data(Qt.ItemDataRole.CheckStateRole) if is_first else None
        if tick is not None:
            at = QPointF(content.left(), box.center().y() - TICK / 2)
            paint_tick(painter, self._theme, at, Qt.CheckState(tick))
        else:
            self._paint_cell(painter, content, index, is_selected=is_selected)
        if index.row() == self.ringed_row:
            self._paint_ring(painter, box, index)
        painter.restore()

    def _is_selected(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        if self.row_is_selected is None:
            return bool(option.state & QStyle.StateFlag.State_Selected)
        return self.row_is_selected(index.row())

    def _paint_ring(
        self, painter: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The focus ring around a whole row, each cell its part."""
        colour = self._theme.colour("focus")
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 2), colour)
        painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 2), colour)
        if index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 2, box.height() - 1), colour)
        if index.column() == index.model().columnCount() - 1:
            painter.fillRect(QRectF(box.right() - 2, box.top(), 2, box.height() - 1), colour)

    def _paint_ground(
        self,
        painter: QPainter,
        box: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        *,
        is_selected: bool,
    ) -> None:
        theme = self._theme
        if is_selected:
            painter.fillRect(box, theme.colour("selected"))
        elif index.row() == self.hovered_row:
            painter.fillRect(box, theme.colour("hover"))
        rule = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(rule, theme.colour("border"))
        if is_selected and index.column() == 0:
            bar = QRectF(box.left(), box.top(), 3, box.height())
            painter.fillRect(bar, theme.colour("accent"))

    def _paint_cell(
        self,
        painter: QPainter,
        content: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        *,
        is_selected: bool,
    ) -> None:
        cell = index.data(CELL_ROLE)
        if cell is None:
            # A row that is still being read: a quiet bar, never a spinner.
            width = min(content.width() * 0.6, 96)
            bar = QRectF(content.left(), content.center().y() - 4, width, 8)
            fill_round(painter, bar, self._theme.colour("sunken"), 4)
        else:
            self._cells.paint(painter, content, cell, is_selected=is_selected)


class ClerkRowDelegate(RowDelegate):
    """Two-line rows of 44 px, whatever the density."""

    @property
    @override
    def row_height(self) -> int:
        return self._theme.size("row_clerk")


class ItRowDelegate(RowDelegate):
    """One-line rows of 32 px, whatever the density."""

    @property
    @override
    def row_height(self) -> int:
        return self._theme.size("row_it")


class LedgerBarsDelegate(RowDelegate):
    """Four small bars and 308/312, for one column of a table (model gives ``LedgerCell``).

    ``RowDelegate`` paints ledger cells as well; this one is for a table whose other columns use
    another delegate.
    """

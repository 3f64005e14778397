"""Orders of the HIS with their items, typed or imported, and what remains of each (2.2.3.5)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, split_item_codes
from hbgz_desktop.services.order_import import read_orders
from hbgz_desktop.ui.failures import failure_words
from hbgz_desktop.ui.pages.shared_items import LAB, STUDY
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.button import Button, icon_button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from hbgz_desktop.model.sharing_launch import OrderLine
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.shared_words import SharedWords

_NUMBER_WIDTH = 180
_KIND_WIDTH = 136


class OrdersCard(Card):
    """One line an order; the platform says which of its items were recognised.

    Signals:
        changed: A line was typed, added, removed or imported.
    """

    changed = Signal()

    def __init__(
        self, context: PageContext, words: SharedWords, parent: QWidget | None = None
    ) -> None:
        """Build it without orders."""
        self._import = Button(context.theme, "", "quiet", "download")
        self._add = Button(context.theme, "", "quiet", "plus")
        super().__init__(" ", "", self._import, self._add, parent=parent)
        self._context = context
        self._words = words
        self._lines: list[_OrderRow] = []
        self.title.setText(self.tr("对应医嘱"))
        self.note.setText(self.tr("可以不填；填了就知道哪些医嘱不用再做"))
        self._import.setText(self.tr("从文件导入…"))
        self._add.setText(self.tr("加一条医嘱"))
        self._import.clicked.connect(self._on_import)
        self._add.clicked.connect(self._on_add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._note = Label("", "error", self, wrap=True)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._note)
        self._note.hide()

    def relation(self) -> OrderRelation:
        """What is typed; lines without number or item are left out."""
        orders: dict[str, list[OrderItems]] = {STUDY: [], LAB: []}
        for line in self._lines:
            number, codes = line.number.text().strip(), split_item_codes(line.codes.text())
            if number and codes:
                orders[line.kind.key()].append(OrderItems(number, codes))
        return OrderRelation(tuple(orders[STUDY]), tuple(orders[LAB]))

    def is_complete(self) -> bool:
        """False when a line is half filled in; says so and goes there."""
        for line in self._lines:
            has_number = bool(line.number.text().strip())
            if has_number == bool(split_item_codes(line.codes.text())):
                continue
            self._say(self.tr("这条医嘱还没填完：医嘱号和项目代码都要有"))
            (line.codes if has_number else line.number).setFocus()
            return False
        self._say("")
        return True

    def set_relation(self, relation: OrderRelation) -> None:
        """Show these orders instead."""
        self.clear()
        for kind, orders in ((STUDY, relation.study_orders), (LAB, relation.lab_orders)):
            for one in orders:
                self._add_line(kind, one.order_no, ", ".join(one.item_codes))
        self.changed.emit()

    def clear(self) -> None:
        """No orders."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        self._say("")

    def show_outcome(self, lines: tuple[OrderLine, ...]) -> None:
        """What the platform left of each order."""
        left = {(one.kind, one.order_no): one for one in lines}
        for line in self._lines:
            found = left.get((line.kind.key(), line.number.text().strip()))
            if found is None:
                line.badge.hide()
                continue
            line.badge.set_badge(self._words.outcome(found.outcome))
            words = self.tr("还要做：{codes}").format(codes=listed(found.struck_out))
            line.badge.setToolTip(words if found.struck_out else "")
            line.badge.show()

    def import_file(self, path: str) -> None:
        """Take orders over from a file of the HIS (CSV, XLSX, JSON)."""
        read = partial(read_orders, Path(path))
        self._context.tasks.run_task(read, self._on_read, self._on_failed)

    def _add_line(self, kind: str, number: str, codes: str) -> None:
        line = _OrderRow(self._context, self._words, self)
        line.kind.set_key(kind)
        line.number.setText(number)
        line.codes.setText(codes)
        line.changed.connect(self._on_changed)
        line.removed.connect(self._on_removed)
        self._rows.addWidget(line)
        self._lines.append(line)

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _on_add(self) -> None:
        self._add_line(STUDY, "", "")
        self._lines[-1].number.setFocus()
        self.changed.emit()

    def _on_removed(self) -> None:
        line = self.sender()
        if isinstance(line, _OrderRow):
            self._lines.remove(line)
            line.hide()
            line.deleteLater()
            self._add.setFocus()
            self.changed.emit()

    def _on_changed(self) -> None:
        self._say("")
        line = self.sender()
        if isinstance(line, _OrderRow):
            line.badge.hide()
        self.changed.emit()

    def _on_import(self) -> None:
        kinds = self.tr("HIS 导出的医嘱") + " (*.csv *.xlsx *.json)"
        dialog = QFileDialog(self.window(), self.tr("从文件导入医嘱"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_read(self, relation: OrderRelation) -> None:
        self.set_relation(relation)
        count = len(relation.study_orders) + len(relation.lab_orders)
        self._context.notices.toast(self.tr("导入了 {n} 条医嘱").format(n=count))

    def _on_failed(self, error: Exception) -> None:
        self._say(failure_words(self._context, error))


class _OrderRow(QWidget):
    """Number, kind, codes, what remains, and a way to take it out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, context: PageContext, words: SharedWords, parent: QWidget) -> None:
        super().__init__(parent)
        theme = context.theme
        self.number = QLineEdit(self)
        self.number.setPlaceholderText(self.tr("医嘱号"))
        self.number.setAccessibleName(self.tr("医嘱号"))
        self.number.setFixedWidth(_NUMBER_WIDTH)
        self.kind = ComboBox(theme, [(STUDY, self.tr("检查")), (LAB, self.tr("检验"))], self)
        self.kind.setAccessibleName(self.tr("检查还是检验"))
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.codes = QLineEdit(self)
        self.codes.setPlaceholderText(self.tr("项目代码，几个用逗号隔开"))
        self.codes.setAccessibleName(self.tr("项目代码"))
        self.badge = StateBadge(theme, words.recognised(None), self)
        self.badge.hide()
        remove = icon_button(theme, "trash", self.tr("去掉这条医嘱"), self)
        remove.clicked.connect(self.removed)
        line = row(self.number, self.kind, self.codes, self.badge, remove, gap=8)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.number.textEdited.connect(self.changed)
        self.codes.textEdited.connect(self.changed)
        self.kind.activated.connect(self.changed)

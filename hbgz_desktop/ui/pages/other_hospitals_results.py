"""An answer of 2.6: whose, why, how much, and the list below; what to do when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.other_hospitals_list import OutsideList
from hbgz_desktop.ui.phrases import labelled
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.card import Card, vertical_rule
from hbgz_desktop.ui.widgets.label import ElidedLabel
from hbgz_desktop.ui.widgets.masked_label import MaskedLabel
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from hbgz_desktop.model.other_hospitals import OutsideLook, OutsideQuestion
    from hbgz_desktop.services.other_hospitals import Findings
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords


class OutsideResults(QWidget):
    """Person and reason, one sentence where something is to be said, the list.

    Signals:
        wider_requested: Ask for all days.
        again_requested: Ask once more.
        revealed: (look id) The eye was pressed; the page writes the audit row.

    Attributes:
        list: The examinations.
    """

    wider_requested = Signal()
    again_requested = Signal()
    revealed = Signal(int)

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self._look: OutsideLook | None = None
        self._is_wider = False
        theme = context.theme
        self._person = MaskedLabel(theme, "strong", self.tr("显示"), self)
        self._person.revealed.connect(self._on_revealed)
        self._why = ElidedLabel("", "body2", self)
        self._box = NextStepBox(theme, parent=self)
        self._box.action_requested.connect(self._on_action)
        self.list = OutsideList(context, words, self)
        who = Card(parent=self)
        for part in (who, self._box):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = row(self._person, vertical_rule(who), self._why, gap=16)
        line.setStretch(2, 1)
        who.body.addLayout(line)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self._layout.addWidget(who)
        self._layout.addWidget(self._box)
        self._layout.addWidget(self.list, 1)
        self._layout.addStretch(0)

    def add_strip(self, strip: QWidget) -> None:
        """Where the progress of a fetch stands."""
        self._layout.insertWidget(1, strip)

    def clear(self) -> None:
        """Nothing of this patient stays."""
        self._look = None
        self._person.set_value("")
        self._why.setText("")
        self.list.set_rows(())

    def summary(self) -> str:
        """12 份 · 3 家医院, for the header."""
        rows = self.list.rows
        hospitals = len({self._words.hospital(one) for one in rows})
        found = self.tr("查到 {n} 份", "", len(rows)).format(n=len(rows))
        where = self.tr("{n} 家医院", "", hospitals).format(n=hospitals) if hospitals else ""
        at = moment_words(self._look.asked_at) if self._look is not None else ""
        asked = self.tr("{at} 查的").format(at=at) if at else ""
        return self._context.theme.join(found, where, asked)

    def show_findings(self, found: Findings) -> None:
        """Show an answer."""
        self._look = found.look
        question = found.look.question
        if question is not None:
            clear = " ".join(filter(None, (question.name, question.cert_no)))
            self._person.set_value(_masked(question), clear)
        days = self._days(question) if question is not None else ""
        reason = labelled(self.tr("为什么看"), found.look.reason)
        self._why.setText(self._context.theme.join(reason, days))
        self.list.set_rows(found.rows)
        self.list.setVisible(bool(found.rows))
        self._box.setVisible(not found.rows)
        self._show_nothing(question)

    def _days(self, question: OutsideQuestion) -> str:
        if question.begin is None and question.end is None:
            return self.tr("全部日期")
        first = question.begin.isoformat() if question.begin else ""
        if question.end is None:
            return self.tr("{first} 到今天").format(first=first)
        last = question.end.isoformat()
        return self.tr("{first} 到 {last}").format(first=first, last=last)

    def _show_nothing(self, question: OutsideQuestion | None) -> None:
        has_bounds = question is not None and (question.begin or question.end)
        self._is_wider = bool(has_bounds)
        if has_bounds:
            self._box.set_step(
                Tone.COOL,
                self.tr("这段时间里，其他医院没有这位患者的检查"),
                self.tr("更早的可能有。姓名和证件号再核对一下，或者把日期放宽。"),
                self.tr("不限日期再查"),
            )
        else:
            self._box.set_step(
                Tone.COOL,
                self.tr("平台上没有这位患者在其他医院的检查"),
                self.tr("证件类型和号码再核对一下；对的话就到此为止。"),
            )

    def say_busy(self) -> None:
        """The platform is asked again."""
        self._box.set_step(Tone.COOL, self.tr("正在问平台，其他医院有没有这位患者的检查"))
        self._box.show()

    def say_failed(self, title: str, detail: str) -> None:
        """What went wrong; what was found before stays."""
        self._is_wider = False
        self._box.set_step(Tone.BAD, title, detail, self.tr("重新查询"))
        self._box.show()

    def set_privacy(self, *, is_hidden: bool) -> None:
        """Ctrl+Shift+H."""
        self._person.set_reveal_allowed(is_allowed=not is_hidden)

    def hide_values(self) -> None:
        """Mask at once."""
        self._person.hide_value()

    def _on_revealed(self) -> None:
        if self._look is not None:
            self.revealed.emit(self._look.id)

    def _on_action(self) -> None:
        if self._is_wider:
            self.wider_requested.emit()
        else:
            self.again_requested.emit()


def _masked(question: OutsideQuestion) -> str:
    return " ".join(filter(None, (mask_name(question.name), mask_identity(question.cert_no))))

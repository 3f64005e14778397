"""Before the platform is asked: why, whom, of which days; at the right what this person looked at today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.other_hospitals_form import OutsideForm
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import STRETCH, clear_layout, column, row
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.patient_line import PatientLine

if TYPE_CHECKING:
    from hbgz_desktop.model.other_hospitals import OutsideLook
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

_SIDE_WIDTH = 372
_MOST = 8

Recent = tuple[tuple["OutsideLook", bool], ...]
"""Looks, and whether the answer is still fresh."""


class OutsideStart(QWidget):
    """The form, and today's own looks.

    Signals:
        changed: Something else is asked for.
        look_chosen: (look id) Look at this again.

    Attributes:
        form: Why and whom.
        box: What is said about it.
    """

    changed = Signal()
    look_chosen = Signal(int)

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty; ``look`` reads what was looked at today."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self._lines: list[PatientLine] = []
        self._shown: Recent = ()
        self._is_range_set = False
        self.form = OutsideForm(context, words, self)
        self.form.changed.connect(self.changed)
        self.box = NextStepBox(context.theme, parent=self)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._none = Label(self.tr("今天还没有看过"), "caption2", self, wrap=True)
        self._build()
        self.say_empty()

    def _build(self) -> None:
        entry = Card(parent=self)
        entry.body.setSpacing(14)
        entry.body.addWidget(self.form)
        entry.body.addWidget(self.box)
        recent = Card(parent=self)
        recent.setFixedWidth(_SIDE_WIDTH)
        recent.body.addWidget(Label(self.tr("今天我看过的"), "section", recent))
        note = self.tr("再看一次也会记进操作记录；结果还新时不用再问平台。")
        recent.body.addWidget(Label(note, "caption2", recent, wrap=True))
        recent.body.addLayout(self._list)
        recent.body.addWidget(self._none)
        recent.body.addStretch(1)
        left = column(entry, STRETCH, gap=0)
        line = row(left, recent, gap=16)
        line.setStretch(0, 1)
        line.setAlignment(recent, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def say_empty(self) -> None:
        """What this page is for."""
        self.box.set_step(
            Tone.COOL,
            self.tr("先选为什么看，再扫身份证或者填证件号"),
            self.tr("查到的检查按医院列出来；有图像的取到本机看，只有网页的在浏览器里打开。"),
        )

    def say_busy(self) -> None:
        """The platform is asked."""
        self.box.set_step(Tone.COOL, self.tr("正在问平台，其他医院有没有这位患者的检查"))

    def is_sound(self) -> bool:
        """Say what stands in the way; True when nothing does."""
        if self.form.is_sound():
            return True
        self.box.set_step(Tone.WARM, self.tr("还有没填对的，看红字"))
        return False

    def clear(self) -> None:
        """The next patient."""
        self.form.clear()
        self.say_empty()
        self.changed.emit()

    # What was looked at

    def look(self) -> None:
        """Read what this person looked at today, and which days are asked for at first."""
        ask = partial(_recent, self._context.services)
        self._context.tasks.run_task(ask, self._on_recent, self._on_failed)

    def _on_recent(self, answer: tuple[str, Recent]) -> None:
        default, looks = answer
        if not self._is_range_set:
            self._is_range_set = True
            self.form.set_range(default)
        if looks == self._shown:
            return
        self._shown = looks
        clear_layout(self._list)
        self._lines = []
        for number, (one, is_fresh) in enumerate(looks):
            line = self._line(number, one, is_fresh=is_fresh)
            self._list.addWidget(line)
            self._lines.append(line)
        self._none.setVisible(not looks)

    def _line(self, number: int, look: OutsideLook, *, is_fresh: bool) -> PatientLine:
        question = look.question
        name = mask_name(question.name) if question is not None else ""
        card = mask_identity(question.cert_no) if question is not None else ""
        fresh = "" if is_fresh else self.tr("要再问平台")
        detail = self._context.theme.join(
            moment_words(look.asked_at), self._words.count(look.found or 0), fresh
        )
        line = PatientLine(self._context.theme, number, name or card, detail, self)
        said = (name or card, look.reason, detail)
        line.setToolTip(look.reason)
        line.setAccessibleName(clauses(said))
        line.activated.connect(self._on_chosen)
        line.stepped.connect(self._on_stepped)
        return line

    def _on_chosen(self, key: str) -> None:
        self.look_chosen.emit(self._shown[int(key)][0].id)

    def _on_stepped(self, number: int, step: int) -> None:
        wanted = min(max(number + step, 0), len(self._lines) - 1)
        self._lines[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def _recent(services: ConsoleServices) -> tuple[str, Recent]:
    outside = services.other_hospitals
    looks = outside.recent(services.today())[:_MOST]
    default = services.work.settings().other_hospitals.default_range
    return default, tuple((one, outside.is_fresh(one)) for one in looks)

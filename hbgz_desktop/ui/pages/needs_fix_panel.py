"""What the middle of 待处理 has in common: a head, and a primary step that the page's button does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from hbgz_desktop.ui.failures import failure_words
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.fix_views import FixCase, FixGroup
    from hbgz_desktop.services.fix_desk import FixDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.needs_fix_words import FixWords
    from hbgz_desktop.ui.pages.studies_words import StudyWords


@dataclass(frozen=True, slots=True)
class FixParts:
    """What every panel works with.

    Attributes:
        people: Words of studies and masked values.
    """

    context: PageContext
    desk: FixDesk
    words: FixWords
    people: StudyWords


class FixPanel(Card):
    """One way to put a group right. Subclasses fill ``body``.

    Signals:
        primary_changed: Ask ``primary_words`` again.

    Attributes:
        group: What is worked on.
        case: The examination that is looked at, None while it is being read.
    """

    primary_changed = Signal()

    def __init__(self, parts: FixParts, parent: QWidget) -> None:
        """Build the head."""
        super().__init__(parent=parent)
        self._context = parts.context
        self._desk = parts.desk
        self._words = parts.words
        self._people = parts.people
        self._is_saving = False
        self.group: FixGroup | None = None
        self.case: FixCase | None = None
        self._head = Label("", "section", self)
        self._head_note = ElidedLabel("", "caption2", self)
        self._place = Label("", "caption2", self)
        line = row(self._head, self._head_note, self._place, gap=12)
        line.setStretch(1, 1)
        self.body.setSpacing(12)
        self.body.addLayout(line)

    def show_group(self, group: FixGroup) -> None:
        """Work on this group; its first case comes by ``show_case``."""
        self.group = group
        self.case = None

    def show_count(self, group: FixGroup) -> None:
        """The same group with another count."""
        self.group = group

    def show_case(self, case: FixCase) -> None:
        """Look at this examination."""
        self.case = case

    def set_place(self, position: int, total: int) -> None:
        """Say which of how many groups it is."""
        self._place.setText(
            self.tr("第 {n} 组，共 {total} 组").format(n=position, total=total) if total else ""
        )

    def primary_words(self) -> tuple[str, str]:
        """Text of the page's primary button, and why it is disabled ("" when it is not)."""
        return "", ""

    def press(self) -> None:
        """Do the primary step."""

    def show_failure(self, words: str) -> None:
        """Say why nothing was saved."""
        self._context.notices.toast(words)

    def _begin_saving(self) -> None:
        self._is_saving = True
        self.primary_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._is_saving = False
        self.primary_changed.emit()
        words = failure_words(self._context, error)
        if words:
            self.show_failure(words)

    def focus_first(self) -> None:
        """Put the focus where the person begins."""

    def set_private(self, *, is_private: bool) -> None:
        """Mask what is masked at once."""

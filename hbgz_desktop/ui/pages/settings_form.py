"""The rows of one section: what is in force, what was changed and not saved, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from hbgz_desktop.services.first_run import needs_prefix
from hbgz_desktop.ui.pages.settings_editors import SettingEditor, make_editor
from hbgz_desktop.ui.pages.settings_words import arrange
from hbgz_desktop.ui.styling import column
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hbgz_desktop.services.settings_control import SettingFact
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.settings_words import SectionPlan, SettingsWords
    from hbgz_desktop.ui.states import Tone

RECEIVER_TEST = "dicom.port"
PLATFORM_TEST = "guizhou.base_url"
HEBEI_TEST = "hebei.base_url"
PUSH_TEST = "guizhou.dicom_port"
SCOPE_TEST = "guizhou.upload_ultrasound"
_CODE, _PREFIX = "guizhou.institution_code", "guizhou.msgid_prefix"


@dataclass
class _Line:
    fact: SettingFact
    editor: SettingEditor
    row: SettingRow
    part: int
    saved: str

    @property
    def is_changed(self) -> bool:
        return self.editor.text() != self.saved


class SettingsForm(Card):
    """One section of the page.

    Signals:
        changed: Something was typed, or put back.
        check_requested: (key) A field was left: is its text allowed?
        test_requested: (key) A row's test button was pressed.
    """

    changed = Signal()
    check_requested = Signal(str)
    test_requested = Signal(str)

    def __init__(
        self,
        context: PageContext,
        words: SettingsWords,
        plan: SectionPlan,
        facts: tuple[SettingFact, ...],
        parent: QWidget | None = None,
    ) -> None:
        """Build the rows of ``plan`` with the values of ``facts``."""
        super().__init__(parent=parent)
        self._theme = context.theme
        self._words = words
        self._lines: dict[str, _Line] = {}
        self._heads: list[tuple[QWidget, QWidget]] = []
        self.body.setContentsMargins(20, 4, 20, 8)
        for title, settings in arrange(words, plan, facts):
            self._add_head(title or plan.title)
            for fact in settings:
                self._add_line(fact)
        self.body.addStretch(1)
        self._warn_of_prefix()

    def _add_head(self, title: str) -> None:
        head = QWidget(self)
        line = rule(head)
        line.setVisible(bool(self._heads))
        head.setLayout(column(line, Label(title, "section", head), gap=12, margins=(0, 4, 0, 8)))
        self._heads.append((head, line))
        self.body.addWidget(head)

    def _add_line(self, fact: SettingFact) -> None:
        editor = make_editor(self._theme, fact, self._words, self)
        row = SettingRow(
            self._theme,
            self._words.title(fact),
            self._words.meaning(fact) or self._meaning_of_secret(fact),
            editor.widget,
            test=self._test_words(fact.key),
            parent=self,
        )
        for part in (editor, row):
            part.setProperty("key", fact.key)
        editor.edited.connect(self._on_edited)
        editor.finished.connect(self._on_finished)
        row.test_requested.connect(self._on_test)
        self._lines[fact.key] = _Line(fact, editor, row, len(self._heads) - 1, editor.text())
        self.body.addWidget(row)

    def _meaning_of_secret(self, fact: SettingFact) -> str:
        return (
            self.tr("封好存在本机，不写进配置文件，也不再显示。") if fact.kind == "secret" else ""
        )

    def _test_words(self, key: str) -> str:
        return {
            RECEIVER_TEST: self.tr("测试接收（C-ECHO）"),
            PLATFORM_TEST: self.tr("测试连接"),
            HEBEI_TEST: self.tr("测试连接"),
            PUSH_TEST: self.tr("测试影像接收（C-ECHO）"),
            SCOPE_TEST: self.tr("算一算有多少不传"),
        }.get(key, "")

    # Values

    def set_facts(self, facts: Mapping[str, SettingFact]) -> None:
        """Take in what is in force now; a change that is not saved stays in its field."""
        for key, line in self._lines.items():
            if key in facts:
                self._set_fact(line, facts[key])
        self._warn_of_prefix()

    def _set_fact(self, line: _Line, fact: SettingFact) -> None:
        was_changed = line.is_changed
        line.fact = fact
        line.saved = line.editor.text_of(fact.value)
        if not was_changed:
            line.editor.set_value(fact.value)
        self._show_change(line)

    def accept(self, facts: Mapping[str, SettingFact], keys: Collection[str]) -> None:
        """These were saved: what is typed is what is in force."""
        for key in keys:
            if key in self._lines and key in facts:
                line = self._lines[key]
                line.editor.set_value(facts[key].value)
                line.saved = line.editor.text()
                line.row.set_problem("")
        self.set_facts(facts)

    def revert(self) -> None:
        """Put back everything that was not saved."""
        for line in self._lines.values():
            if line.is_changed:
                line.editor.set_value(line.fact.value)
                line.saved = line.editor.text()
            line.row.set_problem("")
            self._show_change(line)
        self._warn_of_prefix()
        self.changed.emit()

    def changes(self) -> dict[str, str]:
        """Key → text of every change, secrets as well."""
        return {key: one.editor.text() for key, one in self._lines.items() if one.is_changed}

    def has(self, key: str) -> bool:
        """True when the setting stands here."""
        return key in self._lines

    def editor(self, key: str) -> SettingEditor:
        """The editor of a setting.

        Raises:
            KeyError: It does not stand here.
        """
        return self._lines[key].editor

    def row(self, key: str) -> SettingRow:
        """The row of a setting; raises KeyError when it does not stand here."""
        return self._lines[key].row

    # What is wrong, what was tested

    def set_problems(self, keys: Collection[str], checked: Collection[str]) -> None:
        """Say below each of ``checked`` what it takes, or take the words away."""
        for key in checked:
            line = self._lines.get(key)
            if line is not None:
                line.row.set_problem(self._words.takes(line.fact) if key in keys else "")
        self._warn_of_prefix()

    def focus_setting(self, key: str) -> None:
        """Put the focus into a setting's field."""
        self._lines[key].editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_testing(self, key: str) -> None:
        """A test runs."""
        self._lines[key].row.set_testing(self.tr("正在测试…"))

    def set_test_result(self, key: str, tone: Tone, text: str) -> None:
        """A test ended."""
        self._lines[key].row.set_test_result(tone, text)

    def _warn_of_prefix(self) -> None:
        """A code that is not 12 long needs a prefix (G021): said at once, saved all the same."""
        if _CODE not in self._lines:
            return
        code = self._lines[_CODE].editor.text()
        prefix = self._lines[_PREFIX].editor.text()
        is_missing = needs_prefix(code, prefix) and not prefix
        words = self.tr("机构编号不是 12 位，这里要填平台给的 12 位前缀，否则不能上传。")
        self._lines[_PREFIX].row.set_problem(words if is_missing else "")

    # Search

    def filter(self, text: str) -> int:
        """Show only the rows whose words hold ``text``, all for ""; how many are shown."""
        wanted = text.casefold().split()
        shown_parts = set()
        count = 0
        for one in self._lines.values():
            fact = one.fact
            words = f"{self._words.title(fact)} {self._words.meaning(fact)} {fact.key}".casefold()
            is_hit = all(part in words for part in wanted)
            one.row.setVisible(is_hit)
            if is_hit:
                shown_parts.add(one.part)
                count += 1
        for number, (head, line) in enumerate(self._heads):
            head.setVisible(number in shown_parts)
            line.setVisible(number != min(shown_parts, default=0))
        return count

    def _on_edited(self) -> None:
        line = self._lines[str(self.sender().property("key"))]
        self._show_change(line)
        line.row.set_problem("")
        self._warn_of_prefix()
        self.changed.emit()

    def _show_change(self, line: _Line) -> None:
        line.row.set_changed(is_changed=line.is_changed)
        before = line.editor.shown(line.fact.value)
        if not line.is_changed or line.fact.kind == "secret":
            note = ""
        elif len(before) > 40:
            note = self.tr("改过")
        else:
            note = (
                self.tr("原来是 {value}").format(value=before) if before else self.tr("原来没有填")
            )
        line.row.set_note(note)

    def _on_finished(self) -> None:
        key = str(self.sender().property("key"))
        if self._lines[key].is_changed:
            self.check_requested.emit(key)

    def _on_test(self) -> None:
        self.test_requested.emit(str(self.sender().property("key")))

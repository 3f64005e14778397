"""Editors of one setting each: they show a value and give back the text a person could have typed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.pages.settings_words import AUTOMATIC, ENABLED_KEY
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.secret_field import SecretField
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from hbgz_desktop.services.settings_control import SettingFact
    from hbgz_desktop.ui.pages.settings_words import SettingsWords
    from hbgz_desktop.ui.theme import Theme

_WIDE = 380
_NARROW = 96
_MIDDLE = 220
_MOST_SEGMENTS_PX = 400
_ENABLED = (AUTOMATIC, '["guizhou"]', '["hebei"]', '["guizhou", "hebei"]', "[]")
_MONO = frozenset(
    {
        "dicom.ae_title",
        "dicom.bind_address",
        "guizhou.base_url",
        "guizhou.exam_admdvs",
        "guizhou.fixmedins_code",
        "guizhou.index_institution",
        "guizhou.institution_code",
        "guizhou.msgid_prefix",
        "hebei.base_url",
        "hebei.his_dept_code",
        "hebei.his_org_code",
        "hebei.his_user_code",
        "hebei.hr_page_name",
        "hebei.oauth_path",
        "hebei.org_code",
        "hebei.service_path",
        "hebei.sm4_iv",
        "records.drop_folder",
    }
)


class SettingEditor(QObject):
    """Base: a widget, its text, and when it changed.

    Signals:
        edited: The text is another.
        finished: The person left the field or pressed Enter.

    Attributes:
        widget: What stands in the row.
    """

    edited = Signal()
    finished = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def text(self) -> str:
        """What is there, as the settings file's reader takes it."""
        raise NotImplementedError

    def text_of(self, value: object) -> str:
        """What ``text`` is while this value is shown."""
        return plain_text(value)

    def set_value(self, value: object) -> None:
        """Show a value in force; reports nothing."""
        raise NotImplementedError

    def shown(self, value: object) -> str:
        """A value in words, for 原来是 …; "" when it was empty."""
        return plain_text(value)


def plain_text(value: object) -> str:
    """A number without needless decimals, anything else as it is."""
    if isinstance(value, float):
        return f"{value:g}" if value < 1e6 else f"{value:.0f}"
    return "" if value is None else str(value)


class TextEditor(SettingEditor):
    """One line: texts, numbers."""

    def __init__(self, fact: SettingFact, words: SettingsWords, parent: QWidget) -> None:
        self._line = QLineEdit(parent)
        super().__init__(self._line)
        self._line.setPlaceholderText(words.hint(fact.key))
        self._line.setProperty("mono", fact.key in _MONO)
        self._line.setFixedWidth(_NARROW if fact.kind == "number" else _width_of(fact))
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self.finished)

    @override
    def text(self) -> str:
        return self._line.text().strip()

    @override
    def set_value(self, value: object) -> None:
        text = plain_text(value)
        if text != self._line.text():
            self._line.setText(text)
            self._line.setCursorPosition(0)


def _width_of(fact: SettingFact) -> int:
    short = ("ae_title", "exam_admdvs", "certno_hyphen", "msgid_prefix", "hosp_lv")
    return _MIDDLE if fact.key.endswith(short) else _WIDE


class SwitchEditor(SettingEditor):
    """On or off."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._switch = Switch(theme, parent=parent)
        super().__init__(self._switch)
        self._switch.clicked.connect(self.edited)

    @override
    def text(self) -> str:
        return self.text_of(self._switch.isChecked())

    @override
    def text_of(self, value: object) -> str:
        return "true" if value else "false"

    @override
    def set_value(self, value: object) -> None:
        self._switch.setChecked(bool(value))

    @override
    def shown(self, value: object) -> str:
        return self.tr("开") if value else self.tr("关")


class ChoiceEditor(SettingEditor):
    """One of several: side by side while there is room, else a list."""

    def __init__(
        self, theme: Theme, fact: SettingFact, words: SettingsWords, parent: QWidget
    ) -> None:
        self._fact, self._words = fact, words
        values = _ENABLED if fact.key == ENABLED_KEY else fact.choices
        options = [(value, words.choice(fact.key, value)) for value in values]
        metrics = QFontMetricsF(theme.font("body", bold=True))
        wide = sum(metrics.horizontalAdvance(text) + 32 for _, text in options)
        self._control: Segmented | ComboBox
        if wide < _MOST_SEGMENTS_PX:
            self._control = Segmented(theme, options, parent)
            changed = self._control.value_changed
        else:
            self._control = ComboBox(theme, options, parent)
            self._control.setFixedWidth(_MIDDLE + 20)
            changed = self._control.currentIndexChanged
        super().__init__(self._control)
        self._quiet = False
        changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    @override
    def text_of(self, value: object) -> str:
        is_json = self._fact.key == ENABLED_KEY
        return json.dumps(value) if is_json else str(value)

    @override
    def text(self) -> str:
        if isinstance(self._control, Segmented):
            return self._control.value
        return str(self._control.currentData())

    @override
    def set_value(self, value: object) -> None:
        self._quiet = True
        if isinstance(self._control, Segmented):
            self._control.set_value(self.text_of(value))
        else:
            self._control.set_key(self.text_of(value))
        self._quiet = False

    @override
    def shown(self, value: object) -> str:
        return self._words.choice(self._fact.key, self.text_of(value))


class LinesEditor(SettingEditor):
    """Several lines: a list has one entry a line, a table one ``US = 300`` a line."""

    def __init__(self, fact: SettingFact, words: SettingsWords, parent: QWidget) -> None:
        self._is_table = fact.kind == "table"
        self._box = _Lines(parent)
        super().__init__(self._box)
        self._box.setPlaceholderText(words.hint(fact.key))
        self._box.setFixedWidth(_WIDE)
        self._box.setFixedHeight(72)
        self._box.setProperty("mono", not self._is_table)
        self._box.textChanged.connect(self._on_changed)
        self._box.left.connect(self.finished)
        self._quiet = False

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def _lines(self) -> list[str]:
        return [line.strip() for line in self._box.toPlainText().splitlines() if line.strip()]

    @override
    def text(self) -> str:
        if not self._is_table:
            return self.text_of(self._lines())
        pairs = [re.split(r"\s*[=＝:：]\s*", line, maxsplit=1) for line in self._lines()]
        if any(len(pair) < 2 or not _is_number(pair[1]) for pair in pairs):
            return "\n".join(self._lines())  # no table: the check says so below the field
        return self.text_of({pair[0]: float(pair[1]) for pair in pairs})

    @override
    def text_of(self, value: object) -> str:
        if isinstance(value, dict):
            value = {name: float(one) for name, one in value.items()}
        return json.dumps(value, ensure_ascii=False)

    @override
    def set_value(self, value: object) -> None:
        self._quiet = True
        self._box.setPlainText(self._written(value))
        self._quiet = False

    @staticmethod
    def _written(value: object) -> str:
        if isinstance(value, dict):
            return "\n".join(f"{name} = {plain_text(one)}" for name, one in value.items())
        return "\n".join(map(str, value)) if isinstance(value, list) else ""

    @override
    def shown(self, value: object) -> str:
        return listed(self._written(value).split("\n"))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


class _Lines(QPlainTextEdit):
    """Tab leaves it, as every other field."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class SecretEditor(SettingEditor):
    """A key: never shown; ``text`` is what replaces it, "" when it stays."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._field = SecretField(theme, parent)
        super().__init__(self._field)
        self._field.setFixedWidth(_WIDE)
        self._field.changed.connect(self.edited)

    @override
    def text(self) -> str:
        return self._field.new_secret() or ""

    @override
    def text_of(self, value: object) -> str:
        return ""

    @override
    def set_value(self, value: object) -> None:
        self._field.set_kept(is_kept=bool(value))

    @override
    def shown(self, value: object) -> str:
        return ""


def make_editor(
    theme: Theme, fact: SettingFact, words: SettingsWords, parent: QWidget
) -> SettingEditor:
    """The editor that fits a setting's kind, with its value."""
    editor: SettingEditor
    if fact.kind == "secret":
        editor = SecretEditor(theme, parent)
    elif fact.kind == "switch":
        editor = SwitchEditor(theme, parent)
    elif fact.kind == "choice" or fact.key == ENABLED_KEY:
        editor = ChoiceEditor(theme, fact, words, parent)
    elif fact.kind in ("list", "table"):
        editor = LinesEditor(fact, words, parent)
    else:
        editor = TextEditor(fact, words, parent)
    editor.set_value(fact.value)
    return editor

"""What was typed and not yet saved, over all sections; reading, checking, saving, undoing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.setting_effects import decides_checks
from hbgz_desktop.ui.pages.settings_form import SettingsForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.errors import SettingsError
    from hbgz_desktop.services.settings_control import SettingFact
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.settings_words import SettingsWords

Problems = dict[str, "SettingsError"]


class SettingsDrafts(QObject):
    """The forms and what they hold. A form is made when it is first asked for.

    Signals:
        loaded: The settings in force were read.
        changed: A change came or went.
        saved: (keys) They are written and sealed.
        refused: (key) The first setting that cannot be saved; nothing was written.
        test_requested: (key) A row's test button was pressed.
    """

    loaded = Signal()
    changed = Signal()
    saved = Signal(object)
    refused = Signal(str)
    test_requested = Signal(str)

    def __init__(
        self,
        context: PageContext,
        words: SettingsWords,
        forms_parent: QWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._words = words
        self._forms_parent = forms_parent
        self._plans = {plan.key: plan for plan in words.sections() if plan.prefixes}
        self._forms: dict[str, SettingsForm] = {}
        self._facts: dict[str, SettingFact] = {}
        self._saving: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._wanted_focus = ""

    # Forms

    def form_keys(self) -> tuple[str, ...]:
        """Sections that are forms."""
        return tuple(self._plans)

    def form(self, section: str) -> SettingsForm | None:
        """The form of a section; None while the settings are being read, or for a section without."""
        if section not in self._forms and self._facts and section in self._plans:
            facts = tuple(self._facts.values())
            form = SettingsForm(
                self._context, self._words, self._plans[section], facts, self._forms_parent
            )
            form.changed.connect(self.changed)
            form.check_requested.connect(self._on_check)
            form.test_requested.connect(self.test_requested)
            self._forms[section] = form
        return self._forms.get(section)

    def section_of(self, key: str) -> str:
        """The section a setting stands in, "" for none."""
        group = key.partition(".")[0]
        return next((name for name, plan in self._plans.items() if group in plan.prefixes), "")

    def changes(self) -> dict[str, str]:
        """Key → text of everything that was changed and not saved."""
        return {key: text for form in self._forms.values() for key, text in form.changes().items()}

    def changed_sections(self) -> frozenset[str]:
        """Sections with a change."""
        return frozenset(name for name, form in self._forms.items() if form.changes())

    def filter(self, text: str) -> None:
        """Show only rows whose words hold ``text``, in the forms there are."""
        for form in self._forms.values():
            form.filter(text)

    def focus_when_loaded(self, key: str) -> None:
        """Put the focus into a setting's field, now or once the settings are read."""
        self._wanted_focus = key if key in self._facts or not self._facts else ""
        self._give_focus()

    def _give_focus(self) -> None:
        form = self.form(self.section_of(self._wanted_focus))
        if form is not None and form.has(self._wanted_focus):
            form.focus_setting(self._wanted_focus)
            self._wanted_focus = ""

    # Reading

    def load(self) -> None:
        """Read the settings in force; what was typed stays."""
        self._context.tasks.run_task(
            self._context.services.settings, self._on_facts, self._on_failed
        )

    def _on_facts(self, facts: tuple[SettingFact, ...]) -> None:
        self._facts = {fact.key: fact for fact in facts}
        for form in self._forms.values():
            form.set_facts(self._facts)
        self.loaded.emit()
        self.changed.emit()
        if self._wanted_focus:
            self._give_focus()

    def revert(self) -> None:
        """Put everything back that was not saved."""
        for form in self._forms.values():
            form.revert()

    # Checking and saving

    def _on_check(self, key: str) -> None:
        fact = self._facts.get(key)
        if fact is None or fact.kind == "secret":
            return
        texts = {key: self.changes().get(key, "")}
        check = self._context.services.setting_control.check

        def ask() -> tuple[str, Problems]:
            return key, check(texts)

        self._context.tasks.run_task(ask, self._on_checked)

    def _on_checked(self, answer: tuple[str, Problems]) -> None:
        key, problems = answer
        for form in self._forms.values():
            form.set_problems(problems, (key,))

    def save(self) -> None:
        """Check and write every change at once; all or nothing."""
        self._saving = self.changes()
        secrets = {key: text for key, text in self._saving.items() if self._is_secret(key)}
        texts = {key: text for key, text in self._saving.items() if key not in secrets}
        self._before = {} if secrets else self._texts_in_force(texts)
        services = self._context.services
        write = partial(services.setting_control.save_texts, texts, secrets, services.actor)
        self._context.tasks.run_task(write, self._on_written, self._on_failed)

    def _is_secret(self, key: str) -> bool:
        return self._facts[key].kind == "secret"

    def _texts_in_force(self, keys: Mapping[str, str]) -> dict[str, str]:
        forms = {key: self._forms[self.section_of(key)] for key in keys}
        return {
            key: form.editor(key).text_of(self._facts[key].value) for key, form in forms.items()
        }

    def _on_written(self, problems: Problems) -> None:
        if problems:
            for form in self._forms.values():
                form.set_problems(problems, tuple(self._saving))
            self.refused.emit(next(iter(problems)))
            return
        undo = self._on_undo if self._before else None
        words = self.tr("保存了 {n} 项设置", "", len(self._saving)).format(n=len(self._saving))
        self._context.notices.toast(words, undo)
        self._finish()

    def _finish(self) -> None:
        """Read what is in force now, then tell; look again at what waits when it may pass now."""
        services = self._context.services
        self._context.tasks.run_task(services.settings, self._on_saved_facts, self._on_failed)
        if decides_checks(self._saving):
            self._context.tasks.run_task(
                services.setting_control.check_again, self._on_checked_again
            )

    def _on_saved_facts(self, facts: tuple[SettingFact, ...]) -> None:
        self._facts = {fact.key: fact for fact in facts}
        for form in self._forms.values():
            form.accept(self._facts, self._saving)
        self.changed.emit()
        self.saved.emit(tuple(self._saving))

    def _on_checked_again(self, released: int) -> None:
        if released:
            words = self.tr("按新设置重新核对，放行了 {n} 份", "", released).format(n=released)
            self._context.notices.toast(words)

    def _on_undo(self) -> None:
        texts, self._before = self._before, {}
        self._saving = texts
        services = self._context.services
        write = partial(services.setting_control.save_texts, texts, {}, services.actor)
        self._context.tasks.run_task(write, self._on_undone, self._on_failed)

    def _on_undone(self, _problems: Problems) -> None:
        words = self.tr("已恢复原来的 {n} 项设置", "", len(self._saving)).format(
            n=len(self._saving)
        )
        self._context.notices.toast(words)
        self._finish()

    def _on_failed(self, error: Exception) -> None:
        self.refused.emit("")
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        words = self._context.theme.join(text.title, text.next_step)
        self._context.notices.toast(self.tr("没有保存：{why}").format(why=words))

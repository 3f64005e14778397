"""设置: every setting with its meaning; changes wait for one 保存, tests claim only what they proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.permissions import CLERK_SECTIONS
from hbgz_desktop.services.setting_effects import needing_restart
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.settings_about import AboutSection
from hbgz_desktop.ui.pages.settings_appearance import AppearanceSection
from hbgz_desktop.ui.pages.settings_devices import DevicesSection
from hbgz_desktop.ui.pages.settings_drafts import SettingsDrafts
from hbgz_desktop.ui.pages.settings_operators import OperatorsSection
from hbgz_desktop.ui.pages.settings_restart import RestartStrip
from hbgz_desktop.ui.pages.settings_retention import RetentionSection
from hbgz_desktop.ui.pages.settings_side import SettingsSide
from hbgz_desktop.ui.pages.settings_tests import SettingsTests
from hbgz_desktop.ui.pages.settings_words import SettingsWords
from hbgz_desktop.ui.rehearsal import Rehearsal
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.styling import column, upright_scroller
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.search_field import SearchField
from hbgz_desktop.ui.widgets.section_list import Section, SectionList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.model.mapping_views import WaitingValue
    from hbgz_desktop.model.status import PeerRow
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.page_context import PageContext

_LIST_WIDTH = 188
_FOLD_UNDER = 1150
_Ready = tuple["FirstRun", tuple["WaitingValue", ...], tuple["PeerRow", ...]]
_DEVICES, _OPERATORS, _APPEARANCE, _ABOUT = "devices", "operators", "appearance", "about"
_STORAGE = "storage"
_NO_FORMS = (_DEVICES, _OPERATORS, _APPEARANCE, _ABOUT)


class SettingsPage(Page):
    """Sections at the left, the chosen one in the middle, what is still missing at the right.

    ``show_rows`` takes the key of a section (``dicom``, ``devices``, ``guizhou`` …) or of a setting.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build the frame; forms are made when they are first shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._rehearsal = Rehearsal(context, self)
        self._waiting_peers = 0
        self._platforms = context.services.work.settings().enabled_platforms()
        self._words = SettingsWords(self)
        is_all = context.services.accounts.may("setting_set")
        self._plans = {
            plan.key: plan
            for plan in self._words.sections()
            if is_all or plan.key in CLERK_SECTIONS
        }
        self.header.set_title(self.tr("设置"))
        self.header.add_button("revert", self.tr("放弃改动"))
        self.header.primary_requested.connect(self._on_save)
        self.header.secondary_requested.connect(self._on_revert)
        self._search = SearchField(context.theme, self.tr("找设置项"), self)
        self._search.search_changed.connect(self._on_search)
        self._sections = SectionList(context.theme, self)
        self._sections.section_chosen.connect(self._on_section)
        self._nothing = Label(self.tr("没有找到，换个词试试。"), "body2", self)
        self._nothing.hide()
        self._shown: dict[str, QWidget] = {}
        self._side = SettingsSide(
            context.theme, can_rehearse=self._rehearsal.is_offered, parent=self
        )
        self._side.mapping_requested.connect(self._on_mapping)
        self._side.rehearsal_requested.connect(self._on_rehearsal)
        self._side.setVisible(is_all)
        self._restart = RestartStrip(context, self)
        self._restart.restarted.connect(self.refresh)
        self._build()
        self._drafts = SettingsDrafts(context, self._words, self._column, self)
        self._drafts.changed.connect(self._on_changed)
        self._drafts.loaded.connect(self._on_loaded)
        self._drafts.saved.connect(self._on_saved)
        self._drafts.refused.connect(self._on_refused)
        self._tests = SettingsTests(context, self._drafts, self)
        self._tests.ended.connect(self._ask_ready)
        self._on_changed()

    # Layout

    def _build(self) -> None:
        self._column = QWidget(self)
        self._column.setProperty("surface", "clear")
        self._stack = QVBoxLayout(self._column)
        self._stack.setContentsMargins(0, 0, 6, 0)
        self._stack.setSpacing(16)
        self._stack.addWidget(self._nothing)
        self._stack.addStretch(1)
        self._area = upright_scroller(self._column, self)
        self._sections.setProperty("surface", "clear")
        self._sections_area = upright_scroller(self._sections, self)
        left = QWidget(self)
        left.setFixedWidth(_LIST_WIDTH)
        left.setLayout(column(self._search, self._sections_area, gap=14))
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addWidget(left)
        self._columns.addWidget(self._area, 1)
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self._restart)
        self.content.addLayout(self._columns, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() >= _FOLD_UNDER
        if is_beside == (self._columns.indexOf(self._side) >= 0):
            return
        if is_beside:
            self._stack.removeWidget(self._side)
            self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._columns.removeWidget(self._side)
            self._stack.insertWidget(self._stack.count() - 1, self._side)
        self._side.set_beside(is_beside=is_beside)

    # Page

    @override
    def activate(self) -> None:
        self.refresh()
        self._follow()

    @override
    def deactivate(self) -> None:
        for part in self._shown.values():
            if isinstance(part, DevicesSection):
                part.set_following(is_following=False)
        count = len(self._drafts.changes())
        if count:
            words = self.tr("设置里有 {n} 处改动还没保存，都留着，回来可以接着改", "", count)
            self._context.notices.toast(words.format(n=count))

    @override
    def refresh(self) -> None:
        self._drafts.load()
        self._ask_ready()

    @override
    def focus_filter(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @override
    def focus_content(self) -> None:
        self._sections.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def show_rows(self, rows: str) -> None:
        section = rows if rows in self._plans else self._drafts.section_of(rows)
        if section in self._plans and self._is_shown(section):
            self._search.clear()
            self._sections.choose(section)
            self._show_section(section)
            self._drafts.focus_when_loaded(rows)

    @override
    def help_text(self) -> str:
        return self.tr(
            "左边选一类，右边改。改过的地方有蓝点，点右上角“保存”才生效；离开这一页，改动会留着。"
            "测试按钮只说它查到的：地址能连通，不等于能上传。"
        )

    # Sections

    def _is_shown(self, key: str) -> bool:
        """A section of another province's platform is not there, unless something in it is not saved."""
        return self._plans[key].is_for(self._platforms) or key in self._drafts.changed_sections()

    def _on_section(self, key: str) -> None:
        if self._search.text():
            self._search.clear()
        self._sections_area.ensureWidgetVisible(self._sections.entry(key), 0, 0)
        self._show_section(key)

    def _show_section(self, key: str) -> None:
        part = self._part(key)
        for name, widget in self._shown.items():
            widget.setVisible(name == key)
        if part is not None and key not in _NO_FORMS:
            self._drafts.filter("")
        self._nothing.hide()
        self._area.verticalScrollBar().setValue(0)
        self._follow()

    def _part(self, key: str) -> QWidget | None:
        """The widget of a section, made at first use; None while the settings are being read."""
        if key not in self._shown:
            part = self._make_part(key)
            if part is None:
                return None
            order = list(self._plans)
            before = sum(order.index(name) < order.index(key) for name in self._shown)
            self._shown[key] = part
            self._stack.insertWidget(before + 1, part)
        return self._shown[key]

    def _make_part(self, key: str) -> QWidget | None:
        if key == _DEVICES:
            return DevicesSection(self._context, self._column)
        if key == _APPEARANCE:
            appearance = AppearanceSection(self._context, self._column)
            appearance.load()
            return appearance
        if key == _ABOUT:
            about = AboutSection(self._context, self._column)
            about.load()
            return about
        if key == _OPERATORS:
            return OperatorsSection(self._context, self._column)
        if key == _STORAGE:
            return self._make_storage()
        return self._drafts.form(key)

    def _make_storage(self) -> QWidget | None:
        form = self._drafts.form(_STORAGE)
        if form is None:
            return None
        storage = RetentionSection(self._context, form, self._column)
        storage.load()
        return storage

    def _follow(self) -> None:
        for key, part in self._shown.items():
            if isinstance(part, DevicesSection):
                is_current = key == self._sections.chosen and self.isVisible()
                part.set_following(is_following=is_current)

    def _on_search(self, text: str) -> None:
        if not text:
            self._show_section(self._sections.chosen)
            return
        hits = 0
        for key in self._drafts.form_keys():
            if key not in self._plans or not self._is_shown(key):
                continue
            form = self._part(key)
            found = self._filter(key, text)
            if form is not None:
                form.setVisible(found > 0)
            hits += found
        for key in _NO_FORMS:
            if key in self._shown:
                self._shown[key].hide()
        self._nothing.setVisible(hits == 0)

    def _filter(self, key: str, text: str) -> int:
        form = self._drafts.form(key)
        return form.filter(text) if form is not None else 0

    # Changes

    def _on_loaded(self) -> None:
        if not self._search.text():
            self._show_section(self._sections.chosen)

    def _on_changed(self) -> None:
        changed = self._drafts.changed_sections()
        count = len(self._drafts.changes())
        self.header.set_subtitle(
            self.tr("改动 {n} 处，还没保存", "", count).format(n=count)
            if count
            else self.tr("都已保存")
        )
        words = self.tr("保存 {n} 项").format(n=count) if count else self.tr("保存")
        self.header.set_primary(words, reason="" if count else self.tr("没有改动"))
        self.header.button("revert").set_allowed("" if count else self.tr("没有改动"))
        shown = [key for key in self._plans if self._is_shown(key)]
        before = self._sections.chosen
        self._sections.set_sections([self._section(key, changed) for key in shown])
        if before and before != self._sections.chosen and not self._search.text():
            self._show_section(self._sections.chosen)

    def _section(self, key: str, changed: frozenset[str]) -> Section:
        plan = self._plans[key]
        badge = None
        if key == _DEVICES and self._waiting_peers:
            badge = Badge.of(State.NEEDS_FIX, str(self._waiting_peers))
        return Section(key, plan.title, plan.detail, badge, is_changed=key in changed)

    def _on_save(self) -> None:
        self.header.primary.set_busy(self.tr("正在保存…"))
        self._drafts.save()

    def _on_saved(self, keys: Sequence[str]) -> None:
        self.header.primary.clear_busy()
        self._on_changed()
        self._restart.offer(needing_restart(keys))
        self._ask_ready()

    def _on_refused(self, key: str) -> None:
        """Something cannot be saved: nothing was; the first of them gets the focus."""
        self.header.primary.clear_busy()
        self._on_changed()
        section = self._drafts.section_of(key)
        if section:
            self._sections.choose(section)
            self._show_section(section)
            self._drafts.focus_when_loaded(key)

    def _on_revert(self, _key: str) -> None:
        self._drafts.revert()

    # Beside

    def _ask_ready(self) -> None:
        services = self._context.services

        def ask() -> _Ready:
            waiting = services.work.mapping_control.waiting()
            return services.first_run(), waiting, services.peers()

        self._context.tasks.run_task(ask, self._on_ready)

    def _on_ready(self, ready: _Ready) -> None:
        run, waiting, peers = ready
        self._platforms = run.settings.enabled_platforms()
        service = self._context.services.supervisor.service_name
        self._side.show_facts(run, waiting, service)
        is_asking = run.settings.dicom.unknown_callers == "ask"
        refused = sum(bool(one.refused_count and not one.policy) for one in peers)
        self._waiting_peers = refused if is_asking else 0
        self._on_changed()

    def _on_mapping(self) -> None:
        self._context.open_page("mapping", "")

    def _on_rehearsal(self) -> None:
        self._rehearsal.start(self._platforms)

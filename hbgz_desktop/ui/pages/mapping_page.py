"""字典对照: from what the hospital writes to the platform's codes; saving releases what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.mapping_browser import CodeSetBrowser
from hbgz_desktop.ui.pages.mapping_drafts import Draft, Key, MappingDrafts
from hbgz_desktop.ui.pages.mapping_editor import MappingEditor
from hbgz_desktop.ui.pages.mapping_saving import MappingSaving
from hbgz_desktop.ui.pages.mapping_table import MISSING, MappingTable
from hbgz_desktop.ui.pages.mapping_transfer import MappingTransfer
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.section_list import Section, SectionList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.model.mapping_views import CodeSetRow, MappingRow
    from hbgz_desktop.ui.page_context import PageContext

_LIST_WIDTH = 196
_EDITOR_WIDTH = 340
_FOLD_UNDER = 1180
_WARM_UP_MS = 1200


class MappingPage(Page):
    """Code sets at the left, their local values in the middle, one line's code at the right.

    ``show_rows`` takes ``counted`` (values without a code), a code set, or ``code set|local value``.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it empty; ``activate`` asks for the sets."""
        super().__init__(context.theme, "", scrolls=True, parent=parent)
        self._context = context
        self._control = context.services.work.mapping_control
        self._sets: dict[str, CodeSetRow] = {}
        self._wanted = ""
        self._event_id = -1
        self._held = 0
        self._was_adding = False
        self._drafts = MappingDrafts(self)
        self._list = SectionList(context.theme, self)
        self._table = MappingTable(context, self._drafts, self)
        self._editor = MappingEditor(context, self)
        self._browser = CodeSetBrowser(context, self)
        self.add_drawer(self._browser)
        self._saving = MappingSaving(context, self)
        self._transfer = MappingTransfer(context, self)
        self._warm_timer = QTimer(self)
        self._warm_timer.setSingleShot(True)
        self._warm_timer.setInterval(_WARM_UP_MS)
        self._name_header()
        self._connect()
        self._build()
        self._on_drafts()

    def _name_header(self) -> None:
        header = self.header
        header.set_title(self.tr("字典对照"))
        header.add_button("add", self.tr("新增对照"), "plus")
        header.add_menu_entry("browse", self.tr("浏览标准代码"))
        header.add_menu_entry("import", self.tr("导入对照…"))
        header.add_menu_entry("export", self.tr("导出对照…"))
        header.primary_requested.connect(self._on_save)
        header.secondary_requested.connect(self._on_secondary)

    def _connect(self) -> None:
        self._context.bridge.facts_arrived.connect(self._on_facts)
        self._warm_timer.timeout.connect(self._on_warm_up)
        self._drafts.changed.connect(self._on_drafts)
        self._list.section_chosen.connect(self._on_set)
        table, editor, saving = self._table, self._editor, self._saving
        table.row_chosen.connect(self._on_row)
        table.row_activated.connect(self._on_activated)
        table.add_requested.connect(self._on_add)
        table.set_chosen.connect(self._list.choose)
        editor.draft_made.connect(self._on_draft_made)
        editor.draft_dropped.connect(self._drafts.drop)
        editor.delete_requested.connect(saving.delete)
        editor.browse_requested.connect(self._on_browse)
        editor.waiting_requested.connect(self._on_waiting)
        saving.begun.connect(self._on_begun)
        saving.saved.connect(self._on_saved)
        saving.undone.connect(self._on_undone)
        saving.refused.connect(self._on_refused)
        self._transfer.confirmed.connect(saving.take_in)

    def _build(self) -> None:
        self._sets_card = Card(self.tr("代码集"), parent=self)
        self._sets_card.body.setContentsMargins(6, 0, 6, 0)
        self._sets_card.body.addWidget(self._list)
        self._sets_card.body.addStretch(1)
        self._sets_card.setFixedWidth(_LIST_WIDTH)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._sets_card)
        self._columns.addWidget(self._table, 1)
        self._columns.addWidget(self._editor)
        self.content.addWidget(self._saving.strip)
        self.content.addLayout(self._columns, 1)
        self._fold()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @property
    def _is_folded(self) -> bool:
        return self.width() < _FOLD_UNDER

    def _fold(self) -> None:
        """Three columns; in a narrow window table above editor, the sets in a drop-down."""
        is_folded = self._is_folded
        down = QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if is_folded else QBoxLayout.Direction.LeftToRight)
        self._sets_card.setVisible(not is_folded)
        self._editor.setMinimumWidth(0 if is_folded else _EDITOR_WIDTH)
        self._editor.setMaximumWidth(16_777_215 if is_folded else _EDITOR_WIDTH)
        self._offer_sets()

    def _offer_sets(self) -> None:
        missing = self.tr("{title}，缺 {n}")
        choices = [
            (name, missing.format(title=one.title, n=one.unmapped) if one.unmapped else one.title)
            for name, one in self._sets.items()
        ]
        self._table.set_choices(choices, is_shown=self._is_folded)

    # Page

    @override
    def activate(self) -> None:
        self.refresh()

    def _on_warm_up(self) -> None:
        # the first search by pinyin builds its index, most of a second: not while somebody types
        self._context.tasks.run_task(self._warm_up, self._on_warm)

    def _warm_up(self) -> None:
        for name in self._control.code_sets():
            self._control.codes(name, "a", 1)

    def _on_warm(self, _nothing: None) -> None:
        """The index is there."""

    @override
    def deactivate(self) -> None:
        if self._drafts:
            words = self.tr(
                "字典对照里有 {n} 条还没保存，都留着，回来可以接着改", "", len(self._drafts)
            )
            self._context.notices.toast(words.format(n=len(self._drafts)))

    @override
    def refresh(self) -> None:
        self._ask_sets()
        self._table.reopen()

    @override
    def set_drawer_covers(self, *, covers: bool) -> None:
        # three columns leave no room beside them: the standard's table lies over the page
        super().set_drawer_covers(covers=True)

    @override
    def focus_filter(self) -> None:
        self._table.focus_search()

    @override
    def focus_content(self) -> None:
        self._table.setFocus()

    @override
    def go_to_problem(self, step: int) -> None:
        self._table.go_to_missing(step)

    @override
    def show_rows(self, rows: str) -> None:
        self._wanted = rows
        if self._sets:
            self._show_wanted()

    @override
    def help_text(self) -> str:
        return self.tr(
            "左边选代码集，中间选一个医院的写法，右边给它挑平台的代码，然后保存。保存后，等这个代码的检查"
            "马上重新核对，没有别的问题的就开始上传。代码可以按编码、名称、拼音或首字母找。"
        )

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        snapshots = [fact for fact in facts if isinstance(fact, Snapshot)]
        if snapshots and self.isVisible() and snapshots[-1].event_id != self._event_id:
            self._event_id = snapshots[-1].event_id
            self._ask_sets()
            self._table.reload()

    # Code sets

    def _ask_sets(self) -> None:
        self._context.tasks.run_task(self._control.overview, self._on_sets, self._on_failed)

    def _on_sets(self, found: tuple[CodeSetRow, ...]) -> None:
        is_first = not self._sets
        order = list(self._sets) or [one.name for one in found]
        self._sets = {one.name: one for one in found}
        if is_first:
            self._warm_timer.start()
        self._list.set_sections([self._section(self._sets[name]) for name in order])
        self._say_scope()
        self._offer_sets()
        if is_first and not self._wanted:
            self._table.show_set(self._list.chosen)
        elif self._wanted:
            self._show_wanted()

    def _section(self, one: CodeSetRow) -> Section:
        badge = Badge.of(State.NEEDS_FIX, f"{one.unmapped:,}") if one.unmapped else None
        icon = ("check", "text_3") if not one.unmapped and one.mapped else None
        return Section(one.name, one.title, one.name, badge, icon, is_code=True)

    def _say_scope(self) -> None:
        standard = self._context.services.work.standard
        missing = sum(one.unmapped for one in self._sets.values())
        mapped = sum(one.mapped for one in self._sets.values())
        state = (
            self.tr("{n} 个写法没有代码", "", missing).format(n=f"{missing:,}")
            if missing
            else self.tr("收到的写法都有代码")
        )
        self.header.set_subtitle(
            self._context.theme.join(
                self.tr("贵州 V{version}").format(version=standard.version),
                state,
                self.tr("已对照 {n} 条").format(n=f"{mapped:,}"),
            )
        )

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        name, _, value = wanted.partition("|")
        which = ""
        if wanted == "counted":
            which = MISSING
            name = next((one.name for one in self._sets.values() if one.unmapped), "")
        if name in self._sets:
            self._list.choose(name)
            self._table.show_set(name, which=which, local_value=value)

    def _on_set(self, name: str) -> None:
        self._editor.show_row(None)
        self._table.show_set(name)
        if self._browser.isVisible():
            self._on_browse()

    # One line

    def _on_row(self, mapping: MappingRow | None) -> None:
        if mapping is None and self._editor.is_adding:
            return
        draft = self._drafts.view.get(mapping.key) if mapping is not None else None
        self._editor.show_row(mapping, draft)

    def _on_activated(self) -> None:
        self._on_row(self._table.current())
        self._editor.focus_code()
        self._bring_editor_into_sight()

    def _on_add(self) -> None:
        self._editor.show_new(self._list.chosen)
        self._bring_editor_into_sight()

    def _bring_editor_into_sight(self) -> None:
        for area in self.findChildren(QScrollArea):
            inner = area.widget()
            if inner is not None and inner.isAncestorOf(self._editor):
                area.ensureWidgetVisible(self._editor)

    def _on_draft_made(self, key: Key, draft: Draft) -> None:
        self._drafts.put(key, draft)
        self.header.primary.setFocus()

    def _on_drafts(self) -> None:
        count = len(self._drafts)
        self._held = 0
        self._name_primary()
        if count:
            keys = tuple(self._drafts.view)

            def ask() -> tuple[tuple[Key, ...], int]:
                return keys, len(self._control.held_by(keys))

            self._context.tasks.run_task(ask, self._on_held)

    def _on_held(self, answer: tuple[tuple[Key, ...], int]) -> None:
        keys, held = answer
        if keys == tuple(self._drafts.view):
            self._held = held
            self._name_primary()

    def _name_primary(self) -> None:
        count = len(self._drafts)
        if not count:
            reason = self.tr("先选一行，再挑一个代码")
            self.header.set_primary(self.tr("保存对照"), reason=reason)
        elif self._held and count == 1:
            self.header.set_primary(self.tr("保存并放行 {n} 份").format(n=self._held))
        elif self._held:
            words = self.tr("保存 {count} 条并放行 {n} 份").format(count=count, n=self._held)
            self.header.set_primary(words)
        else:
            self.header.set_primary(self.tr("保存 {count} 条对照").format(count=count))

    # Saving

    def _on_save(self) -> None:
        self._saving.save(self._drafts.entries())

    def _on_begun(self) -> None:
        # a button that is switched off gives its focus to the table, which then shows a line
        self._was_adding = self._editor.is_adding
        self.header.primary.set_busy(self.tr("正在保存…"))

    def _on_saved(self, keys: tuple[Key, ...]) -> None:
        self.header.primary.clear_busy()
        self._drafts.drop(*keys)
        self._name_primary()
        self._ask_sets()
        if self._was_adding:
            self._editor.show_row(None)
            code_set, value = keys[0]
            self._table.show_set(code_set, local_value=value)
        else:
            self._table.reload()

    def _on_undone(self) -> None:
        self._ask_sets()
        self._table.reopen()

    def _on_refused(self, words: str) -> None:
        self.header.primary.clear_busy()
        self._name_primary()
        self._editor.set_problem(words)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    # Elsewhere

    def _on_secondary(self, key: str) -> None:
        {
            "add": self._on_add,
            "browse": self._on_browse,
            "import": self._transfer.choose_import,
            "export": self._transfer.choose_export,
        }[key]()

    def _on_browse(self) -> None:
        self._browser.show_set(self._list.chosen)
        self.open_drawer()

    def _on_waiting(self, mapping: MappingRow) -> None:
        self._context.open_page("needs_fix", f"code_unknown|{mapping.field}|{mapping.local_value}")

    @property
    def transfer(self) -> MappingTransfer:
        """Import and export, by path, for whoever has chosen the file already."""
        return self._transfer

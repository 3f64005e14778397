"""跨院调阅: why and whom, what other hospitals have, their images on this machine (V1.4, 2.6–2.8)."""

from __future__ import annotations

import webbrowser
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import PlatformError
from hbgz_desktop.model.other_hospitals import ImagesState
from hbgz_desktop.ui.failures import failure_words, toast_failure
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.other_hospitals_acts import EXAMINATION, FORM, LOOK, OutsideActs
from hbgz_desktop.ui.pages.other_hospitals_drawer import VIEWER, OutsideDrawer
from hbgz_desktop.ui.pages.other_hospitals_images import OutsideImages
from hbgz_desktop.ui.pages.other_hospitals_results import OutsideResults
from hbgz_desktop.ui.pages.other_hospitals_start import OutsideStart
from hbgz_desktop.ui.pages.other_hospitals_unready import OutsideUnready
from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords
from hbgz_desktop.ui.phrases import sentences
from hbgz_desktop.ui.states import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage

    from hbgz_desktop.model.other_hospitals import OutsideRow
    from hbgz_desktop.services.other_hospitals import Findings, OtherHospitals
    from hbgz_desktop.services.outside_fetch import FetchReport
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_images import ImagesLook

HOSTS_KEY = "other_hospitals.link_hosts"


class OtherHospitalsPage(Page):
    """The form first; then the list with its drawer, and the viewer above both."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget | None = None,
        *,
        open_address: Callable[[str], bool] = webbrowser.open,
    ) -> None:
        """Build it; nothing is asked before it is shown.

        Args:
            context: What every page gets.
            parent: Qt parent.
            open_address: Opens an address, unchanged, in the default browser; False when it cannot.
        """
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._words = OutsideWords(self)
        self._acts = OutsideActs(context, self._words, open_address, self)
        self._start = OutsideStart(context, self._words, self)
        self._results = OutsideResults(context, self._words, self)
        self._drawer = OutsideDrawer(context, self._words, self)
        self._images = OutsideImages(context, self._words, self)
        self._unready = OutsideUnready(context, self)
        self._stack = QStackedWidget(self)
        self._is_busy = False
        self._build()
        self._connect()
        self._show_head()

    @property
    def _outside(self) -> OtherHospitals:
        return self._context.services.other_hospitals

    def _build(self) -> None:
        self.header.set_title(self.tr("跨院调阅"))
        self.header.add_button("again", self.tr("重新查询"), "refresh")
        self.header.add_button("next", self.tr("换一位患者"))
        self.header.add_key_hint("Ctrl N")
        self.header.add_menu_entry("empty", self.tr("清空图像缓存"), "trash")
        self._start.setProperty("surface", "clear")
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._start)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._results.add_strip(self._images.runner.strip)
        for part in (self._area, self._results, self._unready):
            self._stack.addWidget(part)
        self.content.addWidget(self._stack, 1)
        self.add_drawer(self._drawer)
        self._images.viewer.raise_()

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_primary)
        self.header.secondary_requested.connect(self._on_secondary)
        self._start.changed.connect(self._show_head)
        self._start.form.completed.connect(self._on_completed)
        self._start.form.revealed.connect(self._on_form_revealed)
        self._start.look_chosen.connect(self._on_look_chosen)
        self._results.list.row_activated.connect(self._on_row_activated)
        self._results.list.row_changed.connect(self._on_row_changed)
        self._results.list.escape_pressed.connect(self._drawer.close_drawer)
        self._results.wider_requested.connect(self._on_wider)
        self._results.again_requested.connect(self._ask)
        self._results.revealed.connect(self._on_look_revealed)
        self._drawer.closed.connect(self._on_closed)
        self._acts.emptied.connect(self._start.look)
        self._drawer.action_requested.connect(self._on_fetch)
        self._drawer.link_requested.connect(self._on_link)
        self._drawer.revealed.connect(self._on_exam_revealed)
        self._drawer.settings_requested.connect(self._on_settings)
        self._drawer.pictures.series_opened.connect(self._images.view)
        self._images.looked.connect(self._on_looked)
        self._images.ended.connect(self._on_ended)
        self._images.failed.connect(self._on_images_failed)
        self._images.runner.busy_changed.connect(self._show_head)
        self._images.viewer.closed.connect(self.focus_content)
        self._unready.looked.connect(self._on_ready)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_next)

    # Head

    @property
    def _is_working(self) -> bool:
        return self._stack.currentWidget() is self._results

    def _show_head(self) -> None:
        self.header.button("again").setVisible(self._is_working)
        ask = self.tr("查询其他医院的检查")
        if self._stack.currentWidget() is self._unready:
            self.header.set_primary(ask, "search", reason=self.tr("贵州平台还没有设置好"))
            return
        if self._is_busy:
            self.header.set_primary(ask, "search", reason=self.tr("等平台应答"))
            return
        if not self._is_working:
            self.header.set_subtitle(
                self.tr("看这位患者在其他医院的检查；谁看了、为什么看，都会记下来")
            )
            self.header.set_primary(ask, "search")
            return
        self.header.set_subtitle(self._results.summary())
        self._show_row_primary(self._results.list.current())

    def _show_row_primary(self, row: OutsideRow | None) -> None:
        if row is None:
            self.header.set_primary(self.tr("取回图像"), "download", reason=self.tr("先选一份检查"))
        elif row.exam.cached:
            words = self.tr("看图 {n} 幅").format(n=f"{row.exam.cached:,}")
            self.header.set_primary(words, "image")
        elif row.images is ImagesState.LINK_ONLY:
            reason = self._words.link_trouble(row.viewer)
            self.header.set_primary(self.tr("打开影像页"), "external_link", reason=reason)
        else:
            is_there = row.images is ImagesState.FETCHABLE
            reason = "" if is_there else self._words.images_step(row)[0]
            if self._images.runner.is_busy:
                is_this = self._images.fetching_id == row.id
                others = self.tr("正在取另一份的图像，取完再取这份")
                reason = self.tr("正在取") if is_this else others
            self.header.set_primary(self.tr("取回图像"), "download", reason=reason)

    def _on_primary(self) -> None:
        row = self._results.list.current() if self._is_working else None
        if not self._is_working:
            self._ask()
        elif row is None:
            return
        elif row.exam.cached:
            self._open_row(row)
            self._images.view(self._drawer.pictures.chosen)
        elif row.images is ImagesState.LINK_ONLY:
            self._acts.open_link(row, VIEWER)
        else:
            self._open_row(row)
            self._images.fetch(row)

    def _on_secondary(self, key: str) -> None:
        if key == "next":
            self._on_next()
        elif key == "again":
            self._ask()
        else:
            self._acts.empty_cache()

    def _on_next(self) -> None:
        if self._stack.currentWidget() is self._unready:
            return
        self._is_busy = False
        self._drawer.close_drawer()
        self._images.show(None)
        self._results.clear()
        self._stack.setCurrentWidget(self._area)
        self._start.clear()
        self._start.look()
        self._start.form.focus_first()
        self._show_head()

    # Asking

    def _ask(self) -> None:
        if self._is_busy or not self._start.is_sound():
            return
        form = self._start.form
        work = partial(self._outside.search, form.question(), form.why())
        self._begin(work)

    def _begin(self, work: Callable[[], Findings]) -> None:
        self._is_busy = True
        self._start.say_busy()
        self._results.say_busy()
        self._show_head()
        self._context.tasks.run_task(work, self._on_found, self._on_ask_failed)

    def _on_found(self, found: Findings) -> None:
        self._is_busy = False
        self._drawer.close_drawer()
        self._images.show(None)
        if found.look.question is not None:
            self._start.form.set_question(found.look.question, found.look.reason)
        self._start.say_empty()
        self._stack.setCurrentWidget(self._results)
        self._results.show_findings(found)
        self._show_head()
        self.focus_content()

    def _on_ask_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._show_head()
        words = failure_words(self._context, error)
        if isinstance(error, PlatformError) and error.retryable:
            cause = self._context.texts.of(error.code, error.facts).title
            words = sentences(cause, self.tr("过一会儿再查一次；一直不行请信息科看。"))
        title = self.tr("没有查到，平台没有给结果")
        self._start.box.set_step(Tone.BAD, title, words)
        self._results.say_failed(title, words)

    def _on_wider(self) -> None:
        self._start.form.set_range("all")
        self._ask()

    def _on_look_chosen(self, look_id: int) -> None:
        if not self._is_busy:
            self._begin(partial(self._outside.reopen, look_id))

    # One examination

    def _on_row_changed(self, examination_id: object) -> None:
        row = self._results.list.row(examination_id)
        if row is not None and self._drawer.isVisible():
            self._open_row(row)
        self._show_head()

    def _on_row_activated(self, examination_id: object) -> None:
        row = self._results.list.row(examination_id)
        if row is not None:
            self._open_row(row)

    def _open_row(self, row: OutsideRow) -> None:
        self._drawer.show_row(row, self._progress_of(row))
        self._images.show(row.id)
        if not self._drawer.isVisible():
            self.open_drawer()

    def _progress_of(self, row: OutsideRow) -> tuple[int, int, int] | None:
        return self._images.progress if self._images.fetching_id == row.id else None

    def _on_looked(self, look: ImagesLook, pictures: Mapping[int, QImage | str]) -> None:
        progress = self._progress_of(look.row)
        self._drawer.show_row(look.row, progress)
        self._drawer.show_look(look, pictures)
        running = progress[:2] if progress is not None else None
        self._results.list.update_row(look.row, running)
        self._show_head()

    def _on_fetch(self) -> None:
        row = self._drawer.row
        if row is not None and self._images.fetching_id == row.id:
            self._images.stop()
        elif row is not None:
            self._images.fetch(row)

    def _on_ended(self, _examination_id: int, report: FetchReport) -> None:
        self._show_head()
        if report.error is not None:
            why = failure_words(self._context, report.error)
            self._results.say_failed(self.tr("图像没有取完，到了的留着"), why)
            return
        words = self.tr("{n} 幅都取回来了")
        if report.is_stopped:
            words = self.tr("停下了：取回 {n}/{m} 幅，留着，可以接着取")
        elif report.refused:
            words = self.tr("取回 {n}/{m} 幅，其余的平台没有给")
        count = words.format(n=f"{report.cached:,}", m=f"{report.total:,}")
        self._context.notices.toast(count)

    def _on_images_failed(self, error: Exception) -> None:
        self._show_head()
        toast_failure(self._context, error)

    # Slots

    def _on_completed(self) -> None:
        self.header.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_form_revealed(self) -> None:
        self._acts.note_revealed(FORM)

    def _on_look_revealed(self, look_id: int) -> None:
        self._acts.note_revealed(LOOK, look_id)

    def _on_exam_revealed(self, examination_id: int) -> None:
        self._acts.note_revealed(EXAMINATION, examination_id)

    def _on_link(self, kind: str) -> None:
        if self._drawer.row is not None:
            self._acts.open_link(self._drawer.row, kind)

    def _on_settings(self) -> None:
        self._context.open_page("settings", HOSTS_KEY)

    def _on_closed(self) -> None:
        self._images.show(None)

    def _on_ready(self, is_ready: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        if not is_ready:
            self._stack.setCurrentWidget(self._unready)
        elif self._stack.currentWidget() is self._unready:
            self._stack.setCurrentWidget(self._area)
            self._start.form.focus_first()
        self.header.button("next").setEnabled(is_ready)
        self._show_head()

    # What the window asks

    @override
    def activate(self) -> None:
        self._unready.look()
        self._start.look()
        self.focus_content()

    @override
    def deactivate(self) -> None:
        self._images.viewer.leave()
        self._hide_values()

    def _hide_values(self) -> None:
        self._start.form.hide_values()
        self._results.hide_values()
        self._drawer.hide_values()

    @override
    def refresh(self) -> None:
        self._unready.look()
        self._start.look()

    @override
    def focus_filter(self) -> None:
        if self._is_working:
            self._results.list.filter.focus_search()
        else:
            self._start.form.focus_first()

    @override
    def focus_content(self) -> None:
        if self._is_working:
            self._results.list.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self._area:
            self._start.form.focus_first()

    @override
    def go_to_problem(self, step: int) -> None:
        if not self._is_working:
            self._start.form.go_to_problem(step)

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        self._results.set_privacy(is_hidden=is_hidden)
        self._drawer.set_privacy(is_hidden=is_hidden)
        if is_hidden:
            self._hide_values()

    @override
    def help_text(self) -> str:
        return self.tr(
            "先选为什么看，再扫身份证或填证件号，Ctrl+Enter 查询。查到的按医院列出来，点列名可以按日期或部位排。"
            "有图像的取到本机缓存里看，第一幅到了就能看；只有网页的在浏览器里打开，主机要信息科允许。"
            "谁看了谁、什么时候、为什么，每一步都记在操作记录里。缓存里的图像过几天自动清掉，绝不上传。"
        )

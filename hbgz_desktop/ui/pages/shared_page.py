"""共享调阅: open the platform's shared page for one visit and take over what the physician recognised (2.2.3.4-6)."""

from __future__ import annotations

import webbrowser
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.sharing_launch import LaunchState, SharingForm
from hbgz_desktop.ui.failures import failure_words, toast_failure
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
from hbgz_desktop.ui.pages.hebei_unready import HebeiUnready
from hbgz_desktop.ui.pages.shared_start import SharedStart
from hbgz_desktop.ui.pages.shared_work import Fetched, SharedWork
from hbgz_desktop.ui.states import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.shared_viewing import OrderRelation
    from hbgz_desktop.model.sharing_launch import SharingLaunch
    from hbgz_desktop.services.shared_viewing import SharedViewing
    from hbgz_desktop.ui.page_context import PageContext


class SharedPage(Page):
    """First whom and why; then three steps: asked, in the browser, taken over.

    ``show_rows`` knows ``authorization:<id>``: fill in that authorization's values; and
    ``launch:<id>``: go on with that launch, or ask again for its visit where no page was opened.
    """

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
        self._open_address = open_address
        self._words = AuthorizationWords(context.theme, context.texts, self)
        self._start = SharedStart(context, self._words, self)
        self._work = SharedWork(context, open_address, self)
        self._unready = HebeiUnready(context, self)
        self._stack = QStackedWidget(self)
        self._launch: SharingLaunch | None = None
        self._is_busy = False
        self._build()
        self._connect()
        self._show_head()

    @property
    def _viewing(self) -> SharedViewing:
        return self._context.services.shared_viewing

    def _build(self) -> None:
        self.header.set_title(self.tr("共享调阅"))
        self.header.add_button("again", self.tr("重新查询"), "refresh")
        self.header.add_button("next", self.tr("换一位患者"))
        self.header.add_key_hint("Ctrl N")
        self._areas = [self._area(self._start), self._area(self._work)]
        for part in (*self._areas, self._unready):
            self._stack.addWidget(part)
        self.content.addWidget(self._stack, 1)
        self.add_drawer(self._work.drawer)

    def _area(self, inner: QWidget) -> QScrollArea:
        inner.setProperty("surface", "clear")
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_primary)
        self.header.secondary_requested.connect(self._on_secondary)
        self._start.changed.connect(self._show_head)
        self._start.form.completed.connect(self._on_completed)
        self._start.form.revealed.connect(self._on_revealed)
        self._work.group_opened.connect(self.open_drawer)
        self._unready.looked.connect(self._on_looked)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_next)

    # Head

    @property
    def _is_working(self) -> bool:
        return self._stack.currentWidget() is self._areas[1]

    def _show_head(self) -> None:
        launch = self._launch
        self.header.button("again").setVisible(self._is_working)
        if self._stack.currentWidget() is self._unready:
            reason = self.tr("河北平台还没有设置好")
            self.header.set_primary(self.tr("查询可互认结果"), "search", reason=reason)
        elif not self._is_working or launch is None:
            self.header.set_subtitle(
                self.tr("看这位患者在其他医院的检查检验结果，由医生决定是否互认")
            )
            reason = self.tr("等平台应答") if self._is_busy else ""
            self.header.set_primary(self.tr("查询可互认结果"), "search", reason=reason)
        else:
            person = self._words.person(launch.visit)
            visit = self.tr("就诊 {number}").format(number=launch.visit.visit_no)
            self.header.set_subtitle(self._context.theme.join(person, visit))
            self._show_work_primary(launch)

    def _show_work_primary(self, launch: SharingLaunch) -> None:
        reason = self.tr("等平台应答") if self._is_busy else ""
        if launch.state is LaunchState.NOTHING:
            self.header.set_primary(self.tr("换一位患者"), "arrow_right", reason=reason)
        elif launch.state is LaunchState.ASKED:
            self.header.set_primary(self.tr("打开共享页面"), "external_link", reason=reason)
        else:
            self.header.set_primary(self.tr("取回处理结果"), "download", reason=reason)

    def _on_primary(self) -> None:
        launch = self._launch
        if not self._is_working or launch is None:
            self._ask()
        elif launch.state is LaunchState.NOTHING:
            self._on_next()
        elif launch.state is LaunchState.ASKED:
            self._open()
        else:
            self._fetch(launch)

    def _on_secondary(self, key: str) -> None:
        if key == "next":
            self._on_next()
        else:
            self._ask()

    def _on_next(self) -> None:
        if self._stack.currentWidget() is self._unready:
            return
        self._launch = None
        self._is_busy = False
        self._work.drawer.close_drawer()
        self._work.clear()
        self._stack.setCurrentWidget(self._areas[0])
        self._start.clear()
        self._start.look()
        self._show_head()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._show_head()

    # Asking and opening

    def _ask(self) -> None:
        if self._is_busy or not self._start.is_sound():
            return
        wanted = self._start.sharing_form()
        self._set_busy(is_busy=True)
        words = self.tr("正在问平台有没有可互认的结果")
        self._start.box.set_step(Tone.COOL, words)
        self._work.say(Tone.COOL, words)
        work = partial(_ask_and_open, self._viewing, wanted, self._open_address)
        self._context.tasks.run_task(work, self._on_asked, self._on_ask_failed)

    def _on_asked(self, answer: tuple[SharingLaunch, Exception | None]) -> None:
        launch, error = answer
        self._launch = launch
        self._work.show_launch(launch, self._start.sharing_form().relation)
        self._stack.setCurrentWidget(self._areas[1])
        self._set_busy(is_busy=False)
        if error is not None:
            self._work.say(Tone.BAD, self.tr("浏览器没有打开"), failure_words(self._context, error))
        self.header.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ask_failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        words = failure_words(self._context, error)
        for say in (self._start.box.set_step, self._work.say):
            say(Tone.BAD, self.tr("没有查到，平台没有给结果"), words)

    def _open(self) -> None:
        if self._launch is None or self._is_busy:
            return
        self._set_busy(is_busy=True)
        work = partial(_open, self._viewing, self._launch, self._open_address)
        self._context.tasks.run_task(work, self._on_asked, self._on_ask_failed)

    # Fetching

    def _fetch(self, launch: SharingLaunch) -> None:
        if self._is_busy or not self._work.orders.is_complete():
            return
        self._set_busy(is_busy=True)
        self._work.say(Tone.COOL, self.tr("正在取回处理结果"))
        work = partial(_fetch, self._viewing, launch.id, self._work.orders.relation())
        self._context.tasks.run_task(work, self._on_fetched, self._on_fetch_failed)

    def _on_fetched(self, fetched: Fetched) -> None:
        self._launch = fetched.results.launch
        self._work.show_fetched(fetched)
        self._set_busy(is_busy=False)

    def _on_fetch_failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        self._work.say(Tone.BAD, self.tr("没有取回"), failure_words(self._context, error))

    # From outside

    def fill(self, wanted: SharingForm) -> None:
        """A HIS asks from outside: the form is filled, nothing is sent before a person says so (DESIGN 11)."""
        if self._stack.currentWidget() is not self._unready:
            self._stack.setCurrentWidget(self._areas[0])
        self._launch = None
        self._work.clear()
        self._start.set_form(wanted, self.tr("HIS 给的"))
        self._start.box.set_step(
            Tone.WARM,
            self.tr("HIS 请求查看这位患者，核对后再查询"),
            self.tr("还什么都没有发出。不是这位患者就按 Ctrl+N 清掉。"),
        )
        self._show_head()
        self.header.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    # Slots

    def _on_completed(self) -> None:
        self.header.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_revealed(self, _field: str) -> None:
        note = partial(self._context.services.reveal, "sharing_launch", 0)
        self._context.tasks.run_task(note, self._on_noted)

    def _on_noted(self, _done: object) -> None:
        """The trail has it."""

    def _on_looked(self, is_ready: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        if not is_ready:
            self._stack.setCurrentWidget(self._unready)
        elif self._stack.currentWidget() is self._unready:
            self._stack.setCurrentWidget(self._areas[0])
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
        self._start.form.hide_values()

    @override
    def refresh(self) -> None:
        self._unready.look()
        self._start.look()

    @override
    def focus_filter(self) -> None:
        if not self._is_working:
            self._start.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def focus_content(self) -> None:
        if self._is_working:
            self.header.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self._areas[0]:
            self._start.form.focus_first()

    @override
    def go_to_problem(self, step: int) -> None:
        self._start.form.go_to_problem(step)

    @override
    def show_rows(self, rows: str) -> None:
        name, _, number = rows.partition(":")
        if name == "authorization" and number.isdecimal():
            self._on_next()
            self._start.choose(int(number))
        elif name == "launch" and number.isdecimal():
            ask = partial(self._viewing.launch, int(number))
            self._context.tasks.run_task(ask, self._on_launch, self._on_failed)

    def _on_launch(self, launch: SharingLaunch) -> None:
        """One of earlier: its page is in the browser, or its address is gone (H075)."""
        self._on_next()
        if self._stack.currentWidget() is self._unready:
            return
        wanted = SharingForm(
            launch.visit,
            launch.request,
            launch.his_dept_code,
            launch.his_user_code,
            launch.authorization_id,
        )
        self._start.set_form(wanted, self.tr("上次查的"))
        if launch.opened_at is None:
            self._start.box.set_step(Tone.OK, self.tr("已填好，要看就再查一次"))
            return
        self._launch = launch
        self._work.show_launch(launch, wanted.relation)
        self._stack.setCurrentWidget(self._areas[1])
        self._show_head()

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        if is_hidden:
            self._start.form.hide_values()

    @override
    def set_drawer_covers(self, *, covers: bool) -> None:
        super().set_drawer_covers(covers=True)  # the tables need the width, whatever the window's

    @override
    def help_text(self) -> str:
        return self.tr(
            "先选已授权的患者，Ctrl+Enter 查询。有可互认的结果，就在浏览器里打开平台的共享页面，由医生处理；"
            "都没有就到此为止。平台不通知医生做完了没有：处理完回来按“取回处理结果”，可以取很多次。"
            "页面的地址只能打开一次，要再看就重新查询。取回的结果可以复制成文字，也可以导出给 HIS。"
        )

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def _ask_and_open(
    viewing: SharedViewing, wanted: SharingForm, open_address: Callable[[str], bool]
) -> tuple[SharingLaunch, Exception | None]:
    launch = viewing.ask(wanted)
    return _open(viewing, launch, open_address) if launch.has_results else (launch, None)


def _open(
    viewing: SharedViewing, launch: SharingLaunch, open_address: Callable[[str], bool]
) -> tuple[SharingLaunch, Exception | None]:
    try:
        return viewing.open(launch, open_address), None
    except UsageError as error:
        return launch, error


def _fetch(viewing: SharedViewing, launch_id: int, relation: OrderRelation) -> Fetched:
    results = viewing.fetch_results(launch_id)
    orders = None if relation.is_empty else viewing.fetch_orders(launch_id, relation)
    return Fetched(results, orders)

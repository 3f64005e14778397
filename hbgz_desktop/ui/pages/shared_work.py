"""After the platform was asked: three steps, counts, orders, results, and ways out of the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import OrderRelation, is_page_host_allowed
from hbgz_desktop.model.sharing_launch import LaunchState, OrdersLook, ResultsLook, SharingLaunch
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.shared_drawer import SharedDrawer
from hbgz_desktop.ui.pages.shared_orders import OrdersCard
from hbgz_desktop.ui.pages.shared_results import CountsCard, ResultsCard
from hbgz_desktop.ui.pages.shared_words import SharedWords
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.steps_bar import Step, StepsBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext

_TEXT, _XLSX, _JSON = "text", "xlsx", "json"


@dataclass(frozen=True)
class Fetched:
    """What one press of 取回处理结果 brought; no orders when none was given."""

    results: ResultsLook
    orders: OrdersLook | None


class SharedWork(QWidget):
    """Shows one launch.

    Signals:
        group_opened: A result is in the drawer now: show it.

    Attributes:
        orders: The HIS's orders.
        drawer: One result in full; the page places it.
    """

    group_opened = Signal()

    def __init__(
        self, context: PageContext, open_address: Callable[[str], bool], parent: QWidget
    ) -> None:
        """Build it without a launch."""
        super().__init__(parent)
        self._context = context
        self._open_address = open_address
        self._look: ResultsLook | None = None
        theme = context.theme
        words = SharedWords(self)
        self._steps = StepsBar(theme, [Step(""), Step(""), Step("")], 0, self)
        self._box = NextStepBox(theme, parent=self)
        self._counts = CountsCard(context, self)
        self.orders = OrdersCard(context, words, self)
        self._results = ResultsCard(context, words, self)
        self.drawer = SharedDrawer(context, words, self)
        self._buttons = {
            _TEXT: Button(theme, self.tr("复制为文字"), "quiet", "copy", self),
            _XLSX: Button(theme, self.tr("导出 XLSX…"), "quiet", "export", self),
            _JSON: Button(theme, self.tr("导出 JSON…"), "quiet", "export", self),
        }
        for key, button in self._buttons.items():
            button.setProperty("key", key)
            button.clicked.connect(self._on_out)
            self._results.buttons.addWidget(button)
        self._counts.chosen.connect(self._results.show_only)
        self._results.opened.connect(self._on_opened)
        self.drawer.link_requested.connect(self._on_link)
        self._build()

    def _build(self) -> None:
        steps = Card(parent=self)
        steps.body.addWidget(self._steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (steps, self._box, self._counts, self.orders, self._results):
            layout.addWidget(part)
        layout.addStretch(1)

    def say(self, tone: Tone, title: str, detail: str = "") -> None:
        """What is going on, or what went wrong."""
        self._box.set_step(tone, title, detail)

    def clear(self) -> None:
        """Nothing of this patient stays."""
        self._look = None
        self.orders.clear()
        self._results.hide()

    def show_launch(self, launch: SharingLaunch, relation: OrderRelation) -> None:
        """The platform was asked: what it offered, and whether the page is open."""
        self.clear()
        self.orders.set_relation(relation)
        has_something = launch.state is not LaunchState.NOTHING
        self._counts.setVisible(has_something)
        self.orders.setVisible(has_something)
        self._counts.show_launch(launch)
        self._show_steps(launch)
        if not has_something:
            self.say(
                Tone.OK,
                self.tr("没有可互认的结果，不用打开页面"),
                self.tr("平台上检查 0 份、检验 0 项。到此为止，照常开单。"),
            )
        elif launch.opened_at is None:
            self.say(Tone.WARM, self.tr("共享页面还没有打开"), self.tr("按“打开共享页面”。"))
        else:
            self.say(
                Tone.COOL,
                self.tr("共享页面已在浏览器里打开，请医生处理"),
                self.tr("平台不通知做完了没有；处理完回来按“取回处理结果”，可以取很多次。"),
            )

    def _show_steps(self, launch: SharingLaunch) -> None:
        join = self._context.theme.join
        asked = self.tr("检查 {studies} 份，检验 {labs} 项").format(
            studies="?" if launch.study_count is None else launch.study_count,
            labs="?" if launch.lab_count is None else launch.lab_count,
        )
        opened = self.tr("平台不通知做完，要取回才知道")
        if launch.opened_at is not None:
            at = self.tr("{at} 打开").format(at=moment_words(launch.opened_at))
            opened = join(at, opened)
        elif launch.state is LaunchState.NOTHING:
            opened = self.tr("没有可看的，不用打开")
        fetched = self.tr("还没有取回")
        if launch.results_at is not None:
            at = self.tr("{at} 取回").format(at=moment_words(launch.results_at))
            fetched = join(at, self.tr("可以再取"))
        current = 1 if launch.opened_at is None else 2
        steps = (
            Step(self.tr("查询可互认结果"), join(moment_words(launch.created_at), asked)),
            Step(self.tr("医生在浏览器里处理"), opened),
            Step(self.tr("取回处理结果"), fetched),
        )
        self._steps.set_steps(steps, current)

    def show_fetched(self, fetched: Fetched) -> None:
        """What the physician did, as far as the platform knows."""
        look = self._look = fetched.results
        self._show_steps(look.launch)
        self._counts.show_look(look)
        self._results.setVisible(not look.is_empty)
        self._results.show_look(look)
        if fetched.orders is not None:
            self.orders.show_outcome(fetched.orders.lines)
        self._say_fetched(look)

    def _say_fetched(self, look: ResultsLook) -> None:
        if look.is_empty:
            self.say(
                Tone.WARM,
                self.tr("还没有处理过任何结果"),
                self.tr("医生还没处理，或者没有互认就关了页面。处理完可以再取。"),
            )
        elif not look.has_recognised:
            self.say(
                Tone.WARM,
                self.tr("处理过了，没有互认任何结果"),
                self.tr("不互认的理由在下面；该做的检查照常开单。"),
            )
        else:
            words = self.tr("互认了 {n} 项").format(n=look.recognised_count)
            self.say(Tone.OK, words, self.tr("可以复制成文字，或导出给 HIS；也可以再取一次。"))

    # One result

    def _on_opened(self, group: int, detail: int) -> None:
        if self._look is None:
            return
        groups = self._context.services.shared_viewing.readable(self._look)
        self.drawer.show_group(groups[group], detail)
        self.group_opened.emit()

    def _on_link(self, url: str) -> None:
        work = partial(_open_link, self._context.services, url, self._open_address)
        self._context.tasks.run_task(work, self._on_link_opened, self._on_failed)

    def _on_link_opened(self, _done: object) -> None:
        self._context.notices.toast(self.tr("已在浏览器里打开"))

    # Out of the program

    def _on_out(self) -> None:
        key = str(self.sender().property("key"))
        if self._look is None:
            return
        if key == _TEXT:
            work = partial(self._context.services.shared_viewing.as_text, self._look)
            self._context.tasks.run_task(work, self._on_text, self._on_failed)
            return
        name = self.tr("互认结果") + f"-{self._look.launch.id}.{key}"
        kinds = f"{key.upper()} (*.{key})"
        dialog = QFileDialog(self.window(), self.tr("导出互认结果"), name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(key)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: str) -> None:
        """Write the results to a file, as its ending says."""
        if self._look is None:
            return
        viewing, file = self._context.services.shared_viewing, Path(path)
        export = viewing.export_json if file.suffix.lower() == ".json" else viewing.export_xlsx
        work = partial(_write, partial(export, self._look, file), file.name)
        self._context.tasks.run_task(work, self._on_written, self._on_failed)

    def _on_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.notices.toast(self.tr("已复制成文字，可以粘贴到病历里"))

    def _on_written(self, name: str) -> None:
        self._context.notices.toast(self.tr("已导出到 {name}").format(name=name))

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def _write(export: Callable[[], None], name: str) -> str:
    export()
    return name


def _open_link(services: ConsoleServices, url: str, open_address: Callable[[str], bool]) -> None:
    """Open an image or a PDF in the browser, if its host is the platform's or a configured one (DESIGN 11)."""
    own = services.work.settings().hebei
    if not is_page_host_allowed(url, own.base_url, own.page_hosts):
        raise UsageError("sharing_link_refused", setting="hebei.page_hosts")
    if not open_address(url):
        raise UsageError("page_not_opened")

"""The console put together: window, pages, live data, tray. Built once by ``app``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from hbgz_desktop.model.authorization import AuthorizationFilter
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.model.permissions import page_roles
from hbgz_desktop.model.settings import DELIVERY_PLATFORMS
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.ui.event_bridge import EventBridge
from hbgz_desktop.ui.feed import Feed
from hbgz_desktop.ui.leaving import Leaving
from hbgz_desktop.ui.live_status import LiveStatus
from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.operator_desk import OperatorDesk
from hbgz_desktop.ui.page_context import PageContext
from hbgz_desktop.ui.page_makers import MAKERS, import_pages
from hbgz_desktop.ui.page_spec import PageSpec
from hbgz_desktop.ui.patient_search import PatientSearch
from hbgz_desktop.ui.sharing_inbox import SharingInbox
from hbgz_desktop.ui.theme import Density

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.application import ConsoleApplication
    from hbgz_desktop.ui.page import Page

_EVERY: frozenset[str] = frozenset()


class ConsoleWindow(QObject):
    """Owns the window and everything that lives with it.

    Signals:
        finished: The person has left; the program may end.

    Attributes:
        window: The main window.
        context: What the pages were given.
    """

    finished = Signal()

    def __init__(
        self,
        console: ConsoleApplication,
        services: ConsoleServices,
        texts: ErrorTexts,
        *,
        on_rehearse: Callable[[str], None],
        window: MainWindow | None = None,
    ) -> None:
        """Build everything; nothing is read before ``start``.

        Args:
            console: Qt, theme, tasks and notices.
            services: The door to the data.
            texts: Words for codes, in the console's language.
            on_rehearse: Starts the simulated platform of this name for practice.
            window: The furnished window that stands already; one is made when None.
        """
        super().__init__(console.qt)
        self._console = console
        self._services = services
        settings = services.work.settings()
        hospital = settings.hospital.name or self.tr("还没有填医院名称")
        if window is None:
            title = self.tr("互认前置台")
            window = MainWindow.furnished(console.theme, console.notices, title, hospital)
        window.navigation.set_hospital(hospital)
        self.window = window
        self._feed = Feed(services)
        self._bridge = EventBridge(console.tasks, self._feed.poll, self)
        self.context = PageContext(
            theme=console.theme,
            services=services,
            tasks=console.tasks,
            notices=console.notices,
            bridge=self._bridge,
            texts=texts,
            open_page=self._open_page,
            show_study=self._show_study,
            is_it=console.theme.is_dense,
            rehearse=on_rehearse,
            operators_changed=self._on_operators_changed,
        )
        self._status = LiveStatus(self.context, self.window)
        console.tasks.run_task(texts.codes, self._on_texts)
        self._leaving = Leaving(self.context, self.window)
        self._status.attention_grew.connect(self._leaving.tray.on_attention_grew)
        self._search = PatientSearch(self.context, self.window)
        self.window.search_requested.connect(self._search.open_search)
        self.window.closing.connect(self._on_closing)
        self._platforms = pages_for(settings.enabled_platforms())
        self._bridge.facts_arrived.connect(self._on_facts)
        self._bridge.facts_arrived.connect(self._on_first_facts)
        self.window.set_pages(self._specs(), self._platforms, self._page_role())
        self._inbox = SharingInbox(self.context, self.window)
        self._operators = OperatorDesk(self.context, self.window)
        self._operators.operator_changed.connect(self._on_operator_changed)

    def _on_texts(self, _codes: object) -> None:
        """The words for codes are in memory before a page asks for the first."""

    def _specs(self) -> list[PageSpec]:
        data, system = self.tr("数据"), self.tr("系统")
        uploads, hebei = frozenset(DELIVERY_PLATFORMS), frozenset({"hebei"})
        desk, guizhou = self.tr("前台"), frozenset({"guizhou"})
        spec = self._spec
        return [
            spec("overview", self.tr("总览")),
            spec("needs_fix", self.tr("待处理")),
            spec("studies", self.tr("检查")),
            spec("queue", self.tr("上传队列"), platforms=uploads),
            spec("authorization", self.tr("患者授权"), desk, platforms=hebei),
            spec("shared", self.tr("共享调阅"), desk, platforms=hebei),
            spec(
                "other_hospitals",
                self.tr("跨院调阅"),
                desk,
                icon="cross_hospital",
                platforms=guizhou,
            ),
            spec("mapping", self.tr("字典对照"), data, platforms=uploads),
            spec("audit", self.tr("操作记录"), system),
            spec("log", self.tr("运行日志"), system, roles=frozenset(page_roles("log"))),
            spec("settings", self.tr("设置"), system),
        ]

    def _spec(
        self,
        key: str,
        title: str,
        section: str = "",
        *,
        icon: str = "",
        platforms: frozenset[str] = _EVERY,
        roles: frozenset[str] = _EVERY,
    ) -> PageSpec:
        return PageSpec(
            key, title, icon or key, section, partial(self._make, key), platforms, roles
        )

    def _make(self, key: str) -> Page:
        return MAKERS[key](self.context)

    def _page_role(self) -> str:
        """Whose pages there are: everyone has all of them until roles hold."""
        accounts = self._services.accounts
        return (accounts.current().role if accounts.is_guarded else Role.IT).value

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        """Another province was chosen, here or by another program: its pages come, the others go."""
        for fact in facts:
            if isinstance(fact, Snapshot):
                platforms = pages_for([one.platform for one in fact.platforms])
                if platforms != self._platforms:
                    self._platforms = platforms
                    self.window.set_pages(self._specs(), platforms, self._page_role())

    def _on_first_facts(self, _facts: tuple[object, ...]) -> None:
        """The first page is alive: the others get ready."""
        self._bridge.facts_arrived.disconnect(self._on_first_facts)
        self._console.tasks.run_task(import_pages, self._on_imported)

    def _on_imported(self, _nothing: object) -> None:
        """Every page opens at once from now on."""

    def _on_operators_changed(self) -> None:
        # a page asks from inside a slot of its own: it must not be taken away before that is over
        QTimer.singleShot(0, self._operators.look_again)

    def _on_operator_changed(self) -> None:
        """Another person, or another role: the look and every page are theirs from now on."""
        is_it = self._services.accounts.current().role is Role.IT
        self._console.theme.set_density(Density.IT if is_it else Density.CLERK)
        self.context = replace(self.context, is_it=is_it)
        self.window.renew_pages(self._specs(), self._platforms, self._page_role())

    def start(self) -> None:
        """Show the window, begin to follow, and see that an engine runs."""
        self.window.show()
        self._operators.start()
        supervisor = self._services.supervisor
        supervisor.expect_start()  # the first look at it must not call it dead
        self._bridge.start()
        self._inbox.look()
        self._console.tasks.run_task(
            supervisor.ensure_running, self._on_engine, self._on_engine_failed
        )

    def follow(self) -> None:
        """Begin to follow live data without starting an engine."""
        self._bridge.start()

    def show_newest_study(self) -> None:
        """Open the drawer of the study that came last, when there is one."""
        browsing = self._services.browsing
        self._console.tasks.run_task(
            partial(browsing.studies.page, StudyFilter(), limit=1), self._on_newest
        )

    def _on_newest(self, rows: tuple[StudyRow, ...]) -> None:
        for row in rows:
            self._show_study(row.examination_id or 0, row.study_id or 0)

    def show_newest_authorization(self) -> None:
        """Fill 共享调阅 with the patient who authorized last, when there is one."""
        authorization = self._services.authorization
        self._console.tasks.run_task(
            partial(authorization.page, AuthorizationFilter(), limit=1),
            self._on_newest_authorization,
        )

    def _on_newest_authorization(self, rows: tuple[Authorization, ...]) -> None:
        for row in rows:
            self.window.show_page("shared", f"authorization:{row.id}")

    def page_keys(self) -> tuple[str, ...]:
        """Keys of the pages there are, in the order of the navigation."""
        return tuple(spec.key for spec in self._specs() if self.window.has_page(spec.key))

    def _on_engine(self, _status: object) -> None:
        """It runs, or its silence shows as a banner at the next snapshot."""

    def _on_engine_failed(self, error: Exception) -> None:
        self._console.notices.report_bug(error)

    def _open_page(self, key: str, rows: str) -> None:
        if self.window.has_page(key):
            self.window.show_page(key, rows)
        else:
            self._console.notices.toast(
                self.tr("这一页是信息科的。请信息科的人按 F9 换成自己的名字。")
            )

    def _show_study(self, examination_id: int, study_id: int) -> None:
        from hbgz_desktop.ui.pages.studies_page import StudiesPage  # see page_makers

        self.window.show_page("studies")
        page = self.window.page("studies")
        if isinstance(page, StudiesPage):
            page.show_study(examination_id, study_id)

    def leave(self) -> None:
        """End the console; the engine goes on as it is."""
        self._leaving.leave()

    def end_soon(self) -> None:
        """The system or a terminal wants the program to end; safe from any thread."""
        self._leaving.end_requested.emit()

    def _on_closing(self) -> None:
        self._services.supervisor.close()
        self._bridge.stop()
        self.finished.emit()


def pages_for(platforms: Collection[str]) -> frozenset[str]:
    """Whose pages there are; before a platform is chosen those for what is received all the same."""
    return frozenset(platforms or DELIVERY_PLATFORMS)

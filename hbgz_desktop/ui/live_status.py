"""What holds on every page: badges of the navigation, status bar, banners. Fed by snapshots."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop import __version__
from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.model.settings import DELIVERY_PLATFORMS
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.engine_restart import EngineRestart
from hbgz_desktop.ui.states import State, Tone
from hbgz_desktop.ui.verdict import (
    BIND_FAULTS,
    FAR_DAYS,
    platform_name,
    receiver_mark,
    receiver_words,
    size_words,
)
from hbgz_desktop.ui.widgets.banner_stack import Banner
from hbgz_desktop.ui.widgets.navigation_item import CountKind
from hbgz_desktop.ui.widgets.status_bar import StatusItem

if TYPE_CHECKING:
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.ui.long_work import RunningJob
    from hbgz_desktop.ui.main_window import MainWindow
    from hbgz_desktop.ui.page_context import PageContext

_MEGABYTE = 1024 * 1024
WAKE_GRACE_S = 4.0
"""When the computer has slept, its last word is old until it says the next one."""


class LiveStatus(QObject):
    """Keeps the window's frame true to the newest snapshot.

    Signals:
        attention_grew: (how many studies wait now) Something new needs a person.
    """

    attention_grew = Signal(int)

    def __init__(self, context: PageContext, window: MainWindow) -> None:
        """Follow the bridge; call in the GUI thread."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._waiting: int | None = None
        self._raised: set[str] = set()
        self._grace_until = 0.0
        self._restart = EngineRestart(context, self)
        self._facts: list[StatusItem] = []
        context.long_work.changed.connect(self._show_status)
        context.bridge.facts_arrived.connect(self._on_facts)
        window.status.item_activated.connect(self._on_item)

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        snapshots = [fact for fact in facts if isinstance(fact, Snapshot)]
        if snapshots:
            self.show_snapshot(snapshots[-1])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Bring badges, status bar and banners up to date."""
        self._show_counts(snapshot)
        self._facts = self._items(snapshot)
        self._show_status()
        self._show_banners(snapshot)
        if self._waiting is not None and snapshot.waiting > self._waiting:
            self.attention_grew.emit(snapshot.waiting)
        self._waiting = snapshot.waiting

    def _show_counts(self, snapshot: Snapshot) -> None:
        waiting, failed = snapshot.waiting, snapshot.failed_deliveries
        unmapped, unsent = snapshot.unmapped, snapshot.authorizations_waiting
        for key, count, kind, words in (
            ("needs_fix", waiting, CountKind.WARM, self.tr("待处理，{n} 份", "", waiting)),
            ("queue", failed, CountKind.BAD, self.tr("上传队列，失败 {n} 项", "", failed)),
            ("mapping", unmapped, CountKind.WARM, self.tr("字典对照，缺 {n} 个代码", "", unmapped)),
            ("authorization", unsent, CountKind.NEWS, self.tr("患者授权，{n} 份等着发送")),
        ):
            self._window.navigation.set_count(key, count, kind, words.format(n=count))

    def _items(self, snapshot: Snapshot) -> list[StatusItem]:
        engine = snapshot.engine
        detail = receiver_words(snapshot)
        if self._context.services.supervisor.service_name:
            detail += self.tr(" · 系统服务")
        if engine.is_listening and snapshot.live_associations:
            detail += self.tr(" · {n} 台在发").format(n=snapshot.live_associations)
        items = [StatusItem("receiver", receiver_mark(engine), self.tr("接收"), detail)]
        items += [self._platform_item(one) for one in snapshot.platforms]
        free = engine.disk_free_bytes
        if free is not None:
            low = snapshot.is_disk_short or free < 2 * snapshot.reserve_mb * _MEGABYTE
            state = State.NEEDS_FIX if low else State.CONFIRMED
            left = self.tr("剩 {size}").format(size=size_words(free))
            if snapshot.disk_days is not None and snapshot.disk_days <= FAR_DAYS:
                days = self.tr("约 {n} 天", "", snapshot.disk_days)
                left = self._context.theme.join(left, days.format(n=snapshot.disk_days))
            items.append(StatusItem("disk", state, self.tr("磁盘"), left))
        recovered = self.tr("找回接收 {receives}、发送 {sends}，丢失 {lost}").format(
            receives=engine.recovered_receives, sends=engine.recovered_sends, lost=engine.lost
        )
        state_of_start = State.FAILED if engine.lost else None
        items.append(
            StatusItem("start", state_of_start, self.tr("上次启动："), recovered, is_trailing=True)
        )
        return items

    def _show_status(self) -> None:
        """While a person's long action runs it takes the place of the last start."""
        jobs = self._context.long_work.shown
        facts = self._facts
        if jobs:
            facts = [one for one in facts if one.key != "start" or one.state is not None]
        self._window.status.set_items([*facts, *self._job_items(jobs)])

    def _job_items(self, jobs: tuple[RunningJob, ...]) -> list[StatusItem]:
        if not jobs:
            return []
        newest = jobs[-1]
        done, total = newest.job.done, newest.job.total
        count = self.tr("{done} / {total}").format(done=f"{done:,}", total=f"{total:,}")
        others = self.tr("另有 {n} 件在做").format(n=len(jobs) - 1) if len(jobs) > 1 else ""
        words = self._context.theme.join(count if total else "", others)
        items = [StatusItem("job", State.RUNNING, newest.title, words, is_trailing=True)]
        if newest.on_stop is not None:
            stop = self.tr("停下")
            items.append(StatusItem("job_stop", None, "", stop, is_trailing=True, is_action=True))
        return items

    def _platform_item(self, health: PlatformHealth) -> StatusItem:
        platform = health.platform
        name = platform_name(platform)
        if health.is_paused:
            return StatusItem(platform, State.PAUSED, name, self.tr("已暂停"))
        if health.opened_at is not None:
            at = health.next_probe_at
            words = self.tr("不应答")
            if at is not None:
                words += self.tr(" · {at} 再试").format(at=f"{at.astimezone(LOCAL):%H:%M}")
            return StatusItem(platform, State.RETRYING, name, words)
        if health.last_answer_ms is None:
            is_upload = platform in DELIVERY_PLATFORMS
            words = self.tr("还没有上传") if is_upload else self.tr("还没有用过")
            return StatusItem(platform, State.WAITING, name, words)
        words = self.tr("正常 · {ms} ms").format(ms=f"{health.last_answer_ms:.0f}")
        return StatusItem(platform, State.CONFIRMED, name, words)

    def _show_banners(self, snapshot: Snapshot) -> None:
        wanted = {banner.key: banner for banner in self._banners(snapshot)}
        for key in self._raised - wanted.keys():
            self._context.notices.drop_banner(key)
        for key, banner in wanted.items():
            actions = {
                "engine": self._restart.restart,
                "port": self._on_open_settings,
                "disk": self._on_open_settings,
                "down-hebei": self._on_open_desk,
            }
            self._context.notices.raise_banner(banner, actions.get(key, self._on_open_queue))
        self._raised = set(wanted)

    def _banners(self, snapshot: Snapshot) -> list[Banner]:
        engine = snapshot.engine
        if engine.is_starting:
            return []
        if not engine.is_alive:
            self._grace_until = self._grace_until or time.monotonic() + WAKE_GRACE_S
            if time.monotonic() < self._grace_until:
                return []
            text = self.tr("接收和上传没有运行，图像现在收不进来。请重新启动。")
            return [Banner("engine", Tone.BAD, text, self.tr("重新启动"))]
        self._grace_until = 0.0
        banners = []
        if engine.program_version != __version__:
            text = self.tr("后台的接收和上传是 {old} 版，窗口是 {new} 版。请重新启动后台。").format(
                old=engine.program_version, new=__version__
            )
            banners.append(Banner("engine", Tone.WARM, text, self.tr("重新启动")))
        if engine.receiver_state in BIND_FAULTS:
            text = self.tr("{what}，程序每 5 秒再试一次。请信息科看。").format(
                what=receiver_words(snapshot)
            )
            banners.append(Banner("port", Tone.BAD, text, self.tr("打开设置")))
        if engine.receiver_state == "disk_full":
            text = self.tr("磁盘只剩 {size}，已暂停接收；清出空间后自动恢复。").format(
                size=size_words(engine.disk_free_bytes or 0)
            )
            banners.append(Banner("disk", Tone.BAD, text, self.tr("打开设置")))
        for health in snapshot.platforms:
            if health.opened_at is not None:
                title = self._context.texts.of(health.cause).title if health.cause else ""
                is_upload = health.platform in DELIVERY_PLATFORMS
                words = (
                    self.tr("{name}不应答（{why}），程序会自己再试，不计重试次数。")
                    if is_upload
                    else self.tr("{name}不应答（{why}），授权照常登记，恢复后自动发出。")
                )
                text = words.format(name=platform_name(health.platform), why=title)
                act = self.tr("看队列") if is_upload else self.tr("看登记")
                banners.append(Banner(f"down-{health.platform}", Tone.WAITING, text, act))
        return banners

    def _on_item(self, key: str) -> None:
        jobs = self._context.long_work.shown
        if key in ("job", "job_stop"):
            if jobs and key == "job":
                self._context.open_page(jobs[-1].page, "")
            elif jobs and jobs[-1].on_stop is not None:
                jobs[-1].on_stop()
            return
        pages = {"receiver": "settings", "disk": "settings", "start": "log", "hebei": "shared"}
        page = pages.get(key, "queue")
        self._context.open_page(page, "storage" if key == "disk" else "")

    def _on_open_settings(self) -> None:
        self._context.open_page("settings", "")

    def _on_open_queue(self) -> None:
        self._context.open_page("queue", "")

    def _on_open_desk(self) -> None:
        self._context.open_page("authorization", "waiting")

"""The tiles of 总览: receiver, each platform, the reception desk of Hebei, disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from hbgz_desktop.model.settings import DELIVERY_PLATFORMS
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.verdict import (
    FAR_DAYS,
    platform_name,
    receiver_mark,
    receiver_words,
    size_words,
)
from hbgz_desktop.ui.widgets.stat_tile import StatTile

if TYPE_CHECKING:
    from hbgz_desktop.model.overview import Snapshot
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.ui.page_context import PageContext

_MEGABYTE = 1024 * 1024
HEBEI = "hebei"


class OverviewTiles(QWidget):
    """One row of tiles; each opens the page where its part is looked after."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build the two tiles that are always there; platforms come with the first snapshot."""
        super().__init__(parent)
        self._context = context
        self._platforms: dict[str, StatTile] = {}
        waiting = Badge.of(State.WAITING)
        self._receiver = StatTile(context.theme, "receiver", self.tr("接收"), waiting, self)
        self._disk = StatTile(context.theme, "disk", self.tr("磁盘"), waiting, self)
        self._receiver.activated.connect(self._on_settings)
        self._disk.activated.connect(self._on_disk)
        title = self.tr("患者授权")
        self._desk = StatTile(context.theme, "authorization", title, waiting, self)
        self._desk.activated.connect(self._on_desk)
        self._desk_rows = ""
        self._desk.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self._receiver, 1)
        self._row.addWidget(self._desk, 1)
        self._row.addWidget(self._disk, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Bring every tile up to date."""
        self._show_receiver(snapshot)
        self._show_disk(snapshot)
        enabled = [health.platform for health in snapshot.platforms]
        for name, tile in self._platforms.items():
            tile.setVisible(name in enabled)
        for health in snapshot.platforms:
            self._show_platform(health)
        self._desk.setVisible(HEBEI in enabled)
        self._show_desk(snapshot)

    def _show_receiver(self, snapshot: Snapshot) -> None:
        engine = snapshot.engine
        mark = receiver_mark(engine)
        words = {State.CONFIRMED: self.tr("正常"), State.WAITING: self.tr("启动中")}
        badge = Badge.of(mark, words.get(mark, self.tr("有问题")))
        line = receiver_words(snapshot)
        if engine.is_listening:
            line = self.tr("{n} 台设备正在发送", "", snapshot.live_associations).format(
                n=snapshot.live_associations
            )
        port = self.tr("端口 {port}").format(port=engine.dicom_port) if engine.dicom_port else ""
        refused = self.tr("拒绝过 {n} 次", "", engine.rejected_associations).format(
            n=engine.rejected_associations
        )
        detail = self._context.theme.join(port, refused if engine.rejected_associations else "")
        self._receiver.set_facts(badge, line, detail)

    def _show_disk(self, snapshot: Snapshot) -> None:
        free = snapshot.engine.disk_free_bytes
        if free is None:
            self._disk.set_facts(Badge.of(State.WAITING), self.tr("还没有数"), "")
            return
        is_low = snapshot.is_disk_short or free < 2 * snapshot.reserve_mb * _MEGABYTE
        badge = (
            Badge.of(State.NEEDS_FIX, self.tr("快满了"))
            if is_low
            else Badge.of(State.CONFIRMED, self.tr("正常"))
        )
        detail = self.tr("少于 {n} MB 时停止接收").format(n=f"{snapshot.reserve_mb:,}")
        if snapshot.disk_days is not None and snapshot.disk_days <= FAR_DAYS:
            words = self.tr("照最近的快慢约 {n} 天后满", "", snapshot.disk_days)
            detail = words.format(n=snapshot.disk_days)
        self._disk.set_facts(badge, self.tr("剩 {size}").format(size=size_words(free)), detail)

    def _show_platform(self, health: PlatformHealth) -> None:
        tile = self._platforms.get(health.platform)
        if tile is None:
            name = platform_name(health.platform)
            is_upload = health.platform in DELIVERY_PLATFORMS
            icon = "queue" if is_upload else "shared"
            tile = StatTile(self._context.theme, icon, name, Badge.of(State.WAITING), self)
            tile.activated.connect(self._on_queue if is_upload else self._on_sharing)
            self._platforms[health.platform] = tile
            self._row.insertWidget(1, tile, 1)
        tile.set_facts(*self._platform_facts(health))

    def _platform_facts(self, health: PlatformHealth) -> tuple[Badge, str, str]:
        if health.is_paused:
            line = self.tr("{who} 暂停了上传").format(who=health.paused_by)
            return Badge.of(State.PAUSED), line, self.tr("在上传队列里继续")
        if health.opened_at is not None:
            at = health.next_probe_at
            line = self.tr("程序会自己再试")
            if at is not None:
                line = self.tr("{at} 再试一次").format(at=f"{at.astimezone(LOCAL):%H:%M:%S}")
            cause = self._context.texts.of(health.cause).title if health.cause else ""
            return Badge.of(State.RETRYING, self.tr("不应答")), line, cause
        if health.last_answer_at is None:
            is_upload = health.platform in DELIVERY_PLATFORMS
            line = self.tr("还没有上传过") if is_upload else self.tr("还没有用过")
            return Badge.of(State.WAITING), line, ""
        line = self.tr("应答 {ms} ms").format(ms=f"{health.last_answer_ms or 0:.0f}")
        at = health.last_answer_at.astimezone(LOCAL)
        detail = self.tr("最近一次 {at}").format(at=f"{at:%H:%M:%S}")
        return Badge.of(State.CONFIRMED, self.tr("正常")), line, detail

    def _show_desk(self, snapshot: Snapshot) -> None:
        waiting = snapshot.authorizations_waiting
        badge = Badge.of(State.CONFIRMED, self.tr("正常"))
        line, detail = self.tr("没有等着发送的"), ""
        if waiting:
            badge = Badge.of(State.WAITING)
            line = self.tr("{n} 份等着发送", "", waiting).format(n=waiting)
            detail = self.tr("平台应答后自动发出；没有应答的由人再发")
        self._desk_rows = "waiting" if waiting else ""
        self._desk.set_facts(badge, line, detail)

    def _on_desk(self) -> None:
        """What the tile counts is what it opens."""
        self._context.open_page("authorization", self._desk_rows)

    def _on_sharing(self) -> None:
        self._context.open_page("shared", "")

    def _on_disk(self) -> None:
        self._context.open_page("settings", "storage")

    def _on_settings(self) -> None:
        self._context.open_page("settings", "")

    def _on_queue(self) -> None:
        self._context.open_page("queue", "")

"""Words of the queue: badges, causes, moments. Made in the GUI thread, read from any."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.delivery import BlockedReason, Delivery, DeliveryKind, DeliveryState
from hbgz_desktop.model.queue_lane import QueueLane, queue_lane
from hbgz_desktop.services.clock_words import LOCAL, clock
from hbgz_desktop.ui.phrases import labelled
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.group_card import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.queue_lane import QueueGroup
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.error_texts import ErrorTexts

LANE_STATES = {
    QueueLane.WAITING: State.WAITING,
    QueueLane.RUNNING: State.RUNNING,
    QueueLane.RETRYING: State.RETRYING,
    QueueLane.NEEDS_FIX: State.NEEDS_FIX,
    QueueLane.FAILED: State.FAILED,
    QueueLane.PAUSED: State.PAUSED,
    QueueLane.CONFIRMED: State.CONFIRMED,
    QueueLane.CANCELLED: State.PAUSED,
    QueueLane.NOT_REQUIRED: State.WAITING,
}
_ATTEMPTED = frozenset({DeliveryState.RETRYING, DeliveryState.FAILED, DeliveryState.RUNNING})


def lane_of(delivery: Delivery) -> QueueLane:
    """The lane of one delivery."""
    return queue_lane(delivery.state, delivery.blocked_reason, is_paused=delivery.is_paused)


class QueueWords(QObject):
    """All strings are fetched once, in the GUI thread, so that cells may be made on pool threads."""

    def __init__(self, texts: ErrorTexts, parent: QObject | None = None) -> None:
        """Take the words of codes from ``texts``."""
        super().__init__(parent)
        self._texts = texts
        self.kinds = {
            DeliveryKind.DELETION: self.tr("从平台删除"),
            DeliveryKind.RECORD: self.tr("检查记录"),
            DeliveryKind.IMAGES: self.tr("图像"),
            DeliveryKind.REPORT: self.tr("报告"),
        }
        self.lanes = {
            QueueLane.WAITING: self.tr("等待"),
            QueueLane.RUNNING: self.tr("上传中"),
            QueueLane.RETRYING: self.tr("重试中"),
            QueueLane.NEEDS_FIX: self.tr("待处理"),
            QueueLane.FAILED: self.tr("失败"),
            QueueLane.PAUSED: self.tr("已暂停"),
            QueueLane.CONFIRMED: self.tr("今天已确认"),
            QueueLane.CANCELLED: self.tr("已取消"),
            QueueLane.NOT_REQUIRED: self.tr("不用传"),
        }
        self._short = {
            BlockedReason.NO_IMAGES: self.tr("等图像"),
            BlockedReason.INCOMPLETE: self.tr("等收齐"),
            BlockedReason.SETTLEMENT: self.tr("等结算"),
            BlockedReason.REPORT: self.tr("等报告"),
            BlockedReason.ORDER: self.tr("等前一项"),
            BlockedReason.DIGEST: self.tr("算校验码"),
            BlockedReason.CHANGED: self.tr("内容有变"),
        }
        self._correction = self.tr("检查记录更正")
        self._blocked = self._blocked_words()
        self._queued = self.tr("排队")
        self._confirmed = self.tr("已确认")
        self._stopping = self.tr("正在停")
        self._held_by = self.tr("已暂停 {who}")
        self._share = self.tr("上传中 {n} %")
        self._times = self.tr("第 {n} 次")
        self._when_back = self.tr("等平台恢复")
        self._who = {
            "clerk": self.tr("登记员"),
            "it": self.tr("信息科"),
            "platform": self.tr("平台"),
            "program": self.tr("程序"),
        }

    def _blocked_words(self) -> dict[BlockedReason, tuple[str, str]]:
        """Title and who acts when, of what waits."""
        return {
            BlockedReason.ORDER: (
                self.tr("等前一项先完成"),
                self.tr("删除 → 记录 → 图像 → 报告，按顺序，程序自己接着传"),
            ),
            BlockedReason.SETTLEMENT: (
                self.tr("等结算数据"),
                self.tr("结算数据到了，程序自己上传；一直不到时请收费处看"),
            ),
            BlockedReason.REPORT: (
                self.tr("等报告"),
                self.tr("报告写好后，程序自己上传"),
            ),
            BlockedReason.NO_IMAGES: (
                self.tr("等图像：有记录，没收到图像"),
                self.tr("请登记员看设备有没有发送；收到后程序自己上传"),
            ),
            BlockedReason.INCOMPLETE: (
                self.tr("还在接收图像"),
                self.tr("收齐后程序自己上传"),
            ),
            BlockedReason.DIGEST: (
                self.tr("正在算图像的校验码"),
                self.tr("算完程序自己上传"),
            ),
            BlockedReason.CHANGED: (
                self.tr("上传以后内容变了"),
                self.tr("请信息科决定：发更正，或保留平台上的"),
            ),
            BlockedReason.NEEDS_FIX: (
                self.tr("内容要先改"),
                self.tr("再传也不会成功；请登记员到待处理里改，改好自动上传"),
            ),
        }

    # One row

    def kind(self, row: QueueRow) -> str:
        """What is delivered; a record the platform took before goes as a correction (G071)."""
        return self._correction if row.is_correction else self.kinds[row.delivery.kind]

    def badge(self, delivery: Delivery) -> Badge:
        """The state's badge, its word as narrow as the facts allow."""
        lane = lane_of(delivery)
        if lane is QueueLane.NOT_REQUIRED:
            return Badge.neutral(self.lanes[lane])
        return Badge.of(LANE_STATES[lane], self._badge_word(delivery, lane))

    def _badge_word(self, delivery: Delivery, lane: QueueLane) -> str:
        if lane is QueueLane.PAUSED:
            if delivery.state is DeliveryState.RUNNING:
                return self._stopping
            return self._held_by.format(who=_brief(delivery.paused_by)).strip()
        if lane is QueueLane.WAITING:
            reason = delivery.blocked_reason
            return self._short[reason] if reason is not None else self._queued
        if lane is QueueLane.RUNNING and delivery.items_confirmed and delivery.items_total:
            share = 100 * delivery.items_confirmed // delivery.items_total
            return self._share.format(n=share)
        return self._confirmed if lane is QueueLane.CONFIRMED else self.lanes[lane]

    def attempts(self, delivery: Delivery) -> str:
        """第 2 次, "—" before the first."""
        if not delivery.attempts or delivery.state not in _ATTEMPTED:
            return "—"
        return self._times.format(n=delivery.attempts)

    def cause(self, delivery: Delivery) -> str:
        """Why it is not delivered, in words; "" when nothing is wrong."""
        if delivery.state is DeliveryState.BLOCKED and delivery.blocked_reason is not None:
            return self._blocked[delivery.blocked_reason][0]
        is_wrong = delivery.state in (
            DeliveryState.RETRYING,
            DeliveryState.FAILED,
            DeliveryState.NOT_REQUIRED,
        )
        return self._texts.of(delivery.cause).title if is_wrong and delivery.cause else ""

    def next_time(self, delivery: Delivery, *, with_seconds: bool) -> str:
        """When the program tries again by itself; "" when it does not."""
        if delivery.state is not DeliveryState.RETRYING or delivery.is_paused:
            return ""
        at = delivery.next_attempt_at
        if at is None:
            return self._when_back
        if with_seconds and at.astimezone(LOCAL).date() == datetime.now(LOCAL).date():
            return f"{at.astimezone(LOCAL):%H:%M:%S}"
        return clock(at, datetime.now(UTC))

    def who(self, key: str) -> str:
        """登记员, 信息科, 平台, 程序."""
        return self._who.get(key, self._who["it"])

    # One group; GUI thread only

    def group(
        self, group: QueueGroup, platforms: Mapping[str, PlatformHealth], now: datetime
    ) -> Group:
        """Head of a group's card: cause, who acts and when, one button."""
        title, detail = self.group_words(group, platforms, now)
        count = f"{group.count:,}"
        action = self.tr("看这 {n} 项").format(n=count)
        if group.lane is QueueLane.PAUSED:
            action = self.tr("继续 {n} 项", "", group.count).format(n=count)
        elif group.lane is QueueLane.NEEDS_FIX:
            action = self.tr("去改这 {n} 项").format(n=count)
        return Group(group.key, LANE_STATES[group.lane], group.count, title, detail, action)

    def group_words(
        self, group: QueueGroup, platforms: Mapping[str, PlatformHealth], now: datetime
    ) -> tuple[str, str]:
        """The cause in plain words, and who acts when."""
        if group.lane is QueueLane.PAUSED:
            return self._paused_words(group, now)
        if group.lane is QueueLane.RUNNING:
            many = self.tr("{n} 项同时在传").format(n=f"{group.count:,}")
            return self.tr("正在上传"), many
        if group.lane is QueueLane.CANCELLED:
            return self.tr("已取消"), self.tr("图像和记录都留在本机；选中后重试就接着传")
        if group.state is DeliveryState.BLOCKED and group.cause:
            return self._blocked[BlockedReason(group.cause)]
        if group.state is DeliveryState.READY:
            return self._ready_words(group, platforms, now)
        text = self._texts.of(group.cause) if group.cause else None
        if group.lane is QueueLane.RETRYING:
            title = text.title if text else self.tr("上次没成")
            return title, self._again(group, now)
        title = text.title if text else self.lanes[group.lane]
        next_step = labelled(self.who(text.who), text.next_step) if text and text.next_step else ""
        return title, next_step

    def _paused_words(self, group: QueueGroup, now: datetime) -> tuple[str, str]:
        at = clock(group.paused_at, now) if group.paused_at is not None else ""
        title = self.tr("{who} {time} 暂停").format(who=group.paused_by, time=at).strip()
        return title, self.tr("继续以后接着传，已传的不重传")

    def _again(self, group: QueueGroup, now: datetime) -> str:
        at = group.next_attempt_at
        if at is None:
            return self.tr("平台恢复后程序自己接着传，不计重试次数")
        if at <= now:
            return self.tr("程序马上会自己重试，不用操作")
        return self.tr("程序会自己重试，最早 {time}，不用操作").format(time=clock(at, now))

    def _ready_words(
        self, group: QueueGroup, platforms: Mapping[str, PlatformHealth], now: datetime
    ) -> tuple[str, str]:
        waited = self.tr("最早的 {time} 进队列").format(time=clock(group.oldest_at, now))
        # only when it holds for all of them: one platform, or the one that is filtered by
        health = next(iter(platforms.values())) if len(platforms) == 1 else None
        if health is not None and health.is_paused:
            who = self.tr("{who} 暂停了全部上传，恢复后接着传").format(who=health.paused_by)
            return self.tr("排队，全部上传已暂停"), who
        if health is not None and health.opened_at is not None:
            return (
                self.tr("排队，等平台恢复"),
                self.tr("平台恢复后程序自己接着传，不计重试次数"),
            )
        return self.tr("排队，等前面的传完"), waited


def _brief(who: str) -> str:
    return who if len(who) <= 6 else f"{who[:5]}…"

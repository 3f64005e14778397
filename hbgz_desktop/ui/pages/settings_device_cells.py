"""Columns of the two lists of 设备和连接."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.ui.cells import BadgeCell, Cell, Inked, Mono, Number, TwoLines
from hbgz_desktop.ui.models.table_source import Column
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import Badge, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hbgz_desktop.model.status import AssociationRow, PeerRow


class DeviceCells(QObject):
    """Makes cells on pool threads: every word is fetched when it is built."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reasons = {
            "reject_calling_ae": self.tr("还没有允许这台设备，在下面选它可以允许"),
            "reject_called_ae": self.tr("设备里填的被叫 AE 是 {called}，要改成本机的"),
            "reject_busy": self.tr("同时连的太多，设备会自己再试"),
        }
        self._live = Badge.of(State.RUNNING, self.tr("连着"))
        self._outcomes = {
            "released": Badge.neutral(self.tr("已结束"), "check"),
            "aborted": Badge.of(State.NEEDS_FIX, self.tr("对方中断")),
            "lost": Badge.of(State.NEEDS_FIX, self.tr("断线")),
            "rejected": Badge.of(State.FAILED, self.tr("已拒绝")),
        }
        self._policies = {
            "": self.tr("按设置"),
            "accept": self.tr("允许"),
            "refuse": self.tr("拒绝"),
        }
        self._by_setting = self.tr("按设置")
        self._never = self.tr("还没有图像")

    @staticmethod
    def moment(at: datetime | None) -> str:
        """A moment in words."""
        return moment_words(at)

    def call_columns(self) -> Sequence[Column[AssociationRow]]:
        """Columns of the associations."""
        return (
            Column(self.tr("状态"), "state", self._call_state, 104, is_sortable=False),
            Column(self.tr("设备"), "device", self._call_device, is_sortable=False),
            Column(self.tr("开始"), "opened", self._call_opened, 100, is_sortable=False),
            Column(self.tr("最近活动"), "last", self._call_last, 100, is_sortable=False),
            Column(self.tr("图像（幅）"), "images", self._call_images, 84, is_sortable=False),
        )

    def peer_columns(self) -> Sequence[Column[PeerRow]]:
        """Columns of the devices."""
        return (
            Column(self.tr("设备"), "device", self._peer_device, is_sortable=False),
            Column(self.tr("接收"), "policy", self._peer_policy, 92, is_sortable=False),
            Column(self.tr("被拒绝"), "refused", self._peer_refused, 116, is_sortable=False),
            Column(self.tr("最近图像"), "image", self._peer_image, 116, is_sortable=False),
            Column(self.tr("字符集"), "charset", self._peer_charset, 92, is_sortable=False),
        )

    def _call_state(self, row: AssociationRow) -> Cell:
        if row.closed_at is None:
            return BadgeCell(self._live)
        return BadgeCell(self._outcomes.get(row.outcome, self._outcomes["lost"]))

    def _call_device(self, row: AssociationRow) -> Cell:
        if row.outcome == "rejected":
            return TwoLines(f"{row.calling_ae}  {row.address}", self._why(row))
        return TwoLines(row.calling_ae, row.address, is_mono=True)

    def _why(self, row: AssociationRow) -> str:
        """Why we turned an association away, and what to change at which end."""
        words = self._reasons.get(row.detail, row.detail)
        return words.format(called=row.called_ae)

    def _call_opened(self, row: AssociationRow) -> Cell:
        return moment_words(row.opened_at)

    def _call_last(self, row: AssociationRow) -> Cell:
        return moment_words(row.last_activity_at or row.opened_at)

    @staticmethod
    def _call_images(row: AssociationRow) -> Cell:
        return Number(f"{row.instances:,}", is_strong=bool(row.instances))

    @staticmethod
    def _peer_device(row: PeerRow) -> Cell:
        return TwoLines(row.ae_title, row.address, is_mono=True)

    def _peer_policy(self, row: PeerRow) -> Cell:
        return self._policies.get(row.policy, row.policy)

    def _peer_refused(self, row: PeerRow) -> Cell:
        if not row.refused_count:
            return "—"
        words = self.tr("拒绝过 {n} 次", "", row.refused_count).format(n=row.refused_count)
        return Inked(words, "needs_fix")

    def _peer_image(self, row: PeerRow) -> Cell:
        return moment_words(row.last_image_at) or self._never

    def _peer_charset(self, row: PeerRow) -> Cell:
        return Mono(row.fallback_charset) if row.fallback_charset else self._by_setting

"""What 检查 says when its list is empty: nothing yet, all done, or filtered away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.ui.pages.studies_filter import EVER, OPEN_LANES
from hbgz_desktop.ui.phrases import listed

if TYPE_CHECKING:
    from hbgz_desktop.services.study_desk import Destination, ListCounts
    from hbgz_desktop.ui.pages.studies_filter import StudiesFilter

Content = tuple[str, str, str, str]


class EmptyWords(QObject):
    """Icon, title, reason and button for the empty list.

    Attributes:
        action: What the button does: ``settings``, ``window``, ``confirmed`` or ``clear``.
    """

    def __init__(self, parent: QObject) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self.action = ""

    def nothing_yet(self, destination: Destination) -> Content:
        """First run: what to enter at a modality."""
        self.action = "settings"
        addresses = self.tr(" 或 ").join(destination.addresses[:2]) or self.tr("本机的 IP 地址")
        reason = self.tr(
            "在 CT、MR、DX 或 PACS 里新建一个 DICOM 目的地：\n"
            "AE 名称 {ae}，地址 {address}，端口 {port}。\n"
            "第一幅图像到了，这里会自己出现；记录没有也先收下。"
        ).format(ae=destination.ae_title, address=addresses, port=destination.port)
        return ("receiver", self.tr("还没有收到检查"), reason, self.tr("到设置里测试接收"))

    def of_filter(self, chosen: StudiesFilter, counts: ListCounts) -> Content:
        """There are studies, but none of them here."""
        if chosen.is_plain and not counts.window and chosen.window != EVER:
            self.action = "window"
            title = self.tr("{window}还没有收到检查").format(window=chosen.window_word)
            return (
                "studies",
                title,
                self.tr("设备一发来图像，这里会自己出现"),
                self._wider(chosen),
            )
        if chosen.is_plain and chosen.chip == OPEN_LANES and counts.window:
            self.action = "confirmed"
            return self._all_done(chosen, counts)
        self.action = "clear"
        words = self.tr("筛选：{parts}").format(parts=listed(chosen.summary()))
        return ("studies", self.tr("没有符合筛选的检查"), words, self.tr("清除筛选"))

    def _wider(self, chosen: StudiesFilter) -> str:
        return self.tr("看近 7 天") if chosen.window != "week" else self.tr("看全部")

    def _all_done(self, chosen: StudiesFilter, counts: ListCounts) -> Content:
        confirmed = counts.lanes[Lane.CONFIRMED]
        title = self.tr("没有未完成的检查")
        window = chosen.window_word or self.tr("一共")
        reason = self.tr("{window} {total} 份，已确认 {confirmed} 份", "", counts.window).format(
            window=window, total=f"{counts.window:,}", confirmed=f"{confirmed:,}"
        )
        return ("state_confirmed", title, reason, self.tr("看已确认的"))

"""Words of 跨院调阅: reasons, kinds of certificate, what can be had of an examination's images, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.other_hospitals import (
    IDENTITY_CARD,
    LONGEST_REASON,
    ImagesState,
    LinkState,
)
from hbgz_desktop.ui.states import Badge, State

if TYPE_CHECKING:
    from hbgz_desktop.model.other_hospitals import OutsideImage, OutsideLink, OutsideRow
    from hbgz_desktop.model.problem import Problem

OTHER = "other"
"""Key of 自己写 and of 其他证件."""
_MEGABYTE = 1024 * 1024


class OutsideWords(QObject):
    """Everything is translated when it is built: cells are made on pool threads."""

    def __init__(self, parent: QObject) -> None:
        """Translate."""
        super().__init__(parent)
        self._unknown_part = self.tr("部位没有写")
        self._unknown_hospital = self.tr("医院没有写")
        self._single = self.tr("1 份")
        self._count = self.tr("{n} 份")
        self._cached = self.tr("已取回 {n} 幅")
        self._partly = self.tr("已取 {n}/{m} 幅")
        self._running = self.tr("正在取 {n}/{m}")
        self._begun = self.tr("正在取")
        self._fetchable = self.tr("可以取图")
        self._blocked = self.tr("等信息科允许")
        self._link_only = self.tr("只有网页")
        self._none = self.tr("没有影像")
        self._report = self.tr("报告")
        self._page = self.tr("影像页")

    # The form

    def reasons(self) -> list[tuple[str, str]]:
        """Key and words; the first says that one has to be chosen."""
        return [
            ("", self.tr("请选为什么看…")),
            ("compare", self.tr("看病时对照以前的检查")),
            ("repeat", self.tr("避免重复检查")),
            ("refer", self.tr("转诊或会诊")),
            ("patient", self.tr("患者本人要求")),
            (OTHER, self.tr("其他，自己写")),
        ]

    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of certificate; the document shows only one of their codes (G042)."""
        return [(IDENTITY_CARD, self.tr("居民身份证")), (OTHER, self.tr("其他证件，填代码"))]

    def ranges(self) -> list[tuple[str, str]]:
        """Of which days examinations are asked for."""
        return [
            ("1", self.tr("近 1 年")),
            ("3", self.tr("近 3 年")),
            ("all", self.tr("全部")),
            (OTHER, self.tr("自己选")),
        ]

    def problem(self, problem: Problem) -> str:
        """One sentence below a field."""
        known = {
            ("reason", "required"): self.tr("请先选为什么看；自己写的话至少两个字"),
            ("reason", "length"): self.tr("最长 {n} 个字").format(n=LONGEST_REASON),
            ("reason", "names_patient"): self.tr("原因里不要写姓名和证件号"),
            ("certno", "required"): self.tr("请填证件号"),
            ("certno", "length"): self.tr("太长了，最长 600 位"),
            ("certno", "check_digit"): self.tr("第 18 位不对，请核对最后几位"),
            ("psnCertType", "required"): self.tr("填 1 到 6 位数字或字母"),
            ("psnName", "length"): self.tr("太长了，最长 50 个字"),
            ("begntime", "date_order"): self.tr("开始日期晚于结束日期"),
        }
        doubtful = self.tr("不像身份证号，请再看一眼；是别的证件请改证件类型")
        return known.get((problem.field, problem.rule), doubtful)

    # A line of the list; also on pool threads

    def part(self, row: OutsideRow) -> str:
        """Body part in words."""
        return row.part or self._unknown_part

    def hospital(self, row: OutsideRow) -> str:
        """Name of the hospital, else its code."""
        return row.exam.hospital or row.exam.hospital_code or self._unknown_hospital

    def count(self, number: int) -> str:
        """5 份."""
        return self._single if number == 1 else self._count.format(n=f"{number:,}")

    def pages(self, row: OutsideRow) -> tuple[str, ...]:
        """What can be opened in the browser, whether or not its host is allowed."""
        named = ((self._report, row.report), (self._page, row.viewer))
        usable = (LinkState.ALLOWED, LinkState.HOST_NOT_ALLOWED)
        return tuple(word for word, link in named if link.state in usable)

    def badge(self, row: OutsideRow, running: tuple[int, int] | None = None) -> Badge:
        """What can be had of the images.

        Args:
            row: The examination.
            running: (done, total) while its images are being fetched.
        """
        if running is not None:
            done, total = running
            words = self._running.format(n=f"{done:,}", m=f"{total:,}") if total else self._begun
            return Badge.neutral(words, "download", accent=True)
        exam = row.exam
        total = exam.image_total or 0
        return {
            ImagesState.CACHED: Badge.of(
                State.CONFIRMED, self._cached.format(n=f"{exam.cached:,}")
            ),
            ImagesState.PARTLY: Badge.of(
                State.PAUSED, self._partly.format(n=f"{exam.cached:,}", m=f"{total:,}")
            ),
            ImagesState.FETCHABLE: Badge.neutral(self._fetchable, "download"),
            ImagesState.HOST_NOT_ALLOWED: Badge.of(State.NEEDS_FIX, self._blocked),
            ImagesState.LINK_ONLY: Badge.neutral(self._link_only, "external_link"),
            ImagesState.NONE: Badge.neutral(self._none),
        }[row.images]

    # The drawer

    def images_step(self, row: OutsideRow) -> tuple[str, str]:
        """(one sentence, what follows) about the images."""
        exam = row.exam
        total = exam.image_total or 0
        failed = self.tr("有 {n} 幅平台没有给，可以再取一次").format(n=exam.failed)
        if row.images is ImagesState.CACHED:
            kept = self.tr("只放在本机缓存里，过几天自动清掉，绝不上传。")
            return self.tr("{n} 幅都取回来了").format(n=f"{exam.cached:,}"), kept
        if row.images is ImagesState.PARTLY:
            title = self.tr("取回了 {n} 幅，还差 {m} 幅").format(
                n=f"{exam.cached:,}", m=f"{total - exam.cached:,}"
            )
            return title, failed if exam.failed else self.tr("已经取回的不会再取。")
        if row.images is ImagesState.FETCHABLE:
            size = self.tr("平台有 {n} 幅。").format(n=f"{total:,}") if total else ""
            return self.tr("图像可以取到本机来看"), failed if exam.failed else size
        if row.images is ImagesState.HOST_NOT_ALLOWED:
            return (
                self.tr("图像在一台还没有允许的主机上"),
                self.tr("请信息科核对下面的主机，在设置里允许以后就能取。"),
            )
        if row.images is ImagesState.LINK_ONLY:
            return (
                self.tr("平台没有缓存图像，只有网页"),
                self.tr("打开影像页，在那家医院的页面上看。"),
            )
        if exam.image_total == 0:
            return self.tr("平台的清单里没有图像"), self.tr("可能还没有缓存，过一会儿再查。")
        return self.tr("平台没有给影像"), self.tr("需要的话，请和那家医院联系。")

    def link_trouble(self, link: OutsideLink) -> str:
        """Why a page cannot be opened; "" when it can."""
        return {
            LinkState.ALLOWED: "",
            LinkState.NONE: self.tr("平台没有给地址"),
            LinkState.HOST_NOT_ALLOWED: self.tr("主机还没有允许，请信息科看"),
            LinkState.UNUSABLE: self.tr("地址不是网页，不能打开"),
        }[link.state]

    def series_title(self, image: OutsideImage) -> str:
        """What a series is called: its description, modality, or its number."""
        number = self.tr("序列 {n}").format(n=image.series)
        return image.series_title or image.modality or number

    def size(self, size_bytes: int) -> str:
        """34 MB, from a megabyte on."""
        if size_bytes < _MEGABYTE:
            return f"{max(size_bytes, 0) // 1024:,} KB"
        return f"{size_bytes / _MEGABYTE:,.1f} MB"

"""One examination of another hospital: images as they arrive, report and image page, hosts IT would have to allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.model.other_hospitals import ImagesState, LinkState
from hbgz_desktop.ui.pages.other_hospitals_pictures import OutsidePictures
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import Badge, Tone
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.fact_rows import CopyRow
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.masked_label import MaskedLabel
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from hbgz_desktop.model.other_hospitals import OutsideRow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_images import ImagesLook
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

_TONES = {
    ImagesState.CACHED: Tone.OK,
    ImagesState.PARTLY: Tone.COOL,
    ImagesState.FETCHABLE: Tone.COOL,
    ImagesState.HOST_NOT_ALLOWED: Tone.WARM,
    ImagesState.LINK_ONLY: Tone.COOL,
    ImagesState.NONE: Tone.COOL,
}
REPORT, VIEWER = "report", "viewer"


class OutsideDrawer(Drawer):
    """Shows an ``OutsideRow``.

    Signals:
        action_requested: The button of the box: fetch, go on, or stop.
        link_requested: (kind) ``report`` or ``viewer``: open it in the browser.
        revealed: (examination id) The eye was pressed; the page writes the audit row.
        settings_requested: IT goes to the hosts that are allowed.

    Attributes:
        pictures: One tile a series.
        box: What can be had of the images.
    """

    action_requested = Signal()
    link_requested = Signal(str)
    revealed = Signal(int)
    settings_requested = Signal()

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(context.theme, parent)
        theme = context.theme
        self._context = context
        self._words = words
        self._row: OutsideRow | None = None
        self._hosts: tuple[str, ...] = ()
        self._badge = StateBadge(theme, Badge.neutral(""), self)
        self._person = MaskedLabel(theme, "strong", self.tr("显示姓名"), self)
        self._person.revealed.connect(self._on_revealed)
        self.box = NextStepBox(theme, parent=self)
        self.box.action_requested.connect(self.action_requested)
        self.pictures = OutsidePictures(context, words, self)
        self._buttons = {
            REPORT: Button(theme, self.tr("打开报告"), "", "external_link", self),
            VIEWER: Button(theme, self.tr("打开影像页"), "", "external_link", self),
        }
        for key, button in self._buttons.items():
            button.setProperty("key", key)
            button.clicked.connect(self._on_link)
        self._links_note = Label("", "caption2", self, wrap=True)
        self._host_area = QWidget(self)
        self._host_list = QVBoxLayout()
        self._settings = Button(theme, self.tr("去设置里允许"), "quiet", "settings", self)
        self._settings.clicked.connect(self.settings_requested)
        self._codes = Label("", "monocaption", self, wrap=True)
        self._build()

    def _build(self) -> None:
        title = Label(self.tr("要信息科允许的主机"), "strong", self._host_area)
        note = Label(
            self.tr("核对是不是那家医院或平台的主机，再加到设置的“允许的主机”里。"),
            "caption2",
            self._host_area,
            wrap=True,
        )
        hosts = QVBoxLayout(self._host_area)
        hosts.setContentsMargins(0, 0, 0, 0)
        hosts.setSpacing(6)
        hosts.addWidget(title)
        hosts.addWidget(note)
        self._host_list.setSpacing(4)
        hosts.addLayout(self._host_list)
        hosts.addLayout(row(self._settings, STRETCH))
        self.body.addLayout(row(self._badge, STRETCH))
        self.body.addWidget(self._person)
        self.body.addWidget(self.box)
        self.body.addWidget(self.pictures)
        self.body.addLayout(row(*self._buttons.values(), STRETCH))
        self.body.addWidget(self._links_note)
        self.body.addWidget(self._host_area)
        self.body.addWidget(self._codes)
        self.body.addStretch(1)

    @property
    def row(self) -> OutsideRow | None:
        """What is shown."""
        return self._row

    def show_row(self, shown: OutsideRow, progress: tuple[int, int, int] | None = None) -> None:
        """Show an examination, or the same later.

        Args:
            shown: The examination.
            progress: (images done, all, bytes) while its images are being fetched.
        """
        is_new = self._row is None or self._row.id != shown.id
        self._row = shown
        exam, words = shown.exam, self._words
        self.set_head(words.part(shown), exam.exam_date, words.hospital(shown))
        self._badge.set_badge(words.badge(shown, progress[:2] if progress is not None else None))
        if is_new:
            self.pictures.clear()
            clear = " ".join(filter(None, (exam.name, exam.cert_no)))
            masked = " ".join(filter(None, (mask_name(exam.name), mask_identity(exam.cert_no))))
            self._person.set_value(masked, clear)
            self._person.setVisible(bool(clear))
        self._show_step(shown, progress)
        self._show_links(shown)
        self._show_hosts(shown)
        self._codes.setText(self._context.theme.join(exam.hospital_code, exam.exam_part))
        self._codes.setVisible(self._context.is_it)

    def show_look(self, look: ImagesLook, pictures: Mapping[int, QImage | str]) -> None:
        """Images and pictures, as far as they are there."""
        self.pictures.show_images(look.images, pictures)

    def _show_step(self, shown: OutsideRow, progress: tuple[int, int, int] | None) -> None:
        if progress is not None:
            done, total, size_bytes = progress
            title = self.tr("正在取图像，可以先看已经到的")
            count = self.tr("{n}/{m} 幅").format(n=f"{done:,}", m=f"{total:,}") if total else ""
            detail = self._context.theme.join(count, self._words.size(size_bytes))
            self.box.set_step(Tone.COOL, title, detail, self.tr("停下"))
            return
        title, detail = self._words.images_step(shown)
        self.box.set_step(_TONES[shown.images], title, detail, self._action(shown))

    def _action(self, shown: OutsideRow) -> str:
        exam = shown.exam
        if shown.images is ImagesState.FETCHABLE:
            return self.tr("取回图像")
        if shown.images is ImagesState.PARTLY and shown.may_fetch:
            left = (exam.image_total or 0) - exam.cached
            return self.tr("接着取 {n} 幅").format(n=f"{left:,}")
        return ""

    def _show_links(self, shown: OutsideRow) -> None:
        notes = []
        for key, link in ((REPORT, shown.report), (VIEWER, shown.viewer)):
            trouble = self._words.link_trouble(link)
            self._buttons[key].set_allowed(trouble)
            self._buttons[key].setVisible(link.state is not LinkState.NONE)
            if link.state is LinkState.UNUSABLE:
                notes.append(self._buttons[key].text())
        words = self.tr("地址不是网页，打不开：{names}").format(names=listed(notes))
        if not shown.report.url and not shown.viewer.url and not notes:
            words = self.tr("平台没有给报告和影像页的地址")
        self._links_note.setText(words)
        self._links_note.setVisible(bool(notes) or not (shown.report.url or shown.viewer.url))

    def _show_hosts(self, shown: OutsideRow) -> None:
        blocked = [
            one.host
            for one in (shown.report, shown.viewer, shown.download)
            if one.state is LinkState.HOST_NOT_ALLOWED
        ]
        hosts = tuple(dict.fromkeys(blocked))
        self._host_area.setVisible(bool(hosts))
        self._settings.setVisible(self._context.services.accounts.may("setting_set"))
        if hosts == self._hosts:
            return
        self._hosts = hosts
        clear_layout(self._host_list)
        for host in hosts:
            self._host_list.addWidget(CopyRow(self._context.theme, self.tr("主机"), host, self))

    def set_privacy(self, *, is_hidden: bool) -> None:
        """Ctrl+Shift+H: mask now, or allow the eye again."""
        self._person.set_reveal_allowed(is_allowed=not is_hidden)

    def hide_values(self) -> None:
        """Mask at once."""
        self._person.hide_value()

    def _on_revealed(self) -> None:
        if self._row is not None:
            self.revealed.emit(self._row.id)

    def _on_link(self) -> None:
        self.link_requested.emit(str(self.sender().property("key")))

"""One device: let it in or keep it out, and the charset to read its names by."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hbgz_desktop.ui.widgets.dropdown import Dropdown
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from hbgz_desktop.model.status import PeerRow
    from hbgz_desktop.ui.page_context import PageContext


class DevicePolicy(QWidget):
    """A line below the list of devices; what is chosen holds at once, and can be undone.

    Signals:
        saved: A device was changed.
    """

    saved = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._peer: PeerRow | None = None
        self._before: PeerRow | None = None
        self._is_loading = False
        self._name = Label("", "strong", self)
        self._policy = Segmented(
            context.theme,
            [("", self.tr("按设置")), ("accept", self.tr("允许")), ("refuse", self.tr("拒绝"))],
            self,
        )
        self._charset = Dropdown(
            context.theme,
            self.tr("缺字符集时按"),
            [
                ("", self.tr("按设置")),
                ("gb18030", "gb18030"),
                ("utf-8", "utf-8"),
                ("latin-1", "latin-1"),
            ],
            self,
        )
        self._policy.setAccessibleName(self.tr("这台设备"))
        self._policy.value_changed.connect(self._on_changed)
        self._charset.value_changed.connect(self._on_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._name)
        layout.addStretch(1)
        layout.addWidget(self._policy)
        layout.addWidget(self._charset)
        self.hide()

    def show_peer(self, peer: PeerRow | None) -> None:
        """Show a device; None hides the line."""
        self._peer = peer
        self.setVisible(peer is not None)
        if peer is None:
            return
        self._is_loading = True
        self._name.setText(peer.ae_title)
        self._policy.set_value(peer.policy)
        self._charset.set_value(peer.fallback_charset)
        self._is_loading = False

    def _on_changed(self) -> None:
        if self._is_loading or self._peer is None:
            return
        self._before = self._peer
        self._peer = replace(
            self._peer, policy=self._policy.value, fallback_charset=self._charset.value
        )
        self._save(self._peer)
        words = {
            "accept": self.tr("以后允许 {device}"),
            "refuse": self.tr("以后拒绝 {device}，正在发的会发完"),
        }.get(self._peer.policy, self.tr("{device} 按设置"))
        if self._peer.policy == self._before.policy:
            words = self.tr("{device} 的姓名以后按新的字符集读")
        self._context.notices.toast(words.format(device=self._peer.ae_title), self._on_undo)

    def _save(self, peer: PeerRow) -> None:
        change = partial(
            self._context.services.set_peer,
            peer.ae_title,
            policy=peer.policy,
            fallback_charset=peer.fallback_charset,
        )
        self._context.tasks.run_task(change, self._on_saved)

    def _on_saved(self, _nothing: None) -> None:
        self.saved.emit()

    def _on_undo(self) -> None:
        if self._before is not None:
            self._save(self._before)

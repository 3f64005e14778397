"""设备和连接: what to type into a modality, who is connected, who was refused, what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import TableSource
from hbgz_desktop.ui.pages.settings_device_cells import DeviceCells
from hbgz_desktop.ui.pages.settings_device_policy import DevicePolicy
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import clear_layout, column
from hbgz_desktop.ui.widgets.card import Card, Surface
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.status import AssociationRow, PeerRow
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.services.outside_reach import OutsideReach
    from hbgz_desktop.services.refused_contexts import RefusedContext
    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.page_context import PageContext

_LOOK_MS = 2000
_MOST_CONTEXTS = 12
_MOST_ADDRESSES = 3
_TABLE_HEIGHT = 226


class TypeIn(Surface):
    """AE title, addresses and port, each to copy: what a modality's destination needs."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._ae = CopyRow(context.theme, self.tr("AE 名称"), parent=self)
        self._addresses = [
            CopyRow(context.theme, self.tr("地址"), parent=self) for _ in range(_MOST_ADDRESSES)
        ]
        self._port = CopyRow(context.theme, self.tr("端口"), parent=self)
        self._closed = FactRow(context.theme, State.NEEDS_FIX, "", parent=self)
        self._closed.setContentsMargins(12, 4, 8, 0)
        self._command = CopyRow(context.theme, self.tr("命令"), parent=self)
        lines = (self._ae, *self._addresses, self._port, self._closed, self._command)
        self.setLayout(column(*lines, gap=0, margins=(0, 4, 0, 4)))
        self._show_reach(None)

    def show_run(self, run: FirstRun) -> None:
        """Show what is in force."""
        self._ae.set_value(run.settings.dicom.ae_title)
        found = run.addresses or (self.tr("没有接上网络"),)
        for number, line in enumerate(self._addresses):
            line.setVisible(number < len(found))
            line.set_value(found[number] if number < len(found) else "")
        self._port.set_value(str(run.engine.dicom_port or run.settings.dicom.port))
        self._show_reach(run.reach)

    def _show_reach(self, reach: OutsideReach | None) -> None:
        """Nobody came through and the firewall lets nobody in: what IT has to run."""
        is_closed = reach is not None and reach.is_closed
        self._closed.setVisible(is_closed)
        self._command.setVisible(is_closed)
        if reach is not None:
            self._closed.set_fact(
                State.NEEDS_FIX,
                self.tr("Windows 防火墙没有让设备连进端口 {port}").format(port=reach.port),
                self.tr("还没有设备连进来过。请信息科在管理员命令行里运行下面这一行。"),
            )
            self._command.set_value(reach.line)


class DevicesSection(QWidget):
    """Four cards below each other; follows the engine while it is shown.

    Signals:
        receiver_requested: 改接收设置: show the section with AE title and port.
    """

    receiver_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``load`` asks for the lists."""
        super().__init__(parent)
        self._context = context
        self._cells = DeviceCells(self)
        self._type_in = TypeIn(context, self)
        self._calls: PagedTableModel[AssociationRow] = PagedTableModel(
            context.tasks, self._cells.call_columns(), parent=self
        )
        self._peers: PagedTableModel[PeerRow] = PagedTableModel(
            context.tasks, self._cells.peer_columns(), parent=self
        )
        self._policy = DevicePolicy(context, self)
        self._policy.saved.connect(self._on_policy_saved)
        self._contexts = QVBoxLayout()
        self._contexts.setSpacing(2)
        self._contexts_card = self._make_contexts_card()
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._calls.set_source(self._call_source())
        self._peers.set_source(self._peer_source())

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._type_in_card())
        layout.addWidget(
            self._table_card(self.tr("连接"), self.tr("正在发的在最上面"), self._calls_panel())
        )
        peers = self._table_card(
            self.tr("认识的设备"), self.tr("被拒绝过的在最上面，选一台可以改"), self._peers_panel()
        )
        peers.body.addWidget(self._policy)
        layout.addWidget(peers)
        layout.addWidget(self._contexts_card)
        layout.addStretch(1)

    def _type_in_card(self) -> Card:
        card = Card(self.tr("设备里这样填"), parent=self)
        words = self.tr(
            "在 CT、MR、DX 或 PACS 的“DICOM 目的地”里填这几样。有几个地址时，用和设备同一个网段的那个。"
        )
        card.body.addWidget(Label(words, "body2", card, wrap=True))
        card.body.addWidget(self._type_in)
        return card

    def _table_card(self, title: str, note: str, panel: TablePanel) -> Card:
        card = Card(title, note, parent=self, flush=True)
        panel.setProperty("surface", "clear")
        card.body.setSpacing(0)
        card.body.addWidget(panel)
        return card

    def _calls_panel(self) -> TablePanel:
        panel = TablePanel(self._context.theme, self._calls, self.tr("个"), self)
        panel.empty.set_content(
            "receiver",
            self.tr("还没有设备连过来"),
            self.tr("在设备里填好上面几样，发一幅或点设备上的“测试”（C-ECHO），这里马上会出现。"),
        )
        panel.set_foot_visible(is_visible=False)
        panel.setFixedHeight(_TABLE_HEIGHT)
        return panel

    def _peers_panel(self) -> TablePanel:
        panel = TablePanel(self._context.theme, self._peers, self.tr("台"), self)
        panel.empty.set_content(
            "receiver",
            self.tr("还没有认识的设备"),
            self.tr("连过来一次的设备会记在这里，被拒绝的也会。"),
        )
        panel.set_foot_visible(is_visible=False)
        panel.setFixedHeight(_TABLE_HEIGHT)
        panel.view.current_changed.connect(self._on_peer_current)
        self._peers.page_loaded.connect(self._on_peers_loaded)
        self._peers_view = panel.view
        return panel

    def _make_contexts_card(self) -> Card:
        card = Card(self.tr("没有接受的种类"), self.tr("最近 30 天"), parent=self)
        words = self.tr("图像不论哪一种都收；这里是设备提出、本机不提供的服务，多半不影响发图像。")
        card.body.addWidget(Label(words, "body2", card, wrap=True))
        card.body.addLayout(self._contexts)
        card.hide()
        return card

    # Data

    def _call_source(self) -> TableSource[AssociationRow]:
        services = self._context.services

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return [one.id for one in services.associations()]

        def rows(wanted: Sequence[RowId]) -> Sequence[AssociationRow]:
            return [one for one in services.associations() if one.id in wanted]

        def row_id(one: AssociationRow) -> RowId:
            return one.id

        return TableSource(ids, rows, row_id)

    def _peer_source(self) -> TableSource[PeerRow]:
        services = self._context.services

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return [one.ae_title for one in services.peers()]

        def rows(wanted: Sequence[RowId]) -> Sequence[PeerRow]:
            return [one for one in services.peers() if one.ae_title in wanted]

        def row_id(one: PeerRow) -> RowId:
            return one.ae_title

        return TableSource(ids, rows, row_id)

    def set_following(self, *, is_following: bool) -> None:
        """Follow the engine while the section is shown, or stop."""
        if is_following:
            self.load()
            self._tick.start()
        else:
            self._tick.stop()

    def load(self) -> None:
        """Ask for everything again."""
        services = self._context.services
        self._calls.open()
        self._peers.open()
        self._context.tasks.run_task(services.first_run, self._type_in.show_run)
        self._context.tasks.run_task(services.refused_contexts, self._on_contexts)

    def _on_tick(self) -> None:
        # a call that came is what the person is waiting to see here: the list opens anew
        self._calls.open()
        self._peers.refresh()

    def _on_contexts(self, found: Sequence[RefusedContext]) -> None:
        self._contexts_card.setVisible(bool(found))
        clear_layout(self._contexts)
        for one in found[:_MOST_CONTEXTS]:
            self._contexts.addWidget(self._context_line(one))

    def _context_line(self, one: RefusedContext) -> FactRow:
        title = self._context.theme.join(one.calling_ae, one.name or one.abstract_syntax)
        words = self.tr("{n} 次，最近 {at}", "", one.count).format(
            n=one.count, at=self._cells.moment(one.last_at)
        )
        detail = self._context.theme.join(words, one.abstract_syntax if one.name else "")
        return FactRow(self._context.theme, State.WAITING, title, detail, self)

    # Devices

    def _current_peer(self) -> PeerRow | None:
        number = self._peers.number_of(self._peers_view.current_id())
        return None if number is None else self._peers.row_at(number)

    def _on_peer_current(self, _ae_title: object) -> None:
        self._policy.show_peer(self._current_peer())

    def _on_peers_loaded(self) -> None:
        self._policy.show_peer(self._current_peer())

    def _on_policy_saved(self) -> None:
        self._peers.refresh()

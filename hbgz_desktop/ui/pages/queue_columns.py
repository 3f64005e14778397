"""Columns of 上传队列: one dense line with codes for IT, plain words for the clerk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.ui.cells import BadgeCell, Cell, Inked, Mono, TwoLines
from hbgz_desktop.ui.models.table_source import Column, TableSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.queue_lane import QueueQuery
    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.queue_desk import QueueDesk
    from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.pages.queue_words import QueueWords
    from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView

WIDE_ONLY = frozenset({"attempts", "http", "next"})
"""Columns that give way to the drawer, which shows them too."""
translate = QCoreApplication.translate


def it_columns(words: QueueWords) -> tuple[Column[QueueRow], ...]:
    """State, person, number, what, attempts, HTTP, the platform's own words, next try."""
    state = partial(_state, words)
    return (
        Column(translate("QueueColumns", "状态"), "state", state, 132),
        Column(translate("QueueColumns", "患者"), "patient", _person, 96, is_sortable=False),
        Column(translate("QueueColumns", "检查号"), "number", _number, 168, is_sortable=False),
        Column(
            translate("QueueColumns", "内容"), "kind", partial(_kind, words), 96, is_sortable=False
        ),
        Column(translate("QueueColumns", "次数"), "attempts", partial(_attempts, words), 84),
        Column(translate("QueueColumns", "HTTP"), "http", _http, 68),
        Column(
            translate("QueueColumns", "平台原文 / 原因"),
            "message",
            partial(_message, words),
            is_sortable=False,
            tooltip=_whole_message,
        ),
        Column(translate("QueueColumns", "下次"), "next", partial(_next_second, words), 116),
    )


def clerk_columns(words: QueueWords) -> tuple[Column[QueueRow], ...]:
    """State, who, what and why, attempts, next try."""
    state = partial(_state, words)
    return (
        Column(translate("QueueColumns", "状态"), "state", state, 140),
        Column(
            translate("QueueColumns", "患者 / 检查号"), "patient", _patient, 190, is_sortable=False
        ),
        Column(
            translate("QueueColumns", "内容"), "kind", partial(_kind, words), 108, is_sortable=False
        ),
        Column(
            translate("QueueColumns", "原因"), "message", partial(_cause, words), is_sortable=False
        ),
        Column(translate("QueueColumns", "次数"), "attempts", partial(_attempts, words), 92),
        Column(translate("QueueColumns", "下次"), "next", partial(_next_minute, words), 116),
    )


def hide_wide_columns(
    view: PagedTableView, model: PagedTableModel[QueueRow], *, is_hidden: bool
) -> None:
    """Hide or show the columns that give way to the drawer."""
    for section in range(model.columnCount()):
        column = model.column(section)
        if column is not None and column.key in WIDE_ONLY:
            view.setColumnHidden(section, is_hidden)


def queue_source(desk: QueueDesk, wanted: QueueQuery) -> TableSource[QueueRow]:
    """Rows of one query."""

    def ids(sorting: Sorting) -> Sequence[RowId]:
        return desk.ids(wanted, sort=sorting.key, descending=sorting.is_descending)

    def rows(some: Sequence[RowId]) -> Sequence[QueueRow]:
        return desk.rows([one for one in some if isinstance(one, int)])

    return TableSource(ids, rows, _row_id)


def _row_id(row: QueueRow) -> RowId:
    return row.delivery.id


def _state(words: QueueWords, row: QueueRow) -> Cell:
    return BadgeCell(words.badge(row.delivery))


def _person(row: QueueRow) -> Cell:
    return mask_name(row.patient_name.replace("^", " "))


def _number(row: QueueRow) -> Cell:
    return Mono(row.accession_number)


def _patient(row: QueueRow) -> Cell:
    return TwoLines(
        mask_name(row.patient_name.replace("^", " ")), row.accession_number, is_mono=True
    )


def _kind(words: QueueWords, row: QueueRow) -> Cell:
    return words.kind(row)


def _attempts(words: QueueWords, row: QueueRow) -> Cell:
    return words.attempts(row.delivery)


def _http(row: QueueRow) -> Cell:
    status = row.delivery.http_status
    return Mono("—" if status is None else str(status))


def _message(words: QueueWords, row: QueueRow) -> Cell:
    delivery = row.delivery
    if delivery.message:
        return Mono(delivery.message)
    return Inked(words.cause(delivery) or "—", "text_2")


def _whole_message(row: QueueRow) -> str:
    return row.delivery.message


def _cause(words: QueueWords, row: QueueRow) -> Cell:
    return words.cause(row.delivery) or "—"


def _next_second(words: QueueWords, row: QueueRow) -> Cell:
    return words.next_time(row.delivery, with_seconds=True) or "—"


def _next_minute(words: QueueWords, row: QueueRow) -> Cell:
    return words.next_time(row.delivery, with_seconds=False) or "—"

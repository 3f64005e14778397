"""Columns of 检查: two lines for the clerk, one dense line with AE and UID for IT."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.ui.cells import BadgeCell, Cell, Mono, TwoLines
from hbgz_desktop.ui.models.table_source import Column, TableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.views import StudyFilter, StudyRow
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.pages.studies_words import StudyWords

WIDE_ONLY = frozenset({"ae", "uid"})
"""Columns of IT that give way to the drawer, which shows them too."""
_STATE_WIDTH = 150
"""Fits the longest badge in English (Needs settlement)."""


translate = QCoreApplication.translate


def clerk_columns(words: StudyWords, join: Callable[..., str]) -> tuple[Column[StudyRow], ...]:
    """State; who; what and what is wrong; images; when and from where. ``join`` sets the dots."""

    def exam(row: StudyRow) -> Cell:
        return TwoLines(row.description or row.modality, join(row.modality, words.detail(row)))

    return (
        Column(translate("StudyColumns", "状态"), "lane", partial(_state, words), _STATE_WIDTH),
        Column(translate("StudyColumns", "患者 / 检查号"), "name", partial(_patient, words), 146),
        Column(
            translate("StudyColumns", "检查"),
            "modality",
            exam,
            tooltip=partial(_exam_tooltip, words),
        ),
        Column(translate("StudyColumns", "图像：确认 / 应有"), "received", words.ledger_cell, 156),
        Column(translate("StudyColumns", "收到"), "at", partial(_arrival, words), 84),
    )


def it_columns(words: StudyWords, join: Callable[..., str]) -> tuple[Column[StudyRow], ...]:
    """The same facts on one line, and the codes."""

    def person(row: StudyRow) -> Cell:
        return words.person(row)

    def exam(row: StudyRow) -> Cell:
        return join(row.modality, row.description, words.detail(row))

    def moment(row: StudyRow) -> Cell:
        return words.full_moment(row.at)

    return (
        Column(translate("StudyColumns", "状态"), "lane", partial(_state, words), _STATE_WIDTH),
        Column(translate("StudyColumns", "患者"), "name", person, 98),
        Column(
            translate("StudyColumns", "检查号"),
            "accession",
            _accession,
            120,
            tooltip=_accession_text,
        ),
        Column(
            translate("StudyColumns", "检查"),
            "modality",
            exam,
            tooltip=partial(_exam_tooltip, words),
        ),
        Column(translate("StudyColumns", "图像：确认 / 应有"), "received", words.ledger_cell, 156),
        Column(translate("StudyColumns", "收到"), "at", moment, 80),
        Column(translate("StudyColumns", "发送 AE"), "ae", _calling_ae, 110, is_sortable=False),
        Column(
            translate("StudyColumns", "Study UID"),
            "uid",
            _uid,
            200,
            is_sortable=False,
            tooltip=_uid_text,
        ),
    )


def study_source(desk: StudyDesk, wanted: StudyFilter) -> TableSource[StudyRow]:
    """The rows of one filter, sorted in SQL."""
    return TableSource(partial(_ids, desk, wanted), partial(_rows, desk), _row_id)


def _ids(desk: StudyDesk, wanted: StudyFilter, sorting: Sorting) -> Sequence[RowId]:
    if not sorting.key:
        return desk.ids(wanted)
    return desk.ids(wanted, sort=sorting.key, descending=sorting.is_descending)


def _rows(desk: StudyDesk, ids: Sequence[RowId]) -> Sequence[StudyRow]:
    return desk.rows([one for one in ids if isinstance(one, int)])


def _row_id(row: StudyRow) -> RowId:
    return row.id


def _state(words: StudyWords, row: StudyRow) -> Cell:
    return BadgeCell(words.badge(row))


def _patient(words: StudyWords, row: StudyRow) -> Cell:
    return TwoLines(words.person(row), row.accession_number)


def _exam_tooltip(words: StudyWords, row: StudyRow) -> str:
    return "\n".join(part for part in (row.description, words.detail(row)) if part)


def _arrival(words: StudyWords, row: StudyRow) -> Cell:
    return TwoLines(words.moment(row.at), row.calling_ae)


def _accession(row: StudyRow) -> Cell:
    return Mono(row.accession_number)


def _accession_text(row: StudyRow) -> str:
    return row.accession_number


def _calling_ae(row: StudyRow) -> Cell:
    return Mono(row.calling_ae)


def _uid(row: StudyRow) -> Cell:
    return Mono(row.study_instance_uid)


def _uid_text(row: StudyRow) -> str:
    return row.study_instance_uid

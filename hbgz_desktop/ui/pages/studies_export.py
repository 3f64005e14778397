"""导出 of 检查: the filtered list as a CSV file, names masked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.pages.list_export import ExportWords, ListExport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_BATCH = 500


translate = QCoreApplication.translate


class StudiesExport(ListExport[StudyFilter]):
    """One line a study."""

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, page: QWidget
    ) -> None:
        """Wire the parts."""
        lines = partial(_batches, desk, words)
        super().__init__(context, _texts(), desk.ids, lines, page)


def _done(count: int) -> str:
    return translate("StudiesExport", "已导出 {n} 份到 {name}", "", count)


def _texts() -> ExportWords:
    return ExportWords(
        "studies",
        translate("StudiesExport", "检查"),
        translate("StudiesExport", "导出检查列表"),
        _done,
        (
            translate("StudiesExport", "状态"),
            translate("StudiesExport", "说明"),
            translate("StudiesExport", "姓名"),
            translate("StudiesExport", "性别"),
            translate("StudiesExport", "年龄"),
            translate("StudiesExport", "检查号"),
            translate("StudiesExport", "设备类型"),
            translate("StudiesExport", "检查"),
            translate("StudiesExport", "应有"),
            translate("StudiesExport", "收到"),
            translate("StudiesExport", "要上传"),
            translate("StudiesExport", "已发"),
            translate("StudiesExport", "已确认"),
            translate("StudiesExport", "图像在哪"),
            translate("StudiesExport", "收到时间"),
            translate("StudiesExport", "发送设备"),
            translate("StudiesExport", "检查 UID"),
        ),
    )


def _batches(
    desk: StudyDesk, words: StudyWords, ids: Sequence[int]
) -> Iterator[list[Sequence[object]]]:
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        found = {row.id: row for row in desk.rows(part)}
        yield [_line(found[one], words) for one in part if one in found]


def _line(row: StudyRow, words: StudyWords) -> tuple[object, ...]:
    return (
        *(words.badge(row).word, words.detail(row), words.name(row)),
        *(words.sex(row.patient_sex), words.age(row), row.accession_number),
        *(row.modality, row.description, "" if row.expected is None else row.expected),
        *(row.received, row.sendable, row.sent, row.confirmed, words.files(row)),
        *(f"{row.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}", row.calling_ae, row.study_instance_uid),
    )

"""导出 of 上传队列: the rows that are shown as a CSV file, names masked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.queue_lane import QueueQuery
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.pages.list_export import ExportWords, ListExport
from hbgz_desktop.ui.verdict import platform_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.queue_desk import QueueDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords


translate = QCoreApplication.translate


class QueueExport(ListExport[QueueQuery]):
    """One line a delivery."""

    def __init__(
        self, context: PageContext, desk: QueueDesk, words: QueueWords, page: QWidget
    ) -> None:
        """Wire the parts."""
        platforms = {one: platform_name(one) for one in ("guizhou", "hebei")}
        lines = partial(_lines, desk, words, platforms)
        super().__init__(context, _texts(), desk.ids, lines, page)


def _done(count: int) -> str:
    return translate("QueueExport", "已导出 {n} 项到 {name}", "", count)


def _texts() -> ExportWords:
    return ExportWords(
        "queue",
        translate("QueueExport", "上传队列"),
        translate("QueueExport", "导出上传队列"),
        _done,
        (
            translate("QueueExport", "状态"),
            translate("QueueExport", "姓名"),
            translate("QueueExport", "检查号"),
            translate("QueueExport", "内容"),
            translate("QueueExport", "平台"),
            translate("QueueExport", "原因"),
            translate("QueueExport", "次数"),
            "HTTP",
            translate("QueueExport", "平台原文"),
            translate("QueueExport", "图像已确认"),
            translate("QueueExport", "图像共"),
            translate("QueueExport", "进队列"),
            translate("QueueExport", "下次"),
        ),
    )


def _lines(
    desk: QueueDesk, words: QueueWords, platforms: Mapping[str, str], ids: Sequence[int]
) -> Iterator[list[Sequence[object]]]:
    for rows in desk.batches(ids):
        yield [_line(row, words, platforms) for row in rows]


def _line(row: QueueRow, words: QueueWords, platforms: Mapping[str, str]) -> tuple[object, ...]:
    one = row.delivery
    return (
        *(words.badge(one).word, mask_name(row.patient_name.replace("^", " "))),
        *(row.accession_number, words.kind(row), platforms.get(one.platform, one.platform)),
        *(words.cause(one), one.attempts, "" if one.http_status is None else one.http_status),
        *(one.message, one.items_confirmed or "", one.items_total or ""),
        f"{one.created_at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}",
        words.next_time(one, with_seconds=True),
    )

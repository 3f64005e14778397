"""导出 of 操作记录: the rows that are shown as a CSV file; the export is a row itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.ui.pages.list_export import ExportWords, ListExport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.audit_desk import AuditDesk
    from hbgz_desktop.ui.page_context import PageContext


translate = QCoreApplication.translate


class AuditExport(ListExport[AuditFilter]):
    """One line an action."""

    def __init__(self, context: PageContext, desk: AuditDesk, page: QWidget) -> None:
        """Wire the parts."""
        super().__init__(context, _texts(), desk.ids, desk.batches, page)


def _done(count: int) -> str:
    return translate("AuditExport", "已导出 {n} 条到 {name}", "", count)


def _texts() -> ExportWords:
    return ExportWords(
        "audit",
        translate("AuditExport", "操作记录"),
        translate("AuditExport", "导出操作记录"),
        _done,
        (
            translate("AuditExport", "时间"),
            translate("AuditExport", "谁"),
            translate("AuditExport", "做了什么"),
            translate("AuditExport", "对象"),
            translate("AuditExport", "结果"),
            translate("AuditExport", "系统账户"),
            translate("AuditExport", "电脑"),
            translate("AuditExport", "细节"),
        ),
    )

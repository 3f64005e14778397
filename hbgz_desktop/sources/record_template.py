"""The spreadsheet into which records can be typed or exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.columns import (
    JOIN_FIELDS,
    REPORT_COLUMN,
    SETTLEMENT_DATE,
    SETTLEMENT_LIST,
)
from hbgz_desktop.system.durable_files import atomic_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TEXT_FORMAT = "@"
_REQUIRED_FILL = PatternFill("solid", fgColor="FFF2CC")
_MIN_WIDTH = 14


class TemplateField(NamedTuple):
    """One column of the template.

    Attributes:
        name: Parameter code, the heading.
        label: Name in Chinese.
        required: Whether the standard demands it.
        note: Format, code set, separators.
    """

    name: str
    label: str
    required: bool
    note: str


_REPORTS = TemplateField(
    REPORT_COLUMN,
    "报告 PDF 文件",
    required=False,
    note="文件名、路径或地址；多份用“|”分开，与 rpotNo 的次序一一对应。",
)
_JOINS = tuple(
    TemplateField(name, label, required=False, note="申请单号与索引至少填一个，用来找到检查记录。")
    for name, label in zip(JOIN_FIELDS, ("申请单号", "医保影像云索引编码"), strict=True)
)
_DATE = TemplateField(
    SETTLEMENT_DATE, "结算时间", required=False, note="yyyy-MM-dd HH:mm:ss；检查记录里没有时用它。"
)


def write_template(
    path: Path,
    fields: Sequence[tuple[str, str, bool, str]],
    settlement_fields: Sequence[tuple[str, str, bool, str]],
) -> None:
    """Write an empty template: codes as headings, Chinese names in the comments of the headings.

    All cells are text, so that a spreadsheet neither rounds an identity number nor drops a leading
    zero. Settlement rows stand on a second sheet, ``setlInfoList`` (G040).

    Args:
        path: Where the file goes; replaced as a whole.
        fields: (code, Chinese name, required, note) of 2.1; ``setlInfoList`` is left out.
        settlement_fields: The same of SetlInfoDTO.

    Raises:
        RecordError: ``template_not_written``, e.g. because the file is open in a spreadsheet.
        DiskFullError: No room.
    """
    book = openpyxl.Workbook()
    columns = [TemplateField(*field) for field in fields if field[0] != SETTLEMENT_LIST]
    own = [field for field in columns if field.name != REPORT_COLUMN]
    _fill(book.active, "检查记录", [*own, _REPORTS])
    settlement = [TemplateField(*field) for field in settlement_fields]
    _fill(book.create_sheet(), SETTLEMENT_LIST, [*_JOINS, *settlement, _DATE])
    try:
        with atomic_file(path) as stream:
            book.save(stream)
    except OSError as exc:
        raise RecordError("template_not_written", retryable=True, errno=exc.errno) from None


def _fill(sheet: Any, title: str, fields: Sequence[TemplateField]) -> None:
    sheet.title = title
    sheet.freeze_panes = "A2"
    for place, field in enumerate(fields, start=1):
        letter = get_column_letter(place)
        column = sheet.column_dimensions[letter]
        column.number_format = _TEXT_FORMAT
        column.width = max(_MIN_WIDTH, len(field.name) + 4)
        _write_heading(sheet.cell(row=1, column=place), field)


def _write_heading(cell: Any, field: TemplateField) -> None:
    cell.value = field.name
    cell.data_type = "s"  # never a formula, whatever the text begins with
    cell.number_format = _TEXT_FORMAT
    cell.font = Font(bold=True)
    if field.required:
        cell.fill = _REQUIRED_FILL
    need = "必填" if field.required else "可不填"
    lines = [f"{field.label}（{need}）", field.note]
    cell.comment = Comment("\n".join(line for line in lines if line), "hbgz")

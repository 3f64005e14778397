"""The spreadsheet of records as the standard's field tables describe it (issue 2, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.services.record_import import SETTLEMENT_NODE

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.platforms.field_table import Field
    from hbgz_desktop.platforms.standards import Standard


def write_record_template(standard: Standard, path: Path) -> None:
    """Write an empty XLSX with every parameter code of 2.1 and of its settlement rows.

    Raises:
        RecordError: ``template_not_written``.
    """
    # here, for openpyxl costs every start a fifth, and few ask for it
    from hbgz_desktop.sources.record_template import write_template

    interface = standard.interface(SERVICE)
    write_template(
        path,
        [_column(standard, field) for field in interface.fields if field.node is None],
        [_column(standard, field) for field in interface.nested[SETTLEMENT_NODE]],
    )


def _column(standard: Standard, field: Field) -> tuple[str, str, bool, str]:
    known = standard.code_sets.get(field.dictionary or "")
    notes = (
        field.format or "",
        f"最多 {field.length} 个字符" if field.length else "",
        f"代码集 {known.name}（{known.title}）" if known is not None else "",
        f"多个值用“{field.separator}”分开" if field.separator else "",
    )
    return field.name, field.label, field.required, "；".join(note for note in notes if note)

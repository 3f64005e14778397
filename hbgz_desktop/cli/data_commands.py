"""``hbgz records import|list|show`` and ``hbgz mapping list|set|unset``."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.index_output import say_indexes, shown_indexes
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.index_words import mask_index
from hbgz_desktop.services.template_file import write_record_template

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from hbgz_desktop.model.record import Record
    from hbgz_desktop.services.record_import import ImportReport

_HIDDEN = "***"


_MASKED: dict[str, Callable[[str], str]] = {
    "hiImgIndx": mask_index,
    "psnName": mask_name,
    **dict.fromkeys(("certno", "elecHlCardNo", "iptNo", "optNo", "patnId"), mask_identity),
    "tel": mask_phone,
    "fmAddr": lambda text: _HIDDEN if text else "",
}
"""What tells who the patient is, by parameter code; shown in full only when asked for."""


def _masked(field: str, value: str) -> str:
    return _MASKED[field](value) if field in _MASKED else value


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    records = commands.add_parser("records", help="检查记录").add_subparsers(
        dest="action", required=True
    )
    importing = records.add_parser("import", help="导入 CSV、XLSX 或 JSON 文件")
    importing.add_argument("file", type=Path, metavar="FILE")
    add_json(importing)
    importing.set_defaults(handler=_import)
    listing = records.add_parser("list", help="列出记录")
    listing.add_argument("--limit", type=int, default=1000)
    add_json(listing)
    listing.set_defaults(handler=_list)
    show = records.add_parser("show", help="一条记录的字段、问题和上传")
    show.add_argument("id", type=int)
    show.add_argument("--show-names", action="store_true", help="显示姓名和证件号")
    show.add_argument("--full", action="store_true", help="报告显示完整的路径或网址，不只是文件名")
    add_json(show)
    show.set_defaults(handler=_show)
    template = records.add_parser("template", help="写一个空的 XLSX 模板，列就是标准的参数代码")
    template.add_argument("file", type=Path, metavar="FILE.xlsx")
    template.set_defaults(handler=_template)
    mapping = commands.add_parser("mapping", help="字典对照").add_subparsers(
        dest="action", required=True
    )
    mapped = mapping.add_parser("list", help="列出对照")
    mapped.add_argument("code_set", nargs="?", default="")
    add_json(mapped)
    mapped.set_defaults(handler=_mappings)
    setting = mapping.add_parser("set", help="本地值 → 标准代码；放行等它的记录")
    setting.add_argument("code_set", metavar="CODE_SET")
    setting.add_argument("local_value", metavar="LOCAL")
    setting.add_argument("standard_code", metavar="CODE")
    add_json(setting)
    setting.set_defaults(handler=_set)
    unsetting = mapping.add_parser("unset", help="删除一条对照")
    unsetting.add_argument("code_set", metavar="CODE_SET")
    unsetting.add_argument("local_value", metavar="LOCAL")
    unsetting.set_defaults(handler=_unset)


def _import(context: Context) -> int:
    path: Path = context.arguments.file
    if not path.is_file():
        raise UsageError("path_missing", path=str(path))
    report = context.work.record_import.import_file(path.absolute())
    context.work.audit_import(report)
    if context.wants_json:
        shown = [replace(one, value=_masked(one.field, one.value)) for one in report.problems]
        print_json(replace(report, problems=tuple(shown)))
    else:
        _explain(report, ErrorTexts(context.language))
    has_rows = report.new or report.changed or report.same or report.settlements
    return 0 if has_rows or not any(one.row for one in report.problems) else 1


def _template(context: Context) -> int:
    path: Path = context.arguments.file
    if path.suffix.lower() != ".xlsx":
        raise UsageError("template_suffix", path=str(path))
    write_record_template(context.work.standard, path.absolute())
    say(str(path))
    return 0


def _explain(report: ImportReport, texts: ErrorTexts) -> None:
    for problem in report.problems:
        text = texts.of(problem.rule)
        where = f"第 {problem.row} 行" if problem.row else "文件"
        value = _masked(problem.field, problem.value)
        say(f"{where} {problem.field} {value} {text.title} {text.next_step} [{problem.rule}]")
    say(
        f"新 {report.new} 条，改 {report.changed} 条，没变 {report.same} 条，"
        f"结算 {report.settlements} 行（{report.waiting_settlements} 行等记录），"
        f"问题 {len(report.problems)} 个"
    )


def _facts(context: Context, record: Record) -> dict[str, object]:
    examination_id = context.work.examinations.of_record(record.id)
    row = context.browsing.studies.of_examination(examination_id) if examination_id else None
    return {
        "id": record.id,
        "examination_id": examination_id,
        "source": record.source,
        "source_row": record.source_row,
        "revision": record.revision,
        "accession_numbers": record.keys.accessions,
        "study_uid": record.keys.study_uid,
        "settlements": len(record.settlements),
        "lane": row.lane.value if row else "",
        "detail": row.detail if row else "",
        "imported_at": record.imported_at,
        "updated_at": record.updated_at,
    }


def _list(context: Context) -> int:
    rows = [
        _facts(context, one) for one in context.work.records.page(limit=context.arguments.limit)
    ]
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(
        ("编号", "检查号", "状态", "结算", "来源", "行", "更新"),
        [
            (
                row["id"],
                ",".join(record_accessions(row)),
                row["lane"],
                row["settlements"],
                row["source"],
                row["source_row"],
                local(row["updated_at"]),  # type: ignore[arg-type]  # a time by construction
            )
            for row in rows
        ],
    )
    return 0


def record_accessions(row: dict[str, object]) -> list[str]:
    """Accession numbers of a listed record."""
    found = row["accession_numbers"]
    return [str(one) for one in found] if isinstance(found, tuple) else []


def _correction(context: Context, examination_id: int) -> dict[str, Any] | None:
    """What was sent last beside what goes now, or what the last correction changed (G071)."""
    view = context.work.corrections.of_examination(examination_id)
    if view is None:
        return None
    is_clear = context.arguments.show_names
    return {
        "sent_at": view.sent_at,
        "corrected_at": view.corrected_at,
        "changes": [
            {
                "field": one.name,
                "label": one.label,
                "old": one.old if is_clear else _masked(one.name, one.old),
                "new": one.new if is_clear else _masked(one.name, one.new),
            }
            for one in view.changes
        ],
    }


def _show(context: Context) -> int:
    record = context.work.records.get(context.arguments.id)
    if record is None:
        raise UsageError("record_unknown", id=context.arguments.id)
    examination_id = context.work.examinations.of_record(record.id) or 0
    problems = context.work.examinations.problems_of(examination_id)
    examination = context.work.examinations.get(examination_id)
    indexes = shown_indexes(context, examination.index_codes if examination else {})
    shown = {
        name: value if context.arguments.show_names else _masked(name, value)
        for name, value in record.fields.items()
    }
    if context.wants_json:
        print_json(
            {
                **_facts(context, record),
                "index_codes": indexes,
                "fields": shown,
                "unknown": record.unknown
                if context.arguments.show_names
                else dict.fromkeys(record.unknown, _HIDDEN),
                "correction": _correction(context, examination_id),
                "problems": [replace(one, value=_masked(one.field, one.value)) for one in problems],
                "deliveries": context.work.queue.of_examination(examination_id),
                "reports": [
                    one
                    if context.arguments.full
                    else replace(one, reference=_file_name(one.reference))
                    for one in context.work.records.reports_of(record.id)
                ],
            }
        )
        return 0
    print_table(("字段", "值"), list(shown.items()))
    say_indexes(indexes)
    correction = _correction(context, examination_id)
    if correction is not None:
        rows = [
            (one["field"], one["label"], one["old"], one["new"]) for one in correction["changes"]
        ]
        print_table(("更正的字段", "名称", "原来传的", "改成"), rows)
    texts = ErrorTexts(context.language)
    for problem in problems:
        facts = {
            "field": problem.field,
            "label": problem.label,
            "value": "" if problem.field in _MASKED else problem.value,
            "limit": problem.limit,
        }
        text = texts.of(f"problem_{problem.rule}", facts)
        say(f"{problem.severity.value} {problem.field} {problem.label}：{text.title} {text.cause}")
    return 0


def _file_name(reference: str) -> str:
    """The last part of a path or address: folders and queries may name a patient or hold a key."""
    return re.split(r"[\\/]", re.split(r"[?#]", reference, maxsplit=1)[0])[-1]


def _mappings(context: Context) -> int:
    rows = context.work.mapping_control.all(context.arguments.code_set)
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(
        ("代码集", "本地值", "标准代码", "谁", "何时"),
        [
            (row.code_set, row.local_value, row.standard_code, row.set_by, local(row.set_at))
            for row in rows
        ],
    )
    return 0


def _set(context: Context) -> int:
    arguments = context.arguments
    saved = context.work.mapping_control.set(
        arguments.code_set, arguments.local_value, arguments.standard_code, context.actor
    )
    if context.wants_json:
        print_json(saved)
    else:
        say(f"已保存。放行 {saved.released} 份，还有 {saved.still_waiting} 份有别的问题")
    return 0


def _unset(context: Context) -> int:
    arguments = context.arguments
    gone = context.work.mapping_control.unset(
        arguments.code_set, arguments.local_value, context.actor
    )
    if not gone:
        raise UsageError("mapping_unknown", code_set=arguments.code_set)
    say("已删除")
    return 0

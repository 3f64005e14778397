"""Lists and details: ``hbgz studies list`` and ``show``, ``hbgz standards``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.index_output import say_indexes, shown_indexes
from hbgz_desktop.cli.output import local, print_json, print_table, say
from hbgz_desktop.cli.study_commands import add_study_actions, find_study
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.views import StudyFilter, StudyRow
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.platforms.standards import Standard, list_standards, load_standard
from hbgz_desktop.services.code_book import CodeBook, mark_texts
from hbgz_desktop.services.error_texts import ErrorTexts

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.services.code_book import Code


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    studies = commands.add_parser("studies", help="检查").add_subparsers(
        dest="action", required=True
    )
    listing = studies.add_parser("list", help="列出检查")
    listing.add_argument("--lane", choices=[lane.value for lane in Lane], action="append")
    listing.add_argument("--text", default="", help="姓名、拼音、检查号或患者号")
    listing.add_argument("--limit", type=int, default=10_000)
    listing.add_argument("--show-names", action="store_true", help="显示完整姓名")
    add_json(listing)
    listing.set_defaults(handler=_list)
    show = studies.add_parser("show", help="一份检查的账本")
    show.add_argument("uid", metavar="UID")
    show.add_argument("--show-names", action="store_true", help="显示完整姓名和索引里的证件号")
    add_json(show)
    show.set_defaults(handler=_show)
    add_study_actions(studies)
    standards = commands.add_parser("standards", help="标准的字段表和代码集").add_subparsers(
        dest="action", required=True
    )
    names = standards.add_parser("list", help="列出标准、服务和代码集")
    add_json(names)
    names.set_defaults(handler=_standards)
    one = standards.add_parser("show", help="一个代码集的代码，或一个服务的字段")
    one.add_argument("platform", metavar="PLATFORM")
    one.add_argument("name", metavar="NAME")
    add_json(one)
    one.set_defaults(handler=_standard)


def _facts(row: StudyRow, *, names: bool) -> dict[str, object]:
    return {
        "study_instance_uid": row.study_instance_uid,
        "lane": row.lane.value,
        "detail": row.detail,
        "patient_name": row.patient_name if names else mask_name(row.patient_name),
        "accession_number": row.accession_number,
        "modality": row.modality,
        "calling_ae": row.calling_ae,
        "expected": row.expected,
        "received": row.received,
        "sendable": row.sendable,
        "sent": row.sent,
        "confirmed": row.confirmed,
        "has_changed": row.has_changed,
        "files": row.files,
        "cleared_at": row.cleared_at,
        "examination_id": row.examination_id,
        "first_received_at": row.at,
    }


def _list(context: Context) -> int:
    arguments = context.arguments
    lanes = tuple(Lane(one) for one in arguments.lane or ())
    rows = context.browsing.studies.page(
        StudyFilter(text=arguments.text, lanes=lanes), limit=arguments.limit
    )
    if context.wants_json:
        print_json([_facts(row, names=arguments.show_names) for row in rows])
        return 0
    print_table(
        ("状态", "患者", "检查号", "设备", "确认/应发", "收到", "检查 UID"),
        [
            (
                row.lane.value,
                row.patient_name if arguments.show_names else mask_name(row.patient_name),
                row.accession_number,
                row.modality,
                f"{row.confirmed}/{row.sendable}",
                local(row.at),
                row.study_instance_uid,
            )
            for row in rows
        ],
    )
    return 0


def _show(context: Context) -> int:
    row, study_id = find_study(context)
    detail = context.browsing.detail(row)
    indexes = shown_indexes(context, detail.index_codes)
    instances = context.browsing.studies.instances_of(study_id)
    spool = context.work.spool
    ledger = [
        {
            "sop_instance_uid": one.sop_instance_uid,
            "series_instance_uid": one.series_instance_uid,
            "sop_class_uid": one.sop_class_uid,
            "transfer_syntax_uid": one.transfer_syntax_uid,
            "path": str(spool.absolute(one.path)),
            "md5": one.md5,
            "size_bytes": one.size_bytes,
            "version": one.version,
            "state": one.state,
            "cleared_at": one.cleared_at,
            "dicom_status": None if one.dimse_status is None else f"{one.dimse_status:04X}",
        }
        for one in instances
    ]
    if context.wants_json:
        print_json(
            {
                **_facts(row, names=context.arguments.show_names),
                "index_codes": indexes,
                "deliveries": detail.deliveries,
                "problems": detail.problems,
                "charset": detail.charset,
                "charset_origin": detail.charset_origin,
                "instances": ledger,
            }
        )
        return 0
    say(f"{row.modality} {row.accession_number} {row.lane.value} {row.detail}")
    say_indexes(indexes)
    say(
        f"应有 {'未知' if row.expected is None else row.expected}  收到 {row.received}  "
        f"已发 {row.sent}  已确认 {row.confirmed}"
    )
    if row.cleared_at is not None:
        say(f"图像已按保留规则清理 {local(row.cleared_at)}，本机还有 {row.files} 幅")
    print_table(
        ("状态", "DICOM", "大小", "MD5", "SOP Instance UID"),
        [
            (
                one["state"],
                one["dicom_status"] or "",
                one["size_bytes"],
                one["md5"],
                one["sop_instance_uid"],
            )
            for one in ledger
        ],
    )
    return 0


def _standards(context: Context) -> int:
    standards = [load_standard(one.platform, one.version) for one in list_standards()]
    if context.wants_json:
        print_json([_summary(one) for one in standards])
        return 0
    for one in standards:
        say(f"{one.platform} {one.version} {one.title}")
        say("  服务 " + " ".join(one.interfaces))
        for facts in CodeBook(one).sets():
            alias = f"（字段名 {' '.join(facts.aliases)}）" if facts.aliases else ""
            marked = sum(facts.marks.values())
            note = f"，{marked} 处有标记" if marked else ""
            say(f"  代码集 {facts.name}{alias} 第 {facts.section} 节，{facts.count} 项{note}")
    return 0


def _summary(standard: Standard) -> dict[str, object]:
    return {
        "platform": standard.platform,
        "version": standard.version,
        "title": standard.title,
        "interfaces": list(standard.interfaces),
        "code_sets": {name: len(one.rows) for name, one in standard.code_sets.items()},
        "marks": {facts.name: facts.marks for facts in CodeBook(standard).sets() if facts.marks},
    }


def _print_codes(context: Context, book: CodeBook, name: str) -> None:
    """A code set as printed, with what is wrong with a row beside it (G063–G067)."""
    rows = book.search(name)
    if context.wants_json:
        print_json([_code(row) for row in rows])
        return
    texts = ErrorTexts(context.language)
    print_table(
        ("code", "name", "标记"),
        [
            (row.code, row.name, "；".join(one.title for one in mark_texts(row, texts)))
            for row in rows
        ],
    )


def _code(row: Code) -> dict[str, object]:
    guess = row.suggestion
    return {
        "code": row.code,
        "name": row.name,
        "marks": row.marks,
        "decisions": row.decisions,
        "suggestion": {"code": guess.code, "name": guess.name, "official": False}
        if guess is not None
        else None,
    }


def _newest(platform: str) -> Standard:
    versions = [one.version for one in list_standards() if one.platform == platform]
    if not versions:
        raise UsageError("standard_unknown", platform=platform)
    return load_standard(platform, versions[-1])


def _standard(context: Context) -> int:
    name = context.arguments.name
    standard = _newest(context.arguments.platform)
    if name in standard.code_sets:
        _print_codes(context, CodeBook(standard), name)
        return 0
    if name in standard.interfaces:
        rows = [
            {
                "name": one.name,
                "label": one.label,
                "type": one.type,
                "length": str(one.length or ""),
                "required": "Y" if one.required else "?" if one.conditional else "N",
                "encrypted": "Y" if one.encrypted else "",
                "code_set": one.dictionary or "",
            }
            for one in standard.interfaces[name].fields
        ]
        headings: tuple[str, ...] = (
            "name",
            "label",
            "type",
            "length",
            "required",
            "encrypted",
            "code_set",
        )
    else:
        raise UsageError("standard_name_unknown", name=name)
    if context.wants_json:
        print_json(rows)
        return 0
    print_table(headings, [[row[heading] for heading in headings] for row in rows])
    return 0

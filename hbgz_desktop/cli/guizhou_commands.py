"""``hbgz guizhou search|images|fetch|delete``: what the pages 跨院调阅 and 检查 do, for scripts (V1.4, 2.5–2.8).

Values of patients are better given as one JSON object on stdin (``--stdin``) than as flags, which a
process list shows. ``search`` gives every examination a number; the other commands take it in place of an
index code, which holds a certificate number.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.guizhou_delete import add_delete
from hbgz_desktop.cli.output import print_json, print_table, say
from hbgz_desktop.cli.stdin_values import add_stdin_flag, given_values
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.model.other_hospitals import (
    IDENTITY_CARD,
    ImagesState,
    OutsideImage,
    OutsideLink,
    OutsideQuestion,
    OutsideRow,
)
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.index_words import mask_index
from hbgz_desktop.services.outside_export import export_images

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.services.outside_fetch import FetchReport

_STATES = {
    ImagesState.CACHED: "已取回",
    ImagesState.PARTLY: "取回一部分",
    ImagesState.FETCHABLE: "可以取",
    ImagesState.HOST_NOT_ALLOWED: "主机没有允许",
    ImagesState.LINK_ONLY: "只有网页",
    ImagesState.NONE: "没有影像",
}
_SEARCH = ("cert_type", "cert_no", "name", "from", "to", "reason")
_LONGEST_NUMBER = 9


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    guizhou = commands.add_parser("guizhou", help="贵州：跨院调阅、取图、删除").add_subparsers(
        dest="action", required=True
    )
    search = guizhou.add_parser(
        "search", help="查患者在其他医院的检查（2.6）；患者信息请用 --stdin，不要写在命令行上"
    )
    search.add_argument("--cert-type", metavar="T", help="证件类型代码；不写是 111 居民身份证")
    search.add_argument("--cert-no", metavar="N", help="证件号码")
    search.add_argument("--name", metavar="TEXT", help="姓名，可以不写")
    search.add_argument("--from", metavar="yyyy-MM-dd", help="检查日期从哪天起")
    search.add_argument("--to", metavar="yyyy-MM-dd", help="到哪天止")
    _add_reason(search)
    add_stdin_flag(search, "cert_type、cert_no、name、from、to、reason")
    search.add_argument("--show-names", action="store_true", help="姓名、证件号和索引不遮盖")
    search.set_defaults(handler=_search)
    images = guizhou.add_parser("images", help="一份检查有哪些图像（2.7）")
    images.set_defaults(handler=_images)
    fetch = guizhou.add_parser("fetch", help="取一份检查的全部图像（2.8），逐字节照原样存盘")
    fetch.add_argument("--out", type=Path, required=True, metavar="DIR", help="存到这个文件夹")
    fetch.add_argument("--force", action="store_true", help="同名而内容不同的文件也覆盖")
    fetch.set_defaults(handler=_fetch)
    for parser in (images, fetch):
        parser.add_argument(
            "index", nargs="?", metavar="INDEX", help="search 给的编号，或者影像索引"
        )
        _add_reason(parser)
        add_stdin_flag(parser, "index、reason")
    for parser in (search, images, fetch):
        add_json(parser)
    add_delete(guizhou)


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", metavar="R", help="为什么看，会记进操作记录")


# Asking


def _search(context: Context) -> int:
    values = given_values(context, _SEARCH)
    question = OutsideQuestion(
        cert_type=values.get("cert_type", IDENTITY_CARD),
        cert_no=values.get("cert_no", ""),
        name=values.get("name", ""),
        begin=_day(values, "from"),
        end=_day(values, "to"),
    )
    found = context.work.other_hospitals.search(question, values.get("reason", ""))
    if context.wants_json:
        is_clear = context.arguments.show_names
        rows = [_facts(one, is_clear=is_clear) for one in found.rows]
        print_json({"look": found.look.id, "examinations": rows})
        return 0
    print_table(
        ("编号", "医院", "检查日期", "部位", "图像"),
        [
            (
                one.id,
                one.exam.hospital or one.exam.hospital_code,
                one.exam.exam_date,
                one.part,
                _STATES[one.images],
            )
            for one in found.rows
        ],
    )
    if not found.rows:
        say("平台上没有这位患者在其他医院的检查")
    return 0


def _day(values: dict[str, str], name: str) -> date | None:
    text = values.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("outside_values", fields=f"--{name}") from None


def _facts(row: OutsideRow, *, is_clear: bool) -> dict[str, Any]:
    exam = row.exam
    return {
        "examination": exam.id,
        "index_code": exam.index_code if is_clear else mask_index(exam.index_code),
        "name": exam.name if is_clear else mask_name(exam.name),
        "cert_type": exam.cert_type,
        "cert_no": exam.cert_no if is_clear else mask_identity(exam.cert_no),
        "hospital_code": exam.hospital_code,
        "hospital": exam.hospital,
        "exam_date": exam.exam_date,
        "exam_part": exam.exam_part,
        "part": row.part,
        "report": _link(row.report),
        "viewer": _link(row.viewer),
        "download": _link(row.download),
        **_counts(row),
    }


def _link(link: OutsideLink) -> dict[str, Any]:
    return {"state": link.state, "host": link.host, "url": link.url if link.is_open else ""}


def _counts(row: OutsideRow) -> dict[str, Any]:
    return {
        "images": row.images,
        "image_total": row.exam.image_total,
        "cached": row.exam.cached,
        "cached_bytes": row.exam.cached_bytes,
    }


# Images


def _named(context: Context) -> OutsideRow:
    """The examination a command names, by our number or by its index code."""
    values = given_values(context, ("index", "reason"))
    index, reason = values.get("index", "").strip(), values.get("reason", "")
    outside = context.work.other_hospitals
    if index.isascii() and index.isdecimal() and len(index) <= _LONGEST_NUMBER:
        index = outside.row(int(index)).exam.index_code
    return outside.by_index(index, reason)


def _images(context: Context) -> int:
    outside = context.work.other_hospitals
    row = outside.list_images(_named(context).id)
    images = outside.images(row.id)
    if context.wants_json:
        listed = [_image_facts(one) for one in images]
        print_json({"examination": row.id, **_counts(row), "list": listed})
        return 0
    series: dict[int, list[OutsideImage]] = {}
    for one in images:
        series.setdefault(one.series, []).append(one)
    print_table(
        ("序列", "图像", "已取回"),
        [(one, len(own), sum(image.is_cached for image in own)) for one, own in series.items()],
    )
    say(f"编号 {row.id}，共 {len(images)} 幅")
    return 0


def _image_facts(image: OutsideImage) -> dict[str, Any]:
    return {
        "series": image.series,
        "number": image.number,
        "is_cached": image.is_cached,
        "size_bytes": image.size_bytes,
        "sha256": image.sha256,
        "error_code": image.error_code,
    }


def _fetch(context: Context) -> int:
    arguments, outside = context.arguments, context.work.other_hospitals
    row = _named(context)
    report = outside.fetch(row.id)
    images = outside.images(row.id)
    folder = arguments.out.absolute()
    files = export_images(outside.cache, images, folder, force=arguments.force)
    outside.note_exported(row.id, len(files))
    if context.wants_json:
        names = {one.name: image for one, image in zip(files, _there(images), strict=True)}
        saved = [{"file": name, **_image_facts(image)} for name, image in names.items()]
        print_json({"examination": row.id, **_report_facts(report), "files": saved})
    else:
        say(f"存了 {len(files)} 个文件，这次取回 {report.fetched} 幅，共 {report.total} 幅")
    if report.error is not None:
        raise report.error
    if report.refused:
        text = ErrorTexts(context.language).of("outside_images_refused")
        sys.stderr.write(f"hbgz: {report.refused} {text.title} {text.next_step}\n")
    return 0 if report.is_complete else 1


def _there(images: tuple[OutsideImage, ...]) -> list[OutsideImage]:
    return [one for one in images if one.is_cached]


def _report_facts(report: FetchReport) -> dict[str, Any]:
    return {
        "total": report.total,
        "fetched": report.fetched,
        "cached": report.cached,
        "refused": report.refused,
        "error": report.error.code if report.error is not None else "",
    }

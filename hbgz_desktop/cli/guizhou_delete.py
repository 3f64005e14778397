"""``hbgz guizhou delete``: have indexes deleted from the platform (2.5), after saying what that takes away."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import print_json, print_table, read_line
from hbgz_desktop.cli.stdin_values import add_stdin_flag, given_values
from hbgz_desktop.cli.visit_arguments import is_terminal
from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.services.index_words import mask_index

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.model.deletion import Deletion, DeletionScope
    from hbgz_desktop.platforms.guizhou.messages import RecordAnswer
    from hbgz_desktop.services.deletion import DeletionStatus

_DELETE = "删除"
"""What is typed in for an index without an accession number."""
_RESULTS = {
    "queued": "已排队，程序请平台删除",
    "not_current": "不是现在用的索引，没有删除",
    "deleted": "平台已删除",
    "refused": "平台没有删除",
}


def add_delete(guizhou: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this command."""
    delete = guizhou.add_parser("delete", help="从平台删除索引（2.5），不能撤销")
    delete.add_argument("indexes", nargs="*", metavar="INDEX", help="影像索引；也可以用 --stdin")
    delete.add_argument("--reason", metavar="R", help="为什么删除，会记进操作记录")
    delete.add_argument("--yes", action="store_true", help="不再询问，直接删除")
    add_stdin_flag(delete, "indexes（用空格隔开）、reason")
    add_json(delete)
    delete.set_defaults(handler=_delete)


def _delete(context: Context) -> int:
    arguments, deletion = context.arguments, context.work.deletion
    typed = arguments.indexes
    arguments.indexes = " ".join(typed) if typed else None
    values = given_values(context, ("indexes", "reason"))
    codes = tuple(dict.fromkeys(values.get("indexes", "").split()))
    reason = values.get("reason", "")
    if not codes:
        raise UsageError("outside_values", fields="hiImgIndx")
    before = deletion.status(codes)
    if not arguments.yes:
        _agree(context, before)
    known = [one.index_code for one in before if one.examination_id is not None]
    unknown = [one.index_code for one in before if one.examination_id is None]
    asked = deletion.request(known, reason=reason, actor=context.actor) if known else ()
    answers: tuple[RecordAnswer, ...] = ()
    if unknown:
        answers = deletion.delete_unknown(unknown, reason=reason, actor=context.actor)
    lines = [_asked_facts(one) for one in asked]
    lines += [_answer_facts(*one) for one in zip(unknown, answers, strict=True)]
    _say(context, sorted(lines, key=_Place(codes)))
    return 0 if all(one.accepted for one in answers) else 1


def _agree(context: Context, wanted: tuple[DeletionStatus, ...]) -> None:
    """A person on the terminal types the accession number of each; a program says ``--yes``.

    Raises:
        UsageError: ``guizhou_delete_not_confirmed``: nothing was deleted.
    """
    if not is_terminal():
        raise UsageError("guizhou_delete_not_confirmed")
    for one in wanted:
        scope = None
        if one.examination_id is not None:
            scope = context.work.deletion.scope(one.examination_id)
        accepted = _words_of(scope)
        sys.stderr.write(f"{mask_index(one.index_code)}  {_what(scope)}\n")
        sys.stderr.write(f"从平台删除，不能撤销。{_how(scope)}：")
        sys.stderr.flush()
        if read_line().strip() not in accepted:
            raise UsageError("guizhou_delete_not_confirmed")


def _words_of(scope: DeletionScope | None) -> frozenset[str]:
    return frozenset(scope.accessions) if scope and scope.accessions else frozenset({_DELETE})


def _what(scope: DeletionScope | None) -> str:
    if scope is None:
        return "本机没有这个索引，不知道平台上有什么"
    return f"检查记录 1 份，图像 {scope.images} 幅，报告 {scope.reports} 份"


def _how(scope: DeletionScope | None) -> str:
    has_number = scope is not None and scope.accessions
    return "请输入这份检查的检查号" if has_number else f"请输入“{_DELETE}”两个字"


class _Place:
    """A line's place among the indexes that were given."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self._codes = codes

    def __call__(self, line: _Line) -> int:
        return self._codes.index(line.code)


class _Line(NamedTuple):
    """What became of one index."""

    code: str
    facts: dict[str, Any]


def _say(context: Context, lines: list[_Line]) -> None:
    facts = [{"index": mask_index(one.code), **one.facts} for one in lines]
    if context.wants_json:
        print_json(facts)
        return
    print_table(
        ("索引", "结果", "平台的话"),
        [(one["index"], _RESULTS[one["result"]], one["message"]) for one in facts],
    )


def _asked_facts(one: DeletionStatus) -> _Line:
    deletion = one.deletion
    return _Line(
        one.index_code,
        {
            "result": _result(deletion),
            "examination": one.examination_id,
            "delivery": deletion.delivery_id if deletion is not None else None,
            "flag": "",
            "message": "",
        },
    )


def _result(deletion: Deletion | None) -> str:
    """An index that a decision of earlier has deleted, or left alone, was not asked for now."""
    if deletion is None or deletion.state is DeliveryState.CANCELLED:
        return "not_current"
    return "queued" if deletion.finished_at is None else "deleted"


def _answer_facts(code: str, one: RecordAnswer) -> _Line:
    return _Line(
        code,
        {
            "result": "deleted" if one.accepted else "refused",
            "examination": None,
            "delivery": None,
            "flag": one.flag or "",
            "message": one.message,
        },
    )

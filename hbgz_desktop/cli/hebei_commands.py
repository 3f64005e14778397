"""``hbgz hebei authorize|orders|results|items``: what HIS asks of Hebei's platform without the window.

Values of patients are never echoed, neither in errors nor in what is printed, except where they are the
answer (``results``). The call itself is the caller's consent.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.cli.context import Context, add_json
from hbgz_desktop.cli.output import print_json, print_table, say
from hbgz_desktop.cli.visit_arguments import add_stdin, add_visit, given_form
from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.shared_viewing import OrderRelation
from hbgz_desktop.model.sharing_launch import OrderOutcome
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.share_form import relation_of_text
from hbgz_desktop.services.shared_answers import printed_orders, printed_result

if TYPE_CHECKING:
    import argparse

    from hbgz_desktop.model.authorization import Authorization, Submission
    from hbgz_desktop.model.sharing_launch import OrdersLook, SharingForm, SharingLaunch

_STATES = {
    AuthorizationState.WAITING: "已留存，平台恢复后自动发出",
    AuthorizationState.SENDING: "正在发送",
    AuthorizationState.AUTHORIZED: "平台已记录授权",
    AuthorizationState.REFUSED: "平台不接受",
    AuthorizationState.WITHDRAWN: "已撤回",
}
_ANSWER_UNKNOWN = "已留存，不会自动再发"
_OUTCOMES = {
    OrderOutcome.ALL: "全部互认",
    OrderOutcome.SOME: "部分互认",
    OrderOutcome.NONE: "没有互认",
}
_KINDS = {"study": "检查", "lab": "检验"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this family."""
    hebei = commands.add_parser("hebei", help="河北互认：授权、医嘱、结果").add_subparsers(
        dest="action", required=True
    )
    authorize = hebei.add_parser("authorize", help="登记患者授权并发给平台（2.2.3.3）")
    orders = hebei.add_parser("orders", help="取已互认的医嘱号与项目（2.2.3.5）")
    orders.add_argument(
        "--study-order", action="append", metavar="NO=CODE,CODE", help="检查医嘱；可多次"
    )
    orders.add_argument(
        "--lab-order", action="append", metavar="NO=CODE,CODE", help="检验医嘱；可多次"
    )
    orders.add_argument(
        "--relation", type=Path, metavar="FILE", help="HIS 导出的医嘱（JSON 或文本）"
    )
    results = hebei.add_parser("results", help="取检查检验结果（2.2.3.6）")
    results.add_argument("--xlsx", type=Path, metavar="FILE.xlsx", help="另存为表格")
    results.add_argument("--json-file", type=Path, metavar="FILE.json", help="另存为给 HIS 的 JSON")
    for parser, handler in ((authorize, _authorize), (orders, _orders), (results, _results)):
        add_visit(parser)
        add_stdin(parser)
        add_json(parser)
        parser.set_defaults(handler=handler)
    _add_items(hebei)


def _add_items(hebei: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    items = hebei.add_parser("items", help="开单时可选的项目代码").add_subparsers(
        dest="items_action", required=True
    )
    listing = items.add_parser("list", help="找项目代码：代码、名称、拼音或首字母")
    listing.add_argument("text", nargs="?", default="")
    listing.add_argument("--kind", choices=list(_KINDS), default="study")
    listing.add_argument("--limit", type=int, default=1000)
    add_json(listing)
    listing.set_defaults(handler=_list_items)
    importing = items.add_parser("import", help="从 CSV 导入：类别（检查/检验）,名称,代码")
    importing.add_argument("file", type=Path, metavar="FILE.csv")
    importing.set_defaults(handler=_import_items)
    removing = items.add_parser("unset", help="删除一个名称的代码")
    removing.add_argument("kind", choices=list(_KINDS))
    removing.add_argument("name", metavar="NAME")
    removing.set_defaults(handler=_remove_item)


def _list_items(context: Context) -> int:
    arguments = context.arguments
    rows = context.work.item_codes.search(arguments.text, arguments.kind, arguments.limit)
    if context.wants_json:
        print_json(rows)
    else:
        print_table(
            ("类别", "代码", "名称"), [(_KINDS[one.kind], one.code, one.name) for one in rows]
        )
    return 0


def _import_items(context: Context) -> int:
    items = context.work.item_codes
    say(f"已导入 {items.save(items.read_file(context.arguments.file))} 项")
    return 0


def _remove_item(context: Context) -> int:
    arguments = context.arguments
    if not context.work.item_codes.remove(arguments.kind, arguments.name):
        raise UsageError("mapping_unknown", code_set=arguments.kind)
    say("已删除")
    return 0


def _authorize(context: Context) -> int:
    form = given_form(context)
    answer = context.work.authorization.submit(
        form.visit, his_dept_code=form.his_dept_code, his_user_code=form.his_user_code
    )
    row = answer.authorization
    if row is None:
        wrong = [one.field for one in answer.problems if one.severity is Severity.ERROR]
        raise UsageError("visit_values", fields=", ".join(dict.fromkeys(wrong)))
    if context.wants_json:
        print_json(_submission(answer, row))
    else:
        known = "（这次就诊先前已经授权）" if answer.is_known else ""
        state = _ANSWER_UNKNOWN if row.is_answer_unknown else _STATES[row.state]
        say(f"{row.id} {state}{known} {row.message}".rstrip())
        if row.error_code:
            text = ErrorTexts(context.language).of(row.error_code)
            say(" ".join(filter(None, (text.title, text.next_step))))
    return 1 if row.state is AuthorizationState.REFUSED else 0


def _submission(answer: Submission, row: Authorization) -> dict[str, object]:
    return {
        "id": row.id,
        "state": row.state,
        "is_known": answer.is_known,
        "attempts": row.attempts,
        "error_code": row.error_code,
        "message": row.message,
        "entered_at": row.created_at,
        "sent_at": row.sent_at,
        "next_try_at": row.next_try_at,
        "warnings": [
            {"field": one.field, "rule": one.rule}
            for one in answer.problems
            if one.severity is Severity.WARNING
        ],
    }


def _launch(context: Context, form: SharingForm) -> SharingLaunch:
    """The newest launch of the visit; one is begun when HIS has opened the page itself."""
    wrong = [name for name in ("idNo", "visitNo") if not form.visit.values()[name]]
    if wrong:
        raise UsageError("visit_values", fields=", ".join(wrong))
    sharing = context.work.shared_viewing
    found = sharing.of_visit(form.visit)
    return sharing.begin(form) if found is None else found


def _orders(context: Context) -> int:
    form = given_form(context)
    relation = _relation(context, form.relation)
    look = context.work.shared_viewing.fetch_orders(_launch(context, form).id, relation)
    if context.wants_json:
        print_json(_orders_facts(look))
        return 0
    print_table(
        ("类别", "医嘱号", "结果", "已互认", "未互认"),
        [
            (
                _KINDS[one.kind],
                one.order_no,
                _OUTCOMES[one.outcome],
                ",".join(one.recognised),
                ",".join(one.struck_out),
            )
            for one in look.lines
        ],
    )
    if not look.has_recognised:
        say("没有互认任何项目，医嘱照常执行")
    return 0


def _orders_facts(look: OrdersLook) -> dict[str, object]:
    return {
        "launch": look.launch.id,
        "relation": printed_orders(look.answer)["relation"],
        "has_recognised": look.has_recognised,
        "orders": [
            {
                "kind": one.kind,
                "order_no": one.order_no,
                "asked": one.asked,
                "recognised": one.recognised,
                "struck_out": one.struck_out,
                "outcome": one.outcome,
            }
            for one in look.lines
        ],
    }


def _relation(context: Context, given: OrderRelation) -> OrderRelation:
    """Orders of stdin, of flags and of a file, together."""
    arguments = context.arguments
    lines = [f"study {one}" for one in arguments.study_order or ()]
    lines += [f"lab {one}" for one in arguments.lab_order or ()]
    parts = [given, relation_of_text("\n".join(lines))]
    if arguments.relation is not None:
        try:
            parts.append(relation_of_text(arguments.relation.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError):
            raise UsageError("share_relation_unusable") from None
    return OrderRelation(
        tuple(order for one in parts for order in one.study_orders),
        tuple(order for one in parts for order in one.lab_orders),
    )


def _results(context: Context) -> int:
    form = given_form(context)
    if not form.visit.name.strip():
        raise UsageError("visit_values", fields="patientName")
    sharing = context.work.shared_viewing
    look = sharing.fetch_results(_launch(context, form).id)
    arguments = context.arguments
    if arguments.xlsx is not None:
        sharing.export_xlsx(look, arguments.xlsx.absolute())
    if arguments.json_file is not None:
        sharing.export_json(look, arguments.json_file.absolute())
    if context.wants_json:
        print_json(
            {
                **printed_result(look.result),
                "launch": look.launch.id,
                "is_empty": look.is_empty,
                "recognised_count": look.recognised_count,
            }
        )
        return 0
    say(sharing.as_text(look))
    if not look.has_recognised:
        say("没有互认任何结果（页面可能没有处理就关掉了）")
    return 0

"""The answers of the faults that keep nothing, and of the one that says "already there"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.envelope import CODE_CONTENT, Refusal
from hbgz_desktop.sandbox.faults import FaultKind, FaultRule
from hbgz_desktop.sandbox.guizhou_answers import ALL_FAILED, PARTLY_FAILED, Answer, refused_answer
from hbgz_desktop.sandbox.guizhou_services import FILE_MD5
from hbgz_desktop.sandbox.guizhou_transactions import BATCHES
from hbgz_desktop.sandbox.http_server import Reply

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.guizhou_intake import Message

STATUS_OF: Final = {
    FaultKind.HTTP_500: 500,
    FaultKind.HTTP_503: 503,
    FaultKind.HTTP_429: 429,
    FaultKind.HTTP_401: 401,
}
HTML: Final = (
    '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
    "<title>502 Bad Gateway</title></head>"
    "<body><h1>502 Bad Gateway</h1><p>服务暂时不可用，请稍后再试。</p></body></html>"
)


def fault_reply(rule: FaultRule, service: str, message: Message | None) -> Reply:
    """Answer a request that is not to be worked on."""
    return gateway_reply(rule) or Reply.of_json(_refusal(rule, service, message).value)


def gateway_reply(rule: FaultRule) -> Reply | None:
    """Answer as what stands before a platform does, without knowing which; None if not its kind."""
    status = STATUS_OF.get(rule.kind)
    if status is not None:
        return _status_reply(rule, status)
    if rule.kind is FaultKind.HTML_200:
        return Reply(200, HTML.encode("utf-8"), "text/html;charset=UTF-8")
    return None


def cut_short(rule: FaultRule | None, reply: Reply) -> Reply:
    """Cut an answer on its way if the fault wants that."""
    if rule is None or rule.kind is not FaultKind.CUT_ANSWER:
        return reply
    return replace(reply, cut_percent=rule.number("percent", 50))


def already_answer(rule: FaultRule, answer: Answer) -> Answer:
    """Answer a request that was worked on as if its content had been there before."""
    text = rule.text("message", "数据已存在，未重复保存")
    code = int(rule.number("code", 0))
    value = {**answer.value, "code": code, "message": text}
    rows = value.get("data")
    if "type" in value:
        value["type"] = "error" if code else "success"
    if isinstance(rows, list):
        value["data"] = [_already_row(row, text, code) for row in rows]
    elif code and rows is not None:
        value["data"] = None
    return replace(answer, value=value, content=None if code else answer.content)


def _already_row(row: dict[str, object], text: str, code: int) -> dict[str, object]:
    if "succFlag" not in row:  # of a query
        return row
    return {**row, "message": text, **({"succFlag": ALL_FAILED} if code else {})}


def _status_reply(rule: FaultRule, status: int) -> Reply:
    reply = Reply.of_json(
        {"code": status, "type": "error", "message": f"HTTP {status}（模拟故障）"}, status
    )
    if rule.kind is not FaultKind.HTTP_429:
        return reply
    seconds = str(int(rule.number("retry_after", 1)))
    return Reply(reply.status, reply.body, reply.content_type, (("Retry-After", seconds),))


def _refusal(rule: FaultRule, service: str, message: Message | None) -> Answer:
    if rule.kind is FaultKind.WRONG_MD5:
        return refused_answer(
            service, message, Refusal(CODE_CONTENT, f"{FILE_MD5}：与收到的文件不一致")
        )
    code = int(rule.number("code", 1))
    if rule.kind is FaultKind.PARTIAL:
        text = rule.text("message", "部分数据保存失败（模拟故障）")
        answer = refused_answer(service, message, Refusal(code, text), PARTLY_FAILED)
        if service not in BATCHES:
            return answer
        value = {**answer.value, "code": 0, "type": "success", "message": "部分数据失败"}
        return Answer(value, "partly", "0", "部分数据失败")
    text = rule.text("message", "数据保存失败（模拟故障）")
    return refused_answer(service, message, Refusal(code, text))

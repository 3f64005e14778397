"""From an HTTP answer to yes, or the error that says what to do (H006, H042, X005)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from hbgz_desktop.platforms.hebei.options import GET_TOKEN, REFRESH_TOKEN

if TYPE_CHECKING:
    from hbgz_desktop.platforms.http_answer import Answer

_TOKEN = re.compile(
    r"token|令牌|口令|(未|没有|无)(登录|授权|权限)|(认证|鉴权|授权)(失败|过期|失效)|unauthori[sz]ed",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"繁忙|稍后|超时|服务不可用|限流|频繁|too many|timed? ?out|busy|unavailable", re.IGNORECASE
)
_TOKEN_CODES = ("401", "403")
_BUSY_CODES = ("429", "502", "503", "504")

_Failure = tuple[str, type[PlatformError]]
_NOT_AUTHORISED: _Failure = ("hebei_token_refused", NotAuthorisedError)
_USER: _Failure = ("hebei_user_refused", NotAuthorisedError)
_PATH: _Failure = ("hebei_path_unknown", PlatformRejectedError)
_BUSY_FAILURE: _Failure = ("hebei_busy", PlatformUnreachableError)
_SERVER: _Failure = ("hebei_server_error", PlatformUnreachableError)
_BY_STATUS: dict[int, _Failure] = {
    401: _NOT_AUTHORISED,
    403: _NOT_AUTHORISED,
    404: _PATH,
    405: _PATH,
    408: _BUSY_FAILURE,
    410: _PATH,
    413: ("hebei_too_large", PlatformRejectedError),
    425: _BUSY_FAILURE,
    429: _BUSY_FAILURE,
}


class Verdict(NamedTuple):
    """What a JSON answer says of itself.

    Attributes:
        accepted: ``code`` is 200, as text or number (H006).
        code: As text; None when it has none, "" when it is empty.
        message: ``msg``, else ``message``.
        data: As it came, a text that is JSON already read.
    """

    accepted: bool
    code: str | None
    message: str
    data: object


def text_of(value: object) -> str:
    """A member as text: 200, 200.0 and "200" are one value; nothing, true and nodes are ""."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, (bool, dict, list)):
        return ""
    return str(value).strip()


def folded(value: object) -> dict[str, object]:
    """Names of an object without case and underscore: app_id, App_id and appId are one (H047)."""
    members: dict[str, object] = {}
    if isinstance(value, dict):
        for name, member in value.items():
            members.setdefault(str(name).strip().lower().replace("_", ""), member)
    return members


def judge(answer: Answer, service: str) -> Verdict | None:
    """Read an answer; None when it is no object with a code.

    refreshToken succeeds also with an empty code, if a token came with it (H052).
    """
    document = folded(_read_json(answer.text))
    if "code" not in document:
        return None
    code = text_of(document["code"])
    data = document.get("data")
    if isinstance(data, str):
        data = _read_json(data)
    is_renewed = service == REFRESH_TOKEN and not code and bool(text_of(folded(data).get("token")))
    message = text_of(document.get("msg")) or text_of(document.get("message"))
    return Verdict(code == "200" or is_renewed, code, message, data)


def _read_json(text: str) -> object:
    try:
        return json.loads(text.strip().strip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def failure_of(
    answer: Answer, verdict: Verdict | None, service: str, wait_s: float | None
) -> PlatformError | None:
    """Why an answer is none that can be used; None for a success.

    The status line decides first: 401, 403 → token; 404 → address; 408, 429, 5xx → come back.
    Below 300 and for other 4xx the JSON decides. What is no JSON proves nothing.
    """
    if 200 <= answer.status < 300 and verdict is not None and verdict.accepted:
        return None
    code, kind = _by_status(answer.status) or _by_body(answer, verdict)
    if service == GET_TOKEN and code in ("hebei_token_refused", "hebei_rejected"):
        code, kind = _USER
    facts: dict[str, Any] = {"service": service}
    if wait_s is not None:
        facts["retry_after_s"] = wait_s
    answer_code = verdict.code if verdict else None
    return kind(code, http_status=answer.status, answer_code=answer_code, **facts)


def _by_status(status: int) -> _Failure | None:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:
        return _PATH
    return _SERVER if status >= 500 else None


def _by_body(answer: Answer, verdict: Verdict | None) -> _Failure:
    if verdict is None:
        if answer.status >= 400:
            return "hebei_bad_request", PlatformRejectedError
        return "hebei_answer_not_json", PlatformUnreachableError
    if verdict.code in _TOKEN_CODES or _TOKEN.search(verdict.message):
        return _NOT_AUTHORISED
    if verdict.code in _BUSY_CODES or _BUSY.search(verdict.message):
        return _BUSY_FAILURE
    return "hebei_rejected", PlatformRejectedError

"""What the Hebei client says when it is refused, put off, or not answered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from hbgz_desktop.model.shared_viewing import SharingOffer, ViewRequest
from hbgz_desktop.services.error_texts import ErrorTexts
from tests.unit.platforms.hebei.sharing_bench import (
    CIPHERS,
    NOW,
    TOKEN,
    USER,
    VISIT,
    SharingBench,
    success,
)

if TYPE_CHECKING:
    from hbgz_desktop.platforms.hebei.exchange import HebeiOutcome
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

VIEW = ViewRequest()


def ask(client: Any) -> HebeiOutcome[SharingOffer]:
    outcome: HebeiOutcome[SharingOffer] = client.hr_page(TOKEN, VISIT, VIEW)
    return outcome


@pytest.mark.parametrize(
    ("status", "body", "code", "kind"),
    [
        (200, {"code": "500", "msg": "参数错误"}, "hebei_rejected", PlatformRejectedError),
        (200, {"code": 500, "msg": ""}, "hebei_rejected", PlatformRejectedError),
        (200, {"code": None, "msg": "x"}, "hebei_rejected", PlatformRejectedError),
        (200, {"code": "500", "msg": "token已过期"}, "hebei_token_refused", NotAuthorisedError),
        (200, {"code": "500", "msg": "令牌无效"}, "hebei_token_refused", NotAuthorisedError),
        (200, {"code": "401", "msg": "x"}, "hebei_token_refused", NotAuthorisedError),
        (401, b"", "hebei_token_refused", NotAuthorisedError),
        (403, {"code": "200"}, "hebei_token_refused", NotAuthorisedError),
        (
            200,
            {"code": "500", "msg": "系统繁忙，请稍后"},
            "hebei_busy",
            PlatformUnreachableError,
        ),
        (429, b"", "hebei_busy", PlatformUnreachableError),
        (500, {"code": "500", "msg": "x"}, "hebei_server_error", PlatformUnreachableError),
        (502, b"<html>", "hebei_server_error", PlatformUnreachableError),
        (404, b"<html>", "hebei_path_unknown", PlatformRejectedError),
        (302, b"", "hebei_path_unknown", PlatformRejectedError),
        (413, b"", "hebei_too_large", PlatformRejectedError),
        (400, b"no", "hebei_bad_request", PlatformRejectedError),
        (400, {"code": "500", "msg": "缺参数"}, "hebei_rejected", PlatformRejectedError),
        (200, b"<html>login</html>", "hebei_answer_not_json", PlatformUnreachableError),
        (200, b"", "hebei_answer_not_json", PlatformUnreachableError),
        (200, [1], "hebei_answer_not_json", PlatformUnreachableError),
        (200, {"msg": "ok"}, "hebei_answer_not_json", PlatformUnreachableError),
    ],
)
def test_every_refusal_says_whose_it_is(
    platform: ScriptedFrontEnd,
    bench: SharingBench,
    status: int,
    body: object,
    code: str,
    kind: type[Exception],
) -> None:
    platform.answer(body, status=status)
    outcome = ask(bench.client())
    assert outcome.error is not None
    assert (outcome.error.code, type(outcome.error)) == (code, kind)
    assert outcome.error.retryable is (kind is PlatformUnreachableError)
    assert outcome.exchange.http_status == status
    assert outcome.answer is None
    assert len(platform.requests) == 1


@pytest.mark.parametrize("status", [200, 201, 202])
def test_any_2xx_will_do(platform: ScriptedFrontEnd, bench: SharingBench, status: int) -> None:
    platform.answer(success({"studyResultNo": 1}), status=status)
    assert ask(bench.client()).accepted


@pytest.mark.parametrize("status", [200, 401])
def test_a_refused_user_is_not_a_refused_token(
    platform: ScriptedFrontEnd, bench: SharingBench, status: int
) -> None:
    platform.answer({"code": "500", "msg": "机构不存在"}, status=status)
    outcome = bench.client().get_token(USER)
    assert isinstance(outcome.error, NotAuthorisedError)
    assert outcome.error.code == "hebei_user_refused"
    assert outcome.exchange.message == "机构不存在"


def test_the_exchange_keeps_the_words_but_nothing_of_the_patient(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    said = f"{VISIT.name} {VISIT.id_no} {CIPHERS['idNo']} {TOKEN.token} 13812342071 就诊号MZ0001 不存在"
    platform.answer({"code": 500, "msg": said}, headers={"Retry-After": "7"})
    exchange = ask(bench.client()).exchange
    assert exchange.message == "*** *** *** *** *** 就诊号*** 不存在"
    assert (exchange.service, exchange.answer_code, exchange.retry_after_s) == ("hrPage", "500", 7)
    assert (exchange.started_at, exchange.finished_at) == (NOW, NOW)
    assert not exchange.accepted


def test_a_silence_and_a_hang_up_are_transient(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    released = threading.Event()
    platform.answer(success({}), wait_for=released)
    outcome = ask(bench.client(read_s=0.2))
    released.set()
    assert outcome.error is not None
    assert outcome.error.code == "hebei_timeout_read"
    platform.answers.clear()
    platform.answer(b"", hang_up=True)
    outcome = ask(bench.client())
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.retryable) == ("hebei_reset", True)
    assert outcome.exchange.http_status is None


def test_a_port_without_a_server_is_a_refused_connection(bench: SharingBench) -> None:
    client = bench.client(base_url="http://127.0.0.1:1")
    outcome = ask(client)
    assert outcome.error is not None
    assert outcome.error.code == "hebei_refused_connection"
    probe = client.probe()
    assert not probe.reachable
    assert probe.error is not None
    assert probe.error.code == "hebei_refused_connection"


def test_a_probe_sends_nothing_and_proves_an_answer(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    platform.answer(b"", status=404)
    probe = bench.client().probe()
    assert (probe.reachable, probe.http_status) == (True, 404)
    sent = platform.requests[0]
    assert (sent.method, sent.path, sent.body_bytes) == ("GET", "/", 0)
    assert "authorization" not in sent.headers


def test_every_step_that_can_fail_has_words_of_this_platform() -> None:
    texts = set(ErrorTexts().codes())
    steps = {code for code in texts if code.startswith("platform_")} & {
        f"platform_{step}"
        for step in (
            "dns",
            "no_route",
            "protocol",
            "refused_connection",
            "reset",
            "timeout_connect",
            "timeout_read",
            "tls",
            "url_invalid",
        )
    }
    assert len(steps) == 9
    assert {code.replace("platform_", "hebei_") for code in steps} <= texts

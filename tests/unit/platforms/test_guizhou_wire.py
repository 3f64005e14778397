"""The Guizhou client against a server of real sockets: what goes wrong on the wire."""

from __future__ import annotations

import re
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from tests.unit.platforms.guizhou_bench import (
    FLAT,
    INDEX,
    KEY,
    Bench,
    error_of,
    send_image,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (
            200,
            b"<html><body>login</body></html>",
            PlatformUnreachableError,
            "platform_answer_not_json",
        ),
        (200, b"", PlatformUnreachableError, "platform_answer_not_json"),
        (200, b"[1, 2]", PlatformUnreachableError, "platform_answer_not_json"),
        (200, b'{"hello": "world"}', PlatformUnreachableError, "platform_answer_not_json"),
        (200, b"[" * 100_000, PlatformUnreachableError, "platform_answer_not_json"),
        (200, b'{"code": 401, "message": "x"}', NotAuthorisedError, "platform_not_authorised"),
        (
            200,
            '{"code": 9, "message": "密钥错误"}'.encode(),
            NotAuthorisedError,
            "platform_not_authorised",
        ),
        (
            200,
            '{"code": 9, "message": "系统繁忙"}'.encode(),
            PlatformUnreachableError,
            "platform_busy",
        ),
        (302, b"", PlatformRejectedError, "platform_path_unknown"),
        (400, b"", PlatformRejectedError, "platform_bad_request"),
        (
            400,
            '{"code": 400, "message": "缺少参数"}'.encode(),
            PlatformRejectedError,
            "platform_rejected",
        ),
        (401, b"", NotAuthorisedError, "platform_not_authorised"),
        (403, b"<html>", NotAuthorisedError, "platform_not_authorised"),
        (404, b'{"code": 0}', PlatformRejectedError, "platform_path_unknown"),
        (405, b"", PlatformRejectedError, "platform_path_unknown"),
        (408, b"", PlatformUnreachableError, "platform_busy"),
        (413, b"", PlatformRejectedError, "platform_too_large"),
        (429, b"", PlatformUnreachableError, "platform_busy"),
        (500, b'{"code": 0}', PlatformUnreachableError, "platform_server_error"),
        (502, b"<html>", PlatformUnreachableError, "platform_server_error"),
    ],
)
def test_answers_that_accept_nothing(
    front_end: ScriptedFrontEnd,
    bench: Bench,
    image: Path,
    status: int,
    body: bytes,
    kind: type[PlatformError],
    code: str,
) -> None:
    headers = {"Location": "http://127.0.0.1:1/"} if status == 302 else {}
    front_end.answer(body, status=status, headers=headers)
    exchange = send_image(bench.client(), image)
    error = error_of(exchange)
    assert type(error) is kind
    assert error.code == code
    assert error.retryable is (kind is PlatformUnreachableError)
    assert exchange.http_status == error.http_status == status
    assert len(front_end.requests) == 1


@pytest.mark.parametrize(
    ("value", "wait_s"), [("7", 7.0), ("99999", 3600.0), ("-3", 0.0), ("x", None)]
)
def test_retry_after(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path, value: str, wait_s: float | None
) -> None:
    front_end.answer(b"", status=503, headers={"Retry-After": value})
    exchange = send_image(bench.client(), image)
    assert exchange.retry_after_s == wait_s
    assert error_of(exchange).facts.get("retry_after_s") == wait_s


def test_answers_in_gb18030_are_read(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer('{"code": 1, "message": "索引不存在"}'.encode("gb18030"))
    exchange = send_image(bench.client(), image)
    assert exchange.message == "索引不存在"
    assert not exchange.already


def test_kept_answer_is_limited(front_end: ScriptedFrontEnd, bench: Bench, image: Path) -> None:
    front_end.answer(b"x" * 3_000_000)
    exchange = send_image(bench.client(), image)
    assert len(exchange.answer_text) == 64 * 1024
    assert error_of(exchange).code == "platform_answer_not_json"


def test_hang_up_after_the_body(front_end: ScriptedFrontEnd, bench: Bench, image: Path) -> None:
    front_end.answer(b"", hang_up=True)
    error = error_of(send_image(bench.client(), image))
    assert isinstance(error, PlatformUnreachableError)
    assert (error.code, error.retryable, error.http_status) == ("platform_reset", True, None)


def test_reset_while_the_body_is_sent(
    front_end: ScriptedFrontEnd, bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "large.dcm"
    path.write_bytes(bytes(16 * 1024 * 1024))
    front_end.answer(b"", hang_up_before_body=True)
    exchange = send_image(bench.client(), path)
    assert error_of(exchange).code == "platform_reset"
    assert exchange.http_status is None


def test_half_an_answer(front_end: ScriptedFrontEnd, bench: Bench, image: Path) -> None:
    front_end.answer(b'{"code": 0', announced=500)
    error = error_of(send_image(bench.client(), image))
    assert error.code == "platform_reset"


def test_no_http_at_all(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/mie/api/mie"
        speaker = threading.Thread(target=_say, args=(listener, b"SSH-2.0-x\r\n\r\n"))
        speaker.start()
        exchange = bench.client(base_url=url).save_exam_record({"hiImgIndx": INDEX})
        speaker.join()
    assert error_of(exchange).code in ("platform_protocol", "platform_reset")


def _say(listener: socket.socket, words: bytes) -> None:
    peer, _ = listener.accept()
    with peer:
        peer.recv(65536)
        peer.sendall(words)


def test_silence_ends_by_the_read_timeout(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    released = threading.Event()
    front_end.answer(FLAT, wait_for=released)
    try:
        error = error_of(send_image(bench.client(read_s=0.1), image))
    finally:
        released.set()
    assert (error.code, error.retryable) == ("platform_timeout_read", True)


def test_dripping_answer_ends_by_the_deadline(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer(b" " * 900_000)
    error = error_of(send_image(bench.client(answer_deadline_s=-1.0), image))
    assert error.code == "platform_timeout_read"


def test_nobody_listens(bench: Bench, image: Path) -> None:
    url = f"http://127.0.0.1:{_free_port()}/mie/api/mie"
    client = bench.client(base_url=url)
    error = error_of(send_image(client, image))
    assert error.code == "platform_refused_connection"
    probe = client.probe()
    assert not probe.reachable
    assert probe.error is not None
    assert probe.error.code == "platform_refused_connection"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_tls_to_a_plain_port(front_end: ScriptedFrontEnd, bench: Bench, image: Path) -> None:
    front_end.answer(FLAT)
    url = re.sub("^http:", "https:", front_end.base_url)
    error = error_of(send_image(bench.client(base_url=url), image))
    assert error.code == "platform_tls"


def test_probe_claims_only_an_answer(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(b"nothing here", status=404)
    probe = bench.client().probe()
    assert probe.reachable
    assert probe.http_status == 404
    assert 0 <= probe.elapsed_ms < 5000
    seen = front_end.requests[0]
    assert (seen.method, seen.path) == ("GET", "/mie/api/mie")
    assert KEY not in str(seen.headers)

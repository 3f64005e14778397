"""The platform as a server: restart, ports, connections that misbehave."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from tests.unit.sandbox.caller import INSTITUTION, KEY, Caller

if TYPE_CHECKING:
    from pathlib import Path


PDF = b"%PDF-1.4\n%%EOF\n"


def test_a_restart_knows_everything(
    tmp_path: Path, record: dict[str, Any], images: list[bytes]
) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with httpx.Client(trust_env=False) as http:
        caller = Caller(platform, http)
        with platform:
            caller.record(record, msgid="once")
            caller.image(record, images[0])
        with pytest.raises(httpx.TransportError):
            caller.image(record, images[1])
        with platform:
            assert caller.image(record, images[1]).json()["code"] == 0
    again = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with again, httpx.Client(trust_env=False) as http:
        caller = Caller(again, http)
        assert "重复" in caller.record(record, msgid="once").json()["message"]
        assert caller.image(record, images[0], msgid="m").json()["message"].startswith("影像已存在")
        assert len(again.images()) == 2


def test_unknown_addresses_and_methods(caller: Caller) -> None:
    assert caller.http.post(f"{caller.platform.base_url}/saveImgInfos").status_code == 404
    assert caller.http.post(f"{caller.platform.root_url}/saveImgFile").status_code == 404
    assert caller.http.get(f"{caller.platform.base_url}/saveImgFile").status_code == 405


def test_a_port_has_one_owner(platform: GuizhouPlatform, tmp_path: Path) -> None:
    second = GuizhouPlatform(
        tmp_path / "second", port=platform.port, institution_code=INSTITUTION, key=KEY
    )
    with pytest.raises(UsageError) as caught:
        second.start()
    assert caught.value.code == "sandbox_port_taken"


def test_an_address_before_the_start_is_unknown(tmp_path: Path) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with pytest.raises(UsageError) as caught:
        _ = platform.base_url
    assert caught.value.code == "sandbox_not_running"
    platform.stop()


def test_a_sender_that_dies_half_way_leaves_nothing(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    address = ("127.0.0.1", ready.platform.port)
    head = (
        b"POST /mie/api/mie/saveImgFile HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        b'--b\r\nContent-Disposition: form-data; name="dicom"; filename="x"\r\n\r\n'
    )
    with socket.create_connection(address) as line:
        line.sendall(head + images[0])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert ready.platform.requests()[-1].outcome == "peer_gone"
    assert list(ready.platform.ledger.incoming.iterdir()) == []
    assert ready.image(record, images[0]).json()["code"] == 0


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-4\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n",
    ],
)
def test_a_body_that_cannot_be_framed_ends_the_connection(
    platform: GuizhouPlatform, head: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", platform.port)) as line:
        line.sendall(
            b"POST /mie/api/mie/saveExamRpotImgInfo HTTP/1.1\r\nContent-Type: application/json\r\n"
            + head
        )
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Connection: close" in answer


def test_a_cautious_client_is_told_to_continue(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    with socket.create_connection(("127.0.0.1", ready.platform.port)) as line:
        line.sendall(
            b"POST /mie/api/mie/saveImgFile HTTP/1.1\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n"
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"{}")
        assert line.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_one_connection_serves_many_requests(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    for number, content in enumerate(images * 3):
        answer = ready.image(record, content)
        assert answer.json()["code"] == 0, number
        assert "connection" not in answer.headers
    assert ready.platform.state()["duplicates"] == 6

"""Each fault as a client sees it, and what the platform holds afterwards."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from tests.operating_system import SLOWNESS
from tests.unit.sandbox.caller import INSTITUTION, KEY, Caller, make_image

if TYPE_CHECKING:
    from pathlib import Path


def arm(caller: Caller, *texts: str) -> None:
    caller.platform.faults.replace([parse_fault(text) for text in texts])


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_a_status_keeps_nothing(
    ready: Caller, record: dict[str, Any], images: list[bytes], status: int
) -> None:
    arm(ready, f"saveImgFile:http_{status}:2:retry_after=7")
    answers = [ready.image(record, images[0]) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].headers.get("retry-after") == ("7" if status == 429 else None)
    assert answers[2].json()["message"] == "成功"
    assert ready.platform.state()["faults"] == {f"http_{status}": 2}


def test_a_web_page_with_status_200(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    arm(ready, "saveImgFile:html_200")
    answer = ready.image(record, images[0])
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<html" in answer.text
    assert ready.platform.images() == ()


def test_refusals_of_a_record(caller: Caller, record: dict[str, Any]) -> None:
    arm(caller, "*:partial:1", "*:refused:1:code=7,message=系统忙", "*:wrong_md5:1")
    partial, refused, wrong, good = (caller.record(record).json() for _ in range(4))
    assert partial["code"] == 0
    assert partial["data"][0]["succFlag"] == "0"
    assert refused["code"] == 7
    assert refused["message"] == "系统忙"
    assert refused["data"][0]["succFlag"] == "-1"
    assert refused["data"][0]["hiImgIndx"] == record["hiImgIndx"]
    assert wrong["data"][0]["message"] == "fileMd5 文件 Md5 值：与收到的文件不一致"
    assert good["data"][0]["message"] == "保存数据成功"


def test_refusals_of_an_image(ready: Caller, record: dict[str, Any], images: list[bytes]) -> None:
    arm(ready, "*:partial:1", "*:refused:1", "*:wrong_md5:1")
    answers = [ready.image(record, images[0]).json() for _ in range(4)]
    assert [answer["code"] for answer in answers] == [1, 1, 422, 0]
    assert answers[2]["message"] == "fileMd5 文件 Md5 值：与收到的文件不一致"
    assert answers[3]["message"] == "成功"


def test_already_there(ready: Caller, record: dict[str, Any], images: list[bytes]) -> None:
    arm(ready, "*:already_exists:1", "*:already_exists:1:code=409,status=409")
    first, second = (ready.image(record, content) for content in images[:2])
    assert (first.status_code, first.json()["code"]) == (200, 0)
    assert (second.status_code, second.json()["code"]) == (409, 409)
    assert "已存在" in first.json()["message"]
    assert len(ready.platform.images()) == 2
    arm(ready, "*:already_exists:code=3")
    row = ready.record(record).json()["data"][0]
    assert row["succFlag"] == "-1"


def test_already_there_does_not_hide_a_refusal(ready: Caller, record: dict[str, Any]) -> None:
    arm(ready, "*:already_exists")
    assert ready.image(record, b"no dicom").json()["code"] == 422


@pytest.mark.parametrize("size", [1000, 5_000_000])
def test_a_reset_in_the_middle_keeps_nothing(
    ready: Caller, record: dict[str, Any], size: int
) -> None:
    arm(ready, "saveImgFile:reset_at_80:1")
    content = make_image(1, size)
    with pytest.raises(httpx.TransportError):
        ready.image(record, content)
    assert ready.platform.images() == ()
    assert list(ready.platform.ledger.incoming.iterdir()) == []
    assert ready.platform.requests()[-1].outcome == "cut"
    assert ready.image(record, content).json()["message"] == "成功"


@pytest.mark.skip_under_wine("its sockets end by a FIN where SO_LINGER asks for a reset")
def test_a_reset_is_one_on_the_wire(platform: GuizhouPlatform) -> None:
    platform.faults.add(parse_fault("saveImgFile:reset_at_80"))
    with socket.create_connection(("127.0.0.1", platform.port), timeout=10) as line:
        line.sendall(
            b"POST /mie/api/mie/saveImgFile HTTP/1.1\r\nContent-Length: 1000\r\n"
            b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + b"x" * 800
        )
        with pytest.raises(ConnectionResetError):
            line.recv(1)


def test_a_reset_of_one_study_only(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    arm(ready, f"*:reset_at_80:1:match={record['accessionNumber']}", "*:http_500:match=OTHER")
    with pytest.raises(httpx.TransportError):
        ready.image(record, images[0])
    assert ready.image(record, images[0]).json()["code"] == 0
    arm(ready, f"*:reset_at_80:1:match={record['studyUid']}")
    with pytest.raises(httpx.TransportError):
        ready.record(record)


def test_stored_but_never_answered(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    arm(ready, "saveImgFile:stored_no_answer:1")
    with pytest.raises(httpx.RemoteProtocolError):
        ready.image(record, images[0])
    assert len(ready.platform.images()) == 1
    assert ready.image(record, images[0]).json()["message"] == "影像已存在，未重复保存"
    assert ready.platform.state()["duplicates"] == 1
    assert ready.platform.requests()[-2].outcome == "accepted"


def test_a_silence_ends_at_its_limit(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    arm(ready, "saveImgFile:timeout:1:seconds=0.02")
    with pytest.raises(httpx.RemoteProtocolError):
        ready.image(record, images[0])
    assert ready.platform.images() == ()


def test_a_slow_answer_comes_after_the_work(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    arm(ready, "saveImgFile:slow:1:seconds=600")
    answers: list[httpx.Response] = []
    thread = threading.Thread(
        target=lambda: answers.append(ready.image(record, images[0])), name="slow-client"
    )
    thread.start()
    while not ready.platform.images():
        thread.join(0.005)
    assert answers == []
    while thread.is_alive():
        ready.platform.faults.release()
        thread.join(0.005)
    assert answers[0].json()["code"] == 0


@pytest.mark.parametrize("fault", ["timeout", "slow:seconds=600"])
def test_stop_does_not_wait_for_held_requests(
    tmp_path: Path, record: dict[str, Any], fault: str
) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    platform.start()
    platform.faults.add(parse_fault(f"*:{fault}"))
    is_cut = threading.Event()

    def send() -> None:
        with httpx.Client(trust_env=False, timeout=60) as http:
            try:
                Caller(platform, http).record(record)
            except httpx.TransportError:
                is_cut.set()

    thread = threading.Thread(target=send, name="held-client")
    thread.start()
    while not platform.state()["msgids"]:
        thread.join(0.005)
    started = time.monotonic()
    platform.stop()
    assert time.monotonic() - started < 4 * SLOWNESS
    thread.join(10 * SLOWNESS)
    assert not thread.is_alive()


def test_idle_connections_do_not_delay_stop(caller: Caller, record: dict[str, Any]) -> None:
    caller.record(record)
    started = time.monotonic()
    caller.platform.stop()
    assert time.monotonic() - started < 2 * SLOWNESS


# -- the control addresses


def control(caller: Caller, name: str, value: object = None) -> httpx.Response:
    return caller.http.post(f"{caller.platform.root_url}/_sandbox/{name}", json=value)


def test_faults_are_set_at_run_time(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    rules = ["saveImgFile:http_503:1", {"service": "saveImgFile", "fault": "refused", "nth": 2}]
    assert control(ready, "faults", {"faults": rules}).status_code == 200
    codes = [ready.image(record, images[0]).json()["code"] for _ in range(3)]
    assert codes == [503, 1, 0]
    answer = control(ready, "faults", {"faults": ["*:http_500"], "replace": True}).json()
    assert [rule["fault"] for rule in answer["fault_rules"]] == ["http_500"]


def test_state_counts(ready: Caller, record: dict[str, Any], images: list[bytes]) -> None:
    for content in (images[0], images[0], images[1]):
        ready.image(record, content)
    state = ready.http.get(f"{ready.platform.root_url}/_sandbox/state").json()
    assert state["requests"] == {"saveExamRpotImgInfo": 1, "saveImgFile": 3}
    assert (state["images"], state["duplicates"], state["msgids"]) == (2, 1, 4)
    (examination,) = state["examinations"]
    assert (examination["images"], examination["image_total"]) == (2, 3)
    assert examination["complete"] is False
    assert record["certno"] not in str(state)


def test_reset(ready: Caller, record: dict[str, Any], images: list[bytes]) -> None:
    ready.image(record, images[0])
    arm(ready, "*:http_500")
    assert control(ready, "reset", {"what": "faults"}).json()["images"] == 1
    assert ready.platform.faults.snapshot() == []
    assert control(ready, "reset").json()["images"] == 0
    assert ready.image(record, images[0]).json()["code"] == 409


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("faults", {"faults": ["x:nonsense"]}, 400),
        ("faults", {"faults": "*:slow"}, 400),
        ("faults", {"faults": [5]}, 400),
        ("faults", [], 400),
        ("reset", {"what": "disk"}, 400),
        ("release", {}, 200),
        ("other", {}, 404),
    ],
)
def test_what_control_understands(caller: Caller, name: str, value: object, status: int) -> None:
    assert control(caller, name, value).status_code == status


def test_a_browser_page_has_no_control(caller: Caller) -> None:
    answer = caller.http.post(
        f"{caller.platform.root_url}/_sandbox/reset", headers={"Origin": "http://evil.example"}
    )
    assert answer.status_code == 403

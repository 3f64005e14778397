"""2.8: an image out of JSON and Base64, decoded while it arrives (G059–G062)."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from typing_extensions import override

from hbgz_desktop.platforms.guizhou.messages import ImageSerial
from tests.unit.platforms.guizhou_bench import INDEX, OTHER_INDEX, error_of
from tests.unit.platforms.printed import printed_answer, printed_request

if TYPE_CHECKING:
    from hbgz_desktop.platforms.guizhou.messages import FetchedImage
    from tests.unit.platforms.guizhou_bench import Bench
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

MIB = 1024 * 1024
IMAGE = bytes(128) + b"DICM" + bytes(range(256)) * 40 + b"\xfb\xff\xfe!"
PLAIN = base64.b64encode(IMAGE).decode()
SERIAL = ImageSerial("111", "222", "333")


def answer_with(content: object, **members: object) -> dict[str, object]:
    data = {"areaCode": None, "imgDldLink": None, "hiImgIndx": INDEX, "imgFileSnList": None}
    return {
        "code": 0,
        "type": "success",
        "message": "成功",
        "data": {**data, "fileContent": content},
        **members,
    }


def fetch(bench: Bench, out: io.BytesIO | None = None, **how: Any) -> FetchedImage:
    limit = how.pop("max_bytes", MIB)
    client = bench.client(**how.pop("options", {}))
    return client.fetch_image(INDEX, SERIAL, out or io.BytesIO(), max_bytes=limit, **how)


def fetched(bench: Bench, **how: Any) -> bytes:
    out = io.BytesIO()
    image = fetch(bench, out, **how)
    assert image.exchange.error is None
    assert image.exchange.accepted
    content = out.getvalue()
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
    assert (image.size_bytes, image.md5) == (len(content), digest)
    return content


def test_the_printed_question(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    printed = printed_request("queryImgCahe")
    front_end.answer(answer_with(PLAIN) | {"data": {"fileContent": PLAIN}})
    client = bench.client(fixmedins_code="123456789012")
    index = printed["input"]["hiImgIndx"]
    image = client.fetch_image(index, SERIAL, out := io.BytesIO(), max_bytes=MIB)
    seen = front_end.requests[0]
    assert seen.path == "/mie/api/mie/queryImgCaheFIndex"
    own = {"msgid": "H52030200193202503030100000001", "infTime": "2025-03-03 01:00:00"}
    assert seen.json() == printed | own
    assert out.getvalue() == IMAGE
    assert image.exchange.service == "queryImgCahe"
    assert PLAIN[:40] not in image.exchange.answer_text


def test_the_printed_answer_holds_no_image(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("queryImgCahe"))
    index = printed_request("queryImgCahe")["input"]["hiImgIndx"]
    out = io.BytesIO()
    image = bench.client().fetch_image(index, SERIAL, out, max_bytes=MIB)
    assert error_of(image.exchange).code == "image_not_dicom"
    assert (out.getvalue(), image.size_bytes, image.md5) == (b"", 0, "")


LINES = "\r\n".join(PLAIN[at : at + 76] for at in range(0, len(PLAIN), 76))


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(answer_with(LINES)),
        json.dumps(answer_with(f"  {PLAIN}\n\n")),
        json.dumps(answer_with(PLAIN.replace("+", "-").replace("/", "_"))),
        json.dumps(answer_with(PLAIN.rstrip("="))),
        json.dumps(answer_with(PLAIN)).replace("/", "\\/"),
        json.dumps(answer_with(PLAIN)).replace("+", "\\u002b").replace("=", "\\u003D"),
        json.dumps({"data": {"fileContent": PLAIN, "hiImgIndx": INDEX}, "code": "0"}),
        json.dumps({"data": [{"FILECONTENT": PLAIN}], "code": 0}),
        json.dumps(
            {"code": 0, "message": 'a "fileContent" \\" : "x"', "data": {"fileContent": PLAIN}}
        ),
        json.dumps(
            {"code": 0, "note": "fileContent", "data": {"fileContent": PLAIN, "x": {"y": []}}}
        ),
        json.dumps({"code": 0, "data": json.dumps({"note": "\\", "fileContent": LINES})}),
        json.dumps(json.dumps({"code": 0, "data": {"fileContent": PLAIN}})),
        "\ufeff" + json.dumps(answer_with(PLAIN), indent=4, ensure_ascii=False)[:-1] + ",}",
        json.dumps({"code": 0, "fileContent": PLAIN}),
    ],
)
def test_every_form_of_the_content(front_end: ScriptedFrontEnd, bench: Bench, body: str) -> None:
    front_end.answer(body.encode())
    assert fetched(bench) == IMAGE


@pytest.mark.parametrize("left_over", [0, 1, 2])
def test_every_end_of_the_base64(front_end: ScriptedFrontEnd, bench: Bench, left_over: int) -> None:
    image = IMAGE[: len(IMAGE) - left_over]
    front_end.answer(answer_with(base64.b64encode(image).decode().rstrip("=")))
    assert fetched(bench) == image


def test_gb_answers_whose_characters_look_like_backslashes(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    body = json.dumps(answer_with(PLAIN, message="誠", note="誠"), ensure_ascii=False).encode(
        "gb18030"
    )
    assert b'\\"' in body
    front_end.answer(body, headers={"Content-Type": "application/json; charset=GBK"})
    assert fetched(bench) == IMAGE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "image_absent"),
        ("", "image_absent"),
        (" \r\n ", "image_absent"),
        (base64.b64encode(b"x" * 500).decode(), "image_not_dicom"),
        (base64.b64encode(IMAGE[:131]).decode(), "image_not_dicom"),
        (PLAIN[:-4] + "é===", "image_damaged"),
        (PLAIN[:400] + "=" + PLAIN[400:], "image_damaged"),
        (PLAIN[:401], "image_damaged"),
    ],
)
def test_what_is_no_image(
    front_end: ScriptedFrontEnd, bench: Bench, content: object, code: str
) -> None:
    front_end.answer(json.dumps(answer_with(content), ensure_ascii=False).encode())
    image = fetch(bench)
    assert error_of(image.exchange).code == code
    assert (image.size_bytes, image.md5) == (0, "")


@pytest.mark.parametrize("data", [None, {}, [], "x"])
def test_no_content_at_all(front_end: ScriptedFrontEnd, bench: Bench, data: object) -> None:
    front_end.answer({"code": 0, "data": data})
    assert error_of(fetch(bench).exchange).code == "image_absent"


@pytest.mark.parametrize(
    ("answer", "how", "code"),
    [
        (answer_with(None, code=1, message="图像不在缓存"), {}, "platform_rejected"),
        (answer_with("出错了", code=1, message="出错了"), {}, "platform_rejected"),
        (answer_with(PLAIN, code=1, message="服务繁忙"), {}, "platform_busy"),
        ({"data": {"fileContent": PLAIN}}, {}, "platform_answer_not_json"),
        (answer_with(PLAIN), {"status": 500}, "platform_server_error"),
        (b"<html>nothing</html>", {}, "platform_answer_not_json"),
        (b"", {"hang_up": True}, "platform_reset"),
        (json.dumps(answer_with(PLAIN)).encode()[:3000], {}, "platform_answer_not_json"),
        (json.dumps(answer_with(PLAIN)).encode()[:3000], {"announced": 9000}, "platform_reset"),
        (
            b"",
            {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
            "platform_path_unknown",
        ),
    ],
)
def test_refusals_say_why(
    front_end: ScriptedFrontEnd, bench: Bench, answer: object, how: dict[str, Any], code: str
) -> None:
    front_end.answer(answer, **how)
    image = fetch(bench)
    assert error_of(image.exchange).code == code
    assert image.size_bytes == 0


def test_another_persons_image_is_refused(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    answer = answer_with(PLAIN)
    front_end.answer(answer | {"data": {"hiImgIndx": OTHER_INDEX, "fileContent": PLAIN}})
    assert error_of(fetch(bench).exchange).code == "platform_other_index"


@pytest.mark.parametrize(
    "how", [{"max_bytes": len(IMAGE) - 1}, {"options": {"max_image_bytes": len(IMAGE) - 1}}]
)
def test_a_larger_image_is_not_taken(
    front_end: ScriptedFrontEnd, bench: Bench, how: dict[str, Any]
) -> None:
    front_end.answer(answer_with(PLAIN))
    out = io.BytesIO()
    assert error_of(fetch(bench, out, **how).exchange).code == "image_too_large"
    assert len(out.getvalue()) < len(IMAGE)


def test_an_image_of_just_that_size_is_taken(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(answer_with(PLAIN))
    assert fetched(bench, max_bytes=len(IMAGE)) == IMAGE


def test_blanks_without_end_are_not_read_to_their_end(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    body = json.dumps(answer_with(PLAIN)).encode()
    head, tail = body.split(b'"fileContent": "')
    flood = head + b'"fileContent": "' + b" " * 4 * MIB + tail
    front_end.answer(flood)
    assert error_of(fetch(bench, max_bytes=64 * 1024).exchange).code == "image_too_large"
    # the same without a length that says so before
    front_end.answer(flood, headers={"Connection": "close", "Content-Length": str(len(flood))})
    assert fetched(bench, max_bytes=8 * MIB) == IMAGE


def test_an_answer_that_is_all_chatter_is_cut(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(answer_with(None, message="x" * 3 * MIB))
    assert error_of(fetch(bench, max_bytes=8 * MIB).exchange).code == "platform_answer_not_json"


def test_progress_counts_up_to_the_whole(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    image = IMAGE + bytes(MIB)
    front_end.answer(answer_with(base64.b64encode(image).decode()))
    seen: list[int] = []
    assert fetched(bench, max_bytes=4 * MIB, on_bytes=seen.append) == image
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert seen[-1] == len(image)


def test_it_stops_when_told(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(answer_with(base64.b64encode(IMAGE + bytes(8 * MIB)).decode()))
    stop = threading.Event()

    def on_bytes(_count: int) -> None:
        stop.set()

    out = io.BytesIO()
    image = fetch(bench, out, max_bytes=64 * MIB, stop=stop, on_bytes=on_bytes)
    assert error_of(image.exchange).code == "image_stopped"
    assert 0 < len(out.getvalue()) < MIB


def test_it_is_never_whole_in_memory(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    size = 48 * MIB
    front_end.answer(answer_with(base64.b64encode(IMAGE + bytes(size)).decode()))
    client = bench.client()
    out = _Counting()
    tracemalloc.start()
    try:
        image = client.fetch_image(INDEX, SERIAL, out, max_bytes=64 * MIB)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert image.size_bytes == out.count == len(IMAGE) + size
    assert peak_bytes < 4 * MIB


class _Counting(io.BytesIO):
    count = 0

    @override
    def write(self, data: Any) -> int:
        self.count += len(data)
        return len(data)


def test_an_address_that_is_not_allowed_is_not_asked(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    image = fetch(bench, address="http://elsewhere.example/queryImgCaheFIndex")
    assert error_of(image.exchange).code == "image_address_refused"
    assert not front_end.requests

"""One text out of JSON, however the bytes are cut."""

from __future__ import annotations

import json
import random

import pytest

from hbgz_desktop.platforms.guizhou.content_filter import ContentFilter

DOCUMENTS = [
    {"code": 0, "data": {"fileContent": "AB+/CD==", "x": '\\ " fileContent: é 中'}},
    {"a": {"fileContent": ""}, "b": [1, 2.5, None, True, "}{]["]},
    {"data": json.dumps({"fileContent": "AB\n/C", "k": '"', "data": json.dumps([{"z": "\\"}])})},
    {"fileContent": 5, "data": "plain text", "k": ["fileContent", "AB"]},
]
CONTENTS = [b"AB+/CD==", b"", b"AB\n/C", b""]


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("longest", [1, 2, 3, 7, 64, 4096])
def test_cuts_do_not_matter(number: int, ascii_only: bool, longest: int) -> None:
    body = json.dumps(DOCUMENTS[number], ensure_ascii=ascii_only).replace("/", "\\/").encode()
    cuts = random.Random(longest)
    found = bytearray()
    content = ContentFilter("fileContent", found.extend)
    at = 0
    while at < len(body):
        size = cuts.randint(1, longest)
        content.feed(body[at : at + size])
        at += size
    whole = bytearray()
    at_once = ContentFilter("fileContent", whole.extend)
    at_once.feed(body)
    assert bytes(found) == bytes(whole) == CONTENTS[number]
    assert content.kept == at_once.kept


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_rest_is_the_same_document(number: int) -> None:
    content = ContentFilter("fileContent", bytearray().extend)
    content.feed(json.dumps(DOCUMENTS[number]).encode())
    text = json.dumps(DOCUMENTS[number]).replace("AB+/CD==", "")
    assert json.loads(bytes(content.kept)) == json.loads(text)


def test_json_in_a_string_is_unpacked() -> None:
    content = ContentFilter("fileContent", bytearray().extend)
    content.feed(json.dumps(DOCUMENTS[2]).encode())
    assert json.loads(bytes(content.kept)) == {
        "data": {"fileContent": "", "k": '"', "data": [{"z": "\\"}]}
    }


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'"', b"{", b'{"fileContent":', b"\xff\xfe\x00", b'"\\']
)
def test_what_is_no_json_is_copied(body: bytes) -> None:
    content = ContentFilter("fileContent", bytearray().extend)
    content.feed(body)
    assert bytes(content.kept).strip(b'"') == body.strip(b'"')

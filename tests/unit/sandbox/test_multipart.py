"""The streaming reader sees the same parts however the bytes arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.sandbox.multipart import (
    READ_BYTES,
    MultipartError,
    MultipartReader,
    boundary_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
from functools import partial

BOUNDARY = b"b0undary"
# Everything that looks like a delimiter and is none.
TRICKY = (
    b"\r\n--b0undar\r\n--b0undarx\r\n\r\n--\r\n-\r\r\n--b0u",
    b"",
    b"\r\n",
    b"\r",
    b"-- b0undary",
    b"\n--b0undary\n",
    b"\r\r\n--b0undar",
)


def body_of(contents: tuple[bytes, ...], boundary: bytes = BOUNDARY) -> bytes:
    pieces = []
    for number, content in enumerate(contents):
        pieces.append(
            b'--%s\r\nContent-Disposition: form-data; name="f%d"; filename="x"\r\n\r\n%s\r\n'
            % (boundary, number, content)
        )
    return b"".join(pieces) + b"--%s--\r\n" % boundary


def source(body: bytes, sizes: Callable[[int], int]) -> Callable[[int], bytes]:
    state = {"at": 0, "read": 0}

    def read(limit: int) -> bytes:
        size = max(1, min(limit, sizes(state["read"])))
        data = body[state["at"] : state["at"] + size]
        state["at"] += len(data)
        state["read"] += 1
        return data

    return read


def first_then_rest(first: int, rest: int, number: int) -> int:
    return rest if number else first


def parts_of(read: Callable[[int], bytes], boundary: bytes = BOUNDARY) -> list[tuple[str, bytes]]:
    return [(part.name, b"".join(part.chunks)) for part in MultipartReader(read, boundary).parts()]


@pytest.mark.parametrize("size", range(1, 60))
def test_every_chunk_size_gives_the_same_parts(size: int) -> None:
    expected = [(f"f{number}", content) for number, content in enumerate(TRICKY)]
    assert parts_of(source(body_of(TRICKY), lambda _: size)) == expected


def test_every_split_in_two_gives_the_same_parts() -> None:
    body = body_of(TRICKY)
    expected = [(f"f{number}", content) for number, content in enumerate(TRICKY)]
    for cut in range(1, len(body)):
        read = source(body, partial(first_then_rest, cut, len(body)))
        assert parts_of(read) == expected, cut


@given(
    st.lists(st.binary(max_size=80), max_size=4),
    st.lists(st.integers(1, 40), min_size=1, max_size=8),
)
def test_any_content_survives_any_chunking(contents: list[bytes], sizes: list[int]) -> None:
    whole = tuple(content for content in contents if b"--b0undary" not in content)
    read = source(body_of(whole), lambda n: sizes[n % len(sizes)])
    assert [content for _, content in parts_of(read)] == list(whole)


def test_memory_stays_bounded_for_a_large_part() -> None:
    size = 8 * READ_BYTES + 13
    chunks = []
    for part in MultipartReader(
        source(body_of((b"\r\n" * size,)), lambda _: 10**9), BOUNDARY
    ).parts():
        chunks = [len(chunk) for chunk in part.chunks]
    assert sum(chunks) == 2 * size
    assert max(chunks) <= READ_BYTES + len(BOUNDARY) + 4


def test_unread_parts_are_skipped() -> None:
    reader = MultipartReader(source(body_of((b"a" * 500, b"b")), lambda _: 7), BOUNDARY)
    assert [part.name for part in reader.parts()] == ["f0", "f1"]


def test_preamble_padding_and_headerless_parts_are_accepted() -> None:
    body = b"ignored\r\n--b0undary \t\r\n\r\nbare\r\n--b0undary\r\nX: y\r\n\r\n--b0undary--epilogue"
    for size in range(1, 30):
        assert parts_of(source(body, partial(first_then_rest, size, size))) == [
            ("", b"bare"),
            ("", b""),
        ]


def test_names_are_read_in_every_usual_form() -> None:
    forms = {
        'form-data; name="a b"; filename="x;y.dcm"': ("a b", "x;y.dcm"),
        "form-data; name=plain": ("plain", None),
        r'form-data; name="quo\"te"': ('quo"te', None),
        "FORM-DATA; NAME=up; filename*=UTF-8''%e4": ("up", "UTF-8''%e4"),
    }
    for header, expected in forms.items():
        body = b"--b0undary\r\ncontent-disposition: %s\r\n\r\n\r\n--b0undary--" % header.encode()
        reader = MultipartReader(source(body, lambda _: 1000), BOUNDARY)
        assert [(part.name, part.filename) for part in reader.parts()] == [expected]


@pytest.mark.parametrize("cut", [0, 5, 40, 80, -1, -3])
def test_a_truncated_body_is_an_error(cut: int) -> None:
    body = body_of((b"content" * 10,)).rstrip()[:cut]
    with pytest.raises(MultipartError, match="truncated"):
        parts_of(source(body, lambda _: 9))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"--b0undaryX\r\n\r\n\r\n--b0undary--", "delimiter"),
        (b"--b0undary" + b" " * 5000, "delimiter"),
        (b"--b0undary\r\n" + b"x" * 40000, "part_header"),
    ],
)
def test_malformed_framing_is_an_error(body: bytes, reason: str) -> None:
    with pytest.raises(MultipartError, match=reason):
        parts_of(source(body, lambda _: 1000))


def test_a_field_longer_than_allowed_is_an_error() -> None:
    reader = MultipartReader(source(body_of((b"x" * 11,)), lambda _: 100), BOUNDARY)
    with pytest.raises(MultipartError, match="field_too_long"):
        next(reader.parts()).read(10)


@pytest.mark.parametrize(
    ("header", "boundary"),
    [
        ("multipart/form-data; boundary=abc", b"abc"),
        ('Multipart/Form-Data; charset=utf-8; boundary="a b\'c"', b"a b'c"),
    ],
)
def test_boundary_is_read(header: str, boundary: bytes) -> None:
    assert boundary_of(header) == boundary


@pytest.mark.parametrize(
    "header",
    ["", "application/json", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 71],
)
def test_no_usable_boundary_is_an_error(header: str) -> None:
    with pytest.raises(MultipartError):
        boundary_of(header)

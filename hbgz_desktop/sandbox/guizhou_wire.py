"""An answer as it goes over the wire: in the printed shape, or in another that the text leaves open."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.field_table import INDEX_NAMES, fold
from hbgz_desktop.sandbox.guizhou_variants import CONTENT_TYPES
from hbgz_desktop.sandbox.http_server import Reply

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.sandbox.guizhou_answers import Answer
    from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants

BLOCK: Final = 3 * 16384
LINE: Final = 76
CONTENT_MARK: Final = "@content@"
NOT_DICOM: Final = b"<html><body>502 Bad Gateway</body></html>" * 8
MORE: Final[Mapping[str, object]] = {
    "traceId": "0f8c2a",
    "areaCode": "520100",
    "timestamp": 1763769600000,
    "page": {"total": 1, "size": 10},
}


def reply_of(answer: Answer, variants: GuizhouVariants, status: int = 200) -> Reply:
    """Write an answer."""
    value = _dressed(answer, variants)
    content_type = CONTENT_TYPES[variants.content_type]
    text = _written(value, has_trailing_commas=variants.commas == "trailing")
    if answer.content is None:
        return Reply(status, text.encode("utf-8"), content_type)
    head, _, tail = text.encode("utf-8").partition(CONTENT_MARK.encode())
    is_streamed = variants.base64 == "plain" and variants.file_content == "dicom"
    if is_streamed:
        size = answer.content.stat().st_size
        length = (size + 2) // 3 * 4 + len(tail)
        return Reply(status, head, content_type, (), _streamed(answer.content, tail), length)
    content = answer.content.read_bytes()
    content = {"not_dicom": NOT_DICOM, "empty": b""}.get(variants.file_content, content)
    return Reply(status, head + _BASE64[variants.base64](content) + tail, content_type)


def _streamed(path: Path, tail: bytes) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield base64.b64encode(block)
    yield tail


def _dressed(answer: Answer, variants: GuizhouVariants) -> object:
    value = dict(answer.value)
    code = value["code"]
    if variants.code_type != "number":
        value["code"] = str(code) if variants.code_type == "string" else float(str(code))
    if "data" in value:
        data = value["data"]
        if answer.content is not None and isinstance(data, Mapping):
            data = {**data, "fileContent": CONTENT_MARK}
        data = _extra(_flags(data, variants), variants)
        value["data"] = _shaped(data, variants)
        if data == [] and variants.empty_data == "missing":
            del value["data"]
    if variants.extra_members == "more":
        value |= MORE
    if variants.index_name != "printed":
        return _renamed(value, variants.index_name)
    return value


def _flags(data: object, variants: GuizhouVariants) -> object:
    """Write succFlag as asked and put the records in the order asked for."""
    if not isinstance(data, list):
        return data
    rows = [dict(row) for row in data]
    for row in rows:
        if "succFlag" in row and variants.flag_type == "number":
            row["succFlag"] = int(str(row["succFlag"]))
        if "succFlag" in row and variants.record_order == "without_index":
            row["hiImgIndx"] = None
    has_flags = any("succFlag" in row for row in rows)
    return rows[::-1] if has_flags and variants.record_order == "reversed" else rows


def _extra(data: object, variants: GuizhouVariants) -> object:
    if variants.extra_members == "more":
        if isinstance(data, list):
            return [{**MORE, **row} for row in data]
        return {**MORE, **data} if isinstance(data, Mapping) else data
    if variants.extra_members == "none" and isinstance(data, Mapping):
        return {name: member for name, member in data.items() if member is not None}
    return data


def _shaped(data: object, variants: GuizhouVariants) -> object:
    if data == []:
        return None if variants.empty_data == "null" else data
    shape = variants.data_shape
    if shape == "array" and isinstance(data, Mapping):
        return [data]
    if shape == "object" and isinstance(data, list) and len(data) == 1:
        return data[0]
    return json.dumps(data, ensure_ascii=False) if shape == "text" and data is not None else data


def _renamed(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return {
            name if fold(str(key)) in INDEX_NAMES else key: _renamed(member, name)
            for key, member in value.items()
        }
    return [_renamed(member, name) for member in value] if isinstance(value, list) else value


def _written(value: object, *, has_trailing_commas: bool) -> str:
    if not has_trailing_commas:
        return json.dumps(value, ensure_ascii=False)
    # on lines of their own brackets cannot be mistaken for those of a text
    lines = json.dumps(value, ensure_ascii=False, indent=1).split("\n")
    for number, line in enumerate(lines[1:], 1):
        if line.strip()[:1] in ("}", "]"):
            lines[number - 1] += ","
    return "\n".join(lines)


def _in_pieces(content: bytes, between: bytes) -> bytes:
    text = base64.b64encode(content)
    return between.join(text[start : start + LINE] for start in range(0, len(text), LINE))


def _damaged(content: bytes) -> bytes:
    """Return Base64 with characters that no alphabet has, cut in a group of four."""
    text = base64.b64encode(content)
    return text[: len(text) // 2] + b"!#%" + text[len(text) // 2 : -3]


_BASE64: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "plain": base64.b64encode,
    "line_breaks": lambda content: _in_pieces(content, b"\\r\\n"),
    "blanks": lambda content: _in_pieces(content, b" "),
    "url_safe": base64.urlsafe_b64encode,
    "no_padding": lambda content: base64.b64encode(content).rstrip(b"="),
    "damaged": _damaged,
}

"""Reads a request's body into what is checked: JSON records, or form fields with one file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.dicom_head import HEAD_BYTES
from hbgz_desktop.sandbox.envelope import CODE_ENVELOPE, Refusal
from hbgz_desktop.sandbox.field_table import fold, folded, text_at
from hbgz_desktop.sandbox.guizhou_transactions import DELETE_INDEX, QUERIES
from hbgz_desktop.sandbox.multipart import MultipartError, MultipartReader, Part, boundary_of

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.sandbox.http_server import Exchange

MAX_JSON_BYTES: Final = 16 * 1024 * 1024
MAX_FIELD_BYTES: Final = 64 * 1024
MAX_INPUT: Final = 40000
INPUT: Final = "input 交易输入"
HEADER_NAMES: Final = ("infno", "info", "msgid", "infTime", "infCode", "fixmedinsCode", "key")
SUBJECT_NAMES: Final = ("hiImgIndx", "studyUid", "accessionNumber", "certno")
TRAILING_COMMA: Final = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


class IntakeError(Exception):
    """The body cannot be used at all; carries the refusal to answer with."""

    def __init__(self, message: str) -> None:
        """Refuse with a Chinese message."""
        super().__init__(message)
        self.refusal = Refusal(CODE_ENVELOPE, message)


@dataclass(frozen=True, slots=True)
class Upload:
    """A received file, still among the incoming ones; ``head`` is its first 4 KiB."""

    path: Path
    md5: str
    size_bytes: int
    head: bytes


@dataclass(slots=True)
class Message:
    """A request's content by folded names.

    Attributes:
        envelope: Headers, form fields or JSON members that may hold the envelope.
        items: Records of ``input``; for a form one, its fields.
        originals: The records under the names they came with.
        upload: The file, None when there was none under the service's name.
    """

    envelope: dict[str, object] = field(default_factory=dict)
    items: list[dict[str, object]] = field(default_factory=list)
    originals: list[Mapping[str, object]] = field(default_factory=list)
    upload: Upload | None = None

    @property
    def inner_service(self) -> str:
        """The serviceName of 2.7 or 2.8, "" elsewhere (G019)."""
        return text_at(self.items[0], "serviceName") if len(self.items) == 1 else ""

    def subjects(self) -> frozenset[str]:
        """Return the index codes, study UIDs, accession and certificate numbers it names."""
        found: set[str] = set()
        for item in self.items:
            for name in SUBJECT_NAMES:
                found.update(part.strip() for part in text_at(item, name).split(","))
        return frozenset(found - {""})


def read_json(exchange: Exchange, service: str) -> Message:
    """Read a JSON request.

    ``input`` may be an object, an array, or either as a string (G024); an index to delete is a
    string or an object (G051); a comma too many, as printed in 2.3, is let through (G015).

    Raises:
        IntakeError: Not JSON, or not of that shape.
    """
    content_type = exchange.headers.get_content_type()
    raw = exchange.body.read_all(MAX_JSON_BYTES)
    if content_type != "application/json":
        raise IntakeError("请求类型应为 application/json")
    try:
        value = _loads(raw.decode("utf-8"))
    except ValueError as exc:
        raise IntakeError("请求体不是 UTF-8 编码的 JSON") from exc
    if not isinstance(value, Mapping):
        raise IntakeError("请求体应为 JSON 对象")
    members = folded(value)
    originals = _records(members.get("input"), service)
    return Message(members, [folded(record) for record in originals], originals)


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return json.loads(TRAILING_COMMA.sub(lambda match: match[1] or "", text))


def _records(value: object, service: str) -> list[Mapping[str, object]]:
    if value in (None, "", [], {}):
        raise IntakeError(f"{INPUT}：必填项为空")
    if isinstance(value, str):
        text = value
        try:
            value = _loads(text)
        except ValueError as exc:
            raise IntakeError(f"{INPUT}：字符串内容不是 JSON") from exc
    else:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(text) > MAX_INPUT:
        raise IntakeError(f"{INPUT}：长度 {len(text)} 超过 {MAX_INPUT} 个字符")
    records = value if isinstance(value, list) else [value]
    if service == DELETE_INDEX:
        records = [{"hiImgIndx": one} if isinstance(one, str) else one for one in records]
    if not records or not all(isinstance(record, Mapping) for record in records):
        raise IntakeError(f"{INPUT}：应为对象或对象数组")
    if service in QUERIES and len(records) > 1:
        raise IntakeError(f"{INPUT}：应为一个对象")
    return [record for record in records if isinstance(record, Mapping)]


class FormReader:
    """Reads one multipart request, its file straight to disk."""

    def __init__(
        self,
        file_name: str,
        new_path: Callable[[], Path],
        on_fields: Callable[[Collection[str]], None],
    ) -> None:
        """Expect one file.

        Args:
            file_name: Form field the file is sent under.
            new_path: Gives a fresh path to write to.
            on_fields: Called with the subjects known so far when the file begins; may cut.
        """
        self._file_name = fold(file_name)
        self._new_path = new_path
        self._on_fields = on_fields

    def read(self, exchange: Exchange) -> Message:
        """Read it; the upload, if any, is the caller's to place or delete.

        Raises:
            IntakeError: Not a multipart body, or a field sent twice.
        """
        message = Message(items=[{}])
        try:
            boundary = boundary_of(exchange.headers.get("Content-Type", ""))
            for part in MultipartReader(exchange.body.read, boundary).parts():
                self._take(part, message)
        except MultipartError as exc:
            _discard(message)
            raise IntakeError(f"请求体不是合法的 multipart/form-data（{exc.reason}）") from exc
        except BaseException:
            _discard(message)
            raise
        headers = {name: exchange.headers.get(name) for name in HEADER_NAMES}
        sent = {name: value for name, value in headers.items() if value is not None}
        message.envelope = {**message.items[0], **folded(sent)}
        return message

    def _take(self, part: Part, message: Message) -> None:
        fields = message.items[0]
        name = fold(part.name)
        if name == self._file_name:
            if message.upload is not None:
                raise IntakeError(f"{part.name}：一次请求只能上传一个文件")
            self._on_fields(message.subjects())
            message.upload = self._receive(part)
        elif part.filename is None:
            value = part.read(MAX_FIELD_BYTES).decode("utf-8", "replace").strip()
            named = folded({part.name: value})
            if any(key in fields for key in named):
                raise IntakeError(f"{part.name}：参数重复")
            fields.update(named)

    def _receive(self, part: Part) -> Upload:
        path = self._new_path()
        digest = hashlib.md5(usedforsecurity=False)
        head = b""
        size = 0
        try:
            with path.open("wb") as file:
                for chunk in part.chunks:
                    if len(head) < HEAD_BYTES:
                        head += chunk[: HEAD_BYTES - len(head)]
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Upload(path, digest.hexdigest(), size, head)


def _discard(message: Message) -> None:
    if message.upload is not None:
        message.upload.path.unlink(missing_ok=True)

"""The body of 2.2 and 2.4: form fields and one file, streamed from disk.

Own encoding instead of the library's: the length is known before the first byte, so the request
has Content-Length and is never chunked, and the file crosses memory in large blocks (measured
faster, and with less CPU, than the library's multipart).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.model.failpoints import passing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FilePart:
    """The file of a form.

    Attributes:
        field: Name of the part, ``dicom`` or ``examRpotPdf1``.
        filename: Neutral; never a name of the patient's or the sender's.
        content_type: MIME type.
        path: Where the bytes are.
        size_bytes: How many there are; sent as part of Content-Length.
    """

    field: str
    filename: str
    content_type: str
    path: Path
    size_bytes: int


class MultipartBody:
    """One form. Iterating opens the file anew, so a body can be sent again."""

    def __init__(self, fields: Mapping[str, str], file: FilePart) -> None:
        """Encode everything but the file.

        Args:
            fields: Form fields in sending order; the file comes last, so that a peer that
                streams knows the fields when the file begins.
            file: The file.
        """
        boundary = secrets.token_hex(16)
        self._file = file
        self._head = b"".join(_field(boundary, *item) for item in fields.items())
        self._head += (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="{file.field}"; filename="{file.filename}"\r\n'
            f"Content-Type: {file.content_type}\r\n\r\n"
        ).encode("ascii")
        self._tail = f"\r\n--{boundary}--\r\n".encode("ascii")
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(self._head) + file.size_bytes + len(self._tail)),
        }

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in blocks of about 1 MiB; the fields go out with the file's first block.

        Raises:
            StorageError: The file is gone, or its size is not what was announced.
        """
        head = self._head
        try:
            with self._file.path.open("rb", buffering=0) as stream:
                for block in _blocks(stream, self._file.size_bytes):
                    yield head + block if head else block
                    head = b""
        except OSError as exc:
            # not chained: the path is built from our own ids, yet it is no fact for a log
            raise StorageError("upload_file_unreadable", errno=exc.errno) from None
        passing("upload.during_body")
        yield head + self._tail
        passing("upload.before_answer")


def check_file(path: Path, size_bytes: int) -> None:
    """Make sure the file is what was announced, before a connection is used for it.

    Raises:
        StorageError: ``upload_file_unreadable`` or ``upload_file_changed``.
    """
    try:
        found = path.stat().st_size
    except OSError as exc:
        raise StorageError("upload_file_unreadable", errno=exc.errno) from None
    if found != size_bytes:
        raise StorageError("upload_file_changed", retryable=False, expected=size_bytes, found=found)


def _blocks(stream: IO[bytes], size_bytes: int) -> Iterator[bytes]:
    left = size_bytes
    while left:
        block = stream.read(min(BLOCK_BYTES, left))
        if not block:
            raise StorageError("upload_file_changed", retryable=False, missing=left)
        left -= len(block)
        yield block


def _field(boundary: str, name: str, value: str) -> bytes:
    # without a charset some receivers read a part as ISO 8859-1; ASCII needs none
    charset = "" if value.isascii() else "Content-Type: text/plain; charset=UTF-8\r\n"
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n{charset}\r\n{value}\r\n'
    ).encode()

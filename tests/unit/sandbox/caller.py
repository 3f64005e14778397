"""A plain HTTP client that knows nothing of our own, and files the platform accepts."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform

INSTITUTION = "H52010000001"
KEY = "sandbox-key"


@dataclass
class Caller:
    """Sends requests the way the document prints them."""

    platform: GuizhouPlatform
    http: httpx.Client
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def envelope(self, service: str, **changes: str) -> dict[str, str]:
        values = {
            "infno": service,
            "msgid": f"{INSTITUTION}20261122010203{next(self.numbers):04d}",
            "infTime": "2026-11-22 01:02:03",
            "infCode": INSTITUTION,
            "key": KEY,
        }
        return {name: text for name, text in {**values, **changes}.items() if text}

    def record(self, record: object, **changes: str) -> httpx.Response:
        service = "saveExamRpotImgInfo"
        body = {**self.envelope(service, **changes), "input": record}
        return self.http.post(f"{self.platform.base_url}/{service}", json=body)

    def image(self, record: dict[str, Any], content: bytes, **changes: str) -> httpx.Response:
        fields = {
            "hiImgIdx": record["hiImgIndx"],
            "studyUid": record["studyUid"],
            "accessionNumber": record["accessionNumber"],
            "fileMd5": hashlib.md5(content, usedforsecurity=False).hexdigest().upper(),
            "imageTotalNum": "3",
        }
        return self.form("saveImgFile", fields, {"dicom": content}, **changes)

    def report(self, record: dict[str, Any], content: bytes, **changes: str) -> httpx.Response:
        fields = {
            "hiImgIndx": record["hiImgIndx"],
            "studyUid": record["studyUid"],
            "rpotNo": record["rpotNo"],
            "fileMd5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        }
        return self.form("saveRptFile", fields, {"examRpotPdf1": content}, **changes)

    def form(
        self, service: str, fields: dict[str, str], files: dict[str, bytes], **changes: str
    ) -> httpx.Response:
        """Post a form; ``changes`` go to the form where it has the name, else to the headers."""
        merged = {**fields, **{name: changes.pop(name) for name in set(changes) & set(fields)}}
        return self.http.post(
            f"{self.platform.base_url}/{service}",
            headers=self.envelope(service, **changes),
            data={name: text for name, text in merged.items() if text},
            files={name: ("x.bin", content) for name, content in files.items()},
        )


def make_image(number: int, size: int = 1000, sop: str = "") -> bytes:
    """Return a DICOM file as far as the platform looks at it: marker and SOP Instance UID."""
    uid = (sop or f"1.2.3.{number}").encode("ascii")
    uid += b"\0" * (len(uid) % 2)
    meta = b"\2\0\1\0OB\0\0\2\0\0\0\0\1" + b"\2\0\3\0UI" + len(uid).to_bytes(2, "little") + uid
    return b"\0" * 128 + b"DICM" + meta + bytes([number % 256]) * size

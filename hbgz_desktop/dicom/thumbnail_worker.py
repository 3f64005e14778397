"""The thumbnail process: one JSON request a line on stdin, one JSON answer a line on stdout.

Request ``{"id", "path", "out", "side_px"}``, answer ``{"id", "ok", "reason"}``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from hbgz_desktop.dicom.decoding_process import serve_requests
from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.dicom.pixels import render_thumbnail
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.system.patience import patiently
from hbgz_desktop.system.removal import discard


def main() -> int:
    """Serve requests until stdin ends."""
    return serve_requests(_encoded_answer, is_background=True)


def _encoded_answer(line: bytes) -> tuple[bytes]:
    return (json.dumps(_answer(line)).encode("utf-8") + b"\n",)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        number = request["id"]
        path, out, side_px = Path(request["path"]), Path(request["out"]), int(request["side_px"])
    except (ValueError, KeyError, TypeError):
        return {"id": None, "ok": False, "reason": "bad_request"}
    try:
        _write_whole(out, render_thumbnail(path, side_px))
    except DicomError as exc:
        return {"id": number, "ok": False, "reason": str(exc.facts.get("reason", exc.code))}
    return {"id": number, "ok": True, "reason": ""}


def _write_whole(out: Path, picture: bytes) -> None:
    """Write beside the target, then rename: a reader never sees half a picture."""
    partial = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(picture)
        patiently(lambda: partial.replace(out))  # on Windows nobody may be looking at the old one
    except OSError as exc:
        discard(partial)
        raise unavailable("cannot_write") from exc


if __name__ == "__main__":
    sys.exit(main())

"""Where a report reference may lead: folders and hosts that the settings allow (DESIGN 11)."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.system.windows_paths import is_device_name, reachable, readable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from urllib.parse import SplitResult

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_CHARACTERS = "/%:@!$&'()*+,;=~-._?"


class ReportAddress(NamedTuple):
    """A checked http or https address.

    Attributes:
        scheme: ``http`` or ``https``.
        host: Lower case.
        port: Explicit or the scheme's own.
        target: Path and query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    target: str


def is_address(reference: str) -> bool:
    """Whether a reference is an address rather than a path."""
    return reference.strip().lower().startswith(("http://", "https://"))


def allowed_path(reference: str, base_folder: Path, allowed_folders: Sequence[Path]) -> Path:
    """Resolve a path and make sure that it ends inside an allowed folder, links included.

    Args:
        reference: Relative to ``base_folder``, or absolute.
        base_folder: Folder of the imported file; allowed itself.
        allowed_folders: Others that are allowed.

    Returns:
        The resolved path of an existing file.

    Raises:
        RecordError: ``report_outside_folders`` or ``report_missing``.
    """
    text = reference.strip()
    _refuse_special(text)
    if os.sep == "/":
        text = text.replace("\\", "/")
    try:
        path = reachable(base_folder / text).resolve(strict=True)
        roots = [
            readable(reachable(folder).resolve()) for folder in (base_folder, *allowed_folders)
        ]
    except (OSError, RuntimeError, ValueError) as exc:
        # not chained: the path may name a patient
        raise RecordError("report_missing", errno=getattr(exc, "errno", None)) from None
    if not any(readable(path).is_relative_to(root) for root in roots):
        raise RecordError("report_outside_folders")
    return path


def _refuse_special(text: str) -> None:
    """UNC, other schemes, devices, streams (``a.pdf:x``) and control characters."""
    slashed = text.replace("\\", "/")
    if not text:
        raise RecordError("report_missing")
    if slashed.startswith("//") or _SCHEME.match(text) or _CONTROL.search(text):
        raise RecordError("report_outside_folders")
    without_drive = _DRIVE.sub("", slashed, count=1) if _DRIVE.match(slashed) else slashed
    if ":" in without_drive or (without_drive is not slashed and sys.platform != "win32"):
        raise RecordError("report_outside_folders")
    for part in without_drive.split("/"):
        if is_device_name(part):
            raise RecordError("report_outside_folders")


def allowed_address(reference: str, allowed_hosts: Sequence[str]) -> ReportAddress:
    """Check scheme, host and port of an address.

    Args:
        reference: The address; names and passwords in it are refused.
        allowed_hosts: ``host`` (the scheme's own port) or ``host:port``; case does not count.

    Raises:
        RecordError: ``report_host_refused``.
    """
    text = reference.strip()
    if _CONTROL.search(text) or "\\" in text:
        raise RecordError("report_host_refused")
    try:
        parts = urlsplit(text)
        host, port = _host_and_port(parts)
    except ValueError:
        raise RecordError("report_host_refused") from None
    names = {name.strip().lower() for name in allowed_hosts}
    has_own_port = port == _DEFAULT_PORTS[parts.scheme]
    if f"{host}:{port}" not in names and not (has_own_port and host in names):
        raise RecordError("report_host_refused", port=port)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    return ReportAddress(parts.scheme, host, port, quote(target, safe=_PATH_CHARACTERS))


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    host = (parts.hostname or "").lower()
    is_plain = host.isascii() and host and parts.username is None and parts.password is None
    if parts.scheme not in _DEFAULT_PORTS or not is_plain:
        raise RecordError("report_host_refused")
    return host, parts.port or _DEFAULT_PORTS[parts.scheme]

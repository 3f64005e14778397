"""Where images may be asked for: ``imgDldLink`` comes from outside and is not simply followed (G056)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from hbgz_desktop.platforms.guizhou.options import QUERY_CACHE

if TYPE_CHECKING:
    from collections.abc import Collection

_PORTS = {"http": 80, "https": 443}


def cache_address(link: str, base_url: str, allowed_hosts: Collection[str]) -> str:
    """The address to ask 2.7 and 2.8 at, where a link is one.

    Args:
        link: ``imgDldLink`` of 2.6.
        base_url: The platform's own address; its host is always allowed.
        allowed_hosts: Others, ``host`` for any port or ``host:port``.

    Returns:
        The link, or "" when it does not end in ``queryImgCaheFIndex``, its host is not allowed, or
        it would leave a platform of https for plain http: an ordinary link, or nothing cached.
    """
    found, own = _split(link), _split(base_url)
    if found is None or not found.path.endswith(f"/{QUERY_CACHE}") or found.query or found.fragment:
        return ""
    if own is not None and own.scheme == "https" and found.scheme != "https":
        return ""
    names = {one.strip().lower() for one in allowed_hosts}
    if own is not None:
        names.add(_host(own))
    host = _host(found)
    port = found.port or _PORTS[found.scheme]
    return link.strip() if host in names or f"{host}:{port}" in names else ""


def _split(address: str) -> SplitResult | None:
    """An http or https address without name and password; None for anything else."""
    text = address.strip()
    if any(ord(letter) <= ord(" ") for letter in text) or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    is_plain = parts.username is None and parts.password is None and has_port
    return parts if is_plain and parts.scheme in _PORTS and parts.hostname else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower()

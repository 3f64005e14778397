"""What stands around a request: members of the JSON body, or HTTP headers (G017, G020, G047)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.options import QUERIES
from hbgz_desktop.platforms.local_time import format_local_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions

_TIME = "yyyy-MM-dd HH:mm:ss"


def envelope(options: GuizhouOptions, service: str, msgid: str, now: datetime) -> dict[str, str]:
    """The sender's members, in the order of the standard's table; ASCII throughout.

    ``infno`` is the last segment of the path (G018); ``infTime`` is Asia/Shanghai (G022). Queries
    name the institution ``fixmedinsCode`` and carry no key unless a setting wants it (G020, G023).
    """
    members = {"infno": options.infno(service)}
    if options.send_info:
        members["info"] = members["infno"]
    members["msgid"] = msgid
    members["infTime"] = format_local_time(now, _TIME)
    is_query = service in QUERIES
    code = options.asking_institution if is_query else options.institution_code
    if not is_query or options.send_fixmedins_code:
        members["infCode"] = code
    if is_query or options.send_fixmedins_code:
        members["fixmedinsCode"] = code
    if not is_query or options.send_key_in_queries:
        members["key"] = options.key
    return members


def input_text(records: object) -> str:
    """Serialise ``input``, or one element of it, as it is counted against its 40000 characters (G024).

    Raises:
        ValueError: A number is not finite: a mistake of the caller.
        TypeError: A value is not JSON: a mistake of the caller.
    """
    return json.dumps(records, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_body(members: Mapping[str, str], serialised_input: str) -> bytes:
    """A whole request, UTF-8.

    Args:
        members: The envelope.
        serialised_input: ``input`` as JSON: nested, or a string that holds JSON (G024).

    Raises:
        UnicodeEncodeError: A text holds half a surrogate pair.
    """
    head = json.dumps(dict(members), ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"input":{serialised_input}}}'.encode()

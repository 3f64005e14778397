"""Takes secrets and patient data out of kept answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MASK = "***"
# 证件类型-证件号码-时间-设备-部位[-机构]: part 2 is the certificate number (1.2, G001 ff.)
_INDEX = re.compile(
    r"(?P<kind>(?<![0-9A-Z])[0-9A-Z]{1,6}\s*-\s*)[0-9A-Z]{1,34}"
    r"(?P<rest>\s*-\s*[0-9]{14}\s*-\s*[0-9A-Z]{1,20}\s*-\s*[0-9A-Z]{1,20})",
    re.IGNORECASE,
)
_ID_18 = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_ID_15 = re.compile(
    r"(?<![0-9])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)


def mask_answer(text: str, secrets: Collection[str]) -> str:
    r"""Mask an answer before it is kept with its attempt.

    Args:
        text: Raw answer.
        secrets: Key, names, certificate numbers … ; those of one character are passed over.

    Returns:
        The text with the secrets (also where JSON wrote them as ``\uXXXX``), identity card numbers
        and the certificate number inside every index code replaced by ``***``.
    """
    masked = _INDEX.sub(rf"\g<kind>{MASK}\g<rest>", text)
    for secret in sorted(set(secrets), key=len, reverse=True):
        for form in _forms(secret.strip()):
            masked = re.sub(re.escape(form), MASK, masked, flags=re.IGNORECASE)
    return _ID_15.sub(MASK, _ID_18.sub(MASK, masked))


def _forms(secret: str) -> Iterator[str]:
    """The secret as it is and as JSON may write it."""
    if len(secret) > 1:
        yield from {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}

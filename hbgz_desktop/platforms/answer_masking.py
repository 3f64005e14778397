"""Takes secrets and patient data out of a platform's words before they are kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MASK = "***"
_ID_18 = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_ID_15 = re.compile(
    r"(?<![0-9])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)


def mask_text(text: str, secrets: Collection[str]) -> str:
    r"""Mask what a platform wrote.

    Args:
        text: The platform's words.
        secrets: Key, token, names, certificate numbers … ; those of one character are passed over.

    Returns:
        The text with the secrets (also where JSON wrote them as ``\uXXXX``) and identity card
        numbers replaced by ``***``.
    """
    masked = text
    for secret in sorted(set(secrets), key=len, reverse=True):
        for form in _forms(secret.strip()):
            masked = re.sub(re.escape(form), MASK, masked, flags=re.IGNORECASE)
    return _ID_15.sub(MASK, _ID_18.sub(MASK, masked))


def _forms(secret: str) -> Iterator[str]:
    """The secret as it is and as JSON may write it."""
    if len(secret) > 1:
        yield from {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}

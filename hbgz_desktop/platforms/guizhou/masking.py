"""Takes secrets and patient data out of kept answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.answer_masking import MASK, mask_text

if TYPE_CHECKING:
    from collections.abc import Collection

# 证件类型-证件号码-时间-设备-部位[-机构]: part 2 is the certificate number (1.2, G001 ff.)
_INDEX = re.compile(
    r"(?P<kind>(?<![0-9A-Z])[0-9A-Z]{1,6}\s*-\s*)[0-9A-Z]{1,34}"
    r"(?P<rest>\s*-\s*[0-9]{14}\s*-\s*[0-9A-Z]{1,20}\s*-\s*[0-9A-Z]{1,20})",
    re.IGNORECASE,
)


def mask_answer(text: str, secrets: Collection[str]) -> str:
    """Mask an answer before it is kept with its attempt.

    Args:
        text: Raw answer.
        secrets: As for ``mask_text``.

    Returns:
        What ``mask_text`` returns, with the certificate number inside every index code replaced too.
    """
    return mask_text(_INDEX.sub(rf"\g<kind>{MASK}\g<rest>", text), secrets)

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
# members of 2.6 and 2.8 that nobody needs to see again, also where the JSON stands in a string and
# where the answer was cut inside the value
_PERSONAL = re.compile(
    r'(?P<name>(?P<quote>\\*")(?:psnName|certno|psnCertNo|tel|fmAddr|fileContent|patientName|brdy)'
    r"(?P=quote)\s*:\s*(?P=quote))(?P<value>.*?)(?P<end>(?<!\\)(?P=quote)|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def mask_answer(text: str, secrets: Collection[str]) -> str:
    """Mask an answer before it is kept with its attempt.

    Args:
        text: Raw answer.
        secrets: As for ``mask_text``.

    Returns:
        What ``mask_text`` returns, with the certificate number inside every index code and the personal
        members of 2.6 and 2.8 replaced too.
    """
    plain = _PERSONAL.sub(rf"\g<name>{MASK}\g<end>", text)
    return mask_text(_INDEX.sub(rf"\g<kind>{MASK}\g<rest>", plain), secrets)

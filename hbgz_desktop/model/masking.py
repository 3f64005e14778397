"""How a person's data look until they are asked for: 欧阳**, 5201***********26X, 138****2071.

Masks are for the eye; the stored value never changes.
"""

from __future__ import annotations

import re

MASK = "*"

# Two-character family names that are still borne; a longer list would mask given names as family.
_COMPOUND_SURNAME = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|"
    "尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|"
    "仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|"
    "公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|夹谷|轩辕|令狐|"
    "段干|百里|呼延|东郭|南门|羊舌|微生|公户|公玉|梁丘|左丘|东门|"
    "西门|第五"
)


def mask_name(name: str) -> str:
    """Family name and stars: 张*, 李**, 欧阳**; separators inside a name stay.

    A two-character name is never taken for a bare compound family name: 司马 becomes 司*.
    """
    text = name.strip()
    if not text:
        return ""
    if len(text) == 1:
        return MASK
    kept = 2 if len(text) > 2 and _COMPOUND_SURNAME.match(text) else 1
    return text[:kept] + "".join(MASK if char.isalnum() else char for char in text[kept:])


def mask_identity(number: str) -> str:
    """Certificate number: 18 characters keep the first 4 and the last 3, shorter ones fewer."""
    text = number.strip()
    head = min(4, len(text) // 4)
    tail = min(3, len(text) // 6)
    return text[:head] + MASK * (len(text) - head - tail) + text[len(text) - tail :]


def mask_phone(number: str) -> str:
    """Telephone number: 11 digits keep 3 and 4; under 7 digits nothing stays; separators stay."""
    text = number.strip()
    count = sum(char.isdecimal() for char in text)
    head, tail = (min(3, count // 3), min(4, (count + 1) // 3)) if count >= 7 else (0, 0)
    masked = []
    seen = 0
    for char in text:
        is_kept = not char.isalnum() or (char.isdecimal() and not head <= seen < count - tail)
        masked.append(char if is_kept else MASK)
        seen += char.isdecimal()
    return "".join(masked)

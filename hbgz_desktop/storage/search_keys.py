"""What a person may type to find a patient: the name, its pinyin, its pinyin initials."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Search text of a name: compact name, full pinyin and initials, lower case, separated by blanks.

    ``欧阳娜`` → ``欧阳娜 ouyangna oyn``. Surnames with a reading of their own (单 shàn) are read as surnames.
    """
    from pypinyin import Style, lazy_pinyin  # 60 ms of import that only a first name needs

    compact = "".join(unicodedata.normalize("NFKC", name).replace("^", "").split()).lower()
    if not compact:
        return ""
    full = "".join(lazy_pinyin(compact))
    initials = "".join(lazy_pinyin(compact, style=Style.FIRST_LETTER))
    return " ".join(dict.fromkeys((compact, full, initials)))


def search_key(name_key: str, accession_number: str, patient_id: str) -> str:
    """All that finds a line of the list, lower case, without blanks inside, separated by blanks.

    A typed text without blanks so never matches across two of them.
    """
    numbers = ("".join(one.split()).lower() for one in (accession_number, patient_id))
    return " ".join(filter(None, (name_key, *numbers)))

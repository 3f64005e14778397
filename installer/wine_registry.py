"""Reading what ``reg.exe export`` writes: its listing on the screen loses Chinese under Wine, the file does not."""

from __future__ import annotations

import re

_HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}


def exported_value(text: str, key: str, name: str) -> str | None:
    r"""One value of an exported key, None when it is not there.

    Args:
        text: The exported file.
        key: Such as ``HKLM\Software\…``.
        name: Of the value, "" = the key's default value.

    Returns:
        Text as it is, a number as ``0x2``, anything else as it is written in the file.
    """
    hive, _, rest = key.partition("\\")
    wanted = f"[{_HIVES.get(hive, hive)}\\{rest}]".lower()
    whole = re.sub(r"\\\n\s*", "", text.replace("\r\n", "\n"))
    title = "@" if not name else f'"{name}"'
    is_in_key = False
    for line in whole.splitlines():
        if line.startswith("["):
            is_in_key = line.lower() == wanted
        elif is_in_key and line.lower().startswith(f"{title.lower()}="):
            return _plain(line[len(title) + 1 :])
    return None


def _plain(written: str) -> str:
    if written.startswith('"'):
        return re.sub(r"\\(.)", r"\1", written[1:-1])
    if written.startswith("dword:"):
        return f"{int(written.removeprefix('dword:'), 16):#x}"
    if written.startswith("hex(2):"):
        content = bytes.fromhex(written.removeprefix("hex(2):").replace(",", ""))
        return content.decode("utf-16-le").rstrip("\0")
    return written

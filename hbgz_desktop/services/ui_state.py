"""How a person likes the console: ``ui.json`` in the data folder, no setting of the engine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "ui.json"
SCHEMES = ("system", "light", "dark")
LANGUAGES = ("zh_CN", "en")
ROLES = ("clerk", "it")
_LIMIT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class UiState:
    """What 设置 · 外观 keeps.

    Attributes:
        scheme: ``system``, ``light`` or ``dark``.
        language: ``zh_CN`` or ``en``; applies at the next start.
        role: ``clerk`` (wide rows, plain words) or ``it`` (dense rows, codes, raw answers).
        is_welcome_closed: The first-run steps were put away before they were done.
    """

    scheme: str = "system"
    language: str = "zh_CN"
    role: str = "clerk"
    is_welcome_closed: bool = False


_ALLOWED: dict[str, tuple[object, ...]] = {
    "scheme": SCHEMES,
    "language": LANGUAGES,
    "role": ROLES,
    "is_welcome_closed": (False, True),
}


def load_ui_state(folder: Path) -> UiState:
    """Read ``ui.json``; whatever is missing, damaged or unknown becomes the default.

    Args:
        folder: The data folder.
    """
    values = _read(folder / FILE_NAME)
    kept = {
        field.name: values[field.name]
        for field in fields(UiState)
        if _is_allowed(field.name, values.get(field.name))
    }
    return UiState(**kept)


def _is_allowed(name: str, value: object) -> bool:
    # 1 == True, so the type is compared as well
    return any(value == one and type(value) is type(one) for one in _ALLOWED[name])


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LIMIT_BYTES + 1)
        values = json.loads(content.decode("utf-8-sig")) if len(content) <= _LIMIT_BYTES else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def save_ui_state(folder: Path, state: UiState) -> None:
    """Replace ``ui.json`` as a whole: a reader sees the old or the new one.

    Args:
        folder: The data folder; made when it is missing.
        state: What to keep.

    Raises:
        StorageError: The file cannot be written; the old one stays.
    """
    # reading, which comes before the first window, needs neither
    from hbgz_desktop.system.durable_files import make_folder, write_atomically
    from hbgz_desktop.system.os_errors import translate_os_error

    content = json.dumps(asdict(state), ensure_ascii=False, indent=2) + "\n"
    try:
        make_folder(folder)
        write_atomically(folder / FILE_NAME, content.encode("utf-8"))
    except OSError as error:
        raise translate_os_error(error) from error

"""Private libraries of Linux wheels: those go that nothing needs any more once a wheel was trimmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = (
    "*.libs/*.so*",
    "_gdcm/lib*.so*",
    "PySide6/lib*.so*",
    "PySide6/Qt/lib/*",
    "shiboken6/lib*.so*",
)
"""Where wheels keep libraries of their own; some in three copies, for an archive knows no links."""
PLUGINS = "PySide6/Qt/plugins/*/*.so"
QT_LIBRARY = "libQt6"
_NAME = re.compile(rb"(?<=\0)[\w+-]{1,60}(?:\.[\w+-]{1,40}){0,6}?\.so(?:\.\w{1,12}){0,4}(?=\0)")
"""A library is named in the table of strings of whoever needs it (ELF, DT_NEEDED)."""


def drop_unneeded(lib: Path) -> None:
    """Delete Qt's plugins whose part of Qt is gone, then every private library that nothing needs.

    Args:
        lib: The folder of the wheels; one of Windows wheels has no such files.
    """
    _drop_torn_plugins(lib)
    private = {path.name: path for place in PRIVATE for path in lib.glob(place) if path.is_file()}
    others = [path for path in lib.rglob("*.so*") if path not in private.values()]
    wanted = set().union(*map(_named, others)) & private.keys()
    reached: set[str] = set()
    while wanted:
        reached |= wanted
        wanted = set().union(*(_named(private[name]) for name in wanted)) & private.keys() - reached
    for name in private.keys() - reached:
        private[name].unlink()


def _drop_torn_plugins(lib: Path) -> None:
    for plugin in lib.glob(PLUGINS):
        parts = (name for name in _named(plugin) if name.startswith(QT_LIBRARY))
        if any(not (lib / "PySide6" / "Qt" / "lib" / name).exists() for name in parts):
            plugin.unlink()


def _named(path: Path) -> set[str]:
    return {name.decode() for name in _NAME.findall(path.read_bytes())}

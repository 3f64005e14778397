"""``hbgz`` without a command: the window opens, and the command line with all its families is not even imported."""

from __future__ import annotations

from hbgz_desktop.services.folders import DataFolder

_DATA = "--data"


def open_plainly(words: list[str]) -> int | None:
    """Open the window when nothing but the data folder is named.

    Returns:
        The exit code; None when it is not that simple and the parser has to look.
    """
    given: str | None = None
    if len(words) == 2 and words[0] == _DATA and not words[1].startswith("-"):
        given = words[1]
    elif len(words) == 1 and words[0].startswith(f"{_DATA}="):
        given = words[0].removeprefix(f"{_DATA}=")
    elif words:
        return None
    from hbgz_desktop.app import run_console  # the command line works without Qt

    return run_console(DataFolder.choose(given))

"""Files and folders that must go, also while another program on Windows still looks at them."""

from __future__ import annotations

import shutil
import stat
import sys
from typing import TYPE_CHECKING

from hbgz_desktop.system.patience import patiently
from hbgz_desktop.system.windows_paths import LONGEST, reachable

if TYPE_CHECKING:
    from pathlib import Path

REMOVAL_PATIENCE_S = 0.3
"""Short: whoever must be rid of the file notes it and comes again (services/held_files.py)."""

if sys.platform == "win32":

    def _unlink(path: Path) -> None:
        """Windows lets nobody delete a file that is marked read-only."""
        there = reachable(path)
        try:
            there.unlink(missing_ok=True)
        except PermissionError:
            if there.lstat().st_mode & stat.S_IWRITE:
                raise
            there.chmod(stat.S_IWRITE)
            there.unlink(missing_ok=True)

else:

    def _unlink(path: Path) -> None:
        path.unlink(missing_ok=True)


def remove_file(path: Path, *, patience_s: float = REMOVAL_PATIENCE_S) -> None:
    """Remove a file; one that is not there is fine, one marked read-only goes as well.

    Raises:
        OSError: It is still held, or may not be removed.
    """
    patiently(lambda: _unlink(path), patience_s=patience_s)


def discard(path: Path, *, patience_s: float = REMOVAL_PATIENCE_S) -> bool:
    """Remove a file that nobody needs.

    Returns:
        False when it could not be removed: it stays for the next sweep.
    """
    try:
        remove_file(path, patience_s=patience_s)
    except OSError:
        return False
    return True


def remove_tree(folder: Path, *, patience_s: float = REMOVAL_PATIENCE_S) -> bool:
    """Remove a folder and all in it; links in it are removed, not followed.

    Returns:
        False when something of it is still there; everything that nobody holds has gone.
    """
    there = reachable(folder, LONGEST)  # how deep it goes is not known
    try:
        patiently(lambda: shutil.rmtree(there), patience_s=patience_s)
    except OSError:
        shutil.rmtree(there, ignore_errors=True)
    return not there.exists()

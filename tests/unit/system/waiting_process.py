"""A process that says what it was given and waits: ``python -m tests.unit.system.waiting_process FILE HOW``.

HOW: ``stdin`` waits for the end of stdin, ``deaf`` for a file FILE.stop, but a minute at most.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from pathlib import Path

LIMIT_S = 60.0


def main() -> int:
    """Report, then wait."""
    report, how = Path(sys.argv[1]), sys.argv[2]
    facts = {
        "pid": os.getpid(),
        "folder": str(Path.cwd()),
        "window": window(),
        "leads": leads(),
        "typed": os.read(0, 100).decode() if how == "stdin" else "",
    }
    part = report.with_suffix(".part")
    part.write_text(json.dumps(facts), encoding="utf-8")
    part.replace(report)
    if how == "stdin":
        while os.read(0, 100):
            continue
        report.with_suffix(".ended").touch()
        return 0
    pause = threading.Event()
    for _ in range(int(LIMIT_S / 0.05)):
        if report.with_suffix(".stop").exists():
            return 0
        pause.wait(0.05)
    return 1


def window() -> int:
    """Handle of the console window, 0 without one."""
    shown = 0
    if sys.platform == "win32":
        console = ctypes.windll.kernel32.GetConsoleWindow()
        shown = int(ctypes.windll.user32.IsWindowVisible(console))
    return shown


def leads() -> bool:
    """Whether what is typed in the terminal of the one who started us passes us by."""
    return sys.platform == "win32" or os.getsid(0) == os.getpid()


if __name__ == "__main__":
    sys.exit(main())

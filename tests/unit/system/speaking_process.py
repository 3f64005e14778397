"""Says what it was given and what it reads; ``without`` takes the streams away, as for a program with a window."""

from __future__ import annotations

import json
import sys

from hbgz_desktop.system.console_streams import speak_utf8


def main() -> None:
    if "without" in sys.argv:
        for name in ("stdin", "stdout", "stderr"):
            setattr(sys, name, None)  # as a program with a window has it
    speak_utf8()
    given = sys.stdin.read()
    sys.stdout.write(json.dumps([*sys.argv[1:], given], ensure_ascii=False) + "\n")
    sys.stdout.write("\ud83d\n")
    sys.stderr.write("出错了\n")


if __name__ == "__main__":
    main()

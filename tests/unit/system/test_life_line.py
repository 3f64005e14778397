"""A process that serves another one ends with its stdin, and finishes what it is at."""

from __future__ import annotations

import subprocess
import sys

SERVING = """
import threading
from hbgz_desktop.system.life_line import when_stdin_ends
asked = threading.Event()
when_stdin_ends(asked.set)
print("ready", flush=True)
print(asked.wait(60), flush=True)
"""


def test_the_end_of_stdin_is_told() -> None:
    words = [sys.executable, "-c", SERVING]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        process.stdin.write(b"what it is told does not matter")
        process.stdin.flush()
        assert process.poll() is None
        process.stdin.close()
        assert process.stdout.readline().strip() == b"True"
    assert process.returncode == 0

"""Start-up: from the start of the process to the first painted window, against an empty QMainWindow.

``python bench/startup.py`` runs the two in turn; ``--profile`` adds what is imported when, ``--record`` a line to
``bench/RESULTS.md``. Each moment is one run of the real program (``python -m hbgz_desktop``) on a data folder of
its own, ended at the failpoint there; of two in a row the quicker counts, since the end of one process may hold
up the start of the next (under Wine by more than a second). Windows does not tell the processor time of a child.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hbgz_desktop.model.failpoints import ENVIRONMENT, EXIT_CODE

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
GOAL = 1.5
LIMIT_S = 300.0
SHOWN = 25
EMPTY = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(137))
qt = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
qt.exec()
"""
MOMENTS = {
    "empty QMainWindow painted": "",
    "our window painted": "console.window_shown",
    "its frame put in": "console.frame_shown",
    "first page made": "console.page_shown",
}
"""What is measured → the failpoint where the program ends."""
_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


class Run(NamedTuple):
    """One process to its moment: seconds on the wall, and of the processor."""

    wall_s: float
    cpu_s: float


def main() -> int:
    """Measure and print; 1 when the goal was missed."""
    options = _parse()
    with tempfile.TemporaryDirectory() as folder:
        _run(
            _ours(Path(folder)), "console.page_shown", options.platform
        )  # the database, the .pyc files
        runs: dict[str, list[Run]] = {name: [] for name in MOMENTS}
        for _ in range(options.rounds):
            for name, failpoint in MOMENTS.items():
                words = _words(Path(folder), failpoint)
                two = [_run(words, failpoint, options.platform) for _ in range(2)]
                runs[name].append(min(two))
        lines = [*_head(options), *_table(runs)]
        print("\n".join(lines))
        if options.profile:
            print("\n".join(_profile(Path(folder), options.platform)))
    if options.record:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
    return 0 if _ratio(runs, "our window painted") <= GOAL else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default="offscreen", help="Qt platform, such as xcb")
    parser.add_argument("--profile", action="store_true", help="what is imported up to each moment")
    parser.add_argument("--record", action="store_true", help="append to bench/RESULTS.md")
    return parser.parse_args()


def _ours(folder: Path) -> list[str]:
    return ["-m", "hbgz_desktop", "--data", str(folder)]


def _words(folder: Path, failpoint: str) -> list[str]:
    return _ours(folder) if failpoint else ["-c", EMPTY]


def _run(
    words: list[str], failpoint: str, platform: str, *, errors: int = subprocess.DEVNULL
) -> Run:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        ENVIRONMENT: f"{failpoint}=kill" if failpoint else "",
    }
    before = os.times()
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        timeout=LIMIT_S,
        check=False,
    )
    wall_s = time.perf_counter() - begun
    after = os.times()
    if done.returncode != EXIT_CODE:
        raise RuntimeError(f"{failpoint or 'the empty window'}: ended with {done.returncode}")
    used = after.children_user + after.children_system
    return Run(wall_s, used - before.children_user - before.children_system)


def _ratio(runs: dict[str, list[Run]], name: str) -> float:
    """Median over the rounds of this moment's wall time in empty windows of the same round."""
    empty = runs["empty QMainWindow painted"]
    pairs = zip(runs[name], empty, strict=True)
    return statistics.median(ours.wall_s / theirs.wall_s for ours, theirs in pairs)


def _head(options: argparse.Namespace) -> list[str]:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    today = datetime.now(UTC).date()
    return [
        f"## {today}, start-up ({os.cpu_count()} cores{load})",
        "",
        (
            f"`python bench/startup.py --rounds {options.rounds}`, Qt platform {options.platform}, "
            f"files cached; goal: our window <= {GOAL} x the empty one of the same round:"
        ),
        "",
    ]


def _table(runs: dict[str, list[Run]]) -> list[str]:
    lines = ["| moment | s | CPU s | x empty, wall | x empty, CPU |", "|---|---|---|---|---|"]
    empty = runs["empty QMainWindow painted"]
    for name, done in runs.items():
        wall_s = statistics.median(one.wall_s for one in done)
        cpu_s, cpu = _processor(done, empty)
        lines.append(f"| {name} | {wall_s:.2f} | {cpu_s} | {_ratio(runs, name):.2f} | {cpu} |")
    return lines


def _processor(done: list[Run], empty: list[Run]) -> tuple[str, str]:
    """Medians of the processor's seconds, and of how many times those of an empty window; – where not told."""
    if not all(one.cpu_s for one in empty):
        return "–", "–"
    times = statistics.median(
        ours.cpu_s / theirs.cpu_s for ours, theirs in zip(done, empty, strict=True)
    )
    return f"{statistics.median(one.cpu_s for one in done):.2f}", f"{times:.2f}"


def _profile(folder: Path, platform: str) -> list[str]:
    """For each moment the dearest imports that were not there before, alone and with what they bring."""
    lines: list[str] = []
    seen: set[str] = set()
    for name, failpoint in MOMENTS.items():
        with tempfile.TemporaryFile() as said:
            words = ["-X", "importtime", *_words(folder, failpoint)]
            _run(words, failpoint, platform, errors=said.fileno())
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
        found = {m[4]: (int(m[1]), int(m[2])) for m in map(_LINE.match, text.splitlines()) if m}
        fresh = {module: cost for module, cost in found.items() if module not in seen}
        seen |= found.keys()
        total = sum(own for own, _ in fresh.values()) / 1000
        lines += [
            "",
            f"{name}: {len(fresh)} modules more, {total:.0f} ms (ms alone, ms with all it brings)",
        ]
        dearest = sorted(fresh.items(), key=lambda item: -item[1][0])[:SHOWN]
        lines += [
            f"  {own / 1000:7.1f} {all_ / 1000:8.1f}  {module}" for module, (own, all_) in dearest
        ]
    return lines


if __name__ == "__main__":
    sys.exit(main())

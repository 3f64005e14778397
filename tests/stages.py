"""What ``run.py test`` runs, in order, inside .venv; the first failure ends the run."""

from __future__ import annotations

import argparse
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "bench" / "PROOFS.md"
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
PYTEST = ("-m", "pytest")
PARALLEL = ("-n", str(max(2, min(4, os.cpu_count() or 2))), "--dist", "loadgroup")
LONG_LIMIT_S = 7200
NO_TESTS_COLLECTED = 5
APART = ("tests/integration", "tests/e2e")


@dataclass(frozen=True)
class Stage:
    """One step.

    Attributes:
        arguments: What follows the name of the interpreter.
        folders: Where a pytest stage looks; none for a stage of another kind.
        environment: Added to ours.
    """

    name: str
    title: str
    arguments: tuple[str, ...]
    folders: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    def has_tests(self) -> bool:
        """Whether any test stands in the folders."""
        return any(True for f in self.folders for _ in (ROOT / f).rglob("test_*.py"))

    def command(self, seed: int, report: Path) -> list[str]:
        """The full command line."""
        argv = [sys.executable, *self.arguments]
        if self.folders:
            argv += [f"--randomly-seed={seed}", f"--junitxml={report}"]
            argv += [folder for folder in self.folders if (ROOT / folder).is_dir()]
        return argv


STAGES = (
    Stage("lint", "lint: ruff check", ("-m", "ruff", "check", ".")),
    Stage("format", "format: ruff format", ("-m", "ruff", "format", "--check", ".")),
    Stage("types", "types: mypy --strict", ("-m", "mypy")),
    Stage(
        "windows-types",
        "types as on Windows: mypy --platform win32",
        ("-m", "mypy", "--platform", "win32", "hbgz_desktop", "run.py"),
    ),
    Stage("contracts", "contracts: import-linter", ("-c", LINT_IMPORTS, "--no-logo")),
    Stage(
        "unit",
        "unit tests, Qt not importable",
        (*PYTEST, "-p", "no:pytest-qt", *PARALLEL),
        ("tests/unit",),
        (("HBGZ_TEST_BLOCK_QT", "1"),),
    ),
    Stage(
        "console",
        "house rules, console and every page (offscreen)",
        (*PYTEST, *PARALLEL, *(f"--ignore={folder}" for folder in (*APART, "tests/unit"))),
        ("tests",),
    ),
    Stage(
        "integration",
        "integration: real sockets, DCMTK, Orthanc, sandbox, kills",
        (*PYTEST, *PARALLEL),
        APART,
    ),
)
BESIDE_QT = Stage(
    "unit-qt", "unit tests once more, with Qt importable", (*PYTEST, *PARALLEL), ("tests/unit",)
)
LONG = Stage(
    "long",
    "long proofs",
    (
        *PYTEST,
        *("-m", "long", f"--timeout={LONG_LIMIT_S}", "-o", f"faulthandler_timeout={LONG_LIMIT_S}"),
    ),
    ("tests",),
)


def say(text: str) -> None:
    """Print one line, in order with what the stages print."""
    print(text, flush=True)  # noqa: T201 - this is a command, not a test


def count(report: Path) -> Counter[str]:
    """Outcome of one pytest stage by its JUnit file, empty when it never came to write one."""
    text = report.read_text(encoding="utf-8") if report.exists() else ""
    head = text.partition("<testsuite ")[2].partition(">")[0]
    numbers = {name: int(n) for name, n in re.findall(r'(\w+)="(\d+)"', head)}
    failed = numbers.get("failures", 0) + numbers.get("errors", 0)
    skipped = numbers.get("skipped", 0)
    passed = numbers.get("tests", 0) - failed - skipped
    return Counter(passed=max(passed, 0), failed=failed, skipped=skipped)


def run_stage(stage: Stage, seed: int) -> tuple[bool, Counter[str]]:
    """Run one stage; whether it is good, and its counts."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        argv = stage.command(seed, report)
        environment = {**os.environ, **dict(stage.environment)}
        # the tests start the program hundreds of times: its modules are compiled once, not each time
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(
            argv, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        )
        counts = count(report)
    if done.returncode == NO_TESTS_COLLECTED and stage is LONG:
        say("no long proofs yet")
        return True, counts
    if done.returncode != 0:
        shown = shlex.join(word for word in argv if not word.startswith("--junitxml"))
        settings = "".join(f"{name}={value} " for name, value in stage.environment)
        say(f"\nFAILED: {stage.title}\nalone: {settings}{shown}")
    return done.returncode == 0, counts


def git(*arguments: str) -> str:
    """What git says, nothing when there is no git or no repository."""
    try:
        return subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def write_proof(seed: int | str, counts: Counter[str], seconds: float) -> None:
    """Append one row to bench/PROOFS.md.

    Args:
        seed: Of the order of the tests, or the name of another kind of proof.
        counts: Of ``passed``, ``failed`` and ``skipped``.
        seconds: How long it took.
    """
    changed = " + changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    cells = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        f"{git('rev-parse', '--short=12', 'HEAD') or 'unknown'}{changed}",
        str(seed),
        *(str(counts[name]) for name in ("passed", "failed", "skipped")),
        f"{seconds:.0f}",
    ]
    with PROOFS.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"| {' | '.join(cells)} |\n")


def run(stages: list[Stage], seed: int) -> int:
    """Run the stages; 0 when all are good."""
    start, total = time.monotonic(), Counter[str]()
    for number, stage in enumerate(stages, 1):
        say(f"\n== {number}/{len(stages)} {stage.title}")
        if stage.folders and not stage.has_tests():
            say("no tests here yet")
            continue
        begun = time.monotonic()
        is_good, counts = run_stage(stage, seed)
        seconds = time.monotonic() - begun
        total.update(counts)
        if stage is LONG and counts.total():
            write_proof(seed, counts, seconds)
        if not is_good:
            say(f"stopped after {time.monotonic() - start:.0f} s in all; seed {seed}")
            return 1
        say(f"-- good, {seconds:.1f} s")
    tally = ", ".join(f"{total[name]} {name}" for name in ("passed", "failed", "skipped"))
    say(f"\nall stages good: {tally} in {time.monotonic() - start:.0f} s; seed {seed}")
    return 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="run.py test", description=__doc__)
    parser.add_argument("--long", action="store_true", help="also the slow proofs")
    parser.add_argument("--seed", type=int, help="repeat the order and randomness of a run")
    names = [stage.name for stage in (*STAGES, BESIDE_QT, LONG)]
    parser.add_argument("--only", choices=names, help="this stage alone")
    options = parser.parse_args()
    slow = options.long or options.only in (BESIDE_QT.name, LONG.name)
    stages = [*STAGES, BESIDE_QT, LONG] if slow else [*STAGES]
    if options.only:
        stages = [stage for stage in stages if stage.name == options.only]
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    return run(stages, seed)


if __name__ == "__main__":
    sys.exit(main())

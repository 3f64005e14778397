"""The project's own tests, run by the Windows Python with the Windows libraries inside Wine.

What a test cannot show there it says itself by a marker with the reason (``linux_only``, ``skip_under_wine``);
the list of what was skipped comes out of the run.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from installer.steps import ROOT, BuildError, fresh_folder, run
from installer.wheels import install_wheels
from tests.stages import STAGES, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from installer.wine import Prefix

SUITES = ("unit", "console", "integration")
"""Stages of ``run.py test`` that run here too, by their names."""
LIMIT_S = 7200.0
TEST_LIMIT_S = 480
"""A test's time limit where it sets none itself; the tests multiply their own (tests/operating_system.py)."""
ROUNDS = 3
START_LIMIT_S = 600.0
WORKERS = 2
TESTS_RAN = (0, 1)
"""Exit status of a pytest that came to its end: all good, or some tests failed."""
SEARCH_PATH = ("python311.zip", ".", "../lib", "../tree")


@dataclass(frozen=True)
class SuiteResult:
    """How one suite ended.

    Attributes:
        counts: Tests by ``passed``, ``failed``, ``skipped``.
        failures: Names of the failed tests; one line if the suite did not come to its end.
        skips: Reason to the names of the tests that were skipped for it.
    """

    name: str
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)
    failures: tuple[str, ...] = ()
    skips: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether it came to its end and no test failed."""
        return not self.failures and self.counts.total() > 0


def lay_out_suites(program: Path, folder: Path) -> None:
    """Make the folder the suites run in: runtime, libraries with those of the tests, the tracked files.

    Args:
        program: A built program folder; its runtime, verified when it was built, is taken.
        folder: Emptied first.

    Raises:
        BuildError: A wheel is missing for Windows, or a hash differs from the lock.
    """
    fresh_folder(folder)
    shutil.copytree(program / "python", folder / "python")
    lines = "\r\n".join([*SEARCH_PATH, ""])
    (folder / "python" / "python311._pth").write_text(lines, encoding="ascii", newline="")
    install_wheels(folder / "lib", folder, "windows", group="dev")
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    for name in filter(None, listed.split("\0")):
        target = folder / "tree" / name
        if (ROOT / name).is_file():  # one that is removed but still known to git is not
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)


def run_suites(
    prefix: Prefix,
    folder: Path,
    seed: int,
    *,
    suites: Sequence[str] = SUITES,
    workers: int = WORKERS,
) -> Iterable[SuiteResult]:
    """Run the suites one after another; each result comes when its suite has ended.

    Args:
        prefix: A made prefix.
        folder: As ``lay_out_suites`` left it.
        seed: Order and randomness of the tests.
        suites: Names of ``SUITES``.
        workers: Tests at a time.
    """
    for stage in STAGES:
        if stage.name in suites:
            yield _run_suite(prefix, folder, stage, seed, workers)


def measure_start(prefix: Prefix, folder: Path) -> tuple[str, ...]:
    """Let ``bench/startup.py`` measure the console there; what it says, in words. Wine's times are no goal.

    Args:
        prefix: A made prefix with a screen.
        folder: As ``lay_out_suites`` left it.

    Raises:
        BuildError: It came to no end, or to no numbers.
    """
    try:
        ran = prefix.start(
            folder / "python" / "python.exe",
            *("-X", "utf8", "bench/startup.py", "--rounds", ROUNDS, "--platform", "windows"),
            "--profile",
            name="start-up",
            folder=folder / "tree",
        ).wait(START_LIMIT_S)
    finally:
        prefix.restart()  # a console that hangs stays away from the suites
    return start_facts(ran.output)


def start_facts(output: str) -> tuple[str, ...]:
    """Each moment in words, of what ``bench/startup.py --profile`` printed.

    Raises:
        BuildError: It did not come to the profile of the last moment.
    """
    rows = [line.strip("| ").split(" | ") for line in output.splitlines() if line[:2] == "| "]
    measured = [row for row in rows if row[0] != "moment"]
    if not measured or f"\n{measured[-1][0]}: " not in output:
        raise BuildError(f"bench/startup.py did not come to its end: {output[-200:]}")
    return tuple(f"{name} {seconds} s ({times} x)" for name, seconds, _, times, _ in measured)


def _run_suite(prefix: Prefix, folder: Path, stage: Stage, seed: int, workers: int) -> SuiteResult:
    report = folder / f"{stage.name}.xml"
    report.unlink(missing_ok=True)
    words: list[object] = ["-X", "utf8", *_parallel(stage.arguments, workers)]
    words += [f"--rootdir={prefix.windows(folder / 'tree')}", f"--timeout={TEST_LIMIT_S}"]
    words += [f"--junitxml={prefix.windows(report)}", f"--randomly-seed={seed}", "--tb=short"]
    begun = time.monotonic()
    try:
        ran = prefix.start(
            folder / "python" / "python.exe",
            *words,
            *stage.folders,
            env=dict(stage.environment),
            name=f"suite-{stage.name}",
            folder=folder / "tree",
        ).wait(LIMIT_S)
    except BuildError as error:
        return SuiteResult(stage.name, time.monotonic() - begun, failures=(str(error),))
    finally:
        prefix.restart()  # nothing that a test left behind disturbs the next suite
    return read_report(stage.name, report, ran.seconds, ran.status)


def _parallel(arguments: Sequence[str], workers: int) -> list[str]:
    """The stage's own words, with as many workers as are asked for."""
    words = list(arguments)
    words[words.index("-n") + 1] = str(workers)
    return words


def read_report(name: str, report: Path, seconds: float, status: int) -> SuiteResult:
    """What pytest wrote about a suite.

    Args:
        name: The suite's.
        report: Its JUnit file; without one the suite never came to its end.
        seconds: How long it took.
        status: Exit status of pytest.
    """
    if not report.is_file() or status not in TESTS_RAN:
        return SuiteResult(name, seconds, failures=(f"{name}: pytest ended with {status}",))
    counts: Counter[str] = Counter()
    failures: list[str] = []
    skips: defaultdict[str, list[str]] = defaultdict(list)
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - written by our own run
        test = f"{case.get('classname', '')}::{case.get('name', '')}"
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
            failures.append(test)
        elif skip is not None:
            counts["skipped"] += 1
            skips[skip.get("message", "")].append(test)
        else:
            counts["passed"] += 1
    return SuiteResult(name, seconds, counts, tuple(failures), dict(skips))


def skip_table(results: Iterable[SuiteResult]) -> str:
    """What was skipped and why, as a table in Markdown; the same whatever the order of the tests was."""
    lines = ["| suite | tests | reason | where |", "| --- | --- | --- | --- |"]
    for result in results:
        for reason, tests in sorted(result.skips.items()):
            modules = sorted({one.partition("::")[0].rpartition(".")[2] for one in tests})
            cell = reason.replace("|", "\\|").replace("\n", " ")
            lines.append(f"| {result.name} | {len(tests)} | {cell} | {', '.join(modules)} |")
    return "\n".join(lines) + "\n"

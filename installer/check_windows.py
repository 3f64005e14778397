"""``python3 run.py windows --check``: builds the Windows program and proves under Wine that it does its work.

Modality (DCMTK) and platform (sandbox) are on the Linux side, our program is under Wine. It is judged by files,
registry values, database rows and compared bytes. docs/windows-check.md tells what is checked and what is not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from installer.check_builds import build_both, builds_in, check_release
from installer.check_data_folder import check_data_folder
from installer.check_delivery import check_delivery
from installer.check_installation import check_installation
from installer.check_machine import Machine
from installer.check_peers import Hospital
from installer.check_report import Report, StepFailedError, expect, tell
from installer.check_screen import VirtualScreen
from installer.check_service import check_service
from installer.steps import ROOT, BuildError, attempt, fresh_folder, require_tools
from installer.wine import Prefix
from installer.wine_suites import SUITES, lay_out_suites, measure_start, run_suites, skip_table
from tests.stages import write_proof

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from installer.check_builds import Installer
    from installer.wine_suites import SuiteResult

KIND = "windows --check"
PREFIX_LIMIT_S = 300
PAGE = ROOT / "docs" / "windows-check.md"
MARK = "<!-- From here on the check writes: what the suites skipped under Wine, and why. -->"
RELEASE = "release"
PARTS = (RELEASE, "installation", "delivery", "service", "data-folder", "suites")


class Check:
    """The whole check: what it needs, and its parts one after another.

    Attributes:
        report: Its steps.
        suites: The project's own tests that ran inside Wine.
    """

    def __init__(
        self,
        out: Path,
        seed: int,
        builds: tuple[Installer, Installer],
        report: Report,
        *,
        keeps: bool = False,
    ) -> None:
        """Prepare it.

        Args:
            out: Each part makes a prefix of its own here.
            seed: Of the studies, and of the order of the tests.
            builds: This version, and a higher one.
            report: Gets the steps.
            keeps: Leave the prefixes there when it is over.
        """
        self.report = report
        self.suites: list[SuiteResult] = []
        self._out = out
        self._seed = seed
        self._builds = builds
        self._keeps = keeps

    def run(self, parts: Sequence[str], screen: VirtualScreen) -> None:
        """Run these parts; one that fails keeps no other from being tried."""
        known: dict[str, Callable[[Prefix, Hospital, VirtualScreen], None]] = {
            "installation": self._installation,
            "delivery": self._delivery,
            "service": self._service,
            "data-folder": self._data_folder,
            "suites": self._suites,
        }
        for number, part in enumerate(one for one in parts if one in known):
            place = fresh_folder(self._out / part)
            prefix = Prefix(place / "prefix", place / "logs", display=screen.display)
            with prefix, Hospital(place / "hospital", self._seed + number) as hospital:
                try:
                    with self.report.step(f"{part}: an empty prefix", PREFIX_LIMIT_S):
                        prefix.create()
                    known[part](prefix, hospital, screen)
                except StepFailedError:
                    keep_evidence(prefix, screen, place)
            if not self._keeps:
                shutil.rmtree(prefix.root, ignore_errors=True)

    def _installation(self, prefix: Prefix, hospital: Hospital, screen: VirtualScreen) -> None:
        check_installation(
            self.report, prefix, screen, hospital, self._builds, self._out / "pictures"
        )

    def _delivery(self, prefix: Prefix, hospital: Hospital, _screen: VirtualScreen) -> None:
        data = prefix.path("C:\\") / "用户 张三" / "前置机 数据"
        machine = Machine(prefix, self._builds[0].program, data)
        check_delivery(self.report, machine, hospital)

    def _service(self, prefix: Prefix, hospital: Hospital, screen: VirtualScreen) -> None:
        check_service(self.report, prefix, screen, hospital, self._builds, self._out / "pictures")

    def _data_folder(self, prefix: Prefix, hospital: Hospital, _screen: VirtualScreen) -> None:
        data = prefix.path("C:\\") / "用户 张三" / "搬来的数据"
        machine = Machine(prefix, self._builds[0].program, data)
        check_data_folder(self.report, machine, hospital)

    def _suites(self, prefix: Prefix, _hospital: Hospital, _screen: VirtualScreen) -> None:
        folder = self._out / "suites" / "tests"
        with self.report.step("the tests: Windows runtime, Windows wheels, tracked files", 900):
            lay_out_suites(self._builds[0].program, folder)
        with (
            suppress(StepFailedError),
            self.report.step("start-up of the console inside Wine, measured", 700) as step,
        ):
            for fact in measure_start(prefix, folder):
                step.note(fact)
        results = iter(run_suites(prefix, folder, self._seed))
        for name in SUITES:
            with (
                suppress(StepFailedError),
                self.report.step(f"{name} tests inside Wine", 7500) as step,
            ):
                result = next(results)
                self.suites.append(result)
                step.note(", ".join(f"{n} {what}" for what, n in sorted(result.counts.items())))
                expect("failed tests", list(result.failures), [])


def keep_evidence(prefix: Prefix, screen: VirtualScreen, place: Path) -> None:
    """After a failure: picture of the screen, and the logs of our program and of the installer."""
    with suppress(OSError, ValueError):
        screen.picture().save(place / "screen.png")
    files = (prefix.root / "drive_c").rglob("*.log")
    for number, file in enumerate(sorted(files)):
        with suppress(OSError):
            target = place / "logs" / f"data-{number:02d}-{file.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def write_skips(suites: Sequence[SuiteResult]) -> None:
    """Print what was skipped and why, and put it into docs/windows-check.md in place of the last run's."""
    table = skip_table(suites)
    tell(table)
    before, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(f"{before}{mark}\n\n{table.strip()}\n", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check; 1 when a step failed."""
    options = _parse(arguments)
    start, report = time.monotonic(), Report()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    try:
        require_tools()
        _, version = attempt(["wine", "--version"])
        tell(f"seed {seed}, {version.splitlines()[-1]}, logs in {options.out}")
        check = _run(options, seed, report)
    except StepFailedError:
        return _end(report, 1)
    except BuildError as error:
        tell(f"error: {error}")
        return _end(report, 1)
    if set(options.parts) == set(PARTS) and not options.built:
        counts = Counter(passed=len(report.steps) - len(report.failed), failed=len(report.failed))
        for suite in check.suites:
            counts.update(suite.counts)
        write_proof(KIND, counts, time.monotonic() - start)
    if len(check.suites) == len(SUITES):
        write_skips(check.suites)
    return _end(report, 1 if report.failed else 0)


def _run(options: argparse.Namespace, seed: int, report: Report) -> Check:
    out = options.out
    builds = builds_in(out) if options.built else build_both(report, out)
    if RELEASE in options.parts:
        with suppress(StepFailedError):
            check_release(report, out / "release", builds[0])
    with VirtualScreen() as screen:
        place = fresh_folder(out / "check")
        check = Check(place, seed, builds, report, keeps=options.keep)
        check.run(options.parts, screen)
    return check


def _end(report: Report, status: int) -> int:
    tell(report.summary())
    tell("all good" if status == 0 else "FAILED")
    return status


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py windows --check", description=__doc__)
    place = ROOT / "dist" / "windows-check"
    parser.add_argument("--out", type=Path, default=place, help="where to build, and the logs")
    parser.add_argument("--seed", type=int, help="repeat the studies of an earlier run")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="these alone")
    built = "take the installers that an earlier run left in --out"
    parser.add_argument("--built", action="store_true", help=built)
    parser.add_argument("--keep", action="store_true", help="keep the prefixes, 1 GB each")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

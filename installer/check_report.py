"""The steps of the check: each has a time limit, ends with a verdict and its time, and says what it found."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from installer.steps import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Never


class CheckError(BuildError):
    """Something is not as it must be; the text says what was wanted and what was found."""


class StepFailedError(Exception):
    """A step has failed and said so; the steps that build on it are not tried."""


@dataclass(slots=True)
class Step:
    """One step.

    Attributes:
        name: What it shows.
        seconds: How long it took.
        trouble: Why it failed, "" when it is good.
        facts: What it found, for the line of its verdict.
    """

    name: str
    seconds: float = 0.0
    trouble: str = ""
    facts: list[str] = field(default_factory=list)

    def note(self, fact: str) -> None:
        """Add to what is printed beside its verdict."""
        self.facts.append(fact)


class Report:
    """Runs the steps one after another and prints what became of each."""

    def __init__(self) -> None:
        """Start with none."""
        self.steps: list[Step] = []
        self._begun = time.monotonic()

    @contextmanager
    def step(self, name: str, limit_s: int) -> Iterator[Step]:
        """Run one step in the main thread.

        Args:
            name: What it shows.
            limit_s: After that it is given up and counts as failed.

        Raises:
            StepFailedError: It failed; the reason is printed.
        """
        step = Step(name)
        self.steps.append(step)
        tell(f"{name} ...")
        begun = time.monotonic()
        try:
            with _alarm(limit_s):
                yield step
        except (BuildError, OSError) as error:
            step.trouble = str(error) or type(error).__name__
            raise StepFailedError(name) from error
        finally:
            step.seconds = time.monotonic() - begun
            verdict = f"FAILED: {step.trouble}" if step.trouble else "good"
            found = f"; {', '.join(step.facts)}" if step.facts else ""
            tell(f"    {verdict}, {step.seconds:.1f} s{found}")

    @property
    def failed(self) -> list[Step]:
        """The steps that failed."""
        return [one for one in self.steps if one.trouble]

    def summary(self) -> str:
        """All steps with time and verdict, and the count."""
        lines = [
            f"{'FAILED' if one.trouble else 'good  '} {one.seconds:7.1f} s  {one.name}"
            for one in self.steps
        ]
        good = len(self.steps) - len(self.failed)
        lasted = time.monotonic() - self._begun
        lines.append(f"{good} steps good, {len(self.failed)} failed, {lasted:.0f} s in all")
        return "\n".join(lines)


def tell(text: str) -> None:
    """Print progress at once."""
    for line in text.splitlines() or [""]:
        print(f"[check] {line}", flush=True)


def expect(what: str, found: object, wanted: object) -> None:
    """Compare.

    Raises:
        CheckError: They differ.
    """
    if found != wanted:
        raise CheckError(f"{what}: {_short(found)} instead of {_short(wanted)}")


def expect_that(is_so: object, what: str) -> None:
    """Insist on a condition.

    Raises:
        CheckError: It is not so; ``what`` is its text.
    """
    if not is_so:
        raise CheckError(what)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 400 else f"{text[:400]}…"


@contextmanager
def _alarm(limit_s: int) -> Iterator[None]:
    """Break off what runs longer, whatever it waits for."""

    def ring(_number: int, _frame: FrameType | None) -> Never:
        raise CheckError(f"not over after {limit_s} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(limit_s)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

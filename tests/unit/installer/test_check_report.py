"""The steps of the check: a failure is told, a step that hangs is broken off."""

from __future__ import annotations

import sys
import threading

import pytest

from installer.check_report import Report, StepFailedError, expect, expect_that
from installer.steps import BuildError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the check itself runs on Linux")


def test_a_good_step_tells_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    with report.step("install", 10) as step:
        step.note("3 files equal")
    assert "3 files equal" in capsys.readouterr().out
    assert report.failed == []
    assert "1 steps good, 0 failed" in report.summary()


@pytest.mark.parametrize("trouble", [BuildError("no room"), OSError(28, "no room")])
def test_a_known_trouble_fails_the_step_and_what_builds_on_it(
    trouble: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report()
    with pytest.raises(StepFailedError), report.step("install", 10):
        raise trouble
    assert [one.name for one in report.failed] == ["install"]
    assert "no room" in capsys.readouterr().out


def test_a_difference_is_named() -> None:
    expect("exit code", 0, 0)
    with pytest.raises(BuildError, match="exit code: 6 instead of 0"):
        expect("exit code", 6, 0)
    with pytest.raises(BuildError, match="no log"):
        expect_that([], "no log")


def test_a_step_that_hangs_is_broken_off() -> None:
    report = Report()
    with pytest.raises(StepFailedError), report.step("engine", 1):
        threading.Event().wait(60)
    assert report.failed[0].trouble == "not over after 1 s"


def test_a_bug_of_the_check_itself_is_no_verdict() -> None:
    report = Report()
    with pytest.raises(ZeroDivisionError), report.step("install", 10):
        print(1 // 0)  # noqa: T201

"""What is read out of a suite that ran inside Wine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from installer.steps import BuildError
from installer.wine_suites import read_report, skip_table, start_facts

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="5">
<testcase classname="tests.unit.a.test_x" name="test_good" time="0.1"/>
<testcase classname="tests.unit.a.test_x" name="test_bad"><failure message="m">t</failure></testcase>
<testcase classname="tests.unit.a.test_y" name="test_broken"><error message="m">t</error></testcase>
<testcase classname="tests.unit.b.test_z" name="test_one"><skipped message="Linux only: a | b"/></testcase>
<testcase classname="tests.unit.a.test_x" name="test_two"><skipped message="Linux only: a | b"/></testcase>
</testsuite></testsuites>
"""


def test_counts_failures_and_reasons(tmp_path: Path) -> None:
    report = tmp_path / "unit.xml"
    report.write_text(REPORT, encoding="utf-8")
    result = read_report("unit", report, 12.5, 1)
    assert dict(result.counts) == {"passed": 1, "failed": 2, "skipped": 2}
    assert result.failures == ("tests.unit.a.test_x::test_bad", "tests.unit.a.test_y::test_broken")
    assert not result.is_good
    assert skip_table([result]).splitlines()[2:] == [
        "| unit | 2 | Linux only: a \\| b | test_x, test_z |"
    ]


def test_a_suite_that_did_not_come_to_its_end_is_not_good(tmp_path: Path) -> None:
    result = read_report("unit", tmp_path / "unit.xml", 3.0, 5)
    assert result.failures == ("unit: pytest ended with 5",)
    assert not result.is_good


def test_a_status_that_tells_of_more_than_failed_tests_is_not_good(tmp_path: Path) -> None:
    """Such as a crash after the last test: the report alone looks good."""
    report = tmp_path / "unit.xml"
    report.write_text(REPORT.partition("<testcase")[0] + "</testsuite></testsuites>", "utf-8")
    assert read_report("unit", report, 3.0, 3).failures == ("unit: pytest ended with 3",)


START = """## 2026-11-22, start-up (2 cores)

| moment | s | CPU s | x empty, wall | x empty, CPU |
|---|---|---|---|---|
| empty QMainWindow painted | 0.82 | – | 1.00 | – |
| first page made | 5.16 | – | 6.39 | – |

empty QMainWindow painted: 121 modules more, 230 ms (ms alone, ms with all it brings)

first page made: 612 modules more, 3419 ms (ms alone, ms with all it brings)
"""


def test_the_start_is_told_moment_by_moment() -> None:
    assert start_facts(START) == (
        "empty QMainWindow painted 0.82 s (1.00 x)",
        "first page made 5.16 s (6.39 x)",
    )


@pytest.mark.parametrize("output", ["", START.partition("\nfirst page made:")[0]])
def test_a_measurement_that_broke_off_is_none(output: str) -> None:
    with pytest.raises(BuildError):
        start_facts(output)

"""Medians, paired ratios and the page they are kept on."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the ordered values lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, str]:
    """Median over the rounds of the ratio within one round, and its text with quartiles."""
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    middle = median(ratios)
    if len(ratios) < 3:
        return middle, f"{middle:.2f}"
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return middle, f"{middle:.2f} [{low:.2f}-{high:.2f}]"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that is readable as text too."""
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def commit() -> str:
    """Short id of the commit that was measured."""
    words = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(words, cwd=HERE, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def record(title: str, text: str) -> None:
    """Append one run to RESULTS.md, with when, what and where."""
    where = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    with RESULTS.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"\n## {title}\n\n{now}, commit {commit()}; {where}.\n\n{text}\n")

"""Receiving compared: our engine, DCMTK's storescp, Orthanc and a plain pynetdicom SCP in turn.

Each round runs every receiver on a fresh empty store over the same files (A B C D, A B C D …), and
ratios are taken within a round: absolute figures swing by 2x to 4x on a shared machine. Only ours
answers after file, folder and row are on the disk; storescp syncs nothing, Orthanc the file.

    python bench/ingest.py [--quick] [--record]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench import figures
from bench.corpus import corpus
from bench.fast_sender import Sent, send
from bench.peers import OURS, PEERS, available, running

FULL = {"ct": 300, "mr": 300, "cr": 24}
QUICK = {"ct": 60, "mr": 60, "cr": 6}
WARM_UP = {"mr": 8}
WARM_UP_SEED_OFFSET = 7919
GOAL_KEY = ("ct", 1)
GOAL_PEER, GOAL = "orthanc", 0.9

Runs = dict[tuple[str, int, str], list[Sent]]


def rate(run: Sent) -> float:
    """Images a second."""
    return len(run.latencies) / run.seconds


def measure(options: argparse.Namespace, names: list[str]) -> Runs:
    """Run every combination in turn, round by round."""
    counts = QUICK if options.quick else FULL
    files = corpus(options.work / "corpus", counts, options.seed)
    warm_seed = options.seed + WARM_UP_SEED_OFFSET
    warm = corpus(options.work / "corpus", WARM_UP, warm_seed)["mr"]
    runs: Runs = defaultdict(list)
    for number in range(1, options.rounds + 1):
        for modality in counts:
            for associations in options.associations:
                for name in names:
                    with running(name, options.work) as target:
                        send(target, warm, 1)
                        run = send(target, files[modality], associations)
                    runs[modality, associations, name].append(run)
                    print(
                        f"round {number} {modality} x{associations} {name:10} {rate(run):8.1f}/s"
                        + (f"  {run.failed} NOT STORED" if run.failed else ""),
                        flush=True,
                    )
    return runs


def row(key: tuple[str, int], name: str, runs: Runs) -> list[str]:
    """One line of the table."""
    own, ours = runs[*key, name], runs.get((*key, OURS), [])
    rates = [rate(run) for run in own]
    megabytes = median(run.size_bytes / run.seconds / 1e6 for run in own)
    p50, p99 = (median(figures.percentile(r.latencies, q) for r in own) * 1e3 for q in (0.5, 0.99))
    paired = "1" if name == OURS else "-"
    if ours and name != OURS:
        paired = figures.paired_ratio([rate(run) for run in ours], rates)[1]
    failed = sum(run.failed for run in own)
    return [
        f"{key[0].upper()} x{key[1]}",
        name,
        f"{median(rates):.1f}",
        f"{megabytes:.0f}",
        f"{p50:.2f}",
        f"{p99:.2f}",
        paired,
        str(failed),
    ]


def report(runs: Runs, names: list[str]) -> str:
    """The whole table, and whether the goal is met."""
    keys = list(dict.fromkeys(key[:2] for key in runs))
    head = ["study", "receiver", "images/s", "MB/s", "p50 ms", "p99 ms", "ours / it", "failed"]
    text = figures.table(head, [row(key, name, runs) for key in keys for name in names])
    theirs = runs.get((*GOAL_KEY, GOAL_PEER))
    if theirs and (ours := runs.get((*GOAL_KEY, OURS))):
        ratio, shown = figures.paired_ratio([rate(r) for r in ours], [rate(r) for r in theirs])
        verdict = "met" if ratio >= GOAL else "MISSED"
        text += f"\n\nGoal CT x1: at least {GOAL} x Orthanc: {shown}, {verdict}."
    return text


def main() -> int:
    """Measure, print, and on demand keep the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="few images, one round: a smoke test")
    parser.add_argument("--rounds", type=int, help="default 5, with --quick 1")
    parser.add_argument("--seed", type=int, default=1, help="of the generated studies")
    parser.add_argument("--associations", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--only", nargs="+", choices=PEERS, default=PEERS, help="receivers")
    parser.add_argument("--work", type=Path, default=figures.HERE / "scratch")
    parser.add_argument("--record", action="store_true", help="append to bench/RESULTS.md")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    names = [name for name in options.only if available(name)]
    runs = measure(options, names)
    counts = QUICK if options.quick else FULL
    shown = ", ".join(f"{count} {name.upper()}" for name, count in counts.items())
    text = f"{shown} an association set, {options.rounds} rounds, TCP_NODELAY=1 for all.\n\n"
    text += report(runs, names)
    print(f"\n{text}")
    if options.record:
        figures.record("Ingest", text)
    return int(any(run.failed for series in runs.values() for run in series))


if __name__ == "__main__":
    raise SystemExit(main())

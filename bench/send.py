"""Sending compared: our pusher (2.3), DCMTK's storescu and dcmsend, pynetdicom's own send_c_store.

Each round runs every sender in turn to a fresh storescp on an empty folder, over the same files; ratios
are taken within a round. The Python senders are started before the clock, DCMTK's start within it (about
20 ms). ``--shipped`` leaves the receiver without TCP_NODELAY, as Debian ships it: then a sender that does
not acknowledge at once waits 40 ms an image.

    python bench/send.py [--quick] [--shipped] [--record]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import subprocess
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil

from bench import figures
from bench.corpus import corpus
from bench.fast_sender import LIMIT_S, Target
from bench.peers import AE_TITLE, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

FULL = {"ct": 300, "mr": 300, "cr": 24}
QUICK = {"ct": 40, "mr": 40, "cr": 4}
OURS = "ours"
CALLING = "BENCHSCU"
PDU = 131_072
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class Run:
    """One sender over one set of files.

    Attributes:
        seconds: From the start signal to the last release.
        cpu_s: CPU time of the sender's processes.
    """

    images: int
    seconds: float
    cpu_s: float

    @property
    def rate(self) -> float:
        """Images a second."""
        return self.images / self.seconds


@contextmanager
def receiver(work: Path, *, shipped: bool) -> Iterator[Target]:
    """A storescp that serves associations side by side and keeps bytes as they come."""
    store = work / "store-send"
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir(parents=True)
    port = free_port()
    environment = {**os.environ, **({} if shipped else {"TCP_NODELAY": "1"})}
    words = ["storescp", "--fork", "+B", "-pdu", str(PDU), "-aet", AE_TITLE, "-od", str(store)]
    process = subprocess.Popen([*words, str(port)], env=environment)
    try:
        while subprocess.run(
            ["echoscu", "-aec", AE_TITLE, "127.0.0.1", str(port)],
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode:
            time.sleep(_LOOK_EVERY_S)
        yield Target("127.0.0.1", port, AE_TITLE, CALLING)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(store, ignore_errors=True)


# -- senders: files of one association each


def _ours(target: Target, parts: Sequence[Sequence[Path]]) -> int:
    """The program's own sender, one thread an association, as its uploaders run it."""
    from hbgz_desktop.dicom.image_sender import StudySender
    from hbgz_desktop.dicom.requestor import Peer

    peer = Peer(target.host, target.port, target.called_ae, target.calling_ae)
    failed: list[Path] = []

    def send(files: Sequence[Path]) -> None:
        StudySender(peer).send(
            files,
            on_result=lambda one: failed.append(one.path) if one.status != 0 else None,
            stop=threading.Event(),
        )

    threads = [threading.Thread(target=send, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(failed)


def _pynetdicom(target: Target, parts: Sequence[Sequence[Path]]) -> int:
    """The library as its documentation shows it, one thread an association."""
    from pydicom import dcmread
    from pynetdicom import AE

    failed: list[Path] = []

    def send(files: Sequence[Path]) -> None:
        head = dcmread(files[0], stop_before_pixels=True)
        ae = AE(target.calling_ae)
        ae.add_requested_context(head.SOPClassUID, head.file_meta.TransferSyntaxUID)
        assoc = ae.associate(target.host, target.port, ae_title=target.called_ae, max_pdu=PDU)
        failed.extend(
            path
            for path in files
            if not assoc.is_established or assoc.send_c_store(dcmread(path)).get("Status") != 0
        )
        assoc.release()

    threads = [threading.Thread(target=send, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(failed)


def _work(
    sender: Callable[[Target, Sequence[Sequence[Path]]], int],
    target: Target,
    parts: Sequence[Sequence[Path]],
    go: Barrier,
    results: Queue[tuple[int, float, float]],
) -> None:
    """In a process of its own: import, wait for the signal, send."""
    import pynetdicom  # noqa: F401 - paid before the clock starts

    import hbgz_desktop.dicom.image_sender  # noqa: F401 - the same

    go.wait(LIMIT_S)
    started, cpu = time.perf_counter(), time.process_time()
    failed = sender(target, parts)
    results.put((failed, time.perf_counter() - started, time.process_time() - cpu))


def python_sender(
    sender: Callable[[Target, Sequence[Sequence[Path]]], int],
) -> Callable[[Target, Sequence[Sequence[Path]]], Run]:
    """A sender that runs in a fresh Python."""

    def run(target: Target, parts: Sequence[Sequence[Path]]) -> Run:
        context = multiprocessing.get_context("spawn")
        go, results = context.Barrier(2), context.Queue()
        worker = context.Process(target=_work, args=(sender, target, parts, go, results))
        worker.start()
        go.wait(LIMIT_S)
        failed, seconds, cpu_s = results.get(timeout=LIMIT_S)
        worker.join()
        if failed:
            raise ConnectionError(f"{sender.__name__}: {failed} not stored")
        return Run(sum(map(len, parts)), seconds, cpu_s)

    return run


def dcmtk_sender(*words: str) -> Callable[[Target, Sequence[Sequence[Path]]], Run]:
    """A DCMTK program, one process an association."""

    def run(target: Target, parts: Sequence[Sequence[Path]]) -> Run:
        where = ["-aec", target.called_ae, "-aet", target.calling_ae, target.host, str(target.port)]
        environment = {**os.environ, "TCP_NODELAY": "1"}
        before = os.times()
        started = time.perf_counter()
        processes = [
            subprocess.Popen(
                [*words, *where, *map(str, part)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for part in parts
        ]
        if any([process.wait() for process in processes]):  # noqa: C419 - wait for every one
            raise ConnectionError(f"{words[0]} failed")
        seconds = time.perf_counter() - started
        after = os.times()
        cpu_s = after.children_user + after.children_system
        cpu_s -= before.children_user + before.children_system
        return Run(sum(map(len, parts)), seconds, cpu_s)

    return run


CANDIDATES: dict[str, Callable[[Target, Sequence[Sequence[Path]]], Run]] = {
    OURS: python_sender(_ours),
    "dcmsend": dcmtk_sender("dcmsend"),
    "storescu": dcmtk_sender("storescu", "-pdu", str(PDU), "--max-send-pdu", str(PDU)),
    "pynetdicom": python_sender(_pynetdicom),
}
Runs = dict[tuple[str, int, str], list[Run]]


def attempt(name: str, options: argparse.Namespace, parts: Sequence[Sequence[Path]]) -> Run:
    """One run; a sender whose association breaks has one more try, and it is told."""
    try:
        with receiver(options.work, shipped=options.shipped) as target:
            return CANDIDATES[name](target, parts)
    except ConnectionError as error:
        print(f"{name} AGAIN: {error}", flush=True)
    with receiver(options.work, shipped=options.shipped) as target:
        return CANDIDATES[name](target, parts)


def measure(options: argparse.Namespace, files: dict[str, list[Path]]) -> Runs:
    """Run every combination in turn, round by round."""
    runs: Runs = defaultdict(list)
    for number in range(1, options.rounds + 1):
        for modality, paths in files.items():
            for associations in options.associations:
                parts = [paths[k::associations] for k in range(associations)]
                for name in options.only:
                    run = attempt(name, options, parts)
                    runs[modality, associations, name].append(run)
                    shown = f"round {number} {modality} x{associations} {name}"
                    print(f"{shown:34} {run.rate:8.1f}/s", flush=True)
    return runs


def report(runs: Runs, sizes: dict[str, float]) -> str:
    """The table: medians, and ours against each within the round, with quartiles and range."""
    rows = []
    for (modality, associations, name), own in sorted(runs.items(), key=lambda item: item[0][:2]):
        ours = runs.get((modality, associations, OURS), [])
        speed = median(run.rate for run in own)
        paired, span = "1", ""
        if ours and name != OURS:
            ratios = [a.rate / b.rate for a, b in zip(ours, own, strict=True)]
            paired = figures.paired_ratio([a.rate for a in ours], [b.rate for b in own])[1]
            span = f"{min(ratios):.2f}-{max(ratios):.2f}"
        cpu_ms = median(run.cpu_s / run.images for run in own) * 1e3
        rows.append(
            [
                f"{modality.upper()} x{associations}",
                name,
                f"{speed:.1f}",
                f"{speed * sizes[modality]:.0f}",
                f"{cpu_ms:.2f}",
                paired,
                span,
            ]
        )
    head = ["study", "sender", "images/s", "MB/s", "CPU ms/image", "ours / it", "range"]
    return figures.table(head, rows)


def main() -> None:
    """Measure, print, and on demand keep the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="few images, one round: a smoke test")
    parser.add_argument("--rounds", type=int, help="default 5, with --quick 1")
    parser.add_argument("--seed", type=int, default=1, help="of the generated studies")
    parser.add_argument("--associations", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", nargs="+", choices=list(CANDIDATES), default=list(CANDIDATES))
    parser.add_argument("--shipped", action="store_true", help="receiver without TCP_NODELAY")
    parser.add_argument("--work", type=Path, default=figures.HERE / "scratch")
    parser.add_argument("--record", action="store_true", help="append to bench/RESULTS.md")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    counts = QUICK if options.quick else FULL
    files = corpus(options.work / "corpus", counts, options.seed)
    runs = measure(options, files)
    sizes = {name: sum(p.stat().st_size for p in fs) / len(fs) / 1e6 for name, fs in files.items()}
    load = psutil.getloadavg()[1]
    shown = ", ".join(f"{count} {name.upper()}" for name, count in counts.items())
    text = f"{shown}, {options.rounds} rounds, to `storescp --fork +B -pdu {PDU}`"
    text += " as shipped" if options.shipped else " with TCP_NODELAY=1"
    text += f"; load {load:.1f}.\n\n{report(runs, sizes)}"
    print(f"\n{text}")
    if options.record:
        figures.record("Sending", text)


if __name__ == "__main__":
    main()

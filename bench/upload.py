"""Uploading compared: our Guizhou client (2.2) against curl, on the same files and the same sink.

Each round runs every candidate in turn; ratios are taken within a round. "md5 known" is how the
program works, since receiving took the MD5 already; "md5 too" computes it within the time.

    python bench/upload.py [--quick] [--record]
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import figures
from bench.corpus import corpus
from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.options import SAVE_IMAGE, GuizhouOptions
from hbgz_desktop.platforms.http import make_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FULL = {"ct": 300, "mr": 300, "cr": 24}
QUICK = {"ct": 60, "mr": 60}
INDEX = "111-110101198001010010-20260901101112-0000000000000-000000000"
STUDY_UID = "1.2.826.0.1.3680043.8.498.1"
CODE, KEY = "520000000001", "bench-key"
GOAL = 0.6


@dataclass(frozen=True)
class Job:
    """Files to send at one address over so many connections.

    Attributes:
        client: Ours for that number of connections, made before the clock starts: the program
            keeps it for the life of the process. (A process of curl starts within the time.)
        md5s: Known checksums; where one is missing it is taken within the time.
    """

    base_url: str
    files: list[Path]
    connections: int
    client: GuizhouClient
    md5s: dict[Path, str]


def md5_of(path: Path) -> str:
    """MD5 of a file, in upper case as the platform's samples write it (G045)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest().upper()


@contextmanager
def our_client(base_url: str, connections: int) -> Iterator[GuizhouClient]:
    """The program's own client, as its engine builds it."""
    numbers, guard = itertools.count(1), threading.Lock()

    def next_msgid() -> str:
        with guard:
            return f"{CODE}20260901101112{next(numbers) % 10_000:04d}"

    with make_client(base_url, max_connections=connections) as http:
        yield GuizhouClient(GuizhouOptions(base_url, CODE, KEY), http, next_msgid)


def ours(job: Job) -> None:
    """Send by the program's own client, one thread a connection."""

    def send(path: Path) -> None:
        size, md5 = path.stat().st_size, job.md5s.get(path) or md5_of(path)
        total = len(job.files)
        done = job.client.save_image(INDEX, STUDY_UID, ["A1"], path, size, md5, total)
        if not done.accepted:
            raise RuntimeError(f"not accepted: {done.http_status} {done.error}")

    with ThreadPoolExecutor(job.connections) as pool:
        list(pool.map(send, job.files))


def _curl_config(job: Job, path: Path, md5: str, headers: list[str]) -> str:
    fields = {
        "hiImgIndx": INDEX,
        "studyUid": STUDY_UID,
        "accessionNumber": "A1",
        "fileMd5": md5,
        "imageTotalNum": str(len(job.files)),
    }
    lines = [f'url = "{job.base_url}/{SAVE_IMAGE}"', "silent", "fail", f'output = "{_NOWHERE}"']
    lines += [f'header = "{header}"' for header in ["Expect:", *headers]]
    lines += [f'form-string = "{name}={value}"' for name, value in fields.items()]
    lines += [f'form = "dicom=@{path.as_posix()};type=application/dicom"']
    return "\n".join(lines)


_NOWHERE = "NUL" if sys.platform == "win32" else "/dev/null"


def curl(job: Job) -> None:
    """Send by curl, one process a connection, kept alive; its MD5s by md5sum unless known."""
    md5s = job.md5s or _md5sum(job.files)
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
    headers = [f"infno: {SAVE_IMAGE}", f"msgid: {CODE}202609011011120001", f"infTime: {now}"]
    headers += [f"infCode: {CODE}", f"key: {KEY}"]
    with tempfile.TemporaryDirectory() as folder:
        processes = []
        for number in range(job.connections):
            parts = [
                _curl_config(job, path, md5s[path], headers)
                for path in job.files[number :: job.connections]
            ]
            config = Path(folder) / f"{number}.curl"
            config.write_text("\nnext\n".join(parts), encoding="utf-8")
            processes.append(subprocess.Popen(["curl", "-K", str(config)]))
        if any([process.wait() for process in processes]):  # noqa: C419 - wait for every one
            raise RuntimeError("curl failed")


def _md5sum(files: list[Path]) -> dict[Path, str]:
    words = ["md5sum", *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    sums = (line.split()[0].lstrip("\\").upper() for line in done.stdout.splitlines())
    return dict(zip(files, sums, strict=True))


CANDIDATES: dict[str, tuple[Callable[[Job], None], bool]] = {
    "ours, md5 known": (ours, True),
    "curl, md5 known": (curl, True),
    "ours, md5 too": (ours, False),
    "curl, md5 too": (curl, False),
}
Runs = dict[tuple[str, int, str], list[float]]


@contextmanager
def sink(delay_ms: float) -> Iterator[str]:
    """Run the sink in a process of its own; its base address."""
    words = [sys.executable, str(figures.HERE / "http_sink.py"), f"--delay-ms={delay_ms}"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise RuntimeError("the sink has no output")
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/mie/api/mie"
        finally:
            process.terminate()


def measure(options: argparse.Namespace, files: dict[str, list[Path]]) -> Runs:
    """Images a second of every candidate, round by round."""
    runs: Runs = defaultdict(list)
    with ExitStack() as stack:
        base_url = stack.enter_context(sink(options.delay_ms))
        clients = {n: stack.enter_context(our_client(base_url, n)) for n in options.connections}
        steps = itertools.product(
            range(1, options.rounds + 1), files, options.connections, CANDIDATES
        )
        for number, modality, connections, name in steps:
            run, is_known = CANDIDATES[name]
            paths = files[modality]
            known = {path: md5_of(path) for path in paths} if is_known else {}
            job = Job(base_url, paths, connections, clients[connections], known)
            start = time.perf_counter()
            run(job)
            speed = len(paths) / (time.perf_counter() - start)
            runs[modality, connections, name].append(speed)
            shown = f"round {number} {modality} x{connections} {name}"
            print(f"{shown:34} {speed:8.1f}/s", flush=True)
    return runs


def report(runs: Runs, sizes: dict[str, float]) -> str:
    """The table, and whether the goal is met."""
    rows = []
    for (modality, connections, name), speeds in sorted(runs.items(), key=lambda item: item[0][:2]):
        theirs = runs[modality, connections, name.replace("ours", "curl")]
        paired = figures.paired_ratio(speeds, theirs)[1] if name.startswith("ours") else "1"
        megabytes = median(speeds) * sizes[modality]
        study = f"{modality.upper()} x{connections}"
        rows.append([study, name, f"{median(speeds):.1f}", f"{megabytes:.0f}", paired])
    text = figures.table(["study", "client", "images/s", "MB/s", "of curl"], rows)
    return text + "\n\n" + verdict(runs)


def verdict(runs: Runs) -> str:
    """Whether the goal is met: CT, both taking the MD5 within the time."""
    parts = []
    for modality, connections, name in runs:
        if (modality, name) == ("ct", "ours, md5 too"):
            theirs = runs[modality, connections, "curl, md5 too"]
            ratio, shown = figures.paired_ratio(runs[modality, connections, name], theirs)
            parts.append(f"x{connections} {shown} {'met' if ratio >= GOAL else 'MISSED'}")
    return f"Goal CT, md5 too: at least {GOAL} x curl: {'; '.join(parts)}."


def main() -> None:
    """Measure, print, and on demand keep the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="few images, one round: a smoke test")
    parser.add_argument("--rounds", type=int, help="default 5, with --quick 1")
    parser.add_argument("--seed", type=int, default=1, help="of the generated studies")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--delay-ms", type=float, default=0, help="the platform's own thinking")
    parser.add_argument("--work", type=Path, default=figures.HERE / "scratch")
    parser.add_argument("--record", action="store_true", help="append to bench/RESULTS.md")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    counts = QUICK if options.quick else FULL
    files = corpus(options.work / "corpus", counts, options.seed)
    runs = measure(options, files)
    sizes = {name: sum(p.stat().st_size for p in fs) / len(fs) / 1e6 for name, fs in files.items()}
    shown = ", ".join(f"{count} {name.upper()}" for name, count in counts.items())
    text = f"{shown}, {options.rounds} rounds, sink answers after {options.delay_ms:g} ms.\n\n"
    text += report(runs, sizes)
    print(f"\n{text}")
    if options.record:
        figures.record("Upload", text)


if __name__ == "__main__":
    main()

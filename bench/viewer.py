"""The viewer's figures: first image, scrolling from disk, dragging the window, and how long the GUI thread stalls.

``python bench/viewer.py FOLDER`` writes its files below FOLDER once. Offscreen unless a display is given:
``xvfb-run -s "-screen 0 1920x1080x24" python bench/viewer.py FOLDER --platform xcb``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from typing_extensions import override

from bench.viewer_files import SYNTAXES, cr_film, ct_series

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication, QWidget

    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.viewer.image_viewer import ImageViewer

LIMIT_S = 120.0
BEAT_MS = 2
DRAGS = 150


class Stalls:
    """How late a timer of 2 ms is at worst: the time the GUI thread was away."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._last = time.perf_counter()
        self.gaps: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(BEAT_MS)

    def begin(self) -> None:
        """Forget what was."""
        self._last = time.perf_counter()
        self.gaps.clear()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def summary(self) -> str:
        """Longest, and the 99th percentile, in milliseconds."""
        ordered = sorted(self.gaps) or [0.0]
        return f"{ordered[-1]:.0f} / {ordered[int(len(ordered) * 0.99) - 1]:.0f}"


class _Paints:
    """What the last paint of the canvas has put on the screen."""

    def __init__(self, viewer: ImageViewer) -> None:
        from PySide6.QtCore import QEvent, QObject

        self.frame: object = None
        self.image: object = None
        paints, canvas = self, viewer._canvas  # noqa: SLF001 - measured inside

        class Watch(QObject):
            @override
            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
                if event.type() is QEvent.Type.Paint:
                    paints.frame, paints.image = canvas._frame, canvas.image  # noqa: SLF001 - measured inside
                return False

        self._watch = Watch()
        canvas.installEventFilter(self._watch)


class Stage:
    """A page with a viewer, as the console has it."""

    def __init__(self, context: PageContext, qt: QApplication, page: QWidget) -> None:
        from hbgz_desktop.ui.viewer.image_viewer import ImageViewer

        self._qt = qt
        self.viewing = context.services.viewing
        self.viewer: ImageViewer = ImageViewer(context, page)
        self.stalls = Stalls()
        self._paints = _Paints(self.viewer)

    def until(self, is_done: Callable[[], bool]) -> None:
        """Run the event loop until then."""
        from PySide6.QtCore import QEventLoop

        limit = time.perf_counter() + LIMIT_S
        self._qt.processEvents()
        while not is_done():
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > limit:
                raise TimeoutError

    def shown(self) -> bool:
        """Whether the image that is asked for is the one on the screen."""
        viewer = self.viewer
        series = viewer._open  # noqa: SLF001  # the figure is about what is inside
        frame = series.frame_at(series.position) if series is not None else None
        return frame is not None and self._paints.frame is frame

    def painted_other(self, image: object) -> bool:
        """Whether a picture other than this one is on the screen."""
        return self._paints.image is not image


def cold(paths: Sequence[Path]) -> None:
    """Take the files out of the system's cache, where it can be asked to."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in paths:
        with path.open("rb") as file:
            os.fdatasync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def first_image(stage: Stage, paths: Sequence[Path]) -> float:
    """Seconds from opening to the first image painted, processes started within the time."""
    cold(paths)
    begun = time.perf_counter()
    stage.viewer.show_series("CT", paths)
    stage.until(stage.shown)
    return time.perf_counter() - begun


def processor_s() -> tuple[float, float]:
    """Processor seconds of this process and of the viewing processes, which no load of others changes."""
    away = 0.0
    for child in psutil.Process().children():
        used = child.cpu_times()
        away += used.user + used.system
    return time.process_time(), away


def scroll(stage: Stage, count: int) -> tuple[float, float, float]:
    """Images a second through the whole series, each decoded from disk, shaded and painted.

    Returns:
        The rate, and processor milliseconds an image here and in the viewing processes.
    """
    stage.stalls.begin()
    here, away = processor_s()
    begun = time.perf_counter()
    first = stage.viewer.position
    for position in range(first + 1, count):
        stage.viewer.go_to(position)
        stage.until(stage.shown)
    elapsed, images = time.perf_counter() - begun, count - first - 1
    here_after, away_after = processor_s()
    here_ms, away_ms = (here_after - here) * 1000 / images, (away_after - away) * 1000 / images
    return images / elapsed, here_ms, away_ms


def drag(stage: Stage) -> float:
    """Windows a second, each of them painted."""
    viewer = stage.viewer
    images = 0
    viewer._on_drag_begun()  # noqa: SLF001 - measured inside
    stage.stalls.begin()
    begun = time.perf_counter()
    for number in range(DRAGS):
        before = viewer._canvas.image  # noqa: SLF001 - measured inside
        viewer._on_dragged(number, number)  # noqa: SLF001 - measured inside
        stage.until(partial(stage.painted_other, before))
        images += 1
    return images / (time.perf_counter() - begun)


def measure_ct(stage: Stage, folder: Path, encoding: str, count: int, rounds: int) -> None:
    """One line of the table."""
    paths = ct_series(folder, count, encoding)
    firsts, rows, stalls = [], [], []
    for _ in range(rounds):
        firsts.append(first_image(stage, paths))
        rows.append(scroll(stage, count))
        stalls.append(stage.stalls.summary())
        stage.viewer.leave()
        stage.until(lambda: stage.viewing.is_idle)
    rate, here, away = (statistics.median(column) for column in zip(*rows, strict=True))
    print(
        f"| CT x{count} {encoding} | {statistics.median(firsts):.2f} | {rate:.0f} "
        f"| {stalls[len(stalls) // 2]} | {here:.1f} + {away:.1f} |",
        flush=True,
    )


def measure_cr(stage: Stage, folder: Path, rounds: int) -> None:
    """Opening and dragging on a film of 3000 x 3000."""
    paths = cr_film(folder, 3000, 3)
    rows: list[tuple[float, float, float]] = []
    said: list[str] = []
    for _ in range(rounds):
        opened = first_image(stage, paths)
        fitted = drag(stage)
        said.append(stage.stalls.summary())
        stage.viewer._change_view("one_to_one")  # noqa: SLF001 - measured inside
        stage.until(lambda: stage.shown() and stage.viewer._shown.is_full)  # type: ignore[union-attr]  # noqa: SLF001 - measured inside
        rows.append((opened, fitted, drag(stage)))
        said.append(stage.stalls.summary())
        stage.viewer.leave()
    opened, fitted, whole = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"CR 3000 x 3000: first image {opened:.2f} s; window drag fitted {fitted:.0f} fps,")
    print(f"1:1 {whole:.0f} fps; stalls max / p99 ms fitted {said[0]}, 1:1 {said[1]}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[*SYNTAXES, "cr"])
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    with ExitStack() as stack, tempfile.TemporaryDirectory() as data:
        stage = _stage(stack, Path(data))
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"{options.platform}, load {load:.1f}")
        print(
            "| series | first image s | images/s | stalls max / p99 ms | CPU ms: console + decoding |"
        )
        print("|---|---|---|---|---|")
        for encoding in (one for one in options.only if one in SYNTAXES):
            measure_ct(stage, options.folder, encoding, options.count, options.rounds)
        if "cr" in options.only:
            measure_cr(stage, options.folder, options.rounds)


def _stage(stack: ExitStack, data: Path) -> Stage:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.resources import resources_dir
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.engine_supervisor import EngineSupervisor
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.services.viewing import Viewing
    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.application import ConsoleApplication
    from hbgz_desktop.ui.event_bridge import EventBridge
    from hbgz_desktop.ui.notices import Notices
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.theme import Density

    console = ConsoleApplication(
        ["bench"], resources_dir(), language="zh_CN", density=Density.CLERK
    )
    stack.callback(console.close)
    work = stack.enter_context(Workplace(DataFolder(data)))
    services = ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state))
    services.viewing = Viewing(linger_s=0.0)
    stack.callback(services.viewing.close)
    context = PageContext(
        theme=console.theme,
        services=services,
        tasks=console.tasks,
        notices=Notices(),
        bridge=EventBridge(console.tasks),
        texts=ErrorTexts("zh"),
        open_page=lambda _page, _rows: None,
        show_study=lambda _examination, _study: None,
    )
    page = QWidget()
    stack.callback(page.deleteLater)
    page.resize(1280, 860)
    page.show()
    return Stage(context, console.qt, page)


if __name__ == "__main__":
    main()

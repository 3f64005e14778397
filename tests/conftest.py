"""What holds for every test: its own folders, no stray threads, no unexpected warnings.

The unit tests also run with no Qt: ``HBGZ_TEST_BLOCK_QT=1 pytest -p no:pytest-qt tests/unit``
(``run.py test`` does it) makes every import of Qt fail, as on a machine that has none.
"""

from __future__ import annotations

import logging
import os
import random
import re
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from typing_extensions import override

from tests.operating_system import FONT_FOLDER, IS_WINE, SLOWNESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType

QT_PACKAGES = frozenset({"PySide6", "pyqtgraph", "shiboken6"})
QT_KEYS = ("qt_api", "qt_default_raising", "qt_log_level_fail")
THREAD_GRACE_S = 5.0

# Wine and Qt look at the environment once, so this stands before the first import of Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if FONT_FOLDER:
    os.environ.setdefault("QT_QPA_FONTDIR", FONT_FOLDER)

hypothesis_settings.register_profile("hbgz", deadline=None, print_blob=True, database=None)
hypothesis_settings.load_profile("hbgz")


class QtIsBlocked:
    """Import hook under which Qt does not exist."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse Qt's packages and leave every other name to the usual finders."""
        if fullname.partition(".")[0] in QT_PACKAGES:
            raise ModuleNotFoundError(f"{fullname} is blocked for this run", name=fullname)
        return None


if os.environ.get("HBGZ_TEST_BLOCK_QT") == "1":
    sys.meta_path.insert(0, QtIsBlocked())


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare pytest-qt's keys where pytest-qt is not loaded: strict mode refuses unknown ones."""
    if not pluginmanager.has_plugin("pytest-qt"):
        for key in QT_KEYS:
            parser.addini(key, "unused: pytest-qt is not loaded")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this system cannot do, with the reason that stands in the marker; Wine gets more time."""
    for item in items:
        linux, wine = map(item.get_closest_marker, ("linux_only", "skip_under_wine"))
        if linux is not None and sys.platform != "linux":
            item.add_marker(pytest.mark.skip(reason=f"Linux only: {linux.args[0]}"))
        elif wine is not None and IS_WINE:
            item.add_marker(pytest.mark.skip(reason=f"not under Wine: {wine.args[0]}"))
        limit = item.get_closest_marker("timeout")
        if IS_WINE and limit is not None:
            item.add_marker(pytest.mark.timeout(limit.args[0] * SLOWNESS), append=False)


class _Collector(logging.Handler):
    """Keeps what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _unexpected(
    records: Sequence[logging.LogRecord], request: pytest.FixtureRequest
) -> list[logging.LogRecord]:
    """The records that no ``allow_warnings`` marker of the test names."""
    patterns = [
        re.compile(str(pattern))
        for marker in request.node.iter_markers("allow_warnings")
        for pattern in marker.args or ("",)
    ]
    return [r for r in records if not any(p.search(r.getMessage()) for p in patterns)]


@pytest.fixture(autouse=True)
def no_unexpected_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a WARNING or worse without ``allow_warnings("pattern")``."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield
    finally:
        root.removeHandler(collector)
    if found := _unexpected(collector.records, request):
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in found]
        pytest.fail("unexpected log records:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def no_stray_threads(no_unexpected_warnings: None) -> Iterator[None]:
    """Fail a test after which a thread that it started goes on running."""
    before = set(threading.enumerate())
    yield
    started = [t for t in threading.enumerate() if t not in before]
    # threads that Qt made show up as dummies, which cannot be joined
    mine = [t for t in started if not t.name.startswith("Dummy-")]
    for thread in mine:
        thread.join(THREAD_GRACE_S)
    if stray := sorted(t.name for t in mine if t.is_alive()):
        pytest.fail(f"threads left running: {', '.join(stray)}", pytrace=False)


@pytest.fixture(autouse=True)
def own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep a test away from the user's own data folder, proxies and failpoints."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in list(os.environ):
        if name.startswith("HBGZ_") and name != "HBGZ_TEST_BLOCK_QT":
            monkeypatch.delenv(name)
        if name.lower() in {"all_proxy", "http_proxy", "https_proxy"}:
            monkeypatch.delenv(name)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder whose path has a space and Chinese characters, as users' paths do."""
    folder = tmp_path / "前置机 数据"
    folder.mkdir()
    return folder


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The run's seed; it stands in the header of the run, and ``--seed`` repeats it."""
    value: object = request.config.getoption("randomly_seed", default=0)
    return int(str(value))


@pytest.fixture
def rng(request: pytest.FixtureRequest, seed: int) -> random.Random:
    """Randomness of this test's own, the same again for the same seed whatever ran before."""
    return random.Random(f"{seed} {request.node.nodeid}")

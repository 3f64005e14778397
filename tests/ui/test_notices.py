"""What is said before there is a window is not lost; bugs carry an id and no data."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.ui.notices import BugReport, Notices, ToastNotice
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.widgets.banner_stack import Banner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot


class Host:
    """A window that only remembers."""

    def __init__(self) -> None:
        self.toasts: list[str] = []
        self.banners: list[tuple[str, ...]] = []
        self.bugs: list[BugReport] = []

    def show_toast(self, notice: ToastNotice) -> None:
        self.toasts.append(notice.text)

    def show_banners(self, banners: Sequence[Banner]) -> None:
        self.banners.append(tuple(banner.key for banner in banners))

    def show_bug(self, report: BugReport) -> None:
        self.bugs.append(report)


def _raise(message: str) -> None:
    raise ValueError(message)


def _bug(message: str) -> ValueError:
    with pytest.raises(ValueError, match=message) as caught:
        _raise(message)
    return caught.value


@pytest.mark.allow_warnings("bug report_id=")
def test_words_said_before_the_window_exists_are_kept(qtbot: QtBot) -> None:
    notices, host = Notices(), Host()
    notices.toast("第一条")
    notices.toast("第二条")
    notices.raise_banner(Banner("disk", Tone.BAD, "磁盘"))
    report_id = notices.report_bug(_bug("x"))
    qtbot.wait(20)
    notices.attach(host)
    assert host.toasts == ["第二条"]
    assert host.banners == [("disk",)]
    assert [bug.report_id for bug in host.bugs] == [report_id]


@pytest.mark.allow_warnings("bug report_id=")
def test_a_bugs_words_stay_out_of_log_and_box(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    notices, host = Notices(), Host()
    notices.attach(host)
    report_id = notices.report_bug(_bug("欧阳娜 52010219800312002X"))
    qtbot.waitUntil(lambda: bool(host.bugs))
    assert report_id in caplog.text
    assert "欧阳" not in caplog.text + host.bugs[0].details
    assert host.bugs[0].details.startswith("ValueError < test_notices.py:")


def test_any_thread_may_speak(qtbot: QtBot) -> None:
    notices, host = Notices(), Host()
    notices.attach(host)
    thread = threading.Thread(target=notices.toast, args=("从别处",), name="speaker")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: host.toasts == ["从别处"])


def test_a_banner_goes_when_its_condition_is_over(qtbot: QtBot) -> None:
    notices, host = Notices(), Host()
    pressed: list[str] = []
    notices.attach(host)
    notices.raise_banner(Banner("a", Tone.COOL, "甲"), lambda: pressed.append("a"))
    notices.raise_banner(Banner("b", Tone.COOL, "乙"))
    notices.drop_banner("b")
    qtbot.waitUntil(lambda: host.banners[-1:] == [("a",)] and len(host.banners) == 4)
    notices.press_banner("a")
    notices.press_banner("b")
    assert pressed == ["a"]

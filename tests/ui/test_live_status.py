"""An engine that is silent is told of; one whose last word is old because the computer slept is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop import __version__
from hbgz_desktop.ui import live_status
from hbgz_desktop.ui.live_status import LiveStatus
from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.states import State, Tone
from hbgz_desktop.ui.verdict import judge

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.model.overview import Snapshot
    from hbgz_desktop.ui.page_context import PageContext


class Frame:
    """A window's frame and what it says of the engine."""

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        window = MainWindow.furnished(
            context.theme, context.notices, "互认前置台", "示例县人民医院"
        )
        qtbot.addWidget(window)
        self.window = window
        self.status = LiveStatus(context, window)
        self.snapshot: Snapshot = context.services.snapshot()

    def show(self, *, is_alive: bool, is_starting: bool = False) -> bool:
        """Whether there is a banner of a silent engine now."""
        state = "listening" if is_alive else ""
        engine = replace(
            self.snapshot.engine,
            is_alive=is_alive,
            is_starting=is_starting,
            receiver_state=state,
            program_version=__version__,
        )
        self.snapshot = replace(self.snapshot, engine=engine)
        self.status.show_snapshot(self.snapshot)
        return "engine" in self.status._raised

    def receiver(self) -> tuple[State | None, str]:
        """Mark and words of the receiver in the status bar."""
        return next((one.state, one.detail) for one in self.status._facts if one.key == "receiver")


@pytest.fixture
def frame(context: PageContext, qtbot: QtBot) -> Frame:
    return Frame(context, qtbot)


def test_the_first_word_is_waited_for(
    context: PageContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_status, "WAKE_GRACE_S", 0.0)
    frame = Frame(context, qtbot)
    assert not frame.show(is_alive=False, is_starting=True)
    assert frame.receiver() == (State.WAITING, "正在启动")
    verdict = judge(frame.snapshot)
    assert (verdict.tone, verdict.sentence) == (Tone.COOL, "接收和上传正在启动。")

    assert not frame.show(is_alive=True, is_starting=True)
    assert frame.receiver() == (State.WAITING, "正在启动"), "it is there, and opens its port"
    assert judge(frame.snapshot).tone is Tone.COOL

    assert frame.show(is_alive=False), "but not for ever"
    assert frame.receiver() == (State.FAILED, "没有运行")
    assert "接收没有运行" in judge(frame.snapshot).sentence


def test_after_sleep_the_next_word_is_waited_for(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not frame.show(is_alive=True)
    assert not frame.show(is_alive=False), "its last word was said before the sleep"
    assert not frame.show(is_alive=True)
    monkeypatch.setattr(live_status, "WAKE_GRACE_S", 0.0)
    assert frame.show(is_alive=False), "but one that says nothing is told of"

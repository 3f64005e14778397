"""The seven states a delivery or study can show: colour, shape and word (LOOK 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class State(StrEnum):
    """What a badge shows; the value is also the token of its text colour."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    NEEDS_FIX = "needs_fix"
    FAILED = "failed"
    CONFIRMED = "confirmed"
    PAUSED = "paused"


class Tone(StrEnum):
    """Who acts next: cool the program, warm a person, ok proven, bad failed, waiting a peer."""

    COOL = "cool"
    WARM = "warm"
    OK = "ok"
    BAD = "bad"
    WAITING = "waiting"


_FILLED = {State.NEEDS_FIX, State.FAILED, State.CONFIRMED}
_WORDS = {
    State.WAITING: QT_TRANSLATE_NOOP("State", "等待"),
    State.RUNNING: QT_TRANSLATE_NOOP("State", "上传中"),
    State.RETRYING: QT_TRANSLATE_NOOP("State", "重试中"),
    State.NEEDS_FIX: QT_TRANSLATE_NOOP("State", "待处理"),
    State.FAILED: QT_TRANSLATE_NOOP("State", "失败"),
    State.CONFIRMED: QT_TRANSLATE_NOOP("State", "已确认"),
    State.PAUSED: QT_TRANSLATE_NOOP("State", "已暂停"),
}
_TONES = {
    Tone.COOL: ("info", "running"),
    Tone.WARM: ("state_needs_fix", "fill_needs_fix"),
    Tone.OK: ("state_confirmed", "fill_confirmed"),
    Tone.BAD: ("state_failed", "fill_failed"),
    Tone.WAITING: ("state_retrying", "retrying"),
}


def state_word(state: State) -> str:
    """The state's own word in the language of the interface."""
    return QCoreApplication.translate("State", str(_WORDS[state]))


def state_icon(state: State) -> str:
    """Name of the state's icon."""
    return f"state_{state}"


def state_icon_token(state: State) -> str:
    """Colour token of the state's icon: the livelier fill where the shape is filled."""
    return f"fill_{state}" if state in _FILLED else str(state)


def tone_icon(tone: Tone) -> tuple[str, str]:
    """Icon name and colour token of a tone."""
    return _TONES[tone]


@dataclass(frozen=True)
class Badge:
    """What a badge shows. Build it with ``of`` or ``neutral``.

    Attributes:
        word: Short text; may be narrower than the state (等报告, 上传中 64 %).
        icon: Icon name.
        icon_token: Colour token of the icon.
        foreground: Colour token of the word.
        background: Colour token of the ground.
    """

    word: str
    icon: str
    icon_token: str
    foreground: str
    background: str

    @classmethod
    def of(cls, state: State, word: str = "") -> Badge:
        """A state's badge; ``word`` replaces the state's own word but not colour and shape."""
        return cls(
            word or state_word(state),
            state_icon(state),
            state_icon_token(state),
            str(state),
            f"{state}_bg",
        )

    @classmethod
    def neutral(cls, word: str, icon: str = "state_neutral", *, accent: bool = False) -> Badge:
        """A badge for what is no state (不互认, 草稿); ``accent`` tints it blue."""
        token = "running" if accent else "waiting"
        return cls(word, icon, token, token, f"{token}_bg")

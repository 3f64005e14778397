"""A study's lane as a badge: the state's colour and shape, the narrower word (LOOK 1)."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.ui.states import Badge, State

_LANES: dict[Lane, tuple[State, object]] = {
    Lane.RECEIVING: (State.WAITING, QT_TRANSLATE_NOOP("Lane", "还在接收")),
    Lane.NO_RECORD: (State.NEEDS_FIX, QT_TRANSLATE_NOOP("Lane", "缺记录")),
    Lane.NO_IMAGES: (State.NEEDS_FIX, QT_TRANSLATE_NOOP("Lane", "缺图像")),
    Lane.NEEDS_FIX: (State.NEEDS_FIX, QT_TRANSLATE_NOOP("Lane", "待处理")),
    Lane.FAILED: (State.FAILED, QT_TRANSLATE_NOOP("Lane", "失败")),
    Lane.WAITING_SETTLEMENT: (State.WAITING, QT_TRANSLATE_NOOP("Lane", "等结算")),
    Lane.WAITING_REPORT: (State.WAITING, QT_TRANSLATE_NOOP("Lane", "等报告")),
    Lane.QUEUED: (State.WAITING, QT_TRANSLATE_NOOP("Lane", "排队")),
    Lane.UPLOADING: (State.RUNNING, QT_TRANSLATE_NOOP("Lane", "上传中")),
    Lane.RETRYING: (State.RETRYING, QT_TRANSLATE_NOOP("Lane", "重试中")),
    Lane.PAUSED: (State.PAUSED, QT_TRANSLATE_NOOP("Lane", "已暂停")),
    Lane.CANCELLED: (State.PAUSED, QT_TRANSLATE_NOOP("Lane", "已取消")),
    Lane.DELETING: (State.RUNNING, QT_TRANSLATE_NOOP("Lane", "正在删除")),
    Lane.CHANGED: (State.NEEDS_FIX, QT_TRANSLATE_NOOP("Lane", "内容有变")),
    Lane.COUNT_DIFFERS: (State.NEEDS_FIX, QT_TRANSLATE_NOOP("Lane", "数目不对")),
    Lane.CONFIRMED: (State.CONFIRMED, QT_TRANSLATE_NOOP("Lane", "已确认")),
    Lane.NOT_REQUIRED: (State.WAITING, QT_TRANSLATE_NOOP("Lane", "不用传")),
}


def lane_word(lane: Lane) -> str:
    """The lane's word in the language of the interface."""
    return QCoreApplication.translate("Lane", str(_LANES[lane][1]))


def lane_badge(lane: Lane, progress: float = 0.0) -> Badge:
    """The badge; ``progress`` 0…1 narrows 上传中 to 上传中 64 %."""
    word = lane_word(lane)
    if lane is Lane.UPLOADING and progress > 0:
        word = f"{word} {int(progress * 100)} %"
    if lane is Lane.NOT_REQUIRED:  # nobody acts: no state, and no state's icon
        return Badge.neutral(word)
    return Badge.of(_LANES[lane][0], word)

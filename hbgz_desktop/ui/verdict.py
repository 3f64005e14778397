"""One sentence that answers "is everything all right", and names everything that is wrong (LOOK 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.worklist import DAY_BAR, Lane
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import State, Tone

if TYPE_CHECKING:
    from hbgz_desktop.model.overview import DeskDay, Snapshot
    from hbgz_desktop.model.status import EngineStatus

BIND_FAULTS = frozenset(
    {"port_taken", "ae_title_invalid", "bind_address_unknown", "port_forbidden", "port_unusable"}
)
"""The receiver cannot listen, and tries again by itself."""
FAR_DAYS = 60
"""Further ahead nobody needs to read how long the disk lasts."""
_RECEIVER_FAULTS = BIND_FAULTS | {"disk_full"}


@dataclass(frozen=True)
class Verdict:
    """The sentence, what it means for a person, and the small line below it."""

    tone: Tone
    sentence: str
    detail: str


def segment_counts(snapshot: Snapshot) -> dict[str, int]:
    """Counts of the day bar; its parts add up to every study of the window."""
    return {key: sum(snapshot.lanes[lane] for lane in lanes) for key, lanes in DAY_BAR.items()}


def judge(snapshot: Snapshot) -> Verdict:
    """The verdict on one snapshot; "all fine" only when nothing at all is wrong."""
    troubles = _for_it(snapshot)
    if snapshot.desk is not None and snapshot.is_desk_only and not snapshot.waiting:
        return _of_desk(snapshot.desk, troubles, is_starting=snapshot.engine.is_starting)
    waiting, total = snapshot.waiting, snapshot.total
    detail = QCoreApplication.translate(
        "Verdict", "今天收到 {total} 份，已确认 {confirmed} 份。", "", total
    ).format(total=total, confirmed=snapshot.lanes[Lane.CONFIRMED])
    if waiting:
        words = QCoreApplication.translate("Verdict", "有 {n} 份检查等人处理。", "", waiting)
        if troubles:
            words = QCoreApplication.translate(
                "Verdict", "有 {n} 份检查等人处理；另有{what}，要信息科看。", "", waiting
            )
        sentence = words.format(n=waiting, what=listed(troubles))
        return Verdict(Tone.WARM, sentence, detail)
    if troubles:
        return Verdict(
            Tone.BAD,
            QCoreApplication.translate("Verdict", "{what}，要信息科看。").format(
                what=listed(troubles)
            ),
            detail,
        )
    if snapshot.engine.is_starting:
        return _of_start(detail)
    if not snapshot.platforms:
        return Verdict(
            Tone.WARM,
            QCoreApplication.translate("Verdict", "还没有填平台地址，检查只收下、不上传。"),
            detail,
        )
    return _all_fine(snapshot, detail)


def _of_start(detail: str) -> Verdict:
    words = QCoreApplication.translate("Verdict", "接收和上传正在启动。")
    return Verdict(Tone.COOL, words, detail)


def _all_fine(snapshot: Snapshot, detail: str) -> Verdict:
    confirmed, total = snapshot.lanes[Lane.CONFIRMED], snapshot.total
    skipped = snapshot.lanes[Lane.NOT_REQUIRED]
    if not total:
        detail = ""
        words = QCoreApplication.translate("Verdict", "一切正常。今天还没有收到检查。")
    elif confirmed == total:
        detail = ""
        words = QCoreApplication.translate(
            "Verdict", "一切正常。今天 {n} 份，都已确认。", "", total
        ).format(n=snapshot.total)
    elif confirmed + skipped == total:
        detail = ""
        words = QCoreApplication.translate(
            "Verdict",
            "一切正常。今天 {n} 份：{done} 份已确认，{skipped} 份按设置不用传。",
            "",
            total,
        ).format(n=total, done=confirmed, skipped=skipped)
    else:
        words = QCoreApplication.translate("Verdict", "一切正常，程序在处理。")
    return Verdict(Tone.OK, words, detail)


def _of_desk(desk: DeskDay, troubles: list[str], *, is_starting: bool) -> Verdict:
    """Where nothing is uploaded, it is authorizations that somebody has to look at."""
    refused, unsent, entered = desk.refused, desk.waiting, desk.entered
    detail = QCoreApplication.translate("Verdict", "收到的检查留在本机，不往平台上传。")
    if refused:
        words = QCoreApplication.translate(
            "Verdict", "有 {n} 位患者的授权平台没有收，请登记员看。", "", refused
        )
        if troubles:
            words = QCoreApplication.translate(
                "Verdict",
                "有 {n} 位患者的授权平台没有收，请登记员看；另有{what}，要信息科看。",
                "",
                refused,
            )
        return Verdict(Tone.WARM, words.format(n=refused, what=listed(troubles)), detail)
    if troubles:
        words = QCoreApplication.translate("Verdict", "{what}，要信息科看。")
        return Verdict(Tone.BAD, words.format(what=listed(troubles)), detail)
    if is_starting:
        return _of_start(detail)
    if unsent:
        words = QCoreApplication.translate("Verdict", "有 {n} 位患者的授权等着发送。", "", unsent)
        return Verdict(Tone.COOL, words.format(n=unsent), detail)
    words = QCoreApplication.translate("Verdict", "一切正常。今天还没有登记授权。")
    if entered:
        words = QCoreApplication.translate(
            "Verdict", "一切正常。今天登记了 {n} 位患者。", "", entered
        )
    return Verdict(Tone.OK, words.format(n=entered), detail)


def _for_it(snapshot: Snapshot) -> list[str]:
    troubles = []
    failed = snapshot.failed_deliveries
    if failed:
        troubles.append(
            QCoreApplication.translate("Verdict", "{n} 项上传失败", "", failed).format(
                n=snapshot.failed_deliveries
            )
        )
    engine = snapshot.engine
    if not engine.is_starting and not engine.is_listening:
        is_fault = engine.is_alive and engine.receiver_state in _RECEIVER_FAULTS
        dead = QCoreApplication.translate("Verdict", "接收没有运行")
        troubles.append(receiver_words(snapshot) if is_fault else dead)
    if snapshot.is_disk_short and engine.receiver_state != "disk_full":
        days = snapshot.disk_days or 0
        troubles.append(
            QCoreApplication.translate("Verdict", "磁盘约 {n} 天后满", "", days).format(n=days)
        )
    troubles += [
        QCoreApplication.translate("Verdict", "{platform}不应答").format(
            platform=platform_name(one.platform)
        )
        for one in snapshot.platforms
        if one.opened_at is not None
    ]
    return troubles


def platform_name(platform: str) -> str:
    """The platform as people call it."""
    return {
        "guizhou": QCoreApplication.translate("Verdict", "贵州影像云"),
        "hebei": QCoreApplication.translate("Verdict", "河北互认共享"),
    }.get(platform, platform)


def receiver_words(snapshot: Snapshot) -> str:
    """State of the receiver in words."""
    engine = snapshot.engine
    if engine.is_starting:
        return QCoreApplication.translate("Verdict", "正在启动")
    if not engine.is_alive:
        return QCoreApplication.translate("Verdict", "没有运行")
    if engine.receiver_state in BIND_FAULTS:
        return _port_words(engine)
    if engine.receiver_state == "disk_full":
        return QCoreApplication.translate("Verdict", "磁盘满，已暂停接收")
    if engine.is_listening:
        return QCoreApplication.translate("Verdict", "正常")
    return QCoreApplication.translate("Verdict", "没有运行")


def _port_words(engine: EngineStatus) -> str:
    words = QCoreApplication.translate("Verdict", "端口 {port} 打不开，请核对接收设置")
    if engine.receiver_state == "port_taken":
        words = (
            QCoreApplication.translate("Verdict", "端口 {port} 被 {holder} 占用")
            if engine.receiver_detail
            else QCoreApplication.translate("Verdict", "端口 {port} 被别的程序占用")
        )
    return words.format(port=engine.dicom_port, holder=engine.receiver_detail)


def receiver_mark(engine: EngineStatus) -> State:
    """State of the receiver as a mark."""
    if engine.is_starting:
        return State.WAITING
    return State.CONFIRMED if engine.is_listening else State.FAILED


def size_words(size_bytes: float) -> str:
    """Bytes as GB or MB, whole numbers."""
    gigabytes = size_bytes / 1024**3
    return f"{gigabytes:,.0f} GB" if gigabytes >= 10 else f"{size_bytes / 1024**2:,.0f} MB"

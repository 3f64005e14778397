"""Words for studies: badge, person, what is wrong, moments. Made in the GUI thread, read from any."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.cells import LedgerCell
from hbgz_desktop.ui.lane_badges import lane_badge
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.ledger_columns import LedgerCounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.error_texts import ErrorTexts

_AGE = re.compile(r"0*(\d{1,3})([YMWD]?)$")
_NAME_FIELDS = frozenset({"psnName", "fmAddr"})
_NUMBER_FIELDS = frozenset(
    {"certno", "hiImgIndx", "hiImgIdx", "patnId", "optNo", "iptNo", "elecHlCardNo", "brdy"}
)


class StudyWords(QObject):
    """All strings are fetched once, in the GUI thread, so that cells may be made on pool threads."""

    def __init__(
        self,
        texts: ErrorTexts,
        field_label: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        """Take words from ``texts`` and the standard's names of fields from ``field_label``."""
        super().__init__(parent)
        self._texts = texts
        self._field_label = field_label
        self._badges = {lane: lane_badge(lane) for lane in Lane}
        self._sexes = {"M": self.tr("男"), "F": self.tr("女")}
        self._ages = {
            "Y": self.tr("{n} 岁"),
            "M": self.tr("{n} 个月"),
            "W": self.tr("{n} 周"),
            "D": self.tr("{n} 天"),
        }
        self._days = (
            *(self.tr("周一"), self.tr("周二"), self.tr("周三"), self.tr("周四")),
            *(self.tr("周五"), self.tr("周六"), self.tr("周日")),
        )
        self._yesterday = self.tr("昨天")
        self._nobody = self.tr("姓名未知")
        self._missing = self.tr("缺 {n} 幅")
        self._attempt = self.tr("重试中 第 {n} 次")
        self._paused = self.tr("已暂停 {who}")
        self._uploading = self.tr("上传中 {n} %")
        self._awaiting = self.tr("等平台确认")
        self._surplus = self.tr("多 {n} 幅")
        self._received = self.tr("已收 {n}")
        self._no_code = self.tr("{label}缺代码")
        self._cleared = self.tr("图像已清理 {time}")
        self._all_here = self.tr("在本机")
        self._some_here = self.tr("在本机 {n} 幅")
        self._details = self._lane_details()
        self._origins = {
            "pacs": self.tr("PACS 报的数"),
            "record": self.tr("记录里写的"),
            "person": self.tr("人工确认"),
        }

    def _lane_details(self) -> dict[Lane, str]:
        return {
            Lane.RECEIVING: self.tr("最近一幅 {time}"),
            Lane.NO_RECORD: self.tr("没找到检查记录"),
            Lane.NO_IMAGES: self.tr("有记录，没收到图像"),
            Lane.WAITING_SETTLEMENT: self.tr("结算数据还没到"),
            Lane.WAITING_REPORT: self.tr("报告还没写"),
            Lane.QUEUED: self.tr("轮到就上传"),
            Lane.UPLOADING: self.tr("已确认 {n} 幅"),
            Lane.PAUSED: self.tr("继续后接着传"),
            Lane.CHANGED: self.tr("等人决定发不发新的"),
            Lane.CANCELLED: self.tr("留在本机，不再上传"),
            Lane.DELETING: self.tr("等平台答应删除"),
            Lane.NOT_REQUIRED: self.tr("按设置不上传"),
            Lane.CONFIRMED: self.tr("每幅都有应答"),
        }

    # The state

    @property
    def unknown_badge(self) -> Badge:
        """Stands while nothing is known yet."""
        return Badge.neutral("…")

    def missing(self, row: StudyRow) -> int:
        """Images that should be there and have not come; 0 while more are on their way."""
        if row.expected is None or row.lane in (Lane.RECEIVING, Lane.NO_IMAGES):
            return 0
        return max(0, row.expected - row.received)

    def badge(self, row: StudyRow) -> Badge:
        """The state's badge, its word as narrow as the facts allow; green only when all agree."""
        plain = self._badges[row.lane]
        if row.lane in (Lane.CONFIRMED, Lane.COUNT_DIFFERS):
            return self._settled(row, plain)
        if row.lane is Lane.UPLOADING:
            if row.sendable and row.sent >= row.sendable > row.confirmed:
                return replace(plain, word=self._awaiting)
            return replace(plain, word=self._uploading.format(n=int(row.progress * 100)))
        if row.lane is Lane.RETRYING and row.attempts:
            return replace(plain, word=self._attempt.format(n=row.attempts))
        if row.lane is Lane.PAUSED and row.paused_by:
            return replace(plain, word=self._paused.format(who=_short(row.paused_by)))
        return plain

    def _settled(self, row: StudyRow, plain: Badge) -> Badge:
        if row.lane is Lane.COUNT_DIFFERS:
            surplus = row.received - (row.expected or 0)
            words = self._surplus if surplus > 0 else self._missing
            return replace(plain, word=words.format(n=f"{abs(surplus):,}"))
        if row.confirmed < row.sendable:
            return Badge.of(State.RUNNING, self._awaiting)
        return plain

    def detail(self, row: StudyRow) -> str:
        """What is wrong, or what it waits for, in words; "" when the badge says all."""
        if row.lane is Lane.NEEDS_FIX:
            return self.problem(row.detail)
        if row.lane in (Lane.FAILED, Lane.RETRYING):
            return self._texts.of(row.detail).title if row.detail else ""
        if row.lane is Lane.CONFIRMED and self._settled(row, self._badges[row.lane]).word != (
            self._badges[row.lane].word
        ):
            return ""
        if row.lane is Lane.NOT_REQUIRED and row.detail:
            return self._texts.of(row.detail).title
        words = self._details.get(row.lane, "")
        if row.lane is Lane.CONFIRMED and row.is_cleared and row.cleared_at is not None:
            return self._cleared.format(time=self.moment(row.cleared_at))
        last = row.last_received_at or row.at
        return words.format(time=self.moment(last), n=f"{row.confirmed:,}")

    def files(self, row: StudyRow) -> str:
        """Where the images are: on this machine, in part, or cleared and when; "" without any."""
        if row.is_cleared and row.cleared_at is not None:
            return self._cleared.format(time=self.moment(row.cleared_at))
        if not row.files or row.files >= row.received:
            return self._all_here if row.files else ""
        return self._some_here.format(n=f"{row.files:,}")

    def problem(self, key: str) -> str:
        """Words for ``rule:field``."""
        rule, _, field = key.partition(":")
        if not rule:
            return ""
        label = self._field_label(field)
        if rule == "code_unknown":
            return self._no_code.format(label=label.removesuffix("代码"))
        return self._texts.of(f"problem_{rule}", {"label": label, "field": field}).title

    # The person

    def name(self, row: StudyRow) -> str:
        """Masked name."""
        return mask_name(plain_name(row.patient_name)) or self._nobody

    def clear_name(self, row: StudyRow) -> str:
        """The name itself, for the eye."""
        return plain_name(row.patient_name) or self._nobody

    def sex(self, code: str) -> str:
        """男, 女 or ""."""
        return self._sexes.get(code, "")

    def age(self, row: StudyRow) -> str:
        """46 岁, 3 个月; "" when it is not known."""
        found = _AGE.match(row.patient_age.strip())
        if found is None:
            return ""
        return self._ages[found[2] or "Y"].format(n=int(found[1]))

    def short_age(self, row: StudyRow) -> str:
        """46 for years, with its unit for the very young."""
        found = _AGE.match(row.patient_age.strip())
        if found is not None and found[2] in ("", "Y"):
            return str(int(found[1]))
        return self.age(row)

    def person(self, row: StudyRow) -> str:
        """欧阳** 女 46."""
        parts = (self.name(row), self.sex(row.patient_sex), self.short_age(row))
        return " ".join(part for part in parts if part)

    @staticmethod
    def masked_value(field: str, value: str) -> str:
        """A field's value as it may be shown beside a problem."""
        name = field.rpartition(".")[2]
        if name in _NAME_FIELDS:
            return mask_name(value)
        if name == "tel":
            return mask_phone(value)
        return mask_identity(value) if name in _NUMBER_FIELDS else value

    # Moments and counts

    def moment(self, at: datetime, now: datetime | None = None) -> str:
        """14:32 today, else 昨天, 周二, 11-12."""
        local = at.astimezone(LOCAL)
        days = ((now or datetime.now(UTC)).astimezone(LOCAL).date() - local.date()).days
        if days == 0:
            return f"{local:%H:%M}"
        if days == 1:
            return self._yesterday
        if 1 < days < 7:
            return self._days[local.weekday()]
        return f"{local:%m-%d}" if days < 300 else f"{local:%Y-%m-%d}"

    def full_moment(self, at: datetime, now: datetime | None = None) -> str:
        """The day in words, when it is not today, and the minute."""
        day = self.moment(at, now)
        minute = f"{at.astimezone(LOCAL):%H:%M}"
        return minute if day == minute else f"{day} {minute}"

    def ledger_cell(self, row: StudyRow) -> LedgerCell:
        """Four small bars; images that are not sent by rule are left out of all four."""
        skipped = row.received - row.sendable
        expected = None if row.expected is None else max(0, row.expected - skipped)
        words = ""
        unsent = (Lane.RECEIVING, Lane.NOT_REQUIRED)
        if row.lane in unsent and row.study_id is not None and not row.confirmed:
            words = self._received.format(n=f"{row.received:,}")
        elif row.lane is Lane.NO_IMAGES:
            words = "—" if expected is None else f"0/{expected:,}"
        return LedgerCell(expected, row.sendable, row.sent, row.confirmed, words, row.warned)

    def ledger_counts(self, row: StudyRow, source: str) -> LedgerCounts:
        """The drawer's ledger; the same numbers as the list."""
        cell = self.ledger_cell(row)
        is_short = self.missing(row) > 0
        origin = self._origins.get(source, source)
        return LedgerCounts(
            cell.expected,
            cell.received,
            cell.sent,
            cell.confirmed,
            origin if cell.expected is not None else self.tr("应有未知"),
            is_waiting=not is_short and row.lane is not Lane.NO_IMAGES,
            is_skipped=row.lane is Lane.NOT_REQUIRED,
            warned=cell.warned,
        )


def plain_name(name: str) -> str:
    """A DICOM name as people write it: no caret, and no blank between Chinese characters."""
    is_chinese = any("\u3400" <= char <= "\u9fff" for char in name)
    return name.replace("^", "" if is_chinese else " ").strip()


def _short(who: str) -> str:
    return who if len(who) <= 6 else f"{who[:5]}…"

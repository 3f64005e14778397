"""How shared results are said: recognised or not, normal or not, each by its own field's codes (H059)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.sharing_launch import OrderOutcome
from hbgz_desktop.ui.cells import Inked
from hbgz_desktop.ui.states import Badge, State

if TYPE_CHECKING:
    from hbgz_desktop.model.shared_viewing import SharedLabResult, SharedStudy

_ABNORMAL = "needs_fix"
_PLAIN = "text"
_HAS_IMAGE = "1"


class SharedWords(QObject):
    """Words of one language; its methods are safe from any thread."""

    def __init__(self, parent: QObject) -> None:
        """Translate everything once."""
        super().__init__(parent)
        self._recognised = {
            True: Badge.of(State.CONFIRMED, self.tr("已互认")),
            False: Badge.neutral(self.tr("不互认")),
            None: Badge.neutral(self.tr("没有说明")),
        }
        self._outcomes = {
            OrderOutcome.ALL: Badge.of(State.CONFIRMED, self.tr("都互认了，不用再做")),
            OrderOutcome.SOME: Badge.neutral(self.tr("一部分还要做")),
            OrderOutcome.NONE: Badge.neutral(self.tr("没有互认，照做")),
        }
        self._study_results = {
            "1": Inked(self.tr("异常"), _ABNORMAL, "warning"),
            "2": Inked(self.tr("正常"), _PLAIN),
            "3": Inked(self.tr("不详"), _PLAIN),
        }
        self._prompts = {
            "1": Inked(self.tr("正常"), _PLAIN),
            "2": Inked(self.tr("异常，没说高低"), _ABNORMAL, "warning"),
            "3": Inked(self.tr("偏高"), _ABNORMAL, "arrow_up"),
            "4": Inked(self.tr("偏低"), _ABNORMAL, "arrow_down"),
        }
        self._sources = {"1": self.tr("本地"), "2": self.tr("省平台")}
        self._has_image = self.tr("有影像")
        self._has_pdf = self.tr("有报告 PDF")

    def recognised(self, value: bool | None) -> Badge:  # noqa: FBT001  # the platform's own three values
        """已互认, 不互认 or 没有说明."""
        return self._recognised[value]

    def outcome(self, value: OrderOutcome) -> Badge:
        """What remains of an order."""
        return self._outcomes[value]

    def study_result(self, code: str) -> Inked:
        """``studyResultCode``: 1 异常, 2 正常, 3 不详; an unknown code is passed on (H059)."""
        return self._study_results.get(code, Inked(code, _PLAIN))

    def prompt(self, code: str) -> Inked:
        """``resultPrompt``: 1 正常, 2 无法识别的异常, 3 偏高, 4 偏低; unknown ones are passed on (H059)."""
        return self._prompts.get(code, Inked(code, _PLAIN))

    @staticmethod
    def is_abnormal_value(value: SharedLabResult) -> bool:
        """Whether the platform marked it as out of order."""
        return value.result_prompt in ("2", "3", "4")

    @staticmethod
    def is_abnormal_study(study: SharedStudy) -> bool:
        """Whether the platform marked it as out of order."""
        return study.study_result_code == "1"

    def extras(self, study: SharedStudy) -> str:
        """有影像, when there is something to open."""
        has_image = any(one.is_image == _HAS_IMAGE or one.image_url for one in study.details)
        return self._has_image if has_image else ""

    @staticmethod
    def conclusion(study: SharedStudy) -> str:
        """The report's conclusion in one line, the first there is."""
        for detail in study.details:
            for text in (detail.study_diagnosis, detail.report_result, detail.image_performance):
                if text.strip():
                    return " ".join(text.split())
        return " ".join(study.study_result.split())

    @staticmethod
    def reason(row: SharedStudy | SharedLabResult) -> str:
        """Why it was not recognised: the platform's words, else its code."""
        return row.non_recognition_value or row.non_recognition_code or "—"

    @staticmethod
    def amount(value: SharedLabResult) -> str:
        """Number with unit, else the finding in words."""
        number = " ".join(filter(None, (value.result_quantify, value.metering_unit)))
        return number if value.result_quantify else value.result_qualitative

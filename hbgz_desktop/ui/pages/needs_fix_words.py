"""Words of 待处理: causes, who acts, what one fix there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.fix_views import FixKind
from hbgz_desktop.ui.phrases import labelled, listed
from hbgz_desktop.ui.widgets.cause_card import Cause

if TYPE_CHECKING:
    from hbgz_desktop.model.fix_views import FixGroup
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.views import ProblemGroup
    from hbgz_desktop.services.error_texts import ErrorText, ErrorTexts
    from hbgz_desktop.ui.theme import Theme

_LANES = (FixKind.NO_RECORD, FixKind.NO_IMAGES, FixKind.CHANGED, FixKind.COUNT_DIFFERS)
_MOST_CHARACTERS = 60


class FixWords(QObject):
    """GUI thread only."""

    def __init__(self, theme: Theme, texts: ErrorTexts, parent: QObject) -> None:
        """Take the words of rules and codes from ``texts``."""
        super().__init__(parent)
        self._theme = theme
        self._texts = texts

    def cause(self, group: FixGroup) -> Cause:
        """The card of a group."""
        return Cause(
            group.key,
            group.count,
            self.unit(group),
            self.title(group),
            self.source(group),
            self.who(group),
        )

    def unit(self, group: FixGroup) -> str:
        """份, 行 or 个."""
        if group.kind is FixKind.IMPORT:
            return self.tr("行")
        return self.tr("个") if group.kind is FixKind.QUARANTINE else self.tr("份")

    def title(self, group: FixGroup) -> str:
        """What is wrong, in plain words."""
        problem = group.problem
        if problem is None:
            return self._loose_title(group)
        if group.kind is FixKind.CODE:
            return self.tr("{label}“{value}”没有对应代码").format(
                label=short_label(problem.label), value=problem.value
            )
        if group.kind is FixKind.REFUSED:
            words = problem.value[:_MOST_CHARACTERS] or self.tr("平台没有说原因")
            return self.tr("平台退回：{words}").format(words=words)
        return self.rule_text(problem).title

    def _loose_title(self, group: FixGroup) -> str:
        lanes = {
            FixKind.NO_RECORD: self.tr("有图像，没找到检查记录"),
            FixKind.NO_IMAGES: self.tr("有记录，没收到图像"),
            FixKind.CHANGED: self.tr("上传以后图像内容有变"),
            FixKind.COUNT_DIFFERS: self.tr("收到的和应有的数目不一样"),
        }
        if group.kind in lanes:
            return lanes[group.kind]
        facts = {"field": group.rows[0].field} if group.rows else {}
        why = self._texts.of(group.code, facts).title
        if group.kind is FixKind.IMPORT:
            return self.tr("没有收下的行：{why}").format(why=why)
        return self.tr("不能收作图像的对象：{why}").format(why=why)

    def rule_text(self, problem: ProblemGroup) -> ErrorText:
        """Words for a group's rule, without the value of any one record."""
        return self._texts.of(
            f"problem_{problem.rule}",
            {
                "label": problem.label,
                "field": problem.field,
                "limit": problem.limit,
                "value": problem.value,
            },
        )

    def problem_words(self, problem: Problem, value: str) -> str:
        """What is wrong with one record's field; ``value`` as it may be shown."""
        facts = {
            "label": problem.label,
            "field": problem.field,
            "limit": problem.limit,
            "value": value,
        }
        text = self._texts.of(f"problem_{problem.rule}", facts)
        return text.cause or text.title

    def source(self, group: FixGroup) -> str:
        """Field, file or lane."""
        problem = group.problem
        if group.kind is FixKind.IMPORT:
            return group.source
        if group.kind is FixKind.QUARANTINE:
            devices = dict.fromkeys(row.text for row in group.rows if row.text)
            return listed(list(devices)[:3])
        if problem is None:
            return ""
        if group.kind is FixKind.REFUSED:
            return self.tr("平台原话")
        return self._theme.join(problem.field, self._decided_by(problem))

    def _decided_by(self, problem: ProblemGroup) -> str:
        return problem.limit if problem.rule in ("length", "date_format") else ""

    def who(self, group: FixGroup) -> str:
        """Who acts and how."""
        if group.kind is FixKind.CODE:
            words = self.tr("登记员：选一个代码，一次修好 {n} 份")
        elif group.kind is FixKind.REFUSED:
            words = self.tr("登记员：照平台的话改内容，再传也不会成功")
        elif group.kind is FixKind.NO_RECORD:
            words = self.tr("登记员：等 RIS 导入，或指定是哪条记录")
        elif group.kind is FixKind.NO_IMAGES:
            words = self.tr("登记员：看设备有没有发送")
        elif group.kind is FixKind.CHANGED:
            words = self.tr("信息科：决定发不发新的")
        elif group.kind is FixKind.COUNT_DIFFERS:
            words = self.tr("登记员：请技师补发，或改应有几幅")
        else:
            return self._by_text(group)
        return words.format(n=f"{group.count:,}")

    def _by_text(self, group: FixGroup) -> str:
        problem = group.problem
        text = self.rule_text(problem) if problem is not None else self._texts.of(group.code)
        who = {
            "clerk": self.tr("登记员"),
            "it": self.tr("信息科"),
            "platform": self.tr("平台"),
            "program": self.tr("程序"),
        }.get(text.who, self.tr("信息科"))
        step = text.next_step
        if problem is not None and problem.rule == "required":
            step = self.tr("逐份补填；很多都缺时请信息科看数据来源")
        return labelled(who, step)

    def is_lane(self, group: FixGroup) -> bool:
        """True for the two groups that are only a link."""
        return group.kind in _LANES


def short_label(label: str) -> str:
    """检查部位代码 → 检查部位: the person chooses the code, the field is what it is about."""
    return label.removesuffix("代码") or label

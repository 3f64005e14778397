"""The drawer of 检查: who, what, state, ledger, next step, pictures, deliveries, timeline (LOOK 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.deletion import Standing
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services.deletion import DELETED
from hbgz_desktop.services.next_step import NextStep, StepAction, paused_ids, retryable_ids
from hbgz_desktop.ui.pages.studies_actions import DELETE, WRONG_PATIENT
from hbgz_desktop.ui.pages.studies_correction import CorrectionSection
from hbgz_desktop.ui.pages.studies_deliveries import DeliveryLines, RawAnswers
from hbgz_desktop.ui.pages.studies_index import IndexSection
from hbgz_desktop.ui.pages.studies_pictures import StudyPictures
from hbgz_desktop.ui.pages.studies_timeline import timeline_entries
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import State, Tone
from hbgz_desktop.ui.styling import STRETCH, clear_layout, column, row
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.ledger_columns import LedgerColumns
from hbgz_desktop.ui.widgets.masked_label import REVEAL_S
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.study_desk import ShownStudy, StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_MOST_PROBLEMS = 8


class StudyDrawer(Drawer):
    """Shows one ``ShownStudy``; its widgets stay while the study changes.

    Signals:
        step_requested: The next step's button was pressed.
        reveal_requested: The name is about to be shown: write the audit row.

    Attributes:
        pictures: The series; ``series_opened`` asks for the viewer.
        shown: What is shown, or None.
        step: The next step that is shown, or None.
    """

    step_requested = Signal()
    reveal_requested = Signal()

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, parent: QWidget
    ) -> None:
        """Build it empty."""
        super().__init__(context.theme, parent)
        self._context = context
        self._words = words
        self.shown: ShownStudy | None = None
        self.step: NextStep | None = None
        self._may_reveal = True
        self._eye = Button(context.theme, self.tr("显示姓名"), "quiet", "eye", self)
        self._eye.clicked.connect(self._on_eye)
        self.head_extra.addWidget(self._eye)
        self._mask_timer = QTimer(self)
        self._mask_timer.setSingleShot(True)
        self._mask_timer.setInterval(REVEAL_S * 1000)
        self._mask_timer.timeout.connect(self.hide_name)
        self._badge = StateBadge(context.theme, words.unknown_badge, self)
        self._platforms = Label("", "caption2", self)
        self._ledger = LedgerColumns(context.theme, self)
        self._note = Label("", "caption2", self, wrap=True)
        self._box = NextStepBox(context.theme, parent=self)
        self._box.action_requested.connect(self.step_requested)
        self._box.other_requested.connect(self._on_keep_sent)
        self._expected = Button(context.theme, "", "quiet", parent=self)
        self._expected.clicked.connect(self._on_expected)
        self._problem_rows = QVBoxLayout()
        self._problems = self._section(self.tr("要改的地方"), self._problem_rows)
        self._shown_problems: tuple[Problem, ...] = ()
        self.pictures = StudyPictures(context, desk, self)
        self._lines = DeliveryLines(context, words, self)
        self._deliveries = self._section(self.tr("上传"), self._lines)
        self._correction = CorrectionSection(words, self)
        self._index = IndexSection(context, self)
        self._index.revealed.connect(self.reveal_requested)
        self._codes = self._code_rows()
        self._code_section = self._section(self.tr("编号"), *self._codes.values())
        self._timeline = Timeline(context.theme, self)
        self._raw_button = Button(context.theme, self.tr("原始应答"), "quiet", parent=self)
        self._raw_button.toggled.connect(self._on_raw)
        self._raw = RawAnswers(self)
        self._build()
        self.closed.connect(self._on_closed)

    def _build(self) -> None:
        self.body.addLayout(row(self._badge, self._platforms, STRETCH))
        self.body.addLayout(column(self._ledger, row(self._note, STRETCH, self._expected), gap=0))
        self.body.addWidget(self._box)
        sections = (self._problems, self.pictures, self._deliveries, self._correction, self._index)
        for part in (*sections, self._code_section):
            self.body.addWidget(part)
        head = row(Label(self.tr("经过"), "strong", self), STRETCH, self._raw_button)
        self.body.addLayout(column(head, self._raw, self._timeline, gap=6))
        self.body.addStretch(1)
        self._raw_button.setCheckable(True)
        self._raw_button.setVisible(self._context.is_it)
        self._code_section.setVisible(self._context.is_it)

    def _section(self, title: str, *parts: QWidget | QVBoxLayout) -> QWidget:
        section = QWidget(self)
        section.setLayout(column(Label(title, "strong", section), *parts, gap=4))
        return section

    def _code_rows(self) -> dict[str, CopyRow]:
        titles = {
            "ae": self.tr("发送 AE"),
            "uid": self.tr("检查 UID"),
            "charset": self.tr("字符集"),
        }
        return {key: CopyRow(self._context.theme, title, "", self) for key, title in titles.items()}

    # Showing

    def show_study(self, shown: ShownStudy, step: NextStep) -> None:
        """Show a study, or the same one as it is now; a revealed name is masked with another study."""
        is_other = self.shown is None or self.shown.detail.row.id != shown.detail.row.id
        self.shown, self.step = shown, step
        study = shown.detail.row
        if is_other or not self._mask_timer.isActive():
            self.hide_name()
        if is_other:
            self._index.hide_value()
        self._index.show_codes(shown.detail.index_codes)
        self._badge.set_badge(self._words.badge(study))
        names = dict.fromkeys(platform_name(one.platform) for one in shown.detail.deliveries)
        self._platforms.setText(listed(names))
        self._ledger.set_counts(self._words.ledger_counts(study, shown.detail.expected_source))
        self._note.setText(self._ledger_note(study))
        self._note.setVisible(bool(self._note.text()))
        other = self.tr("保留平台上的…") if step.action is StepAction.SEND_NEWER else ""
        self._box.set_step(Tone(step.tone), step.title, step.detail, step.button, other)
        self._show_expected(study)
        self._show_problems(shown.detail.problems)
        self.pictures.show_series(
            study.study_id,
            shown.detail.series,
            has_thumbnails=shown.has_thumbnails,
            are_cleared=study.is_cleared,
        )
        self._lines.show_deliveries(shown.detail.deliveries)
        self._deliveries.setVisible(bool(shown.detail.deliveries))
        self._correction.show_correction(shown.correction)
        self._show_codes(shown)
        self._raw.show_attempts(shown.attempts)
        self._raw_button.set_allowed("" if shown.attempts else self.tr("还没有发过"))
        events = shown.detail.events
        self._timeline.set_entries(timeline_entries(events, self._context.texts, self._words))
        self._show_actions(shown)

    def set_busy(self, is_busy: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        """An action runs: the next step cannot be pressed twice."""
        self._box.button.setEnabled(not is_busy)
        self._box.other.setEnabled(not is_busy)

    def _head_line(self, study: StudyRow) -> str:
        parts = (study.description or study.modality, study.calling_ae, study.accession_number)
        return "·".join(part for part in parts if part)

    def _show_expected(self, study: StudyRow) -> None:
        is_known = study.expected is not None
        self._expected.setText(self.tr("改应有几幅…") if is_known else self.tr("填应有几幅…"))
        self._expected.setVisible(study.study_id is not None)

    def _ledger_note(self, study: StudyRow) -> str:
        if study.cleared_at is not None:
            at = self._words.moment(study.cleared_at)
            words = self.tr("图像已按保留规则清理（{at}）").format(at=at)
            left = self.tr("本机还有 {n} 幅", "", study.files).format(n=f"{study.files:,}")
            return self._context.theme.join(words, left if study.files else "")
        skipped = study.received - study.sendable
        if skipped > 0:
            return self.tr("另有 {n} 幅按设置不上传，留在本机", "", skipped).format(
                n=f"{skipped:,}"
            )
        return ""

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        # a single problem is what the next step says already
        self._problems.setVisible(len(problems) > 1 or (self._context.is_it and bool(problems)))
        if problems == self._shown_problems:
            return
        self._shown_problems = problems
        clear_layout(self._problem_rows)
        errors_first = sorted(problems, key=lambda one: one.severity is not Severity.ERROR)
        for problem in errors_first[:_MOST_PROBLEMS]:
            self._problem_rows.addWidget(self._problem_row(problem))
        more = len(problems) - _MOST_PROBLEMS
        if more > 0:
            words = self.tr("另有 {n} 处，到待处理里看").format(n=more)
            self._problem_rows.addWidget(Label(words, "caption2", self))

    def _problem_row(self, problem: Problem) -> FactRow:
        value = self._words.masked_value(problem.field, problem.value)
        facts = {
            "label": problem.label,
            "field": problem.field,
            "value": value,
            "limit": problem.limit,
        }
        text = self._context.texts.of(f"problem_{problem.rule}", facts)
        state = State.NEEDS_FIX if problem.severity is Severity.ERROR else State.WAITING
        code = problem.field if self._context.is_it else ""
        detail = self._context.theme.join(text.next_step, code)
        return FactRow(self._context.theme, state, text.title, detail, self)

    def _show_codes(self, shown: ShownStudy) -> None:
        study, detail = shown.detail.row, shown.detail
        self._codes["ae"].set_value(study.calling_ae)
        self._codes["uid"].set_value(study.study_instance_uid)
        origin = f" ({detail.charset_origin})" if detail.charset_origin else ""
        self._codes["charset"].set_value(f"{detail.charset}{origin}")
        is_shown = self._context.is_it and study.study_id is not None
        self._code_section.setVisible(is_shown)

    def _show_actions(self, shown: ShownStudy) -> None:
        detail = shown.detail
        is_held = bool(paused_ids(detail))
        entries = [("retry", self.tr("马上重试"))] if retryable_ids(detail) else []
        if detail.deliveries:
            entries.append(("pause", self.tr("继续上传") if is_held else self.tr("暂停上传")))
            entries.append(("cancel", self.tr("取消上传…")))
        if detail.changed:
            entries.append((str(StepAction.SEND_NEWER), self.tr("补传新收到的…")))
            entries.append((str(StepAction.KEEP_SENT), self.tr("保留平台上的…")))
        if detail.row.lane is Lane.NO_RECORD:
            entries.append((str(StepAction.ASSIGN), self.tr("指定记录…")))
        entries += self._platform_entries(shown)
        entries.append((str(StepAction.COPY_ACCESSION), self.tr("复制检查号")))
        self.set_actions(entries)

    def _platform_entries(self, shown: ShownStudy) -> list[tuple[str, str]]:
        """What can be done about what the platform holds; nothing while a deletion is under way."""
        study = shown.detail.row
        if shown.scope is not None and shown.scope.standing is Standing.OPEN:
            return []
        found = []
        if study.lane is Lane.NOT_REQUIRED and study.detail == DELETED:
            found.append((str(StepAction.LET_GO), self.tr("重新上传")))
        if study.study_id is not None and study.examination_id is not None:
            found.append((WRONG_PATIENT, self.tr("图像属于另一位患者…")))
        if shown.scope is not None:
            found.append((DELETE, self.tr("从平台删除…")))
        return found

    # The name

    def hide_name(self) -> None:
        """Show stars again (30 s are over, another study, Ctrl+Shift+H)."""
        self._mask_timer.stop()
        self._show_name(is_clear=False)

    def set_reveal_allowed(self, *, is_allowed: bool) -> None:
        """Forbid the eye while everything is hidden."""
        self._may_reveal = is_allowed
        self._eye.setEnabled(is_allowed)
        self._index.set_reveal_allowed(is_allowed=is_allowed)
        if not is_allowed:
            self.hide_name()

    def _on_eye(self) -> None:
        if self._mask_timer.isActive():
            self.hide_name()
        elif self._may_reveal and self.shown is not None:
            self._mask_timer.start()
            self._show_name(is_clear=True)
            self.reveal_requested.emit()

    def _show_name(self, *, is_clear: bool) -> None:
        self._eye.setText(self.tr("遮住") if is_clear else self.tr("显示姓名"))
        self._eye.set_icon("eye_off" if is_clear else "eye")
        if self.shown is None:
            return
        study = self.shown.detail.row
        name = self._words.clear_name(study) if is_clear else self._words.name(study)
        person = " ".join(
            part for part in (self._words.sex(study.patient_sex), self._words.age(study)) if part
        )
        self.set_head(name, person, self._head_line(study))

    def _on_keep_sent(self) -> None:
        self.action_chosen.emit(str(StepAction.KEEP_SENT))

    def _on_expected(self) -> None:
        self.action_chosen.emit(str(StepAction.SET_EXPECTED))

    def _on_raw(self, is_open: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        self._raw.setVisible(is_open)

    def _on_closed(self) -> None:
        self.hide_name()
        self._index.hide_value()
        self.pictures.stop()

"""What happens next with one study, who does it, and the one button for it (LOOK 3).

Pure: the same facts give the same sentence. Words come from the ``step_…`` texts: ``title`` is the
sentence, ``cause`` the small line, ``next`` the button.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import (
    RETRYABLE_BY_HAND,
    BlockedReason,
    Delivery,
    DeliveryKind,
    DeliveryState,
)
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services.clock_words import clock
from hbgz_desktop.services.guizhou_index import OUTDATED
from hbgz_desktop.storage.deletion_effects import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.model.views import StudyDetail
    from hbgz_desktop.services.error_texts import ErrorTexts

ALREADY = "platform_already_exists"
"""Cause: the platform refuses a record because it holds that index already (G071)."""


class StepAction(StrEnum):
    """What the button does; NONE shows no button."""

    NONE = ""
    COMPLETE = "complete"
    ASSIGN = "assign"
    FIX = "fix"
    MAP = "map"
    RETRY = "retry"
    RESUME = "resume"
    TEST_PLATFORM = "test_platform"
    OPEN_QUEUE = "open_queue"
    OPEN_SETTINGS = "open_settings"
    COPY_ACCESSION = "copy_accession"
    SEND_NEWER = "send_newer"
    KEEP_SENT = "keep_sent"
    SET_EXPECTED = "set_expected"
    LET_GO = "let_go"
    DELETE_AND_SEND = "delete_and_send"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One box of the drawer.

    Attributes:
        tone: ``cool`` the program acts, ``warm`` a person, ``bad`` IT, ``ok`` proven, ``waiting`` a peer.
        code: Which step; key of its texts without ``step_``.
        title: Exactly one sentence.
        detail: What is kept, when, or who acts; may be "".
        action: What the button does.
        button: The button's words, "" without action.
    """

    tone: str
    code: str
    title: str
    detail: str
    action: StepAction
    button: str


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts a rule looks at."""

    detail: StudyDetail
    texts: ErrorTexts
    platforms: Sequence[PlatformHealth]
    now: datetime

    def step(
        self, tone: str, code: str, action: StepAction = StepAction.NONE, **facts: object
    ) -> NextStep:
        text = self.texts.of(f"step_{code}", facts)
        button = text.next_step if action is not StepAction.NONE else ""
        return NextStep(tone, code, text.title, text.cause, action, button)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.detail.problems if one.severity is Severity.ERROR)

    def of_state(self, state: DeliveryState) -> tuple[Delivery, ...]:
        return tuple(one for one in self.detail.deliveries if one.state is state)


def next_step(
    detail: StudyDetail,
    texts: ErrorTexts,
    *,
    platforms: Sequence[PlatformHealth] = (),
    now: datetime,
) -> NextStep:
    """The next step of one study.

    Args:
        detail: The study.
        texts: Words.
        platforms: Health of every enabled platform; empty when none is enabled.
        now: Aware; decides how moments are written.
    """
    return _RULES[detail.row.lane](_Case(detail, texts, platforms, now))


def retryable_ids(detail: StudyDetail) -> tuple[int, ...]:
    """Deliveries a person may start again now."""
    return tuple(one.id for one in detail.deliveries if one.state in RETRYABLE_BY_HAND)


def paused_ids(detail: StudyDetail) -> tuple[int, ...]:
    """Deliveries that a person holds back."""
    return tuple(one.id for one in detail.deliveries if one.is_paused)


def _receiving(case: _Case) -> NextStep:
    row = case.detail.row
    last = clock(row.last_received_at or row.at, case.now)
    return case.step("cool", "receiving", StepAction.COMPLETE, images=row.received, time=last)


def _no_record(case: _Case) -> NextStep:
    return case.step("warm", "no_record", StepAction.ASSIGN)


def _no_images(case: _Case) -> NextStep:
    has_number = bool(case.detail.row.accession_number)
    action = StepAction.COPY_ACCESSION if has_number else StepAction.NONE
    return case.step("warm", "no_images", action)


def _needs_fix(case: _Case) -> NextStep:
    errors = case.errors
    if any(one.rule == "file_lost" for one in errors):
        return case.step("bad", "file_lost", StepAction.COPY_ACCESSION)
    if any(one.rule == "file_cleared" for one in errors):
        return case.step("bad", "file_cleared", StepAction.COPY_ACCESSION)
    if not errors:
        return case.step("warm", "needs_fix_unnamed", StepAction.FIX)
    if any(one.rule == OUTDATED for one in errors):
        return case.step("warm", "index_outdated", StepAction.FIX)
    first = errors[0]
    if first.rule == "platform_refused":
        return case.step("warm", "refused", StepAction.FIX, value=first.value)
    facts = {"label": first.label, "field": first.field, "limit": first.limit, "value": first.value}
    problem = case.texts.of(f"problem_{first.rule}", facts).title
    more = len(errors) - 1
    code = "needs_fix" if not more else "needs_fix_more"
    if first.rule == "code_unknown":
        code, action = code.replace("needs_fix", "needs_code"), StepAction.MAP
    else:
        action = StepAction.FIX
    return case.step("warm", code, action, problem=problem, more=more)


def _failed(case: _Case) -> NextStep:
    failed = case.of_state(DeliveryState.FAILED)
    cause = next((one.cause for one in failed if one.cause), "") or case.detail.row.detail
    text = case.texts.of(cause or "unknown_code", {"code": cause})
    kinds = {one.kind for one in failed}
    if DeliveryKind.DELETION in kinds:
        return case.step("bad", "deletion_failed", StepAction.RETRY, problem=text.title)
    if cause == ALREADY and DeliveryKind.RECORD in kinds:
        return case.step("bad", "already_exists", StepAction.DELETE_AND_SEND, problem=text.cause)
    count = len(retryable_ids(case.detail)) or len(failed)
    step = case.step("bad", "failed", StepAction.RETRY, problem=text.title, count=count)
    return NextStep(step.tone, step.code, step.title, text.next_step, step.action, step.button)


def _retrying(case: _Case) -> NextStep:
    blocked = _platform_trouble(case)
    if blocked is not None:
        return blocked
    rows = case.of_state(DeliveryState.RETRYING)
    due = [one.next_attempt_at for one in rows if one.next_attempt_at is not None]
    cause = next((one.cause for one in rows if one.cause), "") or case.detail.row.detail
    problem = case.texts.of(cause).title if cause else ""
    attempts = max((one.attempts for one in rows), default=0)
    if not due or min(due) <= case.now:
        return case.step("waiting", "retrying_now", problem=problem, attempts=attempts)
    at = clock(min(due), case.now)
    return case.step(
        "waiting", "retrying", StepAction.RETRY, time=at, problem=problem, attempts=attempts
    )


def _platform_trouble(case: _Case) -> NextStep | None:
    """Why nothing goes out whatever this study's own state is."""
    mine = {one.platform for one in case.detail.deliveries}
    for health in case.platforms:
        if mine and health.platform not in mine:
            continue
        if health.is_paused:
            return case.step("cool", "platform_paused", StepAction.OPEN_QUEUE, who=health.paused_by)
        if health.opened_at is not None:
            probe = health.next_probe_at
            is_due = probe is None or probe <= case.now
            code = "platform_down" if not is_due else "platform_down_now"
            at = "" if probe is None else clock(probe, case.now)
            cause = case.texts.of(health.cause).title if health.cause else ""
            return case.step("waiting", code, StepAction.TEST_PLATFORM, time=at, problem=cause)
    return None


def _paused(case: _Case) -> NextStep:
    who = next((one.paused_by for one in case.detail.deliveries if one.paused_by), "")
    code = "paused" if who else "paused_by_nobody"
    return case.step("cool", code, StepAction.RESUME, who=who)


def _queued(case: _Case) -> NextStep:
    if not case.platforms:
        return case.step("warm", "no_platform", StepAction.OPEN_SETTINGS)
    trouble = _platform_trouble(case)
    if trouble is not None:
        return trouble
    reasons = {one.blocked_reason for one in case.detail.deliveries}
    if BlockedReason.DIGEST in reasons:
        return case.step("cool", "digest")
    return case.step("cool", "queued")


def _uploading(case: _Case) -> NextStep:
    row = case.detail.row
    if row.sendable and row.sent >= row.sendable > row.confirmed:
        return case.step("cool", "sent", images=row.sent, confirmed=row.confirmed)
    return case.step("cool", "uploading", confirmed=row.confirmed, images=row.sendable)


def _confirmed(case: _Case) -> NextStep:
    row = case.detail.row
    if row.confirmed < row.sendable:
        return case.step("cool", "not_all_confirmed", confirmed=row.confirmed, images=row.sendable)
    if row.warned:
        return case.step("warm", "confirmed_warned", images=row.confirmed, warned=row.warned)
    code = "confirmed" if row.expected is not None else "confirmed_unknown"
    return case.step("ok", code if row.sendable else "confirmed_record", images=row.confirmed)


def _changed(case: _Case) -> NextStep:
    return case.step("warm", "changed", StepAction.SEND_NEWER, count=len(case.detail.changed))


def _count_differs(case: _Case) -> NextStep:
    row = case.detail.row
    more = row.received - (row.expected or 0)
    if more > 0:
        return case.step("warm", "more_than_expected", StepAction.SET_EXPECTED, count=more)
    return case.step("warm", "missing", StepAction.COPY_ACCESSION, count=-more)


def _not_required(case: _Case) -> NextStep:
    plain = case.step("cool", "not_required")
    if not case.detail.row.detail:
        return plain
    if case.detail.row.detail == HELD:
        return case.step("cool", "deleted", StepAction.LET_GO)
    rule = case.texts.of(case.detail.row.detail)
    return replace(plain, title=rule.title, detail=rule.cause)


def _deleting(case: _Case) -> NextStep:
    return _platform_trouble(case) or case.step("cool", "deleting")


def _plain(
    tone: str, code: str, action: StepAction = StepAction.NONE
) -> Callable[[_Case], NextStep]:
    def rule(case: _Case) -> NextStep:
        return case.step(tone, code, action)

    return rule


_RULES: dict[Lane, Callable[[_Case], NextStep]] = {
    Lane.RECEIVING: _receiving,
    Lane.NO_RECORD: _no_record,
    Lane.NO_IMAGES: _no_images,
    Lane.NEEDS_FIX: _needs_fix,
    Lane.FAILED: _failed,
    Lane.WAITING_SETTLEMENT: _plain("cool", "waiting_settlement"),
    Lane.WAITING_REPORT: _plain("cool", "waiting_report"),
    Lane.QUEUED: _queued,
    Lane.UPLOADING: _uploading,
    Lane.RETRYING: _retrying,
    Lane.PAUSED: _paused,
    Lane.CANCELLED: _plain("cool", "cancelled", StepAction.RETRY),
    Lane.DELETING: _deleting,
    Lane.CHANGED: _changed,
    Lane.COUNT_DIFFERS: _count_differs,
    Lane.CONFIRMED: _confirmed,
    Lane.NOT_REQUIRED: _not_required,
}

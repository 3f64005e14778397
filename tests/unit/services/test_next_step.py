"""One sentence and one button for every state a study can be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hbgz_desktop.model.delivery import BlockedReason, Delivery, DeliveryKind, DeliveryState
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.status import PlatformHealth
from hbgz_desktop.model.views import ChangedInstance, StudyDetail, StudyRow
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.next_step import (
    NextStep,
    StepAction,
    next_step,
    paused_ids,
    retryable_ids,
)

NOW = datetime(2026, 11, 20, 6, 26, tzinfo=UTC)  # 14:26 at the hospital
TEXTS = ErrorTexts("zh")
ROW = StudyRow(
    id=1,
    study_id=5,
    examination_id=7,
    study_instance_uid="1.2.3",
    lane=Lane.QUEUED,
    detail="",
    patient_name="欧阳娜",
    patient_sex="F",
    patient_age="046Y",
    patient_id="P1",
    accession_number="MR20261120-0187",
    modality="MR",
    description="颅脑 MRI 平扫",
    calling_ae="MR1",
    expected=None,
    received=312,
    sendable=312,
    sent=0,
    confirmed=0,
    has_changed=False,
    at=NOW,
    last_received_at=NOW - timedelta(minutes=1),
)
WELL = PlatformHealth("guizhou", 0, None, None, NOW, 86.0, "", is_paused=False, paused_by="")


def delivery(state: DeliveryState, **changes: object) -> Delivery:
    """A delivery of the study's images."""
    made = Delivery(
        id=3,
        examination_id=7,
        platform="guizhou",
        kind=DeliveryKind.IMAGES,
        part=5,
        state=state,
        blocked_reason=None,
        is_paused=False,
        paused_by="",
        attempts=0,
        next_attempt_at=None,
        token=1,
        lease_owner="",
        lease_until=None,
        cause="",
        http_status=None,
        answer_code="",
        message="",
        content_digest="",
        items_total=312,
        items_confirmed=0,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names are checked by dataclasses


def step_of(
    lane: Lane,
    *deliveries: Delivery,
    problems: tuple[Problem, ...] = (),
    platforms: tuple[PlatformHealth, ...] = (WELL,),
    **row: object,
) -> NextStep:
    """The next step of a study with these facts."""
    made = replace(ROW, lane=lane, **row)  # type: ignore[arg-type]  # as above
    detail = StudyDetail(made, deliveries=deliveries, problems=problems)
    return next_step(detail, TEXTS, platforms=platforms, now=NOW)


@pytest.mark.parametrize("lane", list(Lane))
def test_every_lane_has_a_sentence_with_nothing_left_open(lane: Lane) -> None:
    """However little is known, the box never shows a placeholder or a bare code."""
    step = step_of(lane)
    assert step.title
    assert not {"{", "}"} & set(step.title + step.detail + step.button)
    assert "unknown" not in step.code
    assert bool(step.button) == (step.action is not StepAction.NONE)


def test_receiving_offers_to_wait_no_longer() -> None:
    """The program waits; a person may end it."""
    step = step_of(Lane.RECEIVING, received=184)
    assert step.title == "还在接收：已收 184 幅，最近一幅 14:25"
    assert (step.tone, step.action, step.button) == (
        "cool",
        StepAction.COMPLETE,
        "不再等，马上收齐",
    )


def test_no_record_asks_a_person_to_assign_one() -> None:
    """Warm: somebody has to look at both sides."""
    step = step_of(Lane.NO_RECORD)
    assert (step.tone, step.action, step.button) == ("warm", StepAction.ASSIGN, "指定记录…")


def test_no_images_has_a_button_only_with_a_number_to_copy() -> None:
    """Without an accession number there is nothing to copy."""
    assert step_of(Lane.NO_IMAGES).action is StepAction.COPY_ACCESSION
    assert step_of(Lane.NO_IMAGES, accession_number="").action is StepAction.NONE


CODE = Problem("examPart", "检查部位代码", "code_unknown", "头颅CT", code_set="examPart")
NO_DOCTOR = Problem("rpotDrName", "报告医师姓名", "required", "")


def test_an_unmapped_code_leads_to_the_mapping() -> None:
    """The sentence names field and value."""
    step = step_of(Lane.NEEDS_FIX, problems=(CODE,))
    assert step.title == "“检查部位代码”的值“头颅CT”没有对应的标准代码"
    assert (step.action, step.button) == (StepAction.MAP, "去对照")


def test_further_problems_are_counted() -> None:
    """One sentence for the first, a number for the rest."""
    step = step_of(Lane.NEEDS_FIX, problems=(NO_DOCTOR, CODE))
    assert step.title == "缺少“报告医师姓名”"
    assert "另有 1 个问题" in step.detail
    assert (step.action, step.button) == (StepAction.FIX, "去处理")


def test_warnings_are_no_problem_to_fix() -> None:
    """A warning is sent and shown; it never becomes the next step."""
    warning = replace(NO_DOCTOR, severity=Severity.WARNING)
    assert step_of(Lane.NEEDS_FIX, problems=(warning, CODE)).action is StepAction.MAP


def test_a_refusal_says_that_sending_again_will_not_help() -> None:
    """The platform's own words, and who acts."""
    refused = Problem("", "", "platform_refused", "结算 ID 不存在")
    step = step_of(Lane.NEEDS_FIX, problems=(refused,))
    assert step.title == "平台退回：结算 ID 不存在"
    assert "再传也不会成功" in step.detail


def test_a_lost_file_is_for_it_whatever_else_is_wrong() -> None:
    """No correction of the record brings images back."""
    lost = Problem("images", "图像", "file_lost", "1.2.3")
    step = step_of(Lane.NEEDS_FIX, problems=(CODE, lost))
    assert (step.tone, step.code) == ("bad", "file_lost")


def test_failed_says_why_and_who() -> None:
    """Cause as sentence, the texts' next step as detail, retry counts what it would touch."""
    step = step_of(Lane.FAILED, delivery(DeliveryState.FAILED, cause="platform_already_exists"))
    text = TEXTS.of("platform_already_exists")
    assert (step.title, step.detail) == (text.title, text.next_step)
    assert (step.tone, step.button) == ("bad", "重试这 1 项")


def test_retrying_names_the_moment() -> None:
    """Nothing to do; one may hurry it."""
    again = NOW + timedelta(minutes=6)
    step = step_of(
        Lane.RETRYING,
        delivery(
            DeliveryState.RETRYING,
            next_attempt_at=again,
            attempts=2,
            cause="platform_timeout_read",
        ),
    )
    assert step.title == "不用操作，程序 14:32 重试"
    assert "已试 2 次" in step.detail
    assert (step.action, step.button) == (StepAction.RETRY, "马上重试")


def test_a_moment_on_another_day_has_its_date() -> None:
    """14:32 alone would mean today."""
    again = NOW + timedelta(days=1)
    step = step_of(Lane.RETRYING, delivery(DeliveryState.RETRYING, next_attempt_at=again))
    assert "11-21 14:26" in step.title


@pytest.mark.parametrize("lane", [Lane.RETRYING, Lane.QUEUED])
def test_a_platform_that_is_down_comes_first(lane: Lane) -> None:
    """Attempts are not burned, and the sentence says so."""
    down = replace(
        WELL,
        opened_at=NOW,
        next_probe_at=NOW + timedelta(minutes=6),
        cause="platform_refused_connection",
    )
    step = step_of(lane, delivery(DeliveryState.READY), platforms=(down,))
    assert step.title == "平台不应答，程序 14:32 再试，不计重试次数"
    assert (step.tone, step.action) == ("waiting", StepAction.TEST_PLATFORM)


def test_another_platform_being_down_does_not_matter() -> None:
    """Only the platforms this study goes to."""
    down = replace(WELL, platform="hebei", opened_at=NOW)
    assert step_of(Lane.QUEUED, delivery(DeliveryState.READY), platforms=(down, WELL)).code == (
        "queued"
    )


def test_a_paused_platform_is_named_with_who_paused_it() -> None:
    """The study itself is not paused: the queue page has the switch."""
    held = replace(WELL, is_paused=True, paused_by="李敏")
    step = step_of(Lane.QUEUED, delivery(DeliveryState.READY), platforms=(held,))
    assert "李敏" in step.detail
    assert step.action is StepAction.OPEN_QUEUE


def test_paused_offers_to_go_on() -> None:
    """Who held it back stands in the sentence."""
    step = step_of(Lane.PAUSED, delivery(DeliveryState.READY, is_paused=True, paused_by="李敏"))
    assert step.title == "李敏 暂停了这份检查的上传"
    assert step.action is StepAction.RESUME


def test_without_a_platform_it_sends_a_person_to_the_settings() -> None:
    """Queued for nobody would be a lie."""
    assert step_of(Lane.QUEUED, platforms=()).action is StepAction.OPEN_SETTINGS


def test_digests_are_the_programs_own_work() -> None:
    """Nothing to press."""
    waits = delivery(DeliveryState.BLOCKED, blocked_reason=BlockedReason.DIGEST)
    assert step_of(Lane.QUEUED, waits).code == "digest"


def test_uploading_counts_and_sent_is_not_confirmed() -> None:
    """已发 is not 已确认, ever."""
    running = delivery(DeliveryState.RUNNING)
    assert "已确认 40 / 312 幅" in step_of(Lane.UPLOADING, running, sent=40, confirmed=40).title
    assert step_of(Lane.UPLOADING, running, sent=312, confirmed=40).title == "已发完，等平台确认"


def test_confirmed_is_green_only_when_all_four_agree() -> None:
    """Three and a hollow first column may be green; a missing image may not."""
    whole = step_of(Lane.CONFIRMED, expected=312, sent=312, confirmed=312)
    assert (whole.tone, whole.title) == ("ok", "已确认：应有、收到、已发、确认都是 312 幅")
    unknown = step_of(Lane.CONFIRMED, sent=312, confirmed=312)
    assert (unknown.tone, unknown.code) == ("ok", "confirmed_unknown")
    warned = step_of(Lane.CONFIRMED, expected=312, sent=312, confirmed=312, warned=2)
    assert (warned.tone, warned.code) == ("warm", "confirmed_warned")
    assert "其中 2 幅" in warned.title
    short = step_of(Lane.COUNT_DIFFERS, expected=316, sent=312, confirmed=312)
    assert (short.tone, short.title) == ("warm", "缺 4 幅：应有的里面还没有收到")
    more = step_of(Lane.COUNT_DIFFERS, expected=300, sent=312, confirmed=312)
    assert (more.tone, more.action) == ("warm", StepAction.SET_EXPECTED)
    assert more.title == "收到的比应有的多 12 幅"
    assert step_of(Lane.CONFIRMED, sent=312, confirmed=311).tone == "cool"


def test_content_that_changed_after_the_upload_waits_for_it() -> None:
    """The platform holds the older one; a person decides."""
    changed = ChangedInstance("1.2.3.4", "1.2.3.1", 1, 1, "A", 2, 2, "B", NOW)
    row = replace(ROW, lane=Lane.CHANGED, sent=312, confirmed=312, has_changed=True)
    detail = StudyDetail(row, changed=(changed, replace(changed, newer_id=3)))
    step = next_step(detail, TEXTS, platforms=(WELL,), now=NOW)
    assert (step.tone, step.code, step.action) == ("warm", "changed", StepAction.SEND_NEWER)
    assert step.title == "上传以后，又收到 2 幅内容不同的同号图像"
    assert step.button == "补传新的 2 幅…"


def test_ids_for_the_menu() -> None:
    """What retry and resume would touch."""
    failed = delivery(DeliveryState.FAILED)
    held = replace(delivery(DeliveryState.READY), id=4, is_paused=True)
    done = replace(delivery(DeliveryState.DELIVERED), id=5)
    detail = StudyDetail(ROW, deliveries=(failed, held, done))
    assert retryable_ids(detail) == (3,)
    assert paused_ids(detail) == (4,)

"""患者授权 at the simulated platform: sent at once, kept while it is away, recognised twice, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.authorization import (
    ANSWER_UNKNOWN,
    AuthorizationFilter,
    AuthorizationState,
)
from hbgz_desktop.model.errors import SettingsError, UsageError
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.storage.authorizations import AuthorizationStore
from tests.integration.hebei.reception import reception_at
from tests.integration.hebei.sharing_desk import VISIT

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform
    from tests.integration.hebei.reception import Reception


def submitted(reception: Reception) -> Authorization:
    row = reception.work.authorization.submit(VISIT).authorization
    assert row is not None
    return row


def test_sent_at_once_and_kept(reception: Reception) -> None:
    row = submitted(reception)
    assert row.state is AuthorizationState.AUTHORIZED
    assert (row.attempts, row.error_code, row.visit) == (1, "", VISIT)
    assert row.sent_at is not None
    assert reception.platform.rules_broken() == ()
    assert reception.trail() == [("authorization_entered", "ok")]
    slip = reception.work.authorization.slip(row.id)
    assert (slip.hospital, slip.name, slip.id_no) == ("示例人民医院", "王**", "1399***********234")


def test_a_second_one_of_the_same_visit_is_recognised(reception: Reception) -> None:
    first = submitted(reception)
    for again in (VISIT, replace(VISIT, visit_no=""), replace(VISIT, phone="")):
        answer = reception.work.authorization.submit(again)
        assert answer.is_known
        assert answer.authorization == first
    assert reception.calls("saveAuthUser") == 1
    other = replace(VISIT, visit_no="MZ20261122002", visit_time="2026-11-22 09:00:00")
    assert not reception.work.authorization.submit(other).is_known
    assert reception.work.authorization.count(AuthorizationFilter()) == 2


def test_values_that_cannot_be_sent_are_not_kept(reception: Reception) -> None:
    answer = reception.work.authorization.submit(replace(VISIT, visit_time="2026-11-22"))
    assert answer.authorization is None
    assert [one.field for one in answer.problems] == ["visitTime"]
    assert reception.work.authorization.count(AuthorizationFilter()) == 0


def test_a_missing_setting_is_named_and_nothing_kept(
    data_dir: Path, platform: HebeiPlatform
) -> None:
    changes = {"hebei.org_code": ""}
    with reception_at(data_dir, platform, **changes) as desk:
        with pytest.raises(SettingsError) as caught:
            desk.work.authorization.submit(VISIT)
        assert caught.value.facts["setting"] == "orgCode"
        assert desk.work.authorization.count(AuthorizationFilter()) == 0


def test_the_platforms_refusal_in_its_own_words(reception: Reception) -> None:
    submitted(reception)
    moved = replace(VISIT, visit_time="2026-11-23 10:00:00", visit_no="MZ2")
    reception.platform.faults.add(parse_fault("saveAuthUser:refused:1:code=500,message=证件已注销"))
    row = reception.work.authorization.submit(moved).authorization
    assert row is not None
    assert (row.state, row.error_code) == (AuthorizationState.REFUSED, "hebei_rejected")
    assert "证件已注销" in row.message
    again = reception.work.authorization.submit(moved)
    assert not again.is_known
    assert again.authorization is not None
    assert again.authorization.state is AuthorizationState.AUTHORIZED
    counts = reception.work.authorization.counts(AuthorizationFilter())
    assert counts[AuthorizationState.REFUSED] == 1


def test_a_refused_one_can_be_sent_again(reception: Reception) -> None:
    reception.platform.faults.add(parse_fault("saveAuthUser:refused:1:code=500,message=稍候重报"))
    row = submitted(reception)
    assert row.state is AuthorizationState.REFUSED
    assert reception.work.authorization.send_again(row.id).state is AuthorizationState.AUTHORIZED


@pytest.mark.parametrize(
    "fault", ["http_500", "http_503", "html_200", "stored_no_answer", "timeout"]
)
def test_without_an_answer_only_a_person_sends_it_again(
    data_dir: Path, platform: HebeiPlatform, fault: str
) -> None:
    with reception_at(data_dir, platform, **{"hebei.read_timeout_s": 1.0}) as desk:
        desk.platform.faults.add(parse_fault(f"saveAuthUser:{fault}:1"))
        row = submitted(desk)
        assert (row.state, row.error_code) == (AuthorizationState.WAITING, ANSWER_UNKNOWN)
        assert (row.attempts, row.next_try_at) == (1, None)
        other = replace(VISIT, visit_no="MZ9", visit_time="2026-11-22 11:00:00")
        answered = desk.work.authorization.submit(other).authorization
        assert answered is not None
        assert answered.state is AuthorizationState.AUTHORIZED
        sent = desk.calls("saveAuthUser")
        for _ in range(50):
            desk.work.authorization_sender.step()
        assert desk.calls("saveAuthUser") == sent
        assert desk.work.authorization.get(row.id) == row
        states = (AuthorizationState.WAITING, AuthorizationState.SENDING)
        underway = AuthorizationFilter(states=states)
        assert desk.work.authorization.count(underway) == 1, "the overview still counts it"
        again = desk.work.authorization.send_again(row.id)
        assert (again.state, again.attempts) == (AuthorizationState.AUTHORIZED, 2)
        assert desk.calls("saveAuthUser") == sent + 1


@pytest.mark.parametrize("fault", ["http_401", "http_429", "refused"])
def test_told_to_come_back_the_engine_sends_it(reception: Reception, fault: str) -> None:
    times = 2 if fault == "http_401" else 1
    reception.platform.faults.add(parse_fault(f"saveAuthUser:{fault}:{times}"))
    row = submitted(reception)
    assert row.state is AuthorizationState.WAITING
    assert not row.is_answer_unknown
    control = reception.work.authorization
    reception.step_until(lambda: control.get(row.id).state is AuthorizationState.AUTHORIZED, 2000)
    assert control.get(row.id).attempts == 2


def test_no_token_leaves_it_to_the_engine(reception: Reception) -> None:
    reception.platform.faults.add(parse_fault("getToken:html_200:1"))
    row = submitted(reception)
    assert (row.state, row.error_code) == (AuthorizationState.WAITING, "hebei_answer_not_json")
    assert reception.calls("saveAuthUser") == 0
    assert row.next_try_at is not None


def test_an_engine_killed_on_the_way_is_not_repeated(reception: Reception) -> None:
    states = reception.work.platform_states
    states.set_paused("hebei", paused=True, actor="王工")
    row = submitted(reception)
    states.set_paused("hebei", paused=False, actor="王工")
    store = AuthorizationStore(reception.work.database)
    assert store.claim("engine-1-killed", lease_s=3600, authorization_id=row.id) is not None
    control = reception.work.authorization
    reception.step_until(lambda: control.get(row.id).is_answer_unknown, 2000)
    for _ in range(50):
        reception.work.authorization_sender.step()
    assert reception.calls("saveAuthUser") == 0
    assert control.send_again(row.id).state is AuthorizationState.AUTHORIZED


def test_offline_entries_wait_and_go_out_when_the_platform_is_back(reception: Reception) -> None:
    reception.platform.stop()
    control = reception.work.authorization
    entered = []
    for number in range(5):
        visit = replace(VISIT, visit_no=f"MZ{number}", visit_time=f"2026-11-22 0{number}:00:00")
        row = control.submit(visit).authorization
        assert row is not None
        entered.append(row)
    assert {one.state for one in entered} == {AuthorizationState.WAITING}
    states = reception.work.platform_states
    reception.step_until(lambda: states.health("hebei").opened_at is not None, 20_000)
    rows = control.rows([one.id for one in entered])
    assert sum(one.attempts for one in rows) <= 3, "an outage burns no attempts"
    reception.platform.start()
    every = AuthorizationFilter(states=(AuthorizationState.AUTHORIZED,))
    reception.step_until(lambda: control.count(every) == 5, 20_000)
    assert states.health("hebei").opened_at is None


def test_withdrawn_while_it_waits_it_is_never_sent(reception: Reception) -> None:
    reception.platform.faults.add(parse_fault("saveAuthUser:http_500"))
    row = submitted(reception)
    sent = reception.calls("saveAuthUser")
    gone = reception.work.authorization.withdraw(row.id, "患者改变主意")
    assert (gone.state, gone.reason) == (AuthorizationState.WITHDRAWN, "患者改变主意")
    for _ in range(50):
        reception.work.authorization_sender.step()
    assert reception.calls("saveAuthUser") == sent
    assert reception.work.authorization.send_again(row.id).state is AuthorizationState.WITHDRAWN
    assert reception.trail()[-1] == ("authorization_withdrawn", "ok")


def test_after_a_withdrawal_the_visit_can_be_authorized_anew(reception: Reception) -> None:
    row = submitted(reception)
    reception.work.authorization.withdraw(row.id)
    again = reception.work.authorization.submit(VISIT)
    assert not again.is_known
    assert again.authorization is not None
    assert again.authorization.id > row.id


def test_history_is_found_by_name_pinyin_number_and_whole_certificate(reception: Reception) -> None:
    row = submitted(reception)
    control = reception.work.authorization
    for text in ("王小", "wxm", "wangxiao", "P20260001", "mz2026", VISIT.id_no, VISIT.phone):
        assert control.ids(AuthorizationFilter(text=text)) == (row.id,), text
    for text in ("李", VISIT.id_no[:10]):
        assert control.ids(AuthorizationFilter(text=text)) == ()
    assert control.page(AuthorizationFilter()) == control.rows((row.id,)) == (row,)
    assert VISIT.id_no not in repr(row)
    known = control.known_patients("wxm")
    assert control.known_patients(VISIT.id_no) == known
    assert [(one.source, one.id_no) for one in known] == [("authorization", VISIT.id_no)]


def test_a_wrong_key_is_refused_once_and_no_storm_follows(
    data_dir: Path, platform: HebeiPlatform
) -> None:
    with reception_at(data_dir, platform) as desk:
        desk.work.secrets.set("hebei.sm4_key", "f" * 32)
        row = submitted(desk)
        assert (row.state, row.error_code) == (AuthorizationState.REFUSED, "hebei_rejected")
        assert (desk.calls("saveAuthUser"), desk.calls("getToken")) == (1, 1)


def test_unknown_ids_are_named(reception: Reception) -> None:
    with pytest.raises(UsageError, match="authorization_unknown"):
        reception.work.authorization.withdraw(99)


def test_a_paused_platform_gets_nothing_until_it_is_resumed(reception: Reception) -> None:
    states = reception.work.platform_states
    states.set_paused("hebei", paused=True, actor="王工")
    row = submitted(reception)
    assert (row.state, row.error_code) == (AuthorizationState.WAITING, "platform_paused")
    for _ in range(20):
        reception.work.authorization_sender.step()
    assert reception.platform.requests() == ()
    states.set_paused("hebei", paused=False, actor="王工")
    control = reception.work.authorization
    reception.step_until(lambda: control.get(row.id).state is AuthorizationState.AUTHORIZED, 20_000)

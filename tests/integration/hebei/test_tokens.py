"""Tokens at the simulated platform: one a user, renewed once whoever asks, never a storm (H046-H052)."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.services import hebei_tokens as hebei_tokens_service
from hbgz_desktop.services.hebei_clients import HebeiClients
from hbgz_desktop.services.hebei_tokens import HebeiTokens
from hbgz_desktop.storage.hebei_tokens import HebeiTokenStore
from hbgz_desktop.storage.sealing import make_sealer
from hbgz_desktop.storage.tables import hebei_tokens
from tests.integration.hebei.asking_process import ask_once
from tests.integration.hebei.reception import reception_at
from tests.integration.hebei.sharing_desk import USER, VISIT
from tests.operating_system import SLOWNESS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.platforms.hebei.exchange import HebeiOutcome
    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform
    from hbgz_desktop.services.workplace import Workplace
    from tests.integration.hebei.reception import Reception


def tokens_of(work: Workplace) -> HebeiTokens:
    """What the services of this data folder call the platform with."""
    store = HebeiTokenStore(work.database, make_sealer(work.folder.root))
    return HebeiTokens(store, HebeiClients(work.settings, work.secrets))


@pytest.fixture
def tokens(reception: Reception) -> HebeiTokens:
    return tokens_of(reception.work)


def save(tokens: HebeiTokens, visit: Any = VISIT, user: Any = USER) -> HebeiOutcome[None]:
    return tokens.call(user, lambda client, token: client.save_auth_user(token, visit))


def age(reception: Reception, **columns: timedelta) -> None:
    """Put times of every token row so far from now."""
    now = datetime.now(UTC)
    values = {name: now + delta for name, delta in columns.items()}
    with reception.work.database.write() as connection:
        connection.execute(update(hebei_tokens).values(values))


def test_one_token_serves_every_call(reception: Reception, tokens: HebeiTokens) -> None:
    for _ in range(3):
        assert save(tokens).accepted
    assert save(tokens_of(reception.work)).accepted
    assert (reception.calls("getToken"), reception.calls("refreshToken")) == (1, 0)


def test_each_user_has_its_own(reception: Reception, tokens: HebeiTokens) -> None:
    for change in ({}, {"his_user_code": "D2"}, {"his_dept_code": "K2"}, {"his_org_code": "X"}):
        assert save(tokens, user=replace(USER, **change)).accepted
    assert reception.calls("getToken") == 4
    with pytest.raises(SettingsError, match="hebei_setting_missing"):
        save(tokens, user=replace(USER, his_user_code=""))


def test_nothing_of_it_is_readable_at_rest(reception: Reception, tokens: HebeiTokens) -> None:
    seen: list[str] = []

    def spy(client: Any, token: Any) -> Any:
        seen.append(token.token)
        return client.save_auth_user(token, VISIT)

    assert tokens.call(USER, spy).accepted
    reception.work.close()
    kept = b"".join(one.read_bytes() for one in reception.work.folder.root.glob("hbgz.sqlite*"))
    assert seen[0].encode() not in kept


def test_renewed_before_it_ends_by_refreshing(reception: Reception, tokens: HebeiTokens) -> None:
    save(tokens)
    age(reception, renew_at=timedelta(seconds=-1))
    assert save(tokens).accepted
    assert (reception.calls("getToken"), reception.calls("refreshToken")) == (1, 1)
    assert save(tokens).accepted
    assert reception.calls("refreshToken") == 1


@pytest.mark.parametrize("fault", ["http_500", "html_200", "refused", "http_401"])
def test_refreshing_falls_back_to_a_new_one(
    reception: Reception, tokens: HebeiTokens, fault: str
) -> None:
    save(tokens)
    age(reception, renew_at=timedelta(seconds=-1))
    reception.platform.faults.add(parse_fault(f"refreshToken:{fault}:1"))
    assert save(tokens).accepted
    assert (reception.calls("getToken"), reception.calls("refreshToken")) == (2, 1)


def test_the_old_one_goes_on_when_no_new_one_can_be_had(
    reception: Reception, tokens: HebeiTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hebei_tokens_service, "FIRST_DELAY_S", 600.0)  # however slow this machine
    save(tokens)
    age(reception, renew_at=timedelta(seconds=-1))
    for service in ("refreshToken", "getToken"):
        reception.platform.faults.add(parse_fault(f"{service}:http_500"))
    for _ in range(4):
        assert save(tokens).accepted
    assert (reception.calls("getToken"), reception.calls("refreshToken")) == (2, 1), "held back"


def test_ended_or_of_a_clock_put_back_it_is_not_used(
    reception: Reception, tokens: HebeiTokens
) -> None:
    save(tokens)
    age(reception, expires_at=timedelta(seconds=-1))
    assert save(tokens).accepted
    assert (reception.calls("getToken"), reception.calls("refreshToken")) == (2, 0)
    age(reception, obtained_at=timedelta(hours=3))
    assert save(tokens).accepted
    assert reception.calls("getToken") == 3


def test_another_address_makes_it_worthless(reception: Reception, tokens: HebeiTokens) -> None:
    save(tokens)
    reception.work.settings_file.set("hebei.base_url", f"{reception.platform.root_url}/")
    reception.work.settings.look_now()
    assert save(tokens).accepted
    assert reception.calls("getToken") == 1, "the same address written otherwise"
    host = reception.platform.root_url.replace("127.0.0.1", "localhost")
    reception.work.settings_file.set("hebei.base_url", host)
    reception.work.settings.look_now()
    assert save(tokens).accepted
    assert reception.calls("getToken") == 2


@pytest.mark.parametrize("form", ["missing", "nonsense"])
def test_an_unusable_life_is_a_minute(reception: Reception, tokens: HebeiTokens, form: str) -> None:
    """H050: not longer than 60 s."""
    reception.platform.set_variants(expire_type=form)
    assert save(tokens).accepted
    assert save(tokens).accepted
    assert reception.calls("getToken") == 1
    with reception.work.database.read() as connection:
        row = connection.exec_driver_sql(
            "select expires_at - obtained_at, renew_at - obtained_at from hebei_tokens"
        ).one()
    assert tuple(row) == (60_000_000, 54_000_000)


@pytest.mark.parametrize("status", ["200", "401"])
def test_ended_in_the_middle_it_is_renewed_once_and_sent_once_more(
    reception: Reception, tokens: HebeiTokens, status: str
) -> None:
    reception.platform.set_variants(token_status=status)
    save(tokens)
    reception.platform.faults.add(parse_fault("saveAuthUser:token_expired:1"))
    assert save(tokens).accepted
    assert (reception.calls("getToken"), reception.calls("saveAuthUser")) == (2, 3)


def test_a_platform_whose_clock_goes_wrong_costs_one_more_token(
    reception: Reception, tokens: HebeiTokens
) -> None:
    reception.platform.faults.add(parse_fault("getToken:token_skew:1:seconds=20000"))
    assert save(tokens).accepted
    assert reception.calls("getToken") == 2


def test_refused_again_and_again_there_is_no_storm(
    reception: Reception, tokens: HebeiTokens
) -> None:
    reception.platform.set_variants(token_prefix="Bearer ")  # ours is bare: nothing will ever do
    assert not save(tokens).accepted
    age(reception, blocked_until=timedelta(minutes=1))  # a slow machine outlasts the real pause
    for _ in range(19):
        assert not save(tokens).accepted
    assert reception.calls("getToken") == 2
    assert reception.calls("saveAuthUser") == 2
    age(reception, blocked_until=timedelta(seconds=-1))
    assert not save(tokens).accepted
    assert not save(tokens).accepted
    assert reception.calls("getToken") == 3, "not proved yet: one more, and longer pauses"
    reception.work.settings_file.set("hebei.token_prefix", "Bearer ")
    reception.work.settings.look_now()
    assert save(tokens).accepted, "a corrected setting need not wait"


def test_a_user_that_is_refused_is_not_asked_for_again_at_once(
    reception: Reception, tokens: HebeiTokens
) -> None:
    strange = replace(USER, org_code="999999999999")
    errors = [save(tokens, user=strange).error]
    age(reception, blocked_until=timedelta(minutes=1))  # a slow machine outlasts the real pause
    errors += [save(tokens, user=strange).error for _ in range(19)]
    codes = [error.code for error in errors if error]
    assert codes == ["hebei_user_refused"] + ["hebei_token_waiting"] * 19
    assert reception.calls("getToken") == 1


def test_many_threads_ask_for_one(reception: Reception, tokens: HebeiTokens) -> None:
    others = [tokens, tokens_of(reception.work), tokens_of(reception.work)]
    for number in range(3):
        start = threading.Barrier(12)

        def ask(one: HebeiTokens, start: threading.Barrier = start) -> bool:
            start.wait(20)
            return save(one).accepted

        with ThreadPoolExecutor(12) as pool:
            assert all(pool.map(ask, others * 4))
        assert reception.calls("getToken") == number + 1
        age(reception, expires_at=timedelta(seconds=-1))


def test_two_processes_renew_one_token_once(data_dir: Path, platform: HebeiPlatform) -> None:
    """Ended, due, and refused in the middle: whichever process finds it, the platform is asked once."""
    spawn = multiprocessing.get_context("spawn")
    with reception_at(data_dir, platform) as desk:
        breaks: list[Callable[[], object]] = [
            lambda: None,
            lambda: age(desk, expires_at=timedelta(seconds=-1)),
            lambda: age(desk, renew_at=timedelta(seconds=-1)),
            platform.expire_tokens,
        ]
        starts = [spawn.Barrier(2) for _ in breaks]
        links = [spawn.Pipe() for _ in range(2)]
        processes = [
            spawn.Process(target=ask_once, args=(str(data_dir), starts, child))
            for _, child in links
        ]
        for process in processes:
            process.start()
        asked = []
        for prepare in breaks:
            prepare()
            for own, _ in links:
                own.send("go")
            assert [own.recv() for own, _ in links] == [True, True]
            asked.append((desk.calls("getToken"), desk.calls("refreshToken")))
        for process in processes:
            process.join(20 * SLOWNESS)
        assert asked == [(1, 0), (2, 0), (2, 1), (3, 1)]


def test_a_renewal_whose_process_died_is_taken_over(
    reception: Reception, tokens: HebeiTokens
) -> None:
    store = HebeiTokenStore(reception.work.database, make_sealer(reception.work.folder.root))
    clients = HebeiClients(reception.work.settings, reception.work.secrets)
    row = store.row(USER, clients.issuer)
    dead = store.claim(row, "dead", lease_s=60)
    assert dead is not None
    assert store.claim(row, "other", lease_s=60) is None
    age(reception, lease_until=timedelta(seconds=-1))
    assert save(tokens).accepted
    assert not store.fail(row.id, dead, "too_late", 60), "fencing drops what comes too late"
    assert save(tokens).accepted

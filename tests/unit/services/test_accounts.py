"""Who acts: the system account, names with PIN, locks, roles; and that each step is in the trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from hbgz_desktop.model.errors import AccountError
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.workstation import system_account
from hbgz_desktop.services.accounts import Accounts
from hbgz_desktop.storage.audit_log import AuditLog
from hbgz_desktop.storage.operators import OperatorStore, hash_pin, is_pin
from hbgz_desktop.storage.tables import operators

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic

PIN = "402817"


@pytest.fixture
def accounts(clinic: Clinic) -> Accounts:
    """A console's accounts, before anybody has a PIN."""
    accounts = clinic.work.accounts
    accounts.begin_console(Role.CLERK)
    return accounts


@pytest.fixture
def guarded(accounts: Accounts) -> Accounts:
    """王工 of IT acts; 李敏 is a clerk."""
    made = accounts.add("王工", Role.IT, PIN)
    accounts.switch(made.operator.id, PIN)
    accounts.add("李敏", Role.CLERK, "2222")
    return accounts


def key_of(accounts: Accounts, name: str) -> int:
    return accounts.named(name).operator.id


def refusal(error: pytest.ExceptionInfo[AccountError]) -> tuple[str, dict[str, object]]:
    return error.value.code, error.value.facts


def test_a_pin_is_kept_as_salted_scrypt_only(guarded: Accounts, clinic: Clinic) -> None:
    kept = str(clinic.scalar("select pin from operators where name = '王工'"))
    assert kept.startswith("scrypt$16384$8$1$")
    assert is_pin(PIN, kept)
    assert not is_pin("402818", kept)
    assert hash_pin(PIN) != hash_pin(PIN)
    dump = [tuple(row) for row in clinic.query("select * from audit_entries")]
    assert dump
    assert PIN not in str(dump)


def test_the_system_account_acts_by_itself(accounts: Accounts, clinic: Clinic) -> None:
    who = accounts.current()
    assert (who.name, who.system_account, who.role) == (system_account(), system_account(), "clerk")
    assert who.id > 0
    assert accounts.may("setting_set"), "nobody is kept out before IT has a PIN"
    accounts.choose_free_role(Role.IT)
    assert accounts.current().role is Role.IT
    again = Accounts(OperatorStore(clinic.work.database), AuditLog(clinic.work.database))
    assert again.begin_console(Role.CLERK).id == who.id


def test_the_first_name_is_its_own_keeper(accounts: Accounts) -> None:
    with pytest.raises(AccountError) as caught:
        accounts.add("李敏", Role.CLERK, "2222")
    assert caught.value.code == "first_operator_is_it"


@pytest.mark.parametrize(
    ("name", "pin", "code"),
    [
        ("", PIN, "operator_name_invalid"),
        ("赵丽", "12", "pin_invalid"),
        ("王工", PIN, "operator_name_taken"),
    ],
)
def test_names_and_pins_have_a_form(guarded: Accounts, name: str, pin: str, code: str) -> None:
    with pytest.raises(AccountError) as caught:
        guarded.add(name, Role.CLERK, pin)
    assert caught.value.code == code


def test_a_person_changes_over_with_the_pin(guarded: Accounts, clinic: Clinic) -> None:
    assert [one.operator.name for one in guarded.choices()] == sorted(
        (system_account(), "李敏", "王工")
    )
    guarded.switch(key_of(guarded, "李敏"), "２２２２")
    assert guarded.current().name == "李敏"
    assert not guarded.may("setting_set")
    with pytest.raises(AccountError) as caught:
        guarded.require("setting_set")
    assert refusal(caught) == ("action_not_permitted", {"action": "setting_set"})
    rows = clinic.query("select actor, action, outcome from audit_entries order by id desc limit 2")
    assert [tuple(row) for row in rows] == [
        ("李敏", "setting_set", "refused"),
        ("李敏", "operator_switched", "ok"),
    ]


def test_five_wrong_pins_lock_the_name_for_a_growing_time(
    guarded: Accounts, clinic: Clinic
) -> None:
    key = key_of(guarded, "李敏")
    left = []
    for _ in range(4):
        with pytest.raises(AccountError) as caught:
            guarded.switch(key, "9999")
        left.append(refusal(caught))
    assert left == [("pin_wrong", {"tries": tries}) for tries in (4, 3, 2, 1)]
    with pytest.raises(AccountError) as caught:
        guarded.switch(key, "9999")
    assert refusal(caught) == ("operator_locked", {"seconds": 30})
    with pytest.raises(AccountError) as caught:
        guarded.switch(key, "2222")
    assert caught.value.code == "operator_locked", "the right PIN does not help while it is locked"
    _lock_is_over(clinic)
    with pytest.raises(AccountError) as caught:
        guarded.switch(key, "9999")
    assert refusal(caught) == ("operator_locked", {"seconds": 60})
    _lock_is_over(clinic)
    guarded.switch(key, "2222")
    assert guarded.named("李敏").failed_attempts == 0
    wrong = (
        "select count(*) from audit_entries where action = 'pin_refused' and outcome = 'refused'"
    )
    assert clinic.scalar(wrong) == 6


def _lock_is_over(clinic: Clinic) -> None:
    with clinic.work.database.write() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(operators).values(locked_until=past))


def test_a_new_pin_unlocks_and_the_old_one_is_gone(guarded: Accounts) -> None:
    key = key_of(guarded, "李敏")
    for _ in range(5):
        with pytest.raises(AccountError):
            guarded.switch(key, "9999")
    guarded.set_pin(key, "3333")
    guarded.switch(key, "3333")
    with pytest.raises(AccountError):
        guarded.change_own_pin(key, "2222", "4444")
    guarded.change_own_pin(key, "3333", "4444")
    guarded.switch(key, "4444")


def test_only_who_acts_and_is_in_use_takes_another_pin(guarded: Accounts) -> None:
    key = key_of(guarded, "李敏")
    with pytest.raises(AccountError) as caught:
        guarded.change_own_pin(key, "2222", "4444")
    assert caught.value.code == "operator_unknown"
    it = guarded.current().id
    guarded.switch(key, "2222")
    guarded._store.change(key, {"is_active": False}, actor="王工")  # another console did
    with pytest.raises(AccountError) as caught:
        guarded.change_own_pin(key, "2222", "4444")
    assert caught.value.code == "operator_unknown"
    guarded.switch(it, "402817")


def test_somebody_of_it_always_remains(guarded: Accounts) -> None:
    key = key_of(guarded, "王工")
    with pytest.raises(AccountError) as caught:
        guarded.set_active(key, is_active=False)
    assert caught.value.code == "last_it_operator"
    with pytest.raises(AccountError) as caught:
        guarded.set_role(key, Role.CLERK)
    assert caught.value.code == "last_it_operator"
    assert guarded.current().role is Role.IT
    guarded.set_role(key_of(guarded, "李敏"), Role.IT)
    guarded.set_role(key, Role.CLERK)
    assert guarded.current().role is Role.CLERK
    assert not guarded.may("operator_changed")


def test_a_name_out_of_use_cannot_be_chosen(guarded: Accounts) -> None:
    key = key_of(guarded, "李敏")
    guarded.set_active(key, is_active=False)
    assert "李敏" not in [one.operator.name for one in guarded.choices()]
    with pytest.raises(AccountError) as caught:
        guarded.switch(key, "2222")
    assert caught.value.code == "operator_unknown"


def test_a_system_account_out_of_use_has_to_choose_a_name(
    guarded: Accounts, clinic: Clinic
) -> None:
    guarded.set_active(key_of(guarded, system_account()), is_active=False)
    later = Accounts(OperatorStore(clinic.work.database), AuditLog(clinic.work.database))
    later.begin_console(Role.IT)
    assert later.must_choose
    assert not later.may("delivery_retried")
    later.switch(key_of(later, "李敏"), "2222")
    assert later.may("delivery_retried")


def test_a_new_start_forgives_no_wrong_pin(guarded: Accounts, clinic: Clinic) -> None:
    own = key_of(guarded, system_account())
    guarded.set_pin(own, "7777")
    with pytest.raises(AccountError) as caught:
        guarded.switch(own, "1111")
    assert caught.value.code == "pin_wrong"
    left = caught.value.facts["tries"]
    assert isinstance(left, int)
    later = Accounts(OperatorStore(clinic.work.database), AuditLog(clinic.work.database))
    later.begin_console(Role.IT)
    with pytest.raises(AccountError) as caught:
        later.switch(own, "1111")
    assert refusal(caught) == ("pin_wrong", {"tries": left - 1})


def test_a_new_start_is_no_way_round_the_pin(guarded: Accounts, clinic: Clinic) -> None:
    own = key_of(guarded, system_account())
    guarded.set_pin(own, "7777")
    later = Accounts(OperatorStore(clinic.work.database), AuditLog(clinic.work.database))
    later.begin_console(Role.IT)
    assert later.must_choose
    assert not later.may("delivery_retried")
    later.set_his_codes(own, "0301", "x")
    assert later.must_choose, "a change that everyone may make is no way round it either"
    later.switch(own, "7777")
    assert later.may("delivery_retried")


def test_his_codes_are_remembered_for_each_person(guarded: Accounts) -> None:
    guarded.set_his_codes(key_of(guarded, "李敏"), " 0301 ", "lm")
    guarded.set_his_codes(guarded.current().id, "0900", "wg")
    assert (guarded.current().his_dept_code, guarded.current().his_user_code) == ("0900", "wg")
    clerk = guarded.switch(key_of(guarded, "李敏"), "2222")
    assert (clerk.his_dept_code, clerk.his_user_code) == ("0301", "lm")
    guarded.set_his_codes(clerk.id, "0302", "lm")
    with pytest.raises(AccountError) as caught:
        guarded.set_his_codes(key_of(guarded, "王工"), "x", "x")
    assert caught.value.code == "action_not_permitted"


def test_the_command_line_is_the_way_out(guarded: Accounts, clinic: Clinic) -> None:
    """It acts as the system account and is held back by the rights of the folder alone."""
    bare = Accounts(OperatorStore(clinic.work.database), AuditLog(clinic.work.database))
    bare.set_pin(key_of(bare, "王工"), "999999")
    guarded.switch(key_of(guarded, "王工"), "999999")

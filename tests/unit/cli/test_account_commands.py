"""``hbgz operators`` and ``hbgz audit``: a PIN never stands on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.workstation import system_account

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Shell
    from tests.unit.services.clinic import Clinic


def test_operators_are_added_changed_and_taken_out_of_use(shell: Shell, clinic: Clinic) -> None:
    shell("operators", "add", "李敏", stdin=b"2222\n", code=1)
    shell("operators", "add", "王工", "--role", "it", "--pin", "-", stdin=b"402817\n")
    shell("operators", "add", "李敏", stdin=b"2222\n")
    shell("operators", "set", "李敏", "--his-dept", "0301", "--his-user", "lm", "--role", "it")
    shell("operators", "set", "李敏", "--pin", "-", stdin=b"12\n", code=1)
    found = {one["operator"]["name"]: one for one in shell("operators", "list", "--json").json}
    assert found["李敏"]["operator"]["his_dept_code"] == "0301"
    assert found["李敏"]["operator"]["role"] == "it"
    assert found["王工"]["has_pin"]
    shell("operators", "remove", "李敏")
    assert "停用" in shell("operators", "list").out
    shell("operators", "remove", "王工", code=1)
    shell("operators", "set", "李敏", "--active")
    shell("operators", "set", "nobody", "--active", code=1)
    shell("operators", "add", "赵丽", "--pin", "3333", code=2)
    key = int(clinic.scalar("select id from operators where name = '王工'"))
    assert clinic.work.accounts.switch(key, "402817").name == "王工"


def test_what_the_command_line_changes_is_in_the_trail(shell: Shell, clinic: Clinic) -> None:
    shell("config", "set", "dicom.quiet_time_s", "30")
    shell("peers", "allow", "CT1")
    shell("records", "import", str(clinic.write([clinic.record(clinic.specs[0])])))
    rows = shell("audit", "list", "--json").json
    assert [row["action"] for row in rows] == ["records_imported", "peer_set", "setting_set"]
    assert {row["actor"] for row in rows} == {system_account()}
    assert (rows[2]["kind"], rows[2]["key"]) == ("setting", "dicom.quiet_time_s")
    assert len(shell("audit", "list", "--action", "peer_set", "--json").json) == 1
    assert shell("audit", "list", "--operator", "nobody", "--json").json == []
    assert len(shell("audit", "list", "--since", "1d", "--json").json) == 3
    assert shell("audit", "list", "--since", "2999-01-01", "--json").json == []
    shell("audit", "list", "--since", "yesterday", code=2)
    shell("audit", "list", "--action", "nonsense", code=2)
    printed = shell("audit", "list").out
    assert "改设备的规定" in printed
    assert "设备 CT1" in printed

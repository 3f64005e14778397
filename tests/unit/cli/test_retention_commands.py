"""``hbgz retention``: shows before it clears, asks before it clears, clears what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.services.keeping import confirmed, file_states, grow_old

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Shell
    from tests.unit.services.clinic import Clinic


def test_it_shows_asks_and_clears(clinic: Clinic, shell: Shell) -> None:
    clinic.open_platform()
    confirmed(clinic, clinic.uploaders(), clinic.specs[0])
    grow_old(clinic, 30)
    clinic.send(clinic.specs[1], 1)
    shown = shell("retention", "show", "--json").json
    assert shown["plan"]["clearable"]["files"] == 0
    assert shown["plan"]["kept"]["too_young"]["studies"] == 1
    assert shown["plan"]["kept"]["receiving"]["files"] == 1
    assert shown["forecast"]["files"] == 3
    said = shell("retention", "run", "--older-than", "20", "--dry-run").out
    assert "1 份  2 幅" in said
    assert "还在接收" in said
    assert "clearing_not_confirmed" in shell("retention", "run", "--older-than", "20", code=2).err
    assert file_states(clinic) == [""] * 3
    shell("retention", "run", "--older-than", "20", stdin=b"yes\n")
    assert file_states(clinic) == ["cleared", "cleared", ""]
    assert "手工清理  1 份  2 幅" in shell("retention", "show").out
    (row,) = [
        one
        for one in shell("studies", "list", "--json").json
        if one["study_instance_uid"] == clinic.specs[0].study_instance_uid
    ]
    assert (row["files"], row["lane"]) == (0, "confirmed")
    assert "图像已按保留规则清理" in shell("studies", "show", row["study_instance_uid"]).out

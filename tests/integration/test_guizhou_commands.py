"""``hbgz guizhou`` in this process: what it prints, refuses and asks of the simulated platform."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.outside_stage import REASON, person, platform_at, set_up
from tests.unit.cli.conftest import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[GuizhouPlatform]:
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def shell(data_dir: Path, platform: GuizhouPlatform, capsys: pytest.CaptureFixture[str]) -> Shell:
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.base_url)
    return Shell(data_dir, capsys)


def asked(reason: str = REASON, **more: str) -> bytes:
    values = {"cert_no": person().cert_no, "reason": reason} | more
    return json.dumps(values, ensure_ascii=True).encode()


def test_nothing_of_the_patient_is_printed_or_logged_unless_asked_for(shell: Shell) -> None:
    whom = person()
    plain = shell("guizhou", "search", "--stdin", stdin=asked())
    masked = shell("guizhou", "search", "--stdin", "--json", stdin=asked())
    for done in (plain, masked):
        assert whom.cert_no not in done.out + done.err
        assert whom.name not in done.out + done.err
    clear = shell("guizhou", "search", "--stdin", "--json", "--show-names", stdin=asked())
    assert whom.cert_no in clear.out


def test_wrong_use_says_what_is_missing_and_asks_nobody(
    shell: Shell, platform: GuizhouPlatform
) -> None:
    for stdin, found in (
        (asked(reason=""), "outside_values"),
        (asked(whom="x"), "values_unusable"),
        (b"[]", "values_unusable"),
        (b"{", "values_unusable"),
        (asked(to="yesterday"), "outside_values"),
    ):
        done = shell("guizhou", "search", "--stdin", stdin=stdin, code=2)
        assert found in done.err
        assert person().cert_no not in done.err
    missing = shell("guizhou", "images", "99", "--reason", REASON, code=2)
    assert "outside_examination_unknown" in missing.err
    assert platform.requests() == ()


def test_an_index_code_may_be_given_itself_with_a_reason(
    shell: Shell, platform: GuizhouPlatform
) -> None:
    index = platform.cloud.of_person("111", person().cert_no, "")[1].index
    shell("guizhou", "images", index, code=2)
    stdin = json.dumps({"index": index, "reason": REASON}).encode()
    done = shell("guizhou", "images", "--stdin", "--json", stdin=stdin)
    assert done.json["image_total"] > 0


def test_deleting_an_index_that_is_not_ours_asks_the_platform_at_once(
    shell: Shell, platform: GuizhouPlatform
) -> None:
    index = "111-520101198804050035-20260101101010-0000000000000-000000000"
    stdin = json.dumps({"indexes": index, "reason": "传错了"}).encode()
    refused = shell("guizhou", "delete", "--stdin", stdin=stdin, code=2)
    assert "guizhou_delete_not_confirmed" in refused.err
    assert platform.requests() == ()
    done = shell("guizhou", "delete", "--stdin", "--yes", "--json", stdin=stdin, code=1)
    (line,) = done.json
    assert line["result"] == "refused"
    assert "520101198804050035" not in done.out
    assert len(platform.requests()) == 1


def test_a_hospital_that_asks_under_another_code(shell: Shell, platform: GuizhouPlatform) -> None:
    """G076: refused under infCode, found once the second setting says the code."""
    platform.know_in_queries("520100000002")
    shell("guizhou", "search", "--stdin", stdin=asked(), code=1)
    shell("config", "set", "guizhou.fixmedins_code", "520100000002")
    assert shell("guizhou", "search", "--stdin", "--json", stdin=asked()).json


def test_a_variant_the_simulated_platform_does_not_know(shell: Shell) -> None:
    refused = shell("sandbox", "--variant", "upload_order=never", code=2)
    assert "sandbox_variant_invalid" in refused.err

"""``hbgz hebei …`` and ``hbgz share`` as programs, and a real engine that sends what waited."""

from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from hbgz_desktop.sandbox.faults import parse_fault
from tests.integration.hebei.reception import prepare, reception_at
from tests.integration.hebei.sharing_desk import ORDERS, STUDY, STUDY_2, VALUE, VISIT
from tests.operating_system import SLOWNESS
from tests.running_program import Program, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

VALUES = {
    "patient_id": VISIT.patient_id,
    "name": VISIT.name,
    "id_no": VISIT.id_no,
    "phone": VISIT.phone,
    "visit_no": VISIT.visit_no,
    "visit_time": VISIT.visit_time,
}
FLAGS = tuple(
    word for name, value in VALUES.items() for word in (f"--{name.replace('_', '-')}", value)
)
SECRETS = (VISIT.name, VISIT.id_no, VISIT.phone, VISIT.visit_no)
RELATION = {
    "studyItem": [
        {"hisNo": "S1", "studyItemCodes": [STUDY]},
        {"hisNo": "S2", "studyItemCodes": [STUDY_2]},
    ],
    "labItem": [{"hisNo": "L1", "labItemCodes": [VALUE]}],
}


@pytest.fixture
def program(data_dir: Path, tmp_path: Path, platform: HebeiPlatform) -> Iterator[Program]:
    prepare(data_dir, platform.root_url)
    with Program(data_dir, tmp_path / "printed") as running:
        yield running


def test_the_whole_way_by_command(program: Program, platform: HebeiPlatform) -> None:
    platform.set_results(VISIT.id_no, studies=(STUDY, STUDY_2), values=(VALUE,))
    first, second, third = program.run_all(
        ("hebei", "authorize", "-", "--json"),
        ("hebei", "authorize", *FLAGS, "--json"),
        ("share", "--no-open", *FLAGS, "--json"),
        typed=(json.dumps(VALUES),),
    )
    said, again, launch = first.json, second.json, third.json
    assert (said["state"], said["is_known"]) == ("authorized", False)
    assert (again["id"], again["is_known"]) == (said["id"], True)
    (page,) = platform.pages()
    assert (launch["study_count"], launch["lab_count"]) == (2, 1)
    assert (launch["url"], launch["state"], page["opened"]) == (page["url"], "asked", 0)
    platform.open_page()
    platform.finish_page(recognised=frozenset({STUDY, VALUE}))
    flags = (
        "--study-order",
        f"S1={STUDY}",
        "--study-order",
        f"S2={STUDY_2}",
        "--lab-order",
        f"L1={VALUE}",
    )
    by_stdin, by_flags_said, results_said, in_words = program.run_all(
        ("hebei", "orders", "--json"),
        ("hebei", "orders", *FLAGS, *flags, "--json"),
        ("hebei", "results", *FLAGS, "--json"),
        ("hebei", "results", *FLAGS),
        typed=(json.dumps(VALUES | {"relation": RELATION}),),
    )
    by_flags, results = by_flags_said.json, results_said.json
    assert by_flags == by_stdin.json
    assert [one["outcome"] for one in by_flags["orders"]] == ["all", "none", "all"]
    assert by_flags["relation"]["labItem"] == RELATION["labItem"]
    assert results["recognised_count"] == 2
    assert {one["studyItemCode"] for one in results["studyItem"]} == {STUDY, STUDY_2}
    assert STUDY in in_words.out
    assert platform.rules_broken() == ()


def test_nothing_of_a_patient_in_errors(program: Program, platform: HebeiPlatform) -> None:
    wrong = json.dumps(VALUES | {"visit_time": "gestern"})
    platform.faults.add(parse_fault("saveAuthUser:refused:1:code=500,message=证件已注销"))
    authorize, share = ("hebei", "authorize", "-"), ("share", "-", "--no-open")
    good = json.dumps(VALUES)
    typed = {
        wrong: authorize,
        f" {wrong}": share,
        f"[{good}]": authorize,
        good[:-1]: authorize,
        json.dumps({**VALUES, "x": 1}): authorize,
        good: authorize,
        f" {good}": share,
    }
    ends = program.run_all(*typed.values(), typed=tuple(typed))
    assert [one.code for one in ends] == [2, 2, 2, 2, 2, 1, 1]
    printed = "".join(one.out + one.err for one in ends)
    assert not [value for value in (*SECRETS, "gestern") if value in printed]
    assert all("hbgz: " in one.err for one in ends[:5])


def test_values_on_stdin_stand_in_no_process_list(
    program: Program, platform: HebeiPlatform
) -> None:
    platform.faults.add(parse_fault("saveAuthUser:timeout:1"))
    words = [
        sys.executable,
        "-m",
        "hbgz_desktop",
        "--data",
        str(program.data),
        "hebei",
        "authorize",
        "-",
    ]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        assert running.stdin is not None
        running.stdin.write(json.dumps(VALUES).encode())
        running.stdin.close()
        until("request", lambda: any(r.service == "getToken" for r in platform.requests()))
        seen = psutil.Process(running.pid)
        shown = " ".join(seen.cmdline()) + json.dumps(seen.environ(), ensure_ascii=False)
        running.kill()
    assert not [value for value in SECRETS if value in shown]


def test_an_address_only_fills_the_form(program: Program, platform: HebeiPlatform) -> None:
    url = "hbgz://share?patientId=P1&idNo=1"
    unusable = ("http://x/share?a=1", "hbgz://other?name=a", "hbgz://share?name=a&name=b")
    only_fills, *wrong, unknown = program.run_all(
        ("share", "--yes", "--", url),
        *(("share", "--", one) for one in unusable),
        ("share", "--", "hbgz://share?no_open=1"),
    )
    assert {one.code for one in (only_fills, *wrong, unknown)} == {2}
    assert "share_url_only_fills" in only_fills.err
    assert all("share_url_unusable" in one.err for one in wrong)
    assert "share_values_unusable" in unknown.err
    assert platform.requests() == ()


def test_a_running_console_gets_the_form(program: Program, platform: HebeiPlatform) -> None:
    """The console's part is played by its own service: it takes the form when the event shows it."""
    url = "hbgz://share?patientId=P1&name=%E7%8E%8B&studyItems=A,B"
    with reception_at(program.data, platform) as desk:
        running = subprocess.Popen(
            [sys.executable, "-m", "hbgz_desktop", "--data", str(program.data), "share", "--", url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        events = desk.work.events
        until("form", lambda: any(e.kind == "sharing_form_left" for e in events.since(0)))
        form = desk.work.shared_viewing.handed_form()
        out, _ = running.communicate(timeout=30 * SLOWNESS)
    assert form is not None
    assert (form.visit.patient_id, form.visit.name) == ("P1", "王")
    assert form.request.study_items == ("A", "B")
    assert running.returncode == 0
    assert "共享调阅" in out
    assert platform.requests() == ()


def test_a_real_engine_sends_what_waited(program: Program, platform: HebeiPlatform) -> None:
    platform.stop()
    said = program.json("hebei", "authorize", *FLAGS)
    assert said["state"] == "waiting"
    engine = program.start()
    states = "select state from authorizations"
    assert program.scalar(states) != "authorized"
    platform.start()
    until("sent", lambda: program.scalar(states) == "authorized")
    engine.stop()
    assert not [value for value in SECRETS if value in program.log()]


def test_no_patient_in_logs(
    data_dir: Path, platform: HebeiPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with reception_at(data_dir, platform) as desk:
        desk.work.authorization.submit(VISIT)
        sharing = desk.work.shared_viewing
        launch = sharing.open(sharing.ask(sharing.form_of_authorization(1)), desk.browser)
        platform.open_page()
        platform.finish_page()
        sharing.fetch_orders(launch.id, ORDERS)
        sharing.fetch_results(launch.id)
        with desk.work.database.read() as connection:
            trail = connection.exec_driver_sql("select kind, key, facts from audit_entries").all()
            told = connection.exec_driver_sql("select facts from events").all()
    said = caplog.text + str([tuple(row) for row in (*trail, *told)])
    hidden = (*SECRETS, desk.opened[0], "ticket=")
    assert not [value for value in hidden if value in said]


def test_with_yes_the_browser_gets_the_address_once_and_unchanged(
    program: Program, platform: HebeiPlatform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, script = tmp_path / "seen", tmp_path / "browser"
    script.write_text(
        f"import sys\nprint(sys.argv[1:], file=open({str(seen)!r}, 'a'))\n", encoding="utf-8"
    )
    words = shlex.join([Path(sys.executable).as_posix(), script.as_posix()])
    monkeypatch.setenv("BROWSER", f"{words} %s")
    _, opened = program.run_all(
        ("hebei", "authorize", *FLAGS, "--json"), ("share", "--yes", *FLAGS, "--json")
    )
    launch = opened.json
    (page,) = platform.pages()
    assert seen.read_text() == f"{[page['url']]}\n"
    assert (launch["state"], launch["url"]) == ("opened", "")


@pytest.mark.linux_only("types on a pseudo-terminal")
@pytest.mark.parametrize(("answer", "code", "asked"), [("n\n", 2, 0), ("\n", 2, 0), ("y\n", 0, 1)])
def test_on_a_terminal_it_asks_before_anything_is_sent(
    program: Program, platform: HebeiPlatform, answer: str, code: int, asked: int
) -> None:
    platform.set_variants(authorisation="optional")
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "hbgz_desktop", "--data", str(program.data)]
    with subprocess.Popen(
        [*words, "share", "--no-open", "--json", *FLAGS],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        os.write(ours, answer.encode())
        out, err = running.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert running.returncode == code
    assert "王** 1399***********234" in err.decode()
    assert not [value for value in SECRETS if value in err.decode()]
    assert sum(one.service == "hrPage" for one in platform.requests()) == asked
    assert bool(out) is bool(asked)

"""Parser, exit codes, one clear line for a known error, Chinese on every console."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop import __version__
from hbgz_desktop.cli.main import build_parser, run
from hbgz_desktop.cli.output import local

if TYPE_CHECKING:
    import argparse

    from tests.unit.cli.conftest import Shell

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("gmssl", "numpy", "openpyxl", "PIL", "pydicom", "pynetdicom", "PySide6")
"""Each costs a start a tenth of a second and more."""
LISTINGS = {
    "config get",
    "config show",
    "doctor",
    "mapping list",
    "peers list",
    "quarantine list",
    "queue list",
    "queue show",
    "records list",
    "records show",
    "standards list",
    "standards show",
    "status",
    "studies list",
    "studies show",
}


def leaves(parser: argparse.ArgumentParser, words: str = "") -> dict[str, argparse.ArgumentParser]:
    """Every command by its words."""
    groups = [one for one in parser._actions if hasattr(one, "_name_parser_map")]
    if not groups:
        return {words: parser}
    found: dict[str, argparse.ArgumentParser] = {}
    for name, sub in groups[0]._name_parser_map.items():
        found |= leaves(sub, f"{words} {name}".strip())
    return found


def test_every_listing_has_json_and_every_command_a_handler() -> None:
    commands = leaves(build_parser())
    with_json = {
        words
        for words, parser in commands.items()
        if any("--json" in one.option_strings for one in parser._actions)
    }
    assert with_json >= LISTINGS
    assert all(parser.get_default("handler") for parser in commands.values())
    assert {"engine", "stop", "send", "sandbox", "demo", "records template"} <= set(commands)


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["queue"],
        ["queue", "retry"],
        ["queue", "list", "--state", "nonsense"],
        ["studies", "list", "--data"],
        ["peers", "charset", "CT1", "klingon"],
        ["send", "x.dcm"],
    ],
)
def test_wrong_use_is_exit_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["hebei", "authorize", "张三丰"],
        ["hebei", "authorize", "--id-nr", "张三丰"],
        ["hebei", "authorize", "-", "张三丰"],
        ["hebei", "orders", "--json=张三丰"],
        ["hebei", "results", "--p=张三丰"],
        ["hebei", "items", "list", "--limit", "张三丰"],
        ["share", "--mode", "张三丰"],
        ["operators", "set", "a", "--pin", "张三丰"],
    ],
)
def test_wrong_use_does_not_repeat_what_was_typed(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    said = capsys.readouterr().err
    assert "error" in said
    assert "张三丰" not in said


def test_help_and_version_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"hbgz {__version__}\n"
    assert run(["--help"]) == 0
    assert "数据文件夹" in capsys.readouterr().out


def test_the_data_folder_may_stand_anywhere(shell: Shell, tmp_path: Path) -> None:
    here = str(shell.data)
    elsewhere = str(tmp_path / "elsewhere")
    for words in (
        ["--data", here, "config", "get", "hospital.name"],
        ["config", "--data", here, "get", "hospital.name"],
        ["config", "get", "hospital.name", f"--data={here}"],
        ["--data", elsewhere, "config", "get", "hospital.name", "--data", here],
    ):
        assert run(words) == 0
    assert not Path(elsewhere).exists()


def test_the_environment_names_the_folder(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HBGZ_DATA", str(shell.data))
    assert run(["config", "get", "hospital.name"]) == 0
    assert capsys.readouterr().out == "示例人民医院\n"


def test_a_known_error_is_one_line_with_its_code_in_either_language(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = shell("studies", "show", "1.2.3", code=2).err
    assert chinese.count("\n") == 1
    assert chinese.endswith("[study_unknown uid=1.2.3]\n")
    monkeypatch.setenv("HBGZ_LANGUAGE", "en")
    english = shell("studies", "show", "1.2.3", code=2).err
    assert english.endswith("[study_unknown uid=1.2.3]\n")
    assert english.isascii()
    assert english != chinese


def test_broken_settings_are_exit_1_with_their_line(shell: Shell) -> None:
    path = shell.data / "hbgz.toml"
    path.write_text("[dicom]\nport = 70000\n", encoding="utf-8")
    complaint = shell("status", code=1).err
    assert "[setting_invalid" in complaint
    assert "line=2" in complaint
    assert "le 65535" in complaint


def test_a_folder_that_cannot_be_used_is_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert run(["--data", str(file / "data"), "status"]) == 1
    assert "data_folder_unusable" in capsys.readouterr().err


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "hbgz_desktop", *words]


@pytest.mark.timeout(60)
def test_chinese_comes_out_as_utf_8_whatever_the_locale_says() -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON"))}
    done = subprocess.run(
        command("--help"),
        cwd=ROOT,
        env=environment
        | {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=True,
        timeout=50,
    )
    assert "数据文件夹" in done.stdout.decode("utf-8")
    assert done.stderr == b""


@pytest.mark.timeout(60)
def test_a_reader_that_leaves_early_is_no_crash(shell: Shell) -> None:
    with subprocess.Popen(
        command("--data", str(shell.data), "config", "show", "--json"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(50) == 1
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", ["--help", "status", "queue list"])
def test_a_start_imports_nothing_heavy(tmp_path: Path, command: str) -> None:
    """Who needs one of these imports it where it is used."""
    script = (
        "import contextlib, sys; from hbgz_desktop.cli.main import run\n"
        "with contextlib.suppress(SystemExit): run(sys.argv[1:])\n"
        f"print([one for one in {HEAVY!r} if one in sys.modules], file=sys.stderr)"
    )
    words = [sys.executable, "-c", script, "--data", str(tmp_path / "data"), *command.split()]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "[]"


def test_moments_of_any_year_are_shown() -> None:
    """Windows knows no local time before 1970; a device with an empty battery sends such dates."""
    assert local(datetime(1960, 1, 1, tzinfo=UTC)) == "1960-01-01 08:00:00"
    assert local(None) == ""

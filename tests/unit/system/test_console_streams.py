"""Real processes whose surroundings name other character sets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.system import speaking_process

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HERE = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def speak(
    *words: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, speaking_process.__file__, *words],
        input=given,
        capture_output=True,
        env={**os.environ, **HERE, **environment},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"LC_ALL": "C"},
    ],
    ids=["gbk", "ascii", "C"],
)
def test_pipes_carry_utf8(surroundings: Mapping[str, str]) -> None:
    done = speak("--姓名", "䶮𠮷", given="张三".encode(), **surroundings)
    assert done.returncode == 0, done.stderr
    said, half = done.stdout.splitlines()
    assert json.loads(said) == ["--姓名", "䶮𠮷", "张三"]
    assert half == b"?"
    assert done.stderr.decode().strip() == "出错了"


def test_a_file_gets_utf8(tmp_path: Path) -> None:
    out = tmp_path / "列表.json"
    with out.open("wb") as stream:
        subprocess.run(
            [sys.executable, speaking_process.__file__, "李四"],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **HERE, "PYTHONIOENCODING": "gbk"},
            timeout=60,
            check=True,
        )
    assert json.loads(out.read_bytes().splitlines()[0]) == ["李四", ""]


def test_other_input_is_refused_where_it_is_read() -> None:
    done = speak(given="张三".encode("gbk"))
    assert done.returncode == 1
    assert b"UnicodeDecodeError" in done.stderr


def test_a_program_without_streams_goes_on() -> None:
    done = speak("without", given=b"unread")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

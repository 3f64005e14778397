from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hbgz_desktop.model import failpoints

SCRIPT = "from hbgz_desktop.model.failpoints import passing\nfor _ in range(3): passing('x'); print('on', flush=True)"


def run(setting: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, failpoints.ENVIRONMENT: setting}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )


def test_it_is_off_by_default() -> None:
    failpoints.passing("anything")


@pytest.mark.kill
def test_it_kills_at_the_asked_passing() -> None:
    done = run("other=kill,x=kill@2")
    assert (done.returncode, done.stdout.split()) == (failpoints.EXIT_CODE, ["on"])


def test_it_raises() -> None:
    done = run("x=raise")
    assert done.returncode == 1
    assert "FailpointError: x" in done.stderr


def test_another_place_goes_on() -> None:
    assert run("y=kill").stdout.split() == ["on"] * 3

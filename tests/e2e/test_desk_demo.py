"""``hbgz demo --platform hebei``: one authorization from the desk to the simulated platform."""

from __future__ import annotations

import subprocess
import sys


def test_an_authorization_reaches_the_simulated_platform() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hbgz_desktop", "demo", "--platform", "hebei", "--no-window"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "平台已收下" in done.stdout

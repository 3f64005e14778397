"""The reception desk's pages, with patients and without settings, in both languages, at 100 % and 150 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.screens.test_every_page import LOOKS, looked_at
from tests.ui.hebei_desk import platform_at, set_up, visit

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("overview", "authorization", "shared")


@pytest.mark.parametrize(("language", "scale", "size", "role"), LOOKS)
@pytest.mark.parametrize("is_ready", [True, False])
def test_no_word_is_clipped_at_the_desk(
    data_dir: Path,
    tmp_path: Path,
    language: str,
    scale: str,
    size: str,
    role: str,
    *,
    is_ready: bool,
) -> None:
    with platform_at(tmp_path / "platform") as platform:
        with Workplace(DataFolder(data_dir)) as work:
            set_up(work, platform.root_url if is_ready else "")
        with Workplace(DataFolder(data_dir)) as work:
            for number in ("MZ-1", "MZ-2", "MZ-3") if is_ready else ():
                kept = work.authorization.submit(visit(number)).authorization
                assert kept is not None
        found = looked_at(data_dir, language, scale, size, role)
    assert {key: found[key] for key in PAGES if any(found[key].values())} == {}

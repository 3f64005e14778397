"""Which data folder is opened, and who may."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services.folders import ENVIRONMENT, DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.unit.system.test_folder_rights import as_somebody_else


def test_the_order_in_which_a_folder_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, named, given = tmp_path / "shared", tmp_path / "named", tmp_path / "given"
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    own = Path(platformdirs.user_data_dir("hbgz_desktop", appauthor=False))
    assert DataFolder.choose(None, lambda: None).root == own
    assert DataFolder.choose(None, lambda: shared).root == shared, "that of the service"
    monkeypatch.setenv(ENVIRONMENT, str(named))
    assert DataFolder.choose(None, lambda: shared).root == named
    assert DataFolder.choose(str(given), lambda: shared).root == given


@pytest.mark.skipif(sys.platform == "win32", reason="accounts of Windows are tried by hand")
def test_a_folder_of_others_is_refused_in_plain_words() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "data"
        with Workplace(DataFolder(root)):
            pass
        assert root.stat().st_mode & 0o007 == 0, "a new one is closed to others"
        Path(name).chmod(0o755)
        with as_somebody_else(), pytest.raises(StorageError) as denied:
            Workplace(DataFolder(root / "inside"))
        root.chmod(0o755)
        with as_somebody_else(), pytest.raises(StorageError) as read_only:
            Workplace(DataFolder(root))
        root.chmod(0o700)
    assert (denied.value.code, denied.value.retryable) == ("data_folder_denied", False)
    assert (read_only.value.code, read_only.value.retryable) == ("data_folder_read_only", False)


def test_rights_that_go_while_it_works_are_named_too(tmp_path: Path) -> None:
    def clear(work: Workplace) -> None:
        with work.database.write() as connection:
            connection.exec_driver_sql("pragma query_only = on")
            connection.exec_driver_sql("delete from secrets")

    with Workplace(DataFolder(tmp_path / "data")) as work, pytest.raises(StorageError) as caught:
        clear(work)
    assert caught.value.code == "data_folder_read_only"

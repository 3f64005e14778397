"""A reception desk for tests: our services on a data folder of its own, at the simulated platform."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.settings_file import SettingsFile
from tests.integration.hebei.sharing_desk import ORG, SM4_KEY, USER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

QUICK: dict[str, object] = {
    "hospital.name": "示例人民医院",
    "hebei.org_code": ORG,
    "hebei.his_dept_code": USER.his_dept_code,
    "hebei.his_user_code": USER.his_user_code,
    "hebei.read_timeout_s": 5.0,
    "hebei.connect_timeout_s": 5.0,
    "retry.first_delay_s": 0.2,
    "retry.max_delay_s": 1.0,
    "upload.probe_delay_s": 0.2,
    "dicom.port": 0,
    "dicom.bind_address": "127.0.0.1",
    "storage.reserve_mb": 1,
}


class Reception:
    """What a test does at the desk.

    Attributes:
        work: The services.
        opened: Addresses the browser was given.
    """

    def __init__(self, folder: DataFolder, platform: HebeiPlatform) -> None:
        self.platform = platform
        self.work = Workplace(folder)
        self.opened: list[str] = []

    def browser(self, url: str) -> bool:
        """A browser that works."""
        self.opened.append(url)
        return True

    def calls(self, service: str) -> int:
        """Requests of one service the platform saw."""
        return sum(row.service == service for row in self.platform.requests())

    def trail(self) -> list[tuple[str, str]]:
        """(action, outcome) of every audit row."""
        with self.work.database.read() as connection:
            rows = connection.exec_driver_sql(
                "select action, outcome from audit_entries order by id"
            )
            return [(str(row[0]), str(row[1])) for row in rows]

    def step_until(self, is_done: object, most: int = 200) -> None:
        """Let the engine's thread take steps until something holds; its pauses are not slept."""
        assert callable(is_done)
        for _ in range(most):
            if is_done():
                return
            self.work.authorization_sender.step()
        assert is_done()


def prepare(root: Path, base_url: str, **changes: object) -> DataFolder:
    """A data folder whose settings name the platform, with its key."""
    root.mkdir(exist_ok=True)
    values = {**QUICK, "hebei.base_url": base_url, **changes}
    SettingsFile(root).set_many(values)
    folder = DataFolder(root)
    with Workplace(folder) as work:
        work.secrets.set("hebei.sm4_key", SM4_KEY)
    return folder


@contextmanager
def reception_at(root: Path, platform: HebeiPlatform, **changes: object) -> Iterator[Reception]:
    """An open desk."""
    desk = Reception(prepare(root, platform.root_url, **changes), platform)
    try:
        yield desk
    finally:
        desk.work.close()

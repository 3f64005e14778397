"""Whether a service of the system runs the engine of a data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.system.machine_folder import is_machine_folder
from hbgz_desktop.system.systemd_service import engine_unit
from hbgz_desktop.system.windows_service import engine_service

if TYPE_CHECKING:
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.system.system_service import SystemService


def service_of(folder: DataFolder) -> SystemService | None:
    """The service that runs the engine of this folder; None where a console or a person starts it.

    Registered once for the whole computer, it works on the folder that all accounts share.
    """
    service = engine_service() or engine_unit()
    if service is None or not is_machine_folder(folder.root) or not service.is_registered():
        return None
    return service

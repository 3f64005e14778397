"""What uploading works with, handed from the composition root to who needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.services.platform_adapter import PlatformAdapter
    from hbgz_desktop.storage.attempts import AttemptLog
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.platform_state import PlatformStates
    from hbgz_desktop.storage.reception import Reception
    from hbgz_desktop.storage.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadParts:
    """What uploading works with."""

    settings: Callable[[], Settings]
    queue: DeliveryQueue
    attempts: AttemptLog
    examinations: ExaminationStore
    reception: Reception
    states: PlatformStates
    planner: Planner
    adapters: Mapping[str, PlatformAdapter]
    images: Spool
    reports: Spool

"""What 总览, the status bar and the navigation's badges show: one snapshot, one set of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.settings import DELIVERY_PLATFORMS

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.status import EngineStatus, PlatformHealth
    from hbgz_desktop.model.views import ProblemGroup, StudyRow, Throughput
    from hbgz_desktop.model.worklist import Lane


@dataclass(frozen=True, slots=True)
class DeskDay:
    """What the reception desk of Hebei has done since the start of the day, and what it has left.

    Attributes:
        entered: Authorizations entered today, whatever became of them.
        authorized: Those of them the platform accepted.
        waiting: Not sent yet, or left to a person (H006), whenever they were entered.
        refused: Not accepted by the platform, whenever they were entered.
        launches: How often the platform was asked today what others share.
        nothing: How often it had nothing.
        results: Launches of today whose results were taken back.
    """

    entered: int = 0
    authorized: int = 0
    waiting: int = 0
    refused: int = 0
    launches: int = 0
    nothing: int = 0
    results: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of everything at one moment; cheap enough for every second.

    Attributes:
        lanes: Of studies first received since ``since``.
        waiting: All studies that wait for a person, whenever they came.
        failed_deliveries: Deliveries that ended in failure, the queue's badge.
        unmapped: Local codes without a standard code, the badge of 字典对照.
        event_id: Highest event id seen; a higher one means something has changed.
        disk_days: Until the disk's reserve is reached by the engine's last forecast; None = not within a year.
        is_disk_short: That is soon enough for somebody to be told (``storage.forecast_days``).
        desk: The reception desk's work; None without Hebei's desk.
    """

    at: datetime
    since: datetime
    engine: EngineStatus
    platforms: tuple[PlatformHealth, ...]
    live_associations: int
    lanes: dict[Lane, int]
    waiting: int
    failed_deliveries: int
    unmapped: int
    event_id: int
    reserve_mb: int
    desk: DeskDay | None = None
    disk_days: int | None = None
    is_disk_short: bool = False

    @property
    def total(self) -> int:
        """Studies of the window; the parts of the day bar add up to it."""
        return sum(self.lanes.values())

    @property
    def is_desk_only(self) -> bool:
        """Whether nothing is uploaded here: the reception desk is all there is to look after."""
        uploads = any(one.platform in DELIVERY_PLATFORMS for one in self.platforms)
        return self.desk is not None and not uploads

    @property
    def authorizations_waiting(self) -> int:
        """Not sent yet, or left to a person (H006); 0 without Hebei's desk."""
        return self.desk.waiting if self.desk is not None else 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What 总览 shows beside the snapshot."""

    snapshot: Snapshot
    throughput: tuple[Throughput, ...]
    causes: tuple[ProblemGroup, ...]
    recent: tuple[StudyRow, ...]

"""What delivering needs of a platform, whichever it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from hbgz_desktop.model.problem import Severity

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind
    from hbgz_desktop.model.errors import HbgzError
    from hbgz_desktop.model.examination import StudyFacts
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.record import Record, Report
    from hbgz_desktop.storage.attempts import NewAttempt


@dataclass(frozen=True, slots=True)
class ExaminationView:
    """All that is known of one examination when it is checked or sent."""

    id: int
    record: Record
    studies: tuple[StudyFacts, ...]
    reports: tuple[Report, ...]

    @property
    def image_total(self) -> int:
        """Instances that will be sent, of all studies (imageTotalNum, G046)."""
        return sum(len(study.items) for study in self.studies)

    def images_digest(self, index_code: str, study: StudyFacts) -> str:
        """What an image delivery sends: index, total of the examination, each instance's MD5."""
        return _digest(index_code, self.image_total, *study.items)

    @staticmethod
    def report_digest(index_code: str, report: Report) -> str:
        """What a report delivery sends."""
        return _digest(index_code, report.rpot_no, report.md5)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Outcome of mapping and checking one record for one platform.

    Attributes:
        problems: Errors and warnings, field by field.
        waiting: What is missing but will come (settlement, report), None when nothing is.
        index_code: In force, "" while it cannot be built.
        content_digest: Of what would be sent.
    """

    problems: tuple[Problem, ...]
    waiting: BlockedReason | None
    index_code: str
    content_digest: str
    payload: dict[str, object] = field(repr=False)

    @property
    def has_errors(self) -> bool:
        """True when nothing of the examination may go (DESIGN 5.4)."""
        return any(one.severity is Severity.ERROR for one in self.problems)


@dataclass(frozen=True, slots=True)
class FileToSend:
    """One image or report on its way."""

    path: Path
    size_bytes: int
    md5: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one request.

    Attributes:
        attempt: Ready to be kept, masked; token and delivery are filled in by the uploader.
        error: None when the platform has it.
        already: The platform says it had it before.
        is_platform_wide: The failure speaks of the platform, not of this delivery.
        is_outage: It proves by itself that nothing can go: the breaker opens at once.
        dimse_status: Final status of a C-STORE (PS3.4 B.2.3), None for anything else.
    """

    attempt: NewAttempt
    error: HbgzError | None
    already: bool
    is_platform_wide: bool
    retry_after_s: float | None
    elapsed_ms: float
    is_outage: bool = False
    dimse_status: int | None = None


class ImagePush(Protocol):
    """The images of one study that go as a whole, after they were announced."""

    def announce(self) -> Sent:
        """Say which study comes and how many images the examination has (imageTotalNum)."""

    def send(
        self,
        files: Sequence[FileToSend],
        on_result: Callable[[FileToSend, Sent], None],
        stop: threading.Event,
    ) -> Sent | None:
        """Send files one after another; blocks, ends between two when ``stop`` is set.

        Args:
            files: What is to go.
            on_result: Called for each file that was tried, in the calling thread.
            stop: Checked between two files.

        Returns:
            Why files were left that were not tried, None when none were or ``stop`` was set.
        """


class PlatformAdapter(Protocol):
    """One platform. Methods may block on the network; called on uploader threads, concurrently."""

    @property
    def platform(self) -> str:
        """Its key in settings and tables."""

    @property
    def sending_order(self) -> tuple[DeliveryKind, ...]:
        """Which kind goes before which (G046, G071)."""

    def check(self, view: ExaminationView) -> CheckResult:
        """Map and check one record; reserves its index code."""

    def index_code(self, view: ExaminationView) -> str:
        """Index under which the examination's files go, "" while there is none."""

    def send_record(self, view: ExaminationView, result: CheckResult) -> Sent:
        """Send the examination record."""

    def send_image(self, view: ExaminationView, study: StudyFacts, file: FileToSend) -> Sent:
        """Send one instance."""

    def image_push(self, view: ExaminationView, study: StudyFacts) -> ImagePush | None:
        """How a study's images go as a whole; None when each goes by ``send_image`` (G075)."""

    def send_report(self, view: ExaminationView, report: Report, file: FileToSend) -> Sent:
        """Send one report."""

    def delete_index(self, view: ExaminationView, index_code: str) -> Sent:
        """Have the platform delete one index with all it holds; ``already`` when it says there is none."""

    def probe(self) -> tuple[bool, float, str]:
        """(reachable, milliseconds, error code): proves only that something answers."""

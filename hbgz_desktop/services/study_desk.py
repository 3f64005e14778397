"""What 检查 asks for beside its list: finding one line, the records a study may belong to, pictures.

Every method blocks on database or disk; pages call them through ``run_task``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.view_frame import SeriesToView
from hbgz_desktop.model.views import NOT_CURRENT, SeriesRow, StudyDetail, StudyFilter, StudyRow
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.services.network_addresses import local_addresses
from hbgz_desktop.storage.record_views import RecordViews

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.model.deletion import CorrectionView, DeletionScope
    from hbgz_desktop.model.delivery import Attempt
    from hbgz_desktop.model.record_choice import RecordChoice, StudySide
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.services.console import ConsoleServices

PROBLEM_LANES = (
    Lane.NEEDS_FIX,
    Lane.FAILED,
    Lane.NO_RECORD,
    Lane.NO_IMAGES,
    Lane.CHANGED,
    Lane.COUNT_DIFFERS,
)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Numbers around the list, from the same filter as the list.

    Attributes:
        lanes: Rows by lane, of everything the filter says but its lanes.
        window: All rows of the filter's time window.
        everything: All rows there are.
        modalities: There are, for the dropdown.
    """

    lanes: Mapping[Lane, int]
    window: int
    everything: int
    modalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """What the drawer shows, of one moment.

    Attributes:
        scope: What the platform holds of it, None when nothing was sent.
        correction: What a correction changes there, None when there is none.
    """

    detail: StudyDetail
    platforms: tuple[PlatformHealth, ...]
    attempts: tuple[Attempt, ...]
    has_thumbnails: bool
    at: datetime
    scope: DeletionScope | None = None
    correction: CorrectionView | None = None


@dataclass(frozen=True, slots=True)
class StudyToView:
    """A study for the viewer.

    Attributes:
        series: In order, with every file that should be there.
        start: Which one is asked for.
        found: Files that are there; 0 when they were cleared or lost.
    """

    series: tuple[SeriesToView, ...]
    start: int
    found: int


@dataclass(frozen=True, slots=True)
class Destination:
    """What a modality needs to send here."""

    ae_title: str
    addresses: tuple[str, ...]
    port: int


class StudyDesk:
    """The page's questions; built on the console's services, safe from any thread."""

    def __init__(self, services: ConsoleServices) -> None:
        """Ask ``services``."""
        self._services = services
        self._work = services.work
        self._studies = services.browsing.studies
        self._records = RecordViews(services.work.database)
        fields = services.work.standard.interface(SERVICE)
        nested = [field for table in fields.nested.values() for field in table]
        self._labels = {field.name: field.label for field in (*nested, *fields.fields)}

    def field_label(self, field: str) -> str:
        """The standard's own name of a field (``setlInfoList[0].examPart``); the field itself when unknown."""
        return self._labels.get(field.rpartition(".")[2], field)

    def ids(
        self, wanted: StudyFilter, *, sort: str = "at", descending: bool = True
    ) -> tuple[int, ...]:
        """Every line that matches now, in order."""
        return self._studies.ids(wanted, sort=sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> tuple[StudyRow, ...]:
        """Named lines, in any order."""
        return self._studies.rows(tuple(ids))

    def problem_ids(self, wanted: StudyFilter) -> frozenset[int]:
        """Lines of a filter that wait for a person or for IT (F8)."""
        lanes = tuple(one for one in PROBLEM_LANES if not wanted.lanes or one in wanted.lanes)
        return frozenset(self._studies.ids(replace(wanted, lanes=lanes)) if lanes else ())

    def counts(self, wanted: StudyFilter) -> ListCounts:
        """Numbers for chips, header line and empty states."""
        lanes = self._studies.lane_counts(wanted)
        is_plain = not wanted.text and not wanted.modality
        window = StudyFilter(since=wanted.since, until=wanted.until)
        total = sum(lanes.values()) if is_plain else self._studies.count(window)
        is_all = wanted.since is None and wanted.until is None
        return ListCounts(
            lanes=lanes,
            window=total,
            everything=total if is_all else self._studies.count(StudyFilter()),
            modalities=self._studies.modalities(),
        )

    def find(self, examination_id: int, study_id: int) -> StudyRow | None:
        """The line of a study, or of an examination (0 = not given)."""
        found = self._studies.of_study(study_id) if study_id else None
        if found is None and examination_id:
            found = self._studies.of_examination(examination_id)
        return found

    def search(self, text: str, limit: int) -> tuple[StudyRow, ...]:
        """Newest lines that match what a person typed, whenever they came."""
        return self._studies.page(StudyFilter(text=text), limit=limit) if text.strip() else ()

    def shown(self, row_id: int, *, with_attempts: bool) -> ShownStudy | None:
        """Everything the drawer shows of one line; None when it is gone."""
        rows = self._studies.rows((row_id,))
        if not rows:
            return None
        row, browsing, settings = rows[0], self._services.browsing, self._work.settings()
        may_see = self._services.accounts.may("raw_answers")
        wants_attempts = with_attempts and may_see and row.examination_id is not None
        return ShownStudy(
            detail=browsing.detail(row),
            platforms=tuple(
                self._work.platform_states.health(one) for one in settings.delivery_platforms()
            ),
            attempts=browsing.attempts(row.examination_id or 0) if wants_attempts else (),
            has_thumbnails=settings.storage.thumbnails,
            at=datetime.now(UTC),
            scope=self._scope(row.examination_id),
            correction=self._correction(row.examination_id),
        )

    def _scope(self, examination_id: int | None) -> DeletionScope | None:
        return self._work.deletion.scope(examination_id) if examination_id else None

    def _correction(self, examination_id: int | None) -> CorrectionView | None:
        return self._work.corrections.of_examination(examination_id) if examination_id else None

    def series(self, study_id: int) -> tuple[SeriesRow, ...]:
        """Series of a study, for looking whether their pictures are ready."""
        return self._studies.series_of(study_id)

    def to_view(self, study_id: int, series_instance_uid: str = "") -> StudyToView:
        """Files of a study for the viewer, the named series first in sight: the look is in the trail."""
        rows = self._studies.instances_of(study_id)
        paths: dict[str, list[Path]] = {}
        for one in rows:
            if one.state not in NOT_CURRENT:
                kept = self._work.spool.absolute(one.path)
                paths.setdefault(one.series_instance_uid, []).append(kept)
        named = {one.series_instance_uid: one for one in self._studies.series_of(study_id)}
        series = tuple(
            SeriesToView(
                str(named[uid].id), named[uid].description or named[uid].modality, tuple(own)
            )
            for uid, own in paths.items()
        )
        uids = list(paths)
        start = uids.index(series_instance_uid) if series_instance_uid in paths else 0
        found = sum(path.is_file() for own in paths.values() for path in own)
        if found:
            self._services.audit.record(
                "study_viewed", kind="study", key=study_id, study=study_id, pictures=found
            )
        return StudyToView(series, start, found)

    def side_of(self, study_id: int) -> StudySide | None:
        """What the images of one study say of the patient."""
        return self._records.side_of(study_id)

    def candidates(self, side: StudySide, text: str = "") -> tuple[RecordChoice, ...]:
        """Records a study may belong to: those the person looked for, else of the same number or name."""
        if text.strip():
            return self._records.search((text,))
        name = side.name_key.split()[0] if side.name_key else ""
        return self._records.search((side.accession_number, name, side.patient_id))

    def assign(self, study_id: int, examination_id: int) -> None:
        """A person has seen both sides."""
        self._services.assign_study(study_id, examination_id)

    def destination(self) -> Destination:
        """What to enter at a modality so that its images come here."""
        dicom = self._work.settings().dicom
        port = self._work.engine_state.status().dicom_port or dicom.port
        fixed = dicom.bind_address
        is_any = fixed in ("", "0.0.0.0", "::")  # noqa: S104  # compared, not bound
        return Destination(dicom.ae_title, local_addresses() if is_any else (fixed,), port)

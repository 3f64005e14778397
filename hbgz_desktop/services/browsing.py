"""Read side of console and command line: lists, details, counts. Blocks on the database only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.views import StudyDetail, StudyRow
from hbgz_desktop.storage.event_views import EventViews
from hbgz_desktop.storage.queue_views import QueueViews
from hbgz_desktop.storage.study_views import StudyViews

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Attempt
    from hbgz_desktop.services.workplace import Workplace


class Browsing:
    """What the pages show.

    Attributes:
        studies: Paged list, counts and ledger of studies.
        queue: Paged list, groups and counts of deliveries and problems.
        log: The event log.
    """

    def __init__(self, work: Workplace) -> None:
        """Read the database of one workplace."""
        self._work = work
        self.studies = StudyViews(work.database)
        self.queue = QueueViews(work.database)
        self.log = EventViews(work.database)

    def detail(self, row: StudyRow) -> StudyDetail:
        """Everything the drawer shows of one line of the list."""
        work = self._work
        examination = work.examinations.get(row.examination_id) if row.examination_id else None
        record = work.records.get(examination.record_id) if examination else None
        origin = self.studies.origin_of(row.study_id) if row.study_id else ("", "", "")
        return StudyDetail(
            row=row,
            record_fields=record.fields if record else {},
            series=self.studies.series_of(row.study_id) if row.study_id else (),
            deliveries=work.queue.of_examination(examination.id) if examination else (),
            problems=work.examinations.problems_of(examination.id) if examination else (),
            events=work.events.page(
                study_id=row.study_id, examination_id=row.examination_id, limit=100
            ),
            index_codes=examination.index_codes if examination else {},
            expected_source=origin[0],
            changed=work.changed_images.of_study(row.study_id)
            if row.has_changed and row.study_id
            else (),
            charset=origin[1],
            charset_origin=origin[2],
        )

    def attempts(self, examination_id: int) -> tuple[Attempt, ...]:
        """Requests and answers of one examination, newest first, answers unsealed and masked."""
        deliveries = self._work.queue.of_examination(examination_id)
        return self._work.attempts.of_deliveries(tuple(one.id for one in deliveries))

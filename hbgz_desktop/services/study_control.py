"""What a person says of a study: it is complete, it belongs to a record, so many images it should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError

if TYPE_CHECKING:
    from hbgz_desktop.services.audit import Audit
    from hbgz_desktop.services.matching import Matching
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.examinations import ExaminationStore


class StudyControl:
    """The same from console and command line. Blocks on the database; safe from any thread."""

    def __init__(
        self,
        examinations: ExaminationStore,
        matching: Matching,
        planner: Planner,
        audit: Audit,
    ) -> None:
        """Wire the parts."""
        self._examinations = examinations
        self._matching = matching
        self._planner = planner
        self._audit = audit

    def complete(self, study_id: int, actor: str) -> bool:
        """Stop waiting for images, and let the study go on.

        Returns:
            False when it was complete already.
        """
        closed = self._examinations.complete(study_id, "person")
        self._audit.record(
            "study_completed", operator=actor, kind="study", key=study_id, study=study_id
        )
        examination_id = self._matching.match_study(study_id)
        if examination_id is not None:
            self._planner.advance(examination_id)
        return closed

    def assign(self, study_id: int, examination_id: int, actor: str) -> None:
        """Give a study to an examination: a person has seen both sides.

        Raises:
            UsageError: ``study_sent_already``: the platform holds it under another record's index, which
                has to be deleted first (``DeletionControl.wrong_patient``).
        """
        study = self._examinations.study(study_id)
        before = None if study is None else study.examination_id
        if before not in (None, examination_id) and self._examinations.is_sent(before):
            raise UsageError("study_sent_already", study=study_id)
        for one in self._matching.assign(study_id, examination_id, actor):
            self._planner.advance(one)

    def expect(self, study_id: int, count: int | None, actor: str) -> None:
        """Note how many images the PACS holds, as a person has read it there (DESIGN 5.6).

        The standard's record has no such field: ``imageTotalNum`` is our own count (G046).

        Args:
            study_id: Which.
            count: All instances of the study, also those that are not uploaded by rule; None = unknown.
            actor: Who says so.

        Raises:
            UsageError: ``expected_count_invalid``.
        """
        self._examinations.set_expected(study_id, count, "person", actor)

"""Images meet their record: by Study Instance UID, else by a sure accession number, else by a person (DESIGN 5.3)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.examination import MatchCandidate, StudyFacts
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.examinations import ExaminationStore


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def agrees(study: StudyFacts, candidate: MatchCandidate) -> bool:
    """True when patient id, or name (as written or in full pinyin) and birth date, are the same on both sides."""
    if study.patient_id and study.patient_id == candidate.patient_id:
        return True
    names = {*study.name_key.split()[:2]} & {*candidate.name_key.split()[:2]}
    birth = _digits(study.birth_date)
    return bool(names) and bool(birth) and birth == _digits(candidate.birth_date)


def choose(
    study: StudyFacts, candidates: tuple[MatchCandidate, ...], window: timedelta
) -> tuple[MatchCandidate, str] | None:
    """The one record a study surely belongs to.

    Returns:
        (record, ``uid`` | ``accession``), or None when a person has to decide.
    """
    by_uid = [one for one in candidates if one.study_uid == study.study_instance_uid]
    if by_uid:
        return (by_uid[0], "uid") if len(by_uid) == 1 else None
    near = [
        one
        for one in candidates
        if study.accession_number in one.accessions
        and abs(study.last_received_at - one.at) <= window
    ]
    if len(near) == 1 and agrees(study, near[0]):
        return near[0], "accession"
    return None


class Matching:
    """Joins studies and records; what it cannot decide stays in its lane and says so."""

    def __init__(
        self,
        examinations: ExaminationStore,
        settings: Callable[[], Settings],
        on_unmatched: Callable[[int, str], None] = lambda _study_id, _modality: None,
    ) -> None:
        """Work on ``examinations``; ``on_unmatched`` gets id and modality of a study without a record."""
        self._examinations = examinations
        self._settings = settings
        self._on_unmatched = on_unmatched

    def match_study(self, study_id: int) -> int | None:
        """Examination a study belongs to, joining it when that is sure; None when it waits for a person."""
        study = self._examinations.study(study_id)
        if study is None or study.examination_id is not None:
            return None if study is None else study.examination_id
        window = timedelta(days=self._settings().matching.window_days)
        chosen = choose(study, self._examinations.candidates(study), window)
        if chosen is None:
            self._on_unmatched(study_id, study.modality)
            return None
        candidate, how = chosen
        self._examinations.join(study_id, candidate.examination_id, how)
        return candidate.examination_id

    def match_record(self, study_uid: str, accessions: tuple[str, ...]) -> tuple[int, ...]:
        """Try the unjoined studies a record might own; returns the examinations that got one."""
        wanted = self._examinations.studies_wanted_by(study_uid, accessions)
        joined = (self.match_study(one) for one in wanted)
        return tuple(dict.fromkeys(one for one in joined if one is not None))

    def assign(self, study_id: int, examination_id: int, actor: str) -> tuple[int, ...]:
        """A person has seen both sides and says they belong together.

        Returns:
            The examinations that have to be planned again: the new one, and the one it came from.
        """
        before = self._examinations.join(study_id, examination_id, "person", actor)
        return (examination_id,) if before is None else (before, examination_id)

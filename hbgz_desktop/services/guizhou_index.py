"""The index code of one examination: built, given or in force (1.2; G001–G011, DESIGN 5.3)."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.index_code import (
    IndexCode,
    IndexCodeOptions,
    advance_second,
    build_index_code,
    parse_index_code,
)
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.local_time import read_local_time
from hbgz_desktop.services.index_change import basis_of, given_change, index_change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hbgz_desktop.model.deletion import IndexChange
    from hbgz_desktop.model.settings import GuizhouSettings
    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.platform_adapter import ExaminationView
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.index_register import IndexEntry

LOG = logging.getLogger(__name__)
INDEX_FIELD = "hiImgIndx"
OUTDATED = "index_outdated"
"""Rule: certificate or time are not those of the index that was sent; a person decides (DESIGN 5.3)."""
_COLLISION_LIMIT = 600
_CERT_TYPE = re.compile(r"[0-9A-Z]{1,6}")
_FIELD_OF_PART = {1: "psnCertType", 2: "certno", 4: "examInseqi", 5: "examPart"}


class GuizhouIndex:
    """Builds and reserves index codes. Safe from any thread."""

    def __init__(self, platform: str, standard: Standard, examinations: ExaminationStore) -> None:
        """Wire the parts; the codes are those of ``platform``."""
        self._platform = platform
        self._standard = standard
        self._examinations = examinations

    def index(
        self, view: ExaminationView, fields: Mapping[str, str], settings: GuizhouSettings
    ) -> tuple[IndexCode | None, list[Problem]]:
        """The index in force and what speaks against it; reserves one while none was sent."""
        entry = self._examinations.index_entry(view.id, self._platform)
        if entry is not None and entry.is_frozen:
            change = self._change(view, fields, settings, entry)
            asked = (
                []
                if change is None
                else [self._problem(INDEX_FIELD, OUTDATED, change.new, decision="G010")]
            )
            return parse_index_code(entry.code)[0], asked
        own = fields.get("hiImgIndx", "").strip()
        if own:
            return self._given(view.id, own)
        kind, moment = fields.get("psnCertType", "").strip(), self._exam_time(view, fields)
        if kind and not _CERT_TYPE.fullmatch(kind.upper()):
            return None, [self._problem("psnCertType", "code_unknown", kind, decision="G042")]
        if settings.index_parts == 6 and not settings.index_institution:
            return None, [self._setting_problem("hiImgIndx", "", "guizhou.index_institution")]
        if not kind or moment is None or not fields.get("certno"):
            return None, []
        try:
            wanted = self._build(fields, moment, settings)
        except RecordError as error:
            return None, [self._build_problem(error, fields)]
        advances = settings.index_collision == "advance"
        return self._register(view.id, wanted, is_given=False, advances=advances)

    def change(
        self, view: ExaminationView, fields: Mapping[str, str], settings: GuizhouSettings
    ) -> IndexChange | None:
        """The question that waits for a person, None when there is none."""
        entry = self._examinations.index_entry(view.id, self._platform)
        if entry is None or not entry.is_frozen:
            return None
        return self._change(view, fields, settings, entry)

    def _change(
        self,
        view: ExaminationView,
        fields: Mapping[str, str],
        settings: GuizhouSettings,
        entry: IndexEntry,
    ) -> IndexChange | None:
        """None also while the index could not be built: what is wrong then is said elsewhere."""
        own, moment = fields.get(INDEX_FIELD, "").strip(), self._exam_time(view, fields)
        try:
            if own:
                return given_change(entry, parse_index_code(own)[0])
            if moment is None or not fields.get("psnCertType") or not fields.get("certno"):
                return None
            wanted = self._build(fields, moment, settings)
        except RecordError:
            return None
        return index_change(entry, wanted, self._moments(view, fields))

    def _given(self, examination_id: int, text: str) -> tuple[IndexCode | None, list[Problem]]:
        """The index that the record brings along."""
        try:
            wanted = parse_index_code(text)[0]
        except RecordError as error:
            return None, [self._grammar_problem("hiImgIndx", text, error.code)]
        return self._register(examination_id, wanted, is_given=True)

    def _build_problem(self, error: RecordError, fields: Mapping[str, str]) -> Problem:
        """What the record, or a setting, does to an index that cannot be built."""
        part = error.facts.get("part")
        field = _FIELD_OF_PART.get(part, "certno") if isinstance(part, int) else "certno"
        value = fields.get(field, "")
        if field == "examInseqi":
            return self._setting_problem(field, value, "guizhou.real_device_code")
        if field == "certno":
            return self._problem(
                field, "certificate_characters", value, decision="G008", limit="34"
            )
        return self._grammar_problem(field, value, error.code)

    def _setting_problem(self, field: str, value: str, key: str) -> Problem:
        """For IT: a setting asks for a part of the index that is not there."""
        return self._problem(field, "index_setting", value, decision="G006", limit=key)

    def _grammar_problem(self, field: str, value: str, limit: str) -> Problem:
        decision = "G010" if limit == "index_taken" else "G008"
        return self._problem(field, "index_grammar", value, decision=decision, limit=limit)

    def _problem(
        self, field: str, rule: str, value: str, *, decision: str, limit: str = ""
    ) -> Problem:
        row = self._standard.interface(SERVICE).field(field)
        return Problem(
            field,
            row.label if row else field,
            rule,
            value,
            Severity.ERROR,
            code_set=field if rule == "code_unknown" else "",
            decision=decision,
            limit=limit,
        )

    def _register(
        self, examination_id: int, wanted: IndexCode, *, is_given: bool, advances: bool = False
    ) -> tuple[IndexCode | None, list[Problem]]:
        """Enter the code; on a collision with another examination the next second is tried, by setting (G010)."""
        code = wanted
        before = self._examinations.frozen_index(examination_id, self._platform)
        for tries in range(_COLLISION_LIMIT if advances else 1):
            basis = "" if is_given else basis_of(wanted)
            if self._examinations.claim_index(examination_id, self._platform, code.text, basis):
                if tries and (before is None or before[0] != code.text):
                    LOG.info("index_advanced examination=%d seconds=%d", examination_id, tries)
                return code, []
            code = advance_second(code)
        return None, [self._grammar_problem("hiImgIndx", wanted.text, "index_taken")]

    @staticmethod
    def _build(fields: Mapping[str, str], moment: datetime, settings: GuizhouSettings) -> IndexCode:
        options = IndexCodeOptions(
            institution=settings.index_institution if settings.index_parts == 6 else "",
            send_device_and_part=settings.real_device_code or settings.real_part_code,
            hyphen_replacement=settings.certno_hyphen or None,
        )
        return build_index_code(
            fields["psnCertType"],
            fields["certno"],
            moment,
            device=fields.get("examInseqi", "") if settings.real_device_code else "",
            part=fields.get("examPart", "") if settings.real_part_code else "",
            options=options,
        )

    @classmethod
    def _exam_time(cls, view: ExaminationView, fields: Mapping[str, str]) -> datetime | None:
        """Study date and time, local, whole seconds (G011); else the record's examination date."""
        return next(iter(cls._moments(view, fields)), None)

    @staticmethod
    def _moments(view: ExaminationView, fields: Mapping[str, str]) -> list[datetime]:
        """Times of all studies, oldest study first, and then the record's."""
        clocks = [
            f"{one.study_date}{one.study_time.split('.')[0].ljust(6, '0')[:6]}"
            for one in view.studies
            if one.study_date
        ]
        found = (read_local_time(one) for one in (*clocks, fields.get("examDate", "")))
        return [one.moment for one in found if one is not None]

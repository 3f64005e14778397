"""One record against Guizhou's 2.1: mapped, indexed, built, validated (DESIGN 5.4; G001–G044)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

from hbgz_desktop.model.delivery import BlockedReason
from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.index_code import (
    IndexCode,
    IndexCodeOptions,
    advance_second,
    build_index_code,
    parse_index_code,
)
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.code_list import field_entries, join_list
from hbgz_desktop.platforms.guizhou.exam_payload import PayloadOptions, build_exam_payload
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.local_time import read_local_time
from hbgz_desktop.platforms.validator import (
    ValidationOptions,
    fields_with_code_set,
    validate_exam_record,
)
from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from hbgz_desktop.model.settings import GuizhouSettings, Settings
    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.mappings import MappingStore

PLATFORM = "guizhou"
VERSION = "1.4"
EXAM_TYPE_OF_MODALITY = {
    **dict.fromkeys(("CR", "DX", "RF", "XA", "MG", "PX", "IO"), "1"),
    "CT": "2",
    "MR": "3",
    "US": "4",
    **dict.fromkeys(("NM", "PT"), "5"),
}
"""Default class of a modality where the record names none (G069)."""
_COLLISION_LIMIT = 600
_SETTLEMENT_FIELDS = ("setlInfoList", "setlDate")


def payload_options(settings: Settings, standard: Standard) -> PayloadOptions:
    """The settings as the payload builder takes them."""
    own: GuizhouSettings = settings.guizhou
    number: Literal["error", "accessionNumber"] = (
        "accessionNumber" if own.without_report == "exam_number" else "error"
    )
    return PayloadOptions(
        standard=standard,
        fixmedins_code=own.fixmedins_code or own.institution_code,
        fixmedins_name=own.fixmedins_name or settings.hospital.name,
        hosp_lv=own.hosp_lv,
        exam_admdvs=own.exam_admdvs,
        list_separator=own.list_separator,
        send_exam_part=own.real_part_code,
        send_exam_inseqi=own.real_device_code,
        settlement_part_zeros=True,
        age_as_text=own.numbers_as_text,
        send_empty_text=own.empty_optional == "empty",
        second_check_fallback=own.sdry_chk_date,
        report_number_fallback=number,
    )


class GuizhouCheck:
    """Maps, indexes and validates. Safe from any thread; reads settings anew each time."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        standard: Standard,
        mappings: MappingStore,
        examinations: ExaminationStore,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._standard = standard
        self._mappings = mappings
        self._examinations = examinations
        self._coded = fields_with_code_set(standard)

    def check(self, view: ExaminationView) -> CheckResult:
        """Problems, payload and index code of one examination."""
        settings = self._settings()
        fields = self._completed(view, self._mapped(view.record.fields))
        settlements = [self._mapped(row) for row in view.record.settlements]
        index, index_problems = self._index(view, fields, settings.guizhou)
        payload = build_exam_payload(
            fields,
            settlements,
            self._study_uid(view),
            self.accessions(view),
            index,
            payload_options(settings, self._standard),
        )
        problems = [
            *index_problems,
            *validate_exam_record(
                self._standard,
                payload,
                ValidationOptions(
                    list_separator=settings.guizhou.list_separator,
                    study_uid_max_length=settings.guizhou.study_uid_length,
                    allow_malformed_parts=settings.guizhou.allow_malformed_parts,
                    hyphen_replacement=settings.guizhou.certno_hyphen or None,
                ),
            ),
        ]
        if index_problems:
            problems = [
                one for one in problems if one.field != "hiImgIndx" or one.rule != "required"
            ]
        waiting, problems = self._waiting(view, payload, problems)
        digest = hashlib.sha256(
            json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()
        return CheckResult(tuple(problems), waiting, index.text if index else "", digest, payload)

    def _mapped(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Local values replaced by standard codes; a value that already is a code stays."""
        table = self._mappings.table(PLATFORM)
        interface = self._standard.interface(SERVICE)
        mapped = dict(fields)
        for name, text in fields.items():
            canonical = interface.canonical_name(name) or name
            if canonical not in self._coded or not text.strip():
                continue
            code_set = self._coded[canonical] or canonical
            row = interface.field(canonical)
            entries = (
                field_entries(row, text) if row is not None and row.separator else (text.strip(),)
            )
            whole = table.get((code_set, text.strip()))
            codes = [whole] if whole else [self._code(table, code_set, one) for one in entries]
            mapped[name] = join_list(codes, "|")
        return mapped

    def _code(self, table: Mapping[tuple[str, str], str], code_set: str, value: str) -> str:
        known = self._standard.code_sets.get(code_set)
        if known is not None and known.by_code(value):
            return value
        return table.get((code_set, value), value)

    @staticmethod
    def _completed(view: ExaminationView, fields: dict[str, str]) -> dict[str, str]:
        """What the images know and the record does not say."""
        if not fields.get("imgExamType"):
            kinds = {EXAM_TYPE_OF_MODALITY.get(study.modality, "") for study in view.studies} - {""}
            if kinds:
                fields["imgExamType"] = "|".join(sorted(kinds))
        return fields

    @staticmethod
    def _study_uid(view: ExaminationView) -> str:
        """One UID for the examination (G030): of its first study, else the record's own."""
        return view.studies[0].study_instance_uid if view.studies else ""

    @staticmethod
    def accessions(view: ExaminationView) -> tuple[str, ...]:
        """Accession numbers as 2.1 and 2.2 send them: the same set in all services of one index (G031)."""
        if view.record.keys.accessions:
            return view.record.keys.accessions
        return tuple(
            dict.fromkeys(one.accession_number for one in view.studies if one.accession_number)
        )

    def frozen_index(self, examination_id: int) -> str:
        """The index code 2.1 was sent with; "" before."""
        found = self._examinations.frozen_index(examination_id, PLATFORM)
        return found[0] if found else ""

    def _index(
        self, view: ExaminationView, fields: Mapping[str, str], settings: GuizhouSettings
    ) -> tuple[IndexCode | None, list[Problem]]:
        frozen = self._examinations.frozen_index(view.id, PLATFORM)
        if frozen is not None and frozen[1]:
            return parse_index_code(frozen[0])[0], []
        own = fields.get("hiImgIndx", "").strip()
        try:
            if own:
                wanted = parse_index_code(own)[0]
            else:
                moment = self._exam_time(view, fields)
                if moment is None or not fields.get("psnCertType") or not fields.get("certno"):
                    return None, []
                wanted = self._build(fields, moment, settings)
        except RecordError as error:
            value = own or fields.get("certno", "")
            field = "hiImgIndx" if own else "certno"
            return None, [self._index_problem(field, value, error.code)]
        return self._register(view.id, wanted, is_given=bool(own))

    def _register(
        self, examination_id: int, wanted: IndexCode, *, is_given: bool
    ) -> tuple[IndexCode | None, list[Problem]]:
        """Enter the code; on a collision with another examination the next second is tried (G010)."""
        code = wanted
        for _ in range(1 if is_given else _COLLISION_LIMIT):
            if self._examinations.claim_index(examination_id, PLATFORM, code.text):
                return code, []
            code = advance_second(code)
        return None, [self._index_problem("hiImgIndx", wanted.text, "index_taken")]

    def _index_problem(self, field: str, value: str, limit: str) -> Problem:
        row = self._standard.interface(SERVICE).field(field)
        return Problem(
            field,
            row.label if row else field,
            "index_grammar",
            value,
            Severity.ERROR,
            decision="G010" if limit == "index_taken" else "G008",
            limit=limit,
        )

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

    @staticmethod
    def _exam_time(view: ExaminationView, fields: Mapping[str, str]) -> datetime | None:
        """Study date and time, local, whole seconds (G011); else the record's examination date."""
        for study in view.studies:
            clock = study.study_time.split(".")[0].ljust(6, "0")[:6]
            found = read_local_time(f"{study.study_date}{clock}") if study.study_date else None
            if found is not None:
                return found.moment
        found = read_local_time(fields.get("examDate", ""))
        return found.moment if found is not None else None

    def _waiting(
        self, view: ExaminationView, payload: Mapping[str, object], problems: list[Problem]
    ) -> tuple[BlockedReason | None, list[Problem]]:
        """What will come by itself is no problem of a person's: settlement (G040), report number (G039)."""
        waiting = None
        if not view.record.settlements:
            waiting = BlockedReason.SETTLEMENT
            problems = [one for one in problems if not one.field.startswith(_SETTLEMENT_FIELDS)]
        if not payload.get("rpotNo"):
            waiting = waiting or BlockedReason.REPORT
            problems = [one for one in problems if one.field != "rpotNo"]
        return waiting, problems

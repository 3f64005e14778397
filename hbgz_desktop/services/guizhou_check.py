"""One record against Guizhou's 2.1: mapped, indexed, built, validated (DESIGN 5.4; G001–G044)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
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
from hbgz_desktop.platforms.code_list import field_entries, join_list, split_list
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
_CERT_TYPE = re.compile(r"[0-9A-Z]{1,6}")
_FIELD_OF_PART = {1: "psnCertType", 2: "certno", 4: "examInseqi", 5: "examPart"}


def payload_options(
    settings: Settings, standard: Standard, fields: Mapping[str, str]
) -> PayloadOptions:
    """The settings as the payload builder takes them for one record."""
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
        settlement_placeholder=_placeholder(fields)
        if own.without_settlement == "placeholder"
        else {},
    )


def _example_fields(view: ExaminationView, settings: GuizhouSettings) -> dict[str, str]:
    """Members of the printed example, hospitalCode and patientId (G027): the source's own columns go first.

    Else the unified social credit code of the settings (the example has one), and the images' patient id.
    """
    given = view.record.unknown
    of_images = view.studies[0].patient_id if view.studies else ""
    return {
        "hospitalCode": given.get("hospitalCode") or settings.index_institution,
        "patientId": given.get("patientId") or of_images,
    }


def _placeholder(fields: Mapping[str, str]) -> dict[str, str]:
    """What stands for a settlement that has not come, where a setting wants that (G036, G040)."""
    items = split_list(fields.get("examItemCode", ""))
    return {
        "setlId": "0",
        "medListCodg": items[0] if items else "0",
        "feedetlSn": "0",
        "setlDate": fields.get("examDate", ""),
    }


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
        table = self._mappings.table(PLATFORM)
        fields = self._completed(view, self._mapped(table, view.record.fields))
        settlements = [self._mapped(table, row) for row in view.record.settlements]
        if settings.guizhou.settlement_part == "zeros":
            settlements = [{**row, "examPart": ""} for row in settlements]
        index, index_problems = self._index(view, fields, settings.guizhou)
        options = payload_options(settings, self._standard, fields)
        if settings.guizhou.send_example_fields:
            options = replace(options, example_fields=_example_fields(view, settings.guizhou))
        payload = build_exam_payload(
            fields,
            settlements,
            self._study_uid(view),
            self.accessions(view),
            index,
            options,
        )
        found = validate_exam_record(self._standard, payload, _validation(settings.guizhou))
        problems = _without_echo(index, [*index_problems, *found])
        problems += _transport_problems(settings.guizhou)
        waiting, problems = self._waiting(view, payload, problems, settings.guizhou)
        digest = hashlib.sha256(
            json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()
        return CheckResult(tuple(problems), waiting, index.text if index else "", digest, payload)

    def _mapped(
        self, table: Mapping[tuple[str, str], str], fields: Mapping[str, str]
    ) -> dict[str, str]:
        """Local values replaced by standard codes; what has no line in the table stays as it is.

        A line goes before a standard code that is written alike: the hospital's 1 may be the standard's 2.
        """
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
            codes = [whole] if whole else [table.get((code_set, one), one) for one in entries]
            mapped[name] = join_list(codes, "|")
        return mapped

    @staticmethod
    def _completed(view: ExaminationView, fields: dict[str, str]) -> dict[str, str]:
        """What images and settlement rows know and the record does not say."""
        if not fields.get("setlDate") and view.record.settlement_date:
            fields["setlDate"] = view.record.settlement_date
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
        return self._register(view.id, wanted, is_given=False)

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
        self, examination_id: int, wanted: IndexCode, *, is_given: bool
    ) -> tuple[IndexCode | None, list[Problem]]:
        """Enter the code; on a collision with another examination the next second is tried (G010)."""
        code = wanted
        for _ in range(1 if is_given else _COLLISION_LIMIT):
            if self._examinations.claim_index(examination_id, PLATFORM, code.text):
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

    @staticmethod
    def _waiting(
        view: ExaminationView,
        payload: Mapping[str, object],
        problems: list[Problem],
        settings: GuizhouSettings,
    ) -> tuple[BlockedReason | None, list[Problem]]:
        """What will come by itself is no problem of a person's: settlement (G040), report number (G039)."""
        waiting = None
        if not view.record.settlements and settings.without_settlement == "wait":
            waiting = BlockedReason.SETTLEMENT
            problems = [one for one in problems if not one.field.startswith(_SETTLEMENT_FIELDS)]
        if not payload.get("rpotNo"):
            waiting = waiting or BlockedReason.REPORT
            problems = [one for one in problems if one.field != "rpotNo"]
        return waiting, problems


def _transport_problems(settings: GuizhouSettings) -> list[Problem]:
    """One way per study, chosen by setting (G075); what the setting asks for and is not there is said."""
    if settings.image_transport == "http":
        return []
    key = "guizhou.image_transport"
    return [
        Problem(
            "images",
            "图像",
            "transport_unavailable",
            settings.image_transport,
            decision="G075",
            limit=key,
        )
    ]


def _validation(settings: GuizhouSettings) -> ValidationOptions:
    return ValidationOptions(
        list_separator=settings.list_separator,
        study_uid_max_length=settings.study_uid_length,
        allow_malformed_parts=settings.allow_malformed_parts,
        hyphen_replacement=settings.certno_hyphen or None,
    )


def _without_echo(index: IndexCode | None, problems: list[Problem]) -> list[Problem]:
    """Problems said once; a missing index is none of its own where its parts have one."""
    found: dict[tuple[str, str, str], Problem] = {}
    for one in problems:
        found.setdefault((one.field, one.rule, one.value), one)
    others = [one for one in found.values() if (one.field, one.rule) != ("hiImgIndx", "required")]
    has_cause = any(one.severity is Severity.ERROR for one in others)
    return others if index is None and has_cause else list(found.values())

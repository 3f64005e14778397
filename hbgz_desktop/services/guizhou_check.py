"""One record against Guizhou's 2.1: mapped, indexed, built, validated (DESIGN 5.4; G001–G044)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from hbgz_desktop.model.delivery import BlockedReason
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.code_list import field_entries, join_list, split_list
from hbgz_desktop.platforms.guizhou.exam_payload import PayloadOptions, build_exam_payload
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.guizhou.options import SAVE_IMAGE, SAVE_IMAGE_INFO
from hbgz_desktop.platforms.validator import (
    ValidationOptions,
    fields_with_code_set,
    validate_exam_record,
)
from hbgz_desktop.services.guizhou_index import OUTDATED, GuizhouIndex
from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.deletion import IndexChange
    from hbgz_desktop.model.index_code import IndexCode
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
DATE, DATETIME = "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"
"""The patterns the standard prints."""
_SETTLEMENT_FIELDS = ("setlInfoList", "setlDate")


def exam_type_of_modality(settings: GuizhouSettings) -> dict[str, str]:
    """Class of each modality: the settings' own go before the default (G069)."""
    own = {name.strip().upper(): str(kind) for name, kind in settings.exam_type_by_modality.items()}
    return {**EXAM_TYPE_OF_MODALITY, **own}


def _date_patterns(settings: GuizhouSettings) -> dict[str, str]:
    """Printed pattern → the one an older front end wants (G073)."""
    return {DATE: settings.date_pattern, DATETIME: settings.datetime_pattern}


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
        charge_as_number=own.charge_as_number,
        date_patterns=_date_patterns(own),
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
        self._index = GuizhouIndex(PLATFORM, standard, examinations)

    def check(self, view: ExaminationView) -> CheckResult:
        """Problems, payload and index code of one examination."""
        settings = self._settings()
        table = self._mappings.table(PLATFORM)
        kinds = exam_type_of_modality(settings.guizhou)
        fields = self._completed(view, self._mapped(table, view.record.fields), kinds)
        settlements = [self._mapped(table, row) for row in view.record.settlements]
        if settings.guizhou.settlement_part == "zeros":
            settlements = [{**row, "examPart": ""} for row in settlements]
        index, index_problems = self._index.index(view, fields, settings.guizhou)
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
        problems += _transport_problems(view, self.accessions(view), settings.guizhou)
        problems += self._too_many_accessions(view, settings.guizhou)
        waiting, problems = self._waiting(view, payload, problems, settings.guizhou)
        digest = hashlib.sha256(
            json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()
        asked = next((one.value for one in problems if one.rule == OUTDATED), "")
        if asked:  # also where the payload is the same: it is not what was sent that goes on
            digest = hashlib.sha256(f"{digest} {asked}".encode()).hexdigest()
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
    def _completed(
        view: ExaminationView, fields: dict[str, str], kind_of: Mapping[str, str]
    ) -> dict[str, str]:
        """What images and settlement rows know and the record does not say."""
        if not fields.get("setlDate") and view.record.settlement_date:
            fields["setlDate"] = view.record.settlement_date
        if not fields.get("imgExamType"):
            kinds = {kind_of.get(study.modality, "") for study in view.studies} - {""}
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

    def _too_many_accessions(
        self, view: ExaminationView, settings: GuizhouSettings
    ) -> list[Problem]:
        """2.2 and 2.3 take fewer characters of them than 2.1 (G031)."""
        service = SAVE_IMAGE_INFO if settings.image_transport == "dicom" else SAVE_IMAGE
        row = self._standard.interface(service).field("accessionNumber")
        numbers = join_list(self.accessions(view), ",")
        if row is None or row.length is None or len(numbers) <= row.length:
            return []
        limit = str(row.length)
        return [
            Problem(
                row.name, row.label, "length", numbers, Severity.ERROR, decision="G031", limit=limit
            )
        ]

    def frozen_index(self, examination_id: int) -> str:
        """The index code 2.1 was sent with; "" before."""
        found = self._examinations.frozen_index(examination_id, PLATFORM)
        return found[0] if found else ""

    def index_change(self, view: ExaminationView) -> IndexChange | None:
        """What a person is asked when certificate or time are not those of the index that was sent."""
        settings = self._settings().guizhou
        table = self._mappings.table(PLATFORM)
        kinds = exam_type_of_modality(settings)
        fields = self._completed(view, self._mapped(table, view.record.fields), kinds)
        return self._index.change(view, fields, settings)

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


def _transport_problems(
    view: ExaminationView, accessions: tuple[str, ...], settings: GuizhouSettings
) -> list[Problem]:
    """By DICOM the platform joins images by the AccessionNumber they carry: it must be one that is sent (G048)."""
    if settings.image_transport == "http":
        return []
    return [
        Problem(
            "images",
            "图像",
            "dicom_link",
            study.accession_number,
            Severity.ERROR,
            decision="G048",
            limit="|".join(accessions),
        )
        for study in view.studies
        if study.items and study.accession_number not in accessions
    ]


def _validation(settings: GuizhouSettings) -> ValidationOptions:
    return ValidationOptions(
        list_separator=settings.list_separator,
        study_uid_max_length=settings.study_uid_length,
        allow_malformed_parts=settings.allow_malformed_parts,
        hyphen_replacement=settings.certno_hyphen or None,
        date_patterns=_date_patterns(settings),
    )


def _without_echo(index: IndexCode | None, problems: list[Problem]) -> list[Problem]:
    """Problems said once; a missing index is none of its own where its parts have one."""
    found: dict[tuple[str, str, str], Problem] = {}
    for one in problems:
        found.setdefault((one.field, one.rule, one.value), one)
    others = [one for one in found.values() if (one.field, one.rule) != ("hiImgIndx", "required")]
    has_cause = any(one.severity is Severity.ERROR for one in others)
    return others if index is None and has_cause else list(found.values())

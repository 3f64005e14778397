"""The wire JSON of 2.1 saveExamRpotImgInfo, built from mapped text fields: a pure function.

Only parameter codes of the standard's table are sent; hospitalCode and patientId of the printed
example only where a setting asks for them (G027).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from hbgz_desktop.platforms.code_list import field_entries, join_list, split_list, split_numbers
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.guizhou.wire_values import wire_age, wire_date, wire_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.model.index_code import IndexCode
    from hbgz_desktop.platforms.field_table import Field
    from hbgz_desktop.platforms.standards import Standard

SecondCheckFallback = Literal["error", "chkDate", "rptDate"]
ReportNumberFallback = Literal["error", "accessionNumber", "appyNo"]

EXAMPLE_FIELDS = ("hospitalCode", "patientId")
"""In the printed example of 2.1, not in its table: V1.3 took them out (G027)."""
_PART_ZEROS = "0" * 9
_DEVICE_ZEROS = "0" * 13


@dataclass(frozen=True, slots=True)
class PayloadOptions:
    """Settings of what is sent.

    Attributes:
        standard: Guizhou's; decides which fields exist and how they look.
        fixmedins_code: ``fixmedinsCode`` where the record has none (G076).
        fixmedins_name: ``fixmedinsName``, always sent (G076).
        hosp_lv: ``hospLv`` where the record has none, code of 3.2.
        exam_admdvs: ``examAdmdvs`` where the record has none, six digits (G043).
        list_separator: Between the entries of a list (G032).
        send_exam_part: The record's codes in ``examPart`` instead of nine zeros (G034).
        send_exam_inseqi: The record's ``examInseqi`` instead of part 4 of the index (G033).
        settlement_part_zeros: Nine zeros where a settlement row has no ``examPart`` (G035).
        age_as_text: ``age`` as text instead of a number (G037).
        charge_as_number: ``examCharge`` as a number instead of text with two decimals (G037).
        date_patterns: Printed pattern → the one that is sent, for older front ends (G073).
        send_empty_text: "" for unknown optional texts instead of leaving them out (G044).
        second_check_fallback: What stands in for a missing ``sdryChkDate`` (G038).
        report_number_fallback: What stands in for a missing ``rpotNo`` (G039).
        settlement_placeholder: Row sent when nothing is settled yet, with ``setlDate`` if that is
            to be filled too; empty = the upload waits (G040).
        example_fields: Texts of ``EXAMPLE_FIELDS`` to send beside the table's; empty = none (G027).
    """

    standard: Standard
    fixmedins_code: str = ""
    fixmedins_name: str = ""
    hosp_lv: str = ""
    exam_admdvs: str = ""
    list_separator: str = "|"
    send_exam_part: bool = False
    send_exam_inseqi: bool = False
    settlement_part_zeros: bool = True
    age_as_text: bool = False
    charge_as_number: bool = False
    date_patterns: Mapping[str, str] = field(default_factory=dict)
    send_empty_text: bool = False
    second_check_fallback: SecondCheckFallback = "error"
    report_number_fallback: ReportNumberFallback = "error"
    settlement_placeholder: Mapping[str, str] = field(default_factory=dict)
    example_fields: Mapping[str, str] = field(default_factory=dict)


def build_exam_payload(
    fields: Mapping[str, str],
    settlements: Sequence[Mapping[str, str]],
    study_uid: str,
    accession_numbers: Sequence[str],
    index_code: IndexCode | None,
    options: PayloadOptions,
) -> dict[str, object]:
    """One element of ``input``, in the printed order of the fields.

    Args:
        fields: Parameter code → text, codes already mapped; misprinted spellings are understood
            (examRsItCode, studyUId: G029, G030).
        settlements: SetlInfoDTO rows.
        study_uid: StudyInstanceUID of the images, "" = the record's own ``studyUid``.
        accession_numbers: Of the images, empty = the record's own ``accessionNumber`` (G031).
        index_code: The frozen index, None while it cannot be built.
        options: Settings.

    Returns:
        Numbers and dates as printed, lists with the separator that is sent. A value that cannot be
        read is passed on unchanged, a missing one is absent: the validator names both.

    Raises:
        StandardError: The standard has no 2.1.
    """
    builder = _Builder(options, _known(options, fields), index_code)
    texts = builder.texts(settlements, study_uid, accession_numbers)
    payload: dict[str, object] = {}
    for row in options.standard.interface(SERVICE).fields:
        if row.node is not None:
            payload[row.name] = builder.settlement_rows(row, settlements)
        elif texts.get(row.name):
            payload[row.name] = builder.wire(row, texts)
        elif options.send_empty_text and not row.required and row.type in ("string", "text"):
            payload[row.name] = ""
    for name in EXAMPLE_FIELDS:
        if text := options.example_fields.get(name, "").strip():
            payload[name] = text
    return payload


def _known(options: PayloadOptions, fields: Mapping[str, str]) -> dict[str, str]:
    """The given texts under their own parameter codes, blanks around them removed."""
    interface = options.standard.interface(SERVICE)
    known: dict[str, str] = {}
    for name, text in fields.items():
        canonical = interface.canonical_name(name)
        if canonical and text.strip() and (canonical == name or not fields.get(canonical)):
            known[canonical] = text.strip()
    return known


@dataclass(frozen=True, slots=True)
class _Builder:
    options: PayloadOptions
    given: Mapping[str, str]
    index_code: IndexCode | None

    def texts(
        self,
        settlements: Sequence[Mapping[str, str]],
        study_uid: str,
        accession_numbers: Sequence[str],
    ) -> dict[str, str]:
        """Texts to send before they get their wire form; "" where nothing is known."""
        texts = self._institution() | dict(self.given)
        numbers = [number.strip() for number in accession_numbers if number.strip()]
        if numbers:
            texts["accessionNumber"] = join_list(numbers, ",")
        if study_uid.strip():
            texts["studyUid"] = study_uid.strip()
        if self.index_code:
            texts["hiImgIndx"] = self.index_code.text
        texts["examInseqi"] = self._device()
        if not self.options.send_exam_part:
            texts["examPart"] = _PART_ZEROS
        self._fall_back(texts)
        if not settlements and "setlDate" in self.options.settlement_placeholder:
            texts.setdefault("setlDate", self.options.settlement_placeholder["setlDate"])
        return texts

    def _institution(self) -> dict[str, str]:
        return {
            "fixmedinsCode": self.options.fixmedins_code,
            "fixmedinsName": self.options.fixmedins_name,
            "hospLv": self.options.hosp_lv,
            "examAdmdvs": self.options.exam_admdvs,
        }

    def _device(self) -> str:
        """Part 4 of the index unless the record's own text is wanted (G033)."""
        if self.options.send_exam_inseqi and self.given.get("examInseqi"):
            return self.given["examInseqi"]
        return self.index_code.device if self.index_code else _DEVICE_ZEROS

    def _fall_back(self, texts: dict[str, str]) -> None:
        """What stands in for a missing second review or report number (G038, G039)."""
        second_check = self.options.second_check_fallback
        if second_check != "error" and not texts.get("sdryChkDate"):
            texts["sdryChkDate"] = texts.get(second_check, "")
        report_number = self.options.report_number_fallback
        if report_number != "error" and not texts.get("rpotNo"):
            numbers = split_numbers(texts.get(report_number, ""))
            texts["rpotNo"] = numbers[0] if numbers else ""

    def wire(self, row: Field, texts: Mapping[str, str]) -> object:
        """One value as it travels."""
        text = texts[row.name]
        if row.type in ("date", "datetime"):
            return wire_date(row, text, self.options.date_patterns)
        if row.type == "decimal":
            return self._number(row, text)
        if row.separator:
            return self._list(row, text, texts)
        return text

    def _number(self, row: Field, text: str) -> int | float | str:
        if row.name == "age":
            return wire_age(row, text, as_text=self.options.age_as_text)
        return wire_number(row, text, as_text=not self.options.charge_as_number)

    def _list(self, row: Field, text: str, texts: Mapping[str, str]) -> str:
        count = len(split_list(texts.get("examItemCode", "")))
        entries = field_entries(row, text, count)
        separator = self.options.list_separator if row.separator == "|" else ","
        return join_list(entries, separator) or text

    def settlement_rows(
        self, row: Field, settlements: Sequence[Mapping[str, str]]
    ) -> list[dict[str, object]]:
        """The rows of ``setlInfoList``; the placeholder when there are none (G035, G040)."""
        table = self.options.standard.interface(SERVICE).nested[row.node or ""]
        placeholder = self.options.settlement_placeholder
        rows = settlements or ([placeholder] if placeholder else [])
        return [self._settlement(table, values) for values in rows]

    def _settlement(self, table: Sequence[Field], values: Mapping[str, str]) -> dict[str, object]:
        texts = {name: text.strip() for name, text in values.items()}
        if self.options.settlement_part_zeros and not texts.get("examPart"):
            texts["examPart"] = _PART_ZEROS
        return {row.name: self.wire(row, texts) for row in table if texts.get(row.name)}

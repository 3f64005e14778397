"""Rules of 2.1 that a decision gives to single fields, and rules between fields.

What the columns of the table say is checked before. Contradictions are warnings: a person looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.identity_card import (
    IdentityCardFault,
    Sex,
    identity_check_digit,
    read_identity_card,
)
from hbgz_desktop.model.index_code import (
    MAX_INDEX_LENGTH,
    IndexCode,
    clean_certificate_number,
    parse_index_code,
)
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.code_list import split_list
from hbgz_desktop.platforms.local_time import SHANGHAI, LocalTime, read_local_time
from hbgz_desktop.platforms.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hbgz_desktop.platforms.field_checks import ValidationOptions
    from hbgz_desktop.platforms.standards import Standard

SERVICE = "saveExamRpotImgInfo"
IDENTITY_CARD = "111"

_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_CERT_TYPE = re.compile(r"[0-9A-Za-z]+")
_DEVICE = re.compile(r"[0-9A-Z]{13,14}")
_REGION = re.compile(r"[0-9]{6}")
_SEX_CODES = {Sex.MALE: "1", Sex.FEMALE: "2"}
_ORDER = (
    ("examDate", "brdy", Rule.EXAM_BEFORE_BIRTH),
    ("rptDate", "examDate", Rule.REPORT_BEFORE_EXAM),
    ("chkDate", "rptDate", Rule.CHECK_BEFORE_REPORT),
    ("sdryChkDate", "chkDate", Rule.SECOND_CHECK_BEFORE_CHECK),
    ("sympEnddate", "sympBegndate", Rule.SYMPTOM_ORDER),
)


@dataclass(frozen=True, slots=True)
class _Exam:
    standard: Standard
    values: Mapping[str, object]
    options: ValidationOptions

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else ""

    def time(self, name: str) -> LocalTime | None:
        return read_local_time(self.text(name))

    def problem(
        self,
        name: str,
        rule: Rule,
        value: str,
        *,
        severity: Severity = Severity.WARNING,
        decision: str = "",
        limit: str = "",
    ) -> Problem:
        field = self.standard.interface(SERVICE).field(name)
        return Problem(
            field=name,
            label=field.label if field else "",
            rule=rule,
            value=value,
            severity=severity,
            decision=decision,
            limit=limit,
        )


def check_exam_rules(
    standard: Standard, values: Mapping[str, object], options: ValidationOptions
) -> Iterator[Problem]:
    """Problems the decisions name and contradictions between fields.

    Args:
        standard: Guizhou's.
        values: Payload of 2.1 under the standard's own parameter codes.
        options: Settings of the validator.
    """
    exam = _Exam(standard, values, options)
    yield from _check_index(exam)
    yield from _check_certificate(exam)
    yield from _check_identity_card(exam)
    yield from _check_region(exam)
    yield from _check_study_uid(exam)
    yield from _check_accession_numbers(exam)
    yield from _check_order(exam)
    yield from _check_future(exam)


def _check_index(exam: _Exam) -> Iterator[Problem]:
    text = exam.text("hiImgIndx")
    if not text or len(text) > MAX_INDEX_LENGTH:  # the length column has said it (G009)
        return
    try:
        code, warnings = parse_index_code(text)
    except RecordError as exc:
        part = exc.facts.get("part", 0)
        limit = f"第 {part} 部分" if part else "5 或 6 个部分"
        yield exam.problem(
            "hiImgIndx",
            Rule.INDEX_GRAMMAR,
            text,
            severity=Severity.ERROR,
            decision="G002",
            limit=limit,
        )
        return
    for warning in warnings:
        yield exam.problem("hiImgIndx", Rule(warning.rule), text, decision=warning.decision)
    yield from _check_index_parts(exam, code)


def _check_index_parts(exam: _Exam, code: IndexCode) -> Iterator[Problem]:
    """The parts of the index against the fields they repeat (G005, G008, G011, G033)."""
    cert_type = exam.text("psnCertType").upper()
    if cert_type and cert_type != code.cert_type:
        yield exam.problem(
            "hiImgIndx", Rule.INDEX_CERT_TYPE, code.cert_type, decision="G005", limit=cert_type
        )
    cert_no = _cleaned(exam)
    if cert_no and cert_no != code.cert_no:
        yield exam.problem(
            "hiImgIndx", Rule.INDEX_CERTNO, code.cert_no, decision="G008", limit=cert_no
        )
    exam_date = exam.time("examDate")
    index_date = code.exam_time.astimezone(SHANGHAI).date()
    if exam_date and exam_date.moment.date() != index_date:
        yield exam.problem(
            "hiImgIndx",
            Rule.INDEX_DATE,
            index_date.isoformat(),
            decision="G011",
            limit=exam_date.moment.date().isoformat(),
        )
    device = exam.text("examInseqi")
    if _DEVICE.fullmatch(device) and device != code.device:
        yield exam.problem(
            "hiImgIndx", Rule.INDEX_DEVICE, code.device, decision="G033", limit=device
        )


def _cleaned(exam: _Exam) -> str:
    try:
        return clean_certificate_number(exam.text("certno"), exam.options.hyphen_replacement)
    except RecordError:
        return ""


def _check_certificate(exam: _Exam) -> Iterator[Problem]:
    """Certificate type of digits and letters (G042), a number the index can hold (G008).

    The values of the type are not printed; its mapping goes by the name of the field.
    """
    cert_type = exam.text("psnCertType")
    if cert_type and not _CERT_TYPE.fullmatch(cert_type):
        problem = exam.problem(
            "psnCertType",
            Rule.CODE_UNKNOWN,
            cert_type,
            severity=Severity.ERROR,
            decision="G042",
        )
        yield replace(problem, code_set="psnCertType")
    cert_no = exam.text("certno")
    if cert_no and not _cleaned(exam):
        yield exam.problem(
            "certno", Rule.CERTIFICATE_CHARACTERS, cert_no, decision="G008", limit="34"
        )


def _check_identity_card(exam: _Exam) -> Iterator[Problem]:
    cert_no = exam.text("certno")
    if exam.text("psnCertType") != IDENTITY_CARD or not cert_no:
        return
    card = read_identity_card(cert_no)
    if card.fault is IdentityCardFault.CHECK_DIGIT:
        expected = identity_check_digit(card.number[:17])
        yield exam.problem("certno", Rule.CHECK_DIGIT, cert_no, limit=expected)
    elif card.fault:
        yield exam.problem("certno", Rule.IDENTITY_FORMAT, cert_no, limit="18")
    birth_date = exam.time("brdy")
    if birth_date and card.birth_date and birth_date.moment.date() != card.birth_date:
        yield exam.problem(
            "brdy",
            Rule.BIRTH_DATE_MISMATCH,
            exam.text("brdy"),
            limit=card.birth_date.isoformat(),
        )
    sex_code = _SEX_CODES[card.sex] if card.sex else ""
    if sex_code and exam.text("gend") in ("1", "2") and exam.text("gend") != sex_code:
        yield exam.problem("gend", Rule.SEX_MISMATCH, exam.text("gend"), limit=sex_code)


def _check_region(exam: _Exam) -> Iterator[Problem]:
    region = exam.text("examAdmdvs")
    prefix = exam.options.region_prefix
    if region and not _REGION.fullmatch(region):
        yield exam.problem(
            "examAdmdvs",
            Rule.REGION_FORMAT,
            region,
            severity=Severity.ERROR,
            decision="G043",
            limit="6",
        )
    elif region and not region.startswith(prefix):
        yield exam.problem("examAdmdvs", Rule.REGION_PREFIX, region, decision="G043", limit=prefix)


def _check_study_uid(exam: _Exam) -> Iterator[Problem]:
    """One UID (G030); odd characters only warn, they must equal what the images carry."""
    uid = exam.text("studyUid")
    if len(split_list(uid)) > 1:
        yield exam.problem(
            "studyUid", Rule.UID_MULTIPLE, uid, severity=Severity.ERROR, decision="G030", limit="1"
        )
    elif uid and not _UID.fullmatch(uid):
        yield exam.problem("studyUid", Rule.UID_FORMAT, uid, decision="G030")


def _check_accession_numbers(exam: _Exam) -> Iterator[Problem]:
    """The image services take the same list and have less room for it (G031)."""
    numbers = exam.text("accessionNumber")
    services = (exam.standard.interface(name) for name in (SERVICE, "saveImgFile"))
    fields = [service.field("accessionNumber") for service in services]
    lengths = [field.length for field in fields if field and field.length]
    if min(lengths, default=0) < len(numbers) <= max(lengths, default=0):
        yield exam.problem(
            "accessionNumber", Rule.LENGTH, numbers, decision="G031", limit=str(min(lengths))
        )


def _check_order(exam: _Exam) -> Iterator[Problem]:
    for later_name, earlier_name, rule in _ORDER:
        later, earlier = exam.time(later_name), exam.time(earlier_name)
        if later and earlier and _is_before(later, earlier):
            yield exam.problem(
                later_name, rule, exam.text(later_name), limit=exam.text(earlier_name)
            )


def _is_before(first: LocalTime, second: LocalTime) -> bool:
    """Midnight stands for an unknown time of day: then only the days are compared."""
    if _has_time_of_day(first) and _has_time_of_day(second):
        return first.moment < second.moment
    return first.moment.date() < second.moment.date()


def _has_time_of_day(time: LocalTime) -> bool:
    moment = time.moment
    return time.has_clock and (moment.hour, moment.minute, moment.second) != (0, 0, 0)


def _check_future(exam: _Exam) -> Iterator[Problem]:
    today = (exam.options.now or datetime.now(UTC)).astimezone(SHANGHAI).date()
    exam_date = exam.time("examDate")
    if exam_date and exam_date.moment.date() > today:
        yield exam.problem(
            "examDate", Rule.EXAM_IN_FUTURE, exam.text("examDate"), limit=today.isoformat()
        )

"""Names of the rules a record can break: ``Problem.rule`` and key ``problem_<rule>`` of texts."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """One kind of problem; each has its own text."""

    # the standard's own columns
    REQUIRED = "required"
    LENGTH = "length"
    TYPE = "type"
    DATE_FORMAT = "date_format"
    DECIMAL_DIGITS = "decimal_digits"
    DECIMAL_PLACES = "decimal_places"
    NEGATIVE = "negative"
    UNKNOWN_FIELD = "unknown_field"
    # code sets and lists
    CODE_UNKNOWN = "code_unknown"
    CODE_UNLISTED = "code_unlisted"
    CODE_MALFORMED = "code_malformed"
    CODE_AMBIGUOUS = "code_ambiguous"
    CODE_ZEROS = "code_zeros"
    SEPARATOR = "separator"
    # index code
    INDEX_GRAMMAR = "index_grammar"
    INDEX_DEVICE_LENGTH = "index_device_length"
    INDEX_PART_LENGTH = "index_part_length"
    INDEX_INSTITUTION_LENGTH = "index_institution_length"
    INDEX_CERT_TYPE = "index_cert_type"
    INDEX_CERTNO = "index_certno"
    INDEX_DATE = "index_date"
    INDEX_DEVICE = "index_device"
    # single fields that a decision names
    CERTIFICATE_CHARACTERS = "certificate_characters"
    IDENTITY_FORMAT = "identity_format"
    CHECK_DIGIT = "check_digit"
    REGION_FORMAT = "region_format"
    REGION_PREFIX = "region_prefix"
    UID_FORMAT = "uid_format"
    UID_MULTIPLE = "uid_multiple"
    # between fields
    BIRTH_DATE_MISMATCH = "birth_date_mismatch"
    SEX_MISMATCH = "sex_mismatch"
    EXAM_BEFORE_BIRTH = "exam_before_birth"
    EXAM_IN_FUTURE = "exam_in_future"
    REPORT_BEFORE_EXAM = "report_before_exam"
    CHECK_BEFORE_REPORT = "check_before_report"
    SECOND_CHECK_BEFORE_CHECK = "second_check_before_check"
    SYMPTOM_ORDER = "symptom_order"

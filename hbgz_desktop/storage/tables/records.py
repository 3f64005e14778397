"""What the hospital systems say: records, settlements, reports, and what the checker found."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import flag_column, int_column, metadata, text_column

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_key", Text, nullable=False, unique=True),
    Column("fields", Text, nullable=False),
    Column("unknown", Text, nullable=False, server_default="{}"),
    Column("digest", String(64), nullable=False),
    int_column("source_row"),
    int_column("revision", 1),
    text_column("study_uid", index=True),
    text_column("patient_name"),
    text_column("name_key"),
    text_column("patient_id"),
    text_column("birth_date"),
    text_column("appy_no", index=True),
    text_column("hi_img_indx", index=True),
    Column("exam_at", UtcDateTime),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
)

record_accessions = Table(
    "record_accessions",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("accession_number", Text, primary_key=True, index=True),
)

settlements = Table(
    "settlements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), index=True),
    text_column("appy_no", index=True),
    text_column("hi_img_indx", index=True),
    text_column("setl_date"),
    Column("values", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("imported_at", UtcDateTime, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
    Column("rpot_no", Text, nullable=False),
    text_column("reference"),
    text_column("path"),
    int_column("size_bytes"),
    text_column("md5"),
    text_column("problem"),
    Column("confirmed_at", UtcDateTime),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("record_id", "rpot_no"),
)

import_rows = Table(
    "import_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("row", Integer, nullable=False),
    text_column("field"),
    text_column("value"),
    text_column("rule"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("settled_at", UtcDateTime),
)

examinations = Table(
    "examinations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, unique=True),
    text_column("match_kind"),
    flag_column("is_stale"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_examinations_stale", "is_stale"),
)

index_codes = Table(
    "index_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("code", String(100), nullable=False),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("frozen_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    text_column("basis"),
    text_column("kept_for"),
    UniqueConstraint("platform", "code"),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("field", Text, nullable=False),
    text_column("label"),
    Column("rule", Text, nullable=False),
    text_column("value"),
    Column("severity", String(8), nullable=False),
    text_column("code_set"),
    text_column("decision"),
    text_column("limit"),
    text_column("origin"),
    Index("ix_problems_cause", "severity", "rule", "field", "value"),
)

mappings = Table(
    "mappings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("code_set", String(32), nullable=False),
    Column("local_value", Text, nullable=False),
    Column("standard_code", Text, nullable=False),
    text_column("set_by"),
    Column("set_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "code_set", "local_value"),
)

"""What was received: studies, series, instances, and refused objects.

``instances.lane`` says what an instance is, ``file_state`` where its file is (``model.instance.FileState``);
``file_count`` and ``file_bytes`` of a study are those of its instances that are not cleared, and
``file_meta`` is the implementation version name that stood in a cleared file's header.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import (
    flag_column,
    int_column,
    metadata,
    partial_index,
    text_column,
)

_NO_DIGEST = text("md5 IS NULL")
HAS_FILES = "file_count > 0"
FILE_IS_OPEN = "file_state IN ('lost', 'clearing')"
"""Conditions of partial indices: a query has to say them in these very words for its index to be used."""
_HAS_FILES = text(HAS_FILES)
_FILE_IS_OPEN = text(FILE_IS_OPEN)

studies = Table(
    "studies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_instance_uid", String(64), nullable=False, unique=True),
    text_column("accession_number", index=True),
    text_column("patient_name"),
    text_column("patient_id"),
    text_column("patient_birth_date"),
    text_column("patient_sex"),
    text_column("patient_age"),
    text_column("name_key", index=True),
    text_column("study_date"),
    text_column("study_time"),
    text_column("modality"),
    text_column("description"),
    text_column("calling_ae"),
    text_column("charset"),
    text_column("charset_origin"),
    text_column("state"),
    int_column("instance_count"),
    int_column("sendable_count"),
    int_column("confirmed_count"),
    int_column("sent_count"),
    int_column("warned_count"),
    Column("expected_count", Integer),
    text_column("expected_source"),
    flag_column("has_changed"),
    Column("first_received_at", UtcDateTime, nullable=False),
    Column("last_received_at", UtcDateTime, nullable=False, index=True),
    Column("completed_at", UtcDateTime),
    text_column("completed_by"),
    Column("examination_id", ForeignKey("examinations.id"), index=True),
    int_column("file_count"),
    int_column("file_bytes"),
    int_column("cleared_bytes"),
    Column("cleared_at", UtcDateTime),
    Index("ix_studies_state_last", "state", "last_received_at"),
    partial_index("ix_studies_files", "completed_at", "file_count", "file_bytes", where=_HAS_FILES),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_id", ForeignKey("studies.id"), nullable=False),
    Column("series_instance_uid", String(64), nullable=False),
    text_column("modality"),
    Column("number", Integer),
    text_column("description"),
    int_column("instance_count"),
    flag_column("has_thumbnail"),
    UniqueConstraint("study_id", "series_instance_uid"),
    Index("ix_series_has_thumbnail", "has_thumbnail", "id"),
)

instances = Table(
    "instances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_id", ForeignKey("studies.id"), nullable=False),
    Column("series_id", ForeignKey("series.id"), nullable=False),
    Column("sop_instance_uid", String(64), nullable=False, index=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("is_current", Boolean, nullable=False, server_default=text("1")),
    Column("sop_class_uid", String(64), nullable=False),
    Column("transfer_syntax_uid", String(64), nullable=False),
    Column("instance_number", Integer),
    int_column("number_of_frames"),
    Column("path", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    Column("md5", String(32)),
    Column("sha256", String(64)),
    text_column("calling_ae"),
    text_column("lane"),
    Column("is_sendable", Boolean, nullable=False, server_default=text("1")),
    Column("received_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("dimse_status", Integer),
    text_column("thumbnail"),
    Column("file_state", String(8), nullable=False, server_default=""),
    text_column("file_meta"),
    Column("cleared_at", UtcDateTime),
    UniqueConstraint("series_id", "sop_instance_uid", "version"),
    Index("ix_instances_study_current", "study_id", "is_current"),
    partial_index("ix_instances_no_digest", "id", where=_NO_DIGEST),
    partial_index("ix_instances_file_state", "file_state", "id", where=_FILE_IS_OPEN),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    text_column("reason"),
    text_column("sop_class_uid"),
    text_column("transfer_syntax_uid"),
    text_column("calling_ae"),
    text_column("address"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("cleared_at", UtcDateTime),
)

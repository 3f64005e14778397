"""Our own tables (SQLAlchemy Core); private to ``storage``. Alembic holds how they came about.

Integers named ``…_id`` are ours; every UID is a peer's text. Times are aware UTC. What may hold patient data:
studies, series, instances, records, settlements, reports, problems, attempts (masked) and nothing else.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from hbgz_desktop.storage.columns import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", index=index)


def _int(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


studies = Table(
    "studies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_instance_uid", String(64), nullable=False, unique=True),
    _text("accession_number", index=True),
    _text("patient_name"),
    _text("patient_id"),
    _text("patient_birth_date"),
    _text("patient_sex"),
    _text("patient_age"),
    _text("name_key", index=True),
    _text("study_date"),
    _text("study_time"),
    _text("modality"),
    _text("description"),
    _text("calling_ae"),
    _text("charset"),
    _text("charset_origin"),
    _text("state"),
    _int("instance_count"),
    _int("sendable_count"),
    _int("confirmed_count"),
    _int("sent_count"),
    Column("expected_count", Integer),
    _text("expected_source"),
    _flag("has_changed"),
    Column("first_received_at", UtcDateTime, nullable=False),
    Column("last_received_at", UtcDateTime, nullable=False, index=True),
    Column("completed_at", UtcDateTime),
    _text("completed_by"),
    Column("examination_id", ForeignKey("examinations.id"), index=True),
    Index("ix_studies_state_last", "state", "last_received_at"),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_id", ForeignKey("studies.id"), nullable=False),
    Column("series_instance_uid", String(64), nullable=False),
    _text("modality"),
    Column("number", Integer),
    _text("description"),
    _int("instance_count"),
    UniqueConstraint("study_id", "series_instance_uid"),
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
    _int("number_of_frames"),
    Column("path", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    Column("md5", String(32)),
    Column("sha256", String(64)),
    _text("calling_ae"),
    _text("lane"),
    Column("is_sendable", Boolean, nullable=False, server_default=text("1")),
    Column("received_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    _text("thumbnail"),
    UniqueConstraint("series_id", "sop_instance_uid", "version"),
    Index("ix_instances_study_current", "study_id", "is_current"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    _text("reason"),
    _text("sop_class_uid"),
    _text("transfer_syntax_uid"),
    _text("calling_ae"),
    _text("address"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_key", Text, nullable=False, unique=True),
    Column("fields", Text, nullable=False),
    Column("unknown", Text, nullable=False, server_default="{}"),
    Column("digest", String(64), nullable=False),
    _int("source_row"),
    _int("revision", 1),
    _text("study_uid", index=True),
    _text("patient_name"),
    _text("name_key"),
    _text("patient_id"),
    _text("birth_date"),
    _text("appy_no", index=True),
    _text("hi_img_indx", index=True),
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
    _text("appy_no", index=True),
    _text("hi_img_indx", index=True),
    _text("setl_date"),
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
    _text("reference"),
    _text("path"),
    _int("size_bytes"),
    _text("md5"),
    _text("problem"),
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
    _text("field"),
    _text("value"),
    _text("rule"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("settled_at", UtcDateTime),
)

examinations = Table(
    "examinations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, unique=True),
    _text("match_kind"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
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
    UniqueConstraint("platform", "code"),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("field", Text, nullable=False),
    _text("label"),
    Column("rule", Text, nullable=False),
    _text("value"),
    Column("severity", String(8), nullable=False),
    _text("code_set"),
    _text("decision"),
    _text("limit"),
    _text("origin"),
    Index("ix_problems_cause", "severity", "rule", "field", "value"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("part", Integer, nullable=False, server_default=text("0")),
    Column("state", String(16), nullable=False),
    _text("blocked_reason"),
    _flag("is_paused"),
    _text("paused_by"),
    _flag("cancel_requested"),
    _int("attempts"),
    Column("next_attempt_at", UtcDateTime),
    _int("token"),
    _text("lease_owner"),
    Column("lease_until", UtcDateTime),
    _text("cause"),
    Column("http_status", Integer),
    _text("answer_code"),
    _text("message"),
    _text("content_digest"),
    _text("sent_digest"),
    _int("items_total"),
    _int("items_confirmed"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("examination_id", "platform", "kind", "part"),
    Index("ix_deliveries_due", "state", "is_paused", "next_attempt_at"),
    Index("ix_deliveries_state_updated", "state", "updated_at"),
    Index("ix_deliveries_cause", "state", "cause"),
)

worklist = Table(
    "worklist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_id", ForeignKey("studies.id"), unique=True),
    Column("examination_id", ForeignKey("examinations.id"), index=True),
    Column("lane", String(20), nullable=False),
    _text("detail"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False),
    _text("name_key"),
    _text("accession_number"),
    _text("patient_id"),
    _text("modality"),
    Index("ix_worklist_lane_at", "lane", "at"),
)

delivery_items = Table(
    "delivery_items",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id"), primary_key=True),
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("sent_md5", String(32)),
    Column("sent_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Index("ix_delivery_items_open", "delivery_id", "confirmed_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("instance_id", Integer),
    Column("token", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=False, index=True),
    _text("service"),
    _text("msgid"),
    Column("http_status", Integer),
    _text("answer_code"),
    _text("message"),
    Column("outcome", String(12), nullable=False),
    _text("cause"),
    Column("answer", LargeBinary),
    _int("size_bytes"),
)

mappings = Table(
    "mappings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("code_set", String(32), nullable=False),
    Column("local_value", Text, nullable=False),
    Column("standard_code", Text, nullable=False),
    _text("set_by"),
    Column("set_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "code_set", "local_value"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("level", String(8), nullable=False, server_default="info"),
    Column("study_id", Integer, index=True),
    Column("examination_id", Integer, index=True),
    Column("delivery_id", Integer),
    Column("facts", Text, nullable=False, server_default="{}"),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("facts", Text, nullable=False, server_default="{}"),
    sqlite_autoincrement=True,
)

commands = Table(
    "commands",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("arguments", Text, nullable=False, server_default="{}"),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("deadline_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    _text("result"),
    Column("finished_at", UtcDateTime),
    sqlite_autoincrement=True,
)

engine_state = Table(
    "engine_state",
    metadata,
    Column("id", Integer, primary_key=True),
    _int("pid"),
    _text("program_version"),
    Column("started_at", UtcDateTime),
    Column("heartbeat_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    _text("receiver_state"),
    _text("receiver_detail"),
    _int("dicom_port"),
    Column("disk_free_bytes", Float),
    _int("recovered_receives"),
    _int("recovered_sends"),
    _int("lost"),
    _int("rejected_associations"),
)

associations = Table(
    "associations",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("calling_ae"),
    _text("called_ae"),
    _text("address"),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("last_activity_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    _text("outcome"),
    _text("detail"),
    _int("instances"),
    Column("bytes", Integer, nullable=False, server_default=text("0")),
)

peers = Table(
    "peers",
    metadata,
    Column("ae_title", String(16), primary_key=True),
    _text("policy"),
    _text("fallback_charset"),
    _text("address"),
    Column("first_seen_at", UtcDateTime),
    Column("last_seen_at", UtcDateTime),
    Column("last_image_at", UtcDateTime),
    _int("refused_count"),
)

platform_state = Table(
    "platform_state",
    metadata,
    Column("platform", String(16), primary_key=True),
    _int("failures"),
    Column("opened_at", UtcDateTime),
    Column("next_probe_at", UtcDateTime),
    Column("last_answer_at", UtcDateTime),
    Column("last_answer_ms", Float),
    _text("cause"),
    _int("last_failed_delivery"),
    _flag("is_paused"),
    _text("paused_by"),
    Column("msgid_time", UtcDateTime),
    _int("msgid_sequence"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

"""Hebei's reception desk: tokens, authorizations, launches of the shared page, forms handed over.

``visit_key`` of an authorization is null once it no longer stands in the way of another one of the
same visit (withdrawn, or refused and sent again with other values).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import int_column, metadata, text_column

hebei_tokens = Table(
    "hebei_tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("org_code", Text, nullable=False),
    text_column("his_org_code"),
    text_column("his_dept_code"),
    text_column("his_user_code"),
    text_column("issuer"),
    Column("sealed", LargeBinary),
    int_column("version"),
    Column("obtained_at", UtcDateTime),
    Column("renew_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    text_column("lease_owner"),
    Column("lease_until", UtcDateTime),
    int_column("fence"),
    int_column("failures"),
    Column("blocked_until", UtcDateTime),
    text_column("error_code"),
    UniqueConstraint(
        "org_code", "his_org_code", "his_dept_code", "his_user_code", name="uq_hebei_tokens_user"
    ),
)


def _visit_columns() -> tuple[Column[Any], ...]:
    """Who is seen, at which visit, and on whose behalf the platform is asked."""
    return (
        text_column("patient_id"),
        text_column("patient_name"),
        text_column("search_key"),
        text_column("id_type"),
        text_column("id_no", index=True),
        text_column("phone"),
        text_column("visit_no"),
        text_column("visit_time"),
        Column("operator", Text, nullable=False),
        text_column("his_dept_code"),
        text_column("his_user_code"),
    )


authorizations = Table(
    "authorizations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_key", Text, unique=True),
    *_visit_columns(),
    Column("state", String(12), nullable=False),
    int_column("attempts"),
    Column("next_try_at", UtcDateTime),
    text_column("lease_owner"),
    Column("lease_until", UtcDateTime),
    int_column("token"),
    text_column("error_code"),
    text_column("message"),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("sent_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    text_column("withdrawn_by"),
    text_column("reason"),
    Index("ix_authorizations_state_next", "state", "next_try_at"),
    sqlite_autoincrement=True,
)

sharing_launches = Table(
    "sharing_launches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("authorization_id", ForeignKey("authorizations.id"), index=True),
    *_visit_columns(),
    Column("mode", String(8), nullable=False),
    text_column("study_items"),
    text_column("lab_items"),
    Column("state", String(16), nullable=False),
    Column("study_count", Integer),
    Column("lab_count", Integer),
    text_column("error_code"),
    text_column("message"),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("opened_at", UtcDateTime),
    Column("orders_at", UtcDateTime),
    Column("results_at", UtcDateTime),
    Column("orders", LargeBinary),
    Column("results", LargeBinary),
    sqlite_autoincrement=True,
)

sharing_forms = Table(
    "sharing_forms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

"""Our own tables (SQLAlchemy Core); private to ``storage``. Alembic holds how they came about.

Integers named ``…_id`` are ours; every UID is a peer's text. Times are aware UTC. What may hold
patient data: studies, series, instances, worklist, records, settlements, reports, import_rows,
problems, mappings, attempts (masked), authorizations, sharing_launches and nothing else.
"""

from __future__ import annotations

from hbgz_desktop.storage.tables.accounts import audit_entries, audit_retention, operators
from hbgz_desktop.storage.tables.base import metadata
from hbgz_desktop.storage.tables.deliveries import attempts, deliveries, delivery_items, worklist
from hbgz_desktop.storage.tables.engine import (
    associations,
    commands,
    engine_state,
    events,
    peers,
    platform_state,
    secrets,
)
from hbgz_desktop.storage.tables.hebei import (
    authorizations,
    hebei_tokens,
    sharing_forms,
    sharing_launches,
)
from hbgz_desktop.storage.tables.reception import instances, quarantine, series, studies
from hbgz_desktop.storage.tables.records import (
    examinations,
    import_rows,
    index_codes,
    mappings,
    problems,
    record_accessions,
    records,
    reports,
    settlements,
)

__all__ = [
    "associations",
    "attempts",
    "audit_entries",
    "audit_retention",
    "authorizations",
    "commands",
    "deliveries",
    "delivery_items",
    "engine_state",
    "events",
    "examinations",
    "hebei_tokens",
    "import_rows",
    "index_codes",
    "instances",
    "mappings",
    "metadata",
    "operators",
    "peers",
    "platform_state",
    "problems",
    "quarantine",
    "record_accessions",
    "records",
    "reports",
    "secrets",
    "series",
    "settlements",
    "sharing_forms",
    "sharing_launches",
    "studies",
    "worklist",
]

"""Our own tables (SQLAlchemy Core); private to ``storage``. Alembic holds how they came about.

Integers named ``…_id`` are ours; every UID is a peer's text. Times are aware UTC. What may hold
patient data: studies, series, instances, worklist, records, settlements, reports, import_rows,
problems, mappings, attempts (masked), authorizations, sharing_launches, deletions, sent_records
(sealed) and nothing else.
"""

from __future__ import annotations

from hbgz_desktop.storage.tables.accounts import audit_entries, audit_retention, operators
from hbgz_desktop.storage.tables.base import metadata
from hbgz_desktop.storage.tables.deletions import deletions, sent_records
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
from hbgz_desktop.storage.tables.held_files import held_files
from hbgz_desktop.storage.tables.other_hospitals import (
    outside_examinations,
    outside_finds,
    outside_images,
    outside_looks,
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
from hbgz_desktop.storage.tables.retention import clearing_runs, disk_forecast

__all__ = [
    "associations",
    "attempts",
    "audit_entries",
    "audit_retention",
    "authorizations",
    "clearing_runs",
    "commands",
    "deletions",
    "deliveries",
    "delivery_items",
    "disk_forecast",
    "engine_state",
    "events",
    "examinations",
    "hebei_tokens",
    "held_files",
    "import_rows",
    "index_codes",
    "instances",
    "mappings",
    "metadata",
    "operators",
    "outside_examinations",
    "outside_finds",
    "outside_images",
    "outside_looks",
    "peers",
    "platform_state",
    "problems",
    "quarantine",
    "record_accessions",
    "records",
    "reports",
    "secrets",
    "sent_records",
    "series",
    "settlements",
    "sharing_forms",
    "sharing_launches",
    "studies",
    "worklist",
]

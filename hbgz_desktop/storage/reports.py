"""Report PDFs of records: where they come from, where they lie, whether the platform has them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from hbgz_desktop.model.record import Report
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import examinations, reports
from hbgz_desktop.storage.worklist import mark_stale

if TYPE_CHECKING:
    from collections.abc import Mapping


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id,
        row.record_id,
        row.rpot_no,
        row.reference,
        row.path,
        row.size_bytes,
        row.md5,
        row.problem,
        row.confirmed_at is not None,
    )


def write_reports(connection: Connection, record_id: int, by_number: Mapping[str, str]) -> None:
    """Enter report number → path or address; where any is given, unconfirmed ones of other numbers go.

    A known report keeps its file until a new one has been fetched.
    """
    now = datetime.now(UTC)
    if by_number:
        connection.execute(
            delete(reports).where(
                reports.c.record_id == record_id,
                reports.c.rpot_no.not_in(list(by_number)),
                reports.c.confirmed_at.is_(None),
            )
        )
    for rpot_no, reference in by_number.items():
        own = reports.c.record_id == record_id, reports.c.rpot_no == rpot_no
        known = connection.execute(select(reports.c.id).where(*own)).scalar()
        if known is None:
            values = {"record_id": record_id, "rpot_no": rpot_no, "reference": reference}
            connection.execute(insert(reports), {**values, "updated_at": now})
        elif reference:
            is_other = (reports.c.reference != reference) | (reports.c.problem != "")
            connection.execute(
                update(reports)
                .where(reports.c.id == known, is_other)
                .values(reference=reference, problem="", updated_at=now)
            )


class ReportStore(Repository):
    """Repository of reports."""

    def reports_of(self, record_id: int) -> tuple[Report, ...]:
        """Reports in the order of their numbers' arrival."""
        query = select(reports).where(reports.c.record_id == record_id).order_by(reports.c.id)
        with self._database.read() as connection:
            return tuple(_report(row) for row in connection.execute(query))

    def report(self, report_id: int) -> Report | None:
        """One report."""
        with self._database.read() as connection:
            row = connection.execute(select(reports).where(reports.c.id == report_id)).first()
        return None if row is None else _report(row)

    def set_report_file(self, report_id: int, *, path: str, size_bytes: int, md5: str) -> None:
        """The PDF is in the spool; new content makes an earlier confirmation void."""
        with self._database.write() as connection:
            old = connection.execute(
                select(reports.c.md5, reports.c.confirmed_at).where(reports.c.id == report_id)
            ).first()
            confirmed = old.confirmed_at if old is not None and old.md5 == md5 else None
            connection.execute(
                update(reports)
                .where(reports.c.id == report_id)
                .values(
                    path=path,
                    size_bytes=size_bytes,
                    md5=md5,
                    problem="",
                    confirmed_at=confirmed,
                    updated_at=datetime.now(UTC),
                )
            )
            owner = (
                select(examinations.c.id)
                .join(reports, reports.c.record_id == examinations.c.record_id)
                .where(reports.c.id == report_id)
            )
            mark_stale(connection, connection.execute(owner).scalar() or 0)

    def set_report_problem(self, report_id: int, problem: str) -> None:
        """The PDF could not be fetched; ``problem`` is an error code."""
        with self._database.write() as connection:
            connection.execute(
                update(reports)
                .where(reports.c.id == report_id)
                .values(problem=problem, updated_at=datetime.now(UTC))
            )

    def report_paths(self) -> set[str]:
        """Every report file a row names."""
        with self._database.read() as connection:
            query = select(reports.c.path).where(reports.c.path != "")
            return set(connection.execute(query).scalars())

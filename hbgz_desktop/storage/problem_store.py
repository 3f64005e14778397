"""What the checker and the platforms say is wrong with examinations."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import problems
from hbgz_desktop.storage.worklist import refresh_examination

if TYPE_CHECKING:
    from collections.abc import Iterable


class ProblemStore(Repository):
    """Repository of problems."""

    def set_problems(
        self,
        examination_id: int,
        platform: str,
        found: Iterable[Problem],
        *,
        origin: str = "check",
        keep_platform: bool = True,
    ) -> None:
        """Replace the problems of one origin; a check with new content also drops the platform's old refusals."""
        with self._database.write() as connection:
            gone = [problems.c.origin == origin]
            if not keep_platform:
                gone.append(problems.c.origin == "platform")
            connection.execute(
                delete(problems).where(
                    problems.c.examination_id == examination_id,
                    problems.c.platform == platform,
                    or_(*gone),
                )
            )
            rows = [
                {
                    **asdict(problem),
                    "severity": problem.severity.value,
                    "examination_id": examination_id,
                    "platform": platform,
                    "origin": origin,
                }
                for problem in found
            ]
            if rows:
                connection.execute(insert(problems), rows)
            refresh_examination(connection, examination_id)

    def problems_of(self, examination_id: int) -> tuple[Problem, ...]:
        """Everything the checker and the platform say about one examination."""
        query = (
            select(problems)
            .where(problems.c.examination_id == examination_id)
            .order_by(problems.c.severity, problems.c.id)
        )
        with self._database.read() as connection:
            return tuple(
                Problem(
                    row.field,
                    row.label,
                    row.rule,
                    row.value,
                    Severity(row.severity),
                    row.code_set,
                    row.decision,
                    row.limit,
                )
                for row in connection.execute(query)
            )

    def has_errors(self, examination_id: int) -> bool:
        """True while any error stands against it."""
        query = (
            select(problems.c.id)
            .where(
                problems.c.examination_id == examination_id,
                problems.c.severity == Severity.ERROR.value,
            )
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def waiting_on(self, code_set: str, local_value: str) -> tuple[int, ...]:
        """Examinations that a mapping of this local value may release."""
        query = (
            select(problems.c.examination_id)
            .where(
                problems.c.code_set == code_set,
                problems.c.value == local_value,
                problems.c.severity == Severity.ERROR.value,
            )
            .distinct()
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

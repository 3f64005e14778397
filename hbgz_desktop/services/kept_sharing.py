"""Launches of the shared page that are kept: lists, answers fetched earlier, and the ways out of the program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.audit import FAILED, OK
from hbgz_desktop.model.sharing_launch import OrderLine, OrdersLook, ResultsLook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.model.errors import HbgzError
    from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation
    from hbgz_desktop.model.sharing_launch import LaunchFilter, LaunchState, SharingLaunch
    from hbgz_desktop.model.visit import Visit
    from hbgz_desktop.services.audit import Audit
    from hbgz_desktop.services.shared_answers import ReadableGroup, SharedAnswers
    from hbgz_desktop.storage.sharing_launches import SharingLaunchStore


class KeptSharing:
    """What is known without asking the platform. Blocks on the database; safe from any thread."""

    def __init__(self, launches: SharingLaunchStore, answers: SharedAnswers, audit: Audit) -> None:
        """Wire the parts."""
        self._launches = launches
        self._answers = answers
        self._audit = audit

    def launch(self, launch_id: int) -> SharingLaunch:
        """One launch.

        Raises:
            UsageError: ``sharing_launch_unknown``.
        """
        return self._launches.get(launch_id)

    def of_visit(self, visit: Visit) -> SharingLaunch | None:
        """The newest launch of a visit."""
        return self._launches.of_visit(visit)

    def recent(
        self, text: str = "", limit: int = 100, offset: int = 0
    ) -> tuple[SharingLaunch, ...]:
        """Launches, newest first; ``text`` as in the history of authorizations."""
        return self._launches.page(text, limit, offset)

    def ids(self, wanted: LaunchFilter) -> tuple[int, ...]:
        """Ids of launches that match now, newest first."""
        return self._launches.ids(wanted)

    def rows(self, ids: Sequence[int]) -> tuple[SharingLaunch, ...]:
        """Launches of these ids in their order; those that are gone are left out."""
        return self._launches.rows(ids)

    def counts(self, wanted: LaunchFilter) -> Mapping[LaunchState, int]:
        """How many launches of each state match; every state has a number."""
        return self._launches.counts(wanted)

    def kept_orders(self, launch_id: int) -> OrdersLook | None:
        """The last answer of ``fetch_orders`` again, without asking the platform; None when there is none.

        Raises:
            StorageError: ``secret_unreadable``: it was sealed by another account or machine.
        """
        launch = self._launches.get(launch_id)
        kept = self._launches.orders_of(launch_id)
        if kept is None or launch.orders_at is None:
            return None
        relation, answer = self._answers.unsealed_orders(kept)
        self._note("sharing_kept_viewed", launch, what="orders")
        lines = order_lines(relation, answer.relation)
        return OrdersLook(launch, answer, lines, launch.orders_at)

    def kept_results(self, launch_id: int) -> ResultsLook | None:
        """The last answer of ``fetch_results`` again; as ``kept_orders``."""
        launch = self._launches.get(launch_id)
        kept = self._launches.results_of(launch_id)
        if kept is None or launch.results_at is None:
            return None
        result = self._answers.unsealed_results(kept)
        self._note("sharing_kept_viewed", launch, what="results")
        return ResultsLook(launch, result, launch.results_at)

    def trim(self, keep_days: int) -> int:
        """Engine: delete answers kept longer than so many days, some hundred at a time; returns how many."""
        return self._launches.trim(datetime.now(UTC) - timedelta(days=keep_days))

    # Out of the program

    def readable(self, look: ResultsLook) -> tuple[ReadableGroup, ...]:
        """The results as a page: one group a result, its labelled values, its details; no I/O."""
        return self._answers.readable(look.result)

    def as_text(self, look: ResultsLook) -> str:
        """The results as text for HIS; the copy leaves an audit row."""
        self._note("sharing_exported", look.launch, what="text")
        return self._answers.as_text(look.result)

    def as_json(self, look: ResultsLook) -> str:
        """The results in the platform's own member names, decrypted, unknown members included; audited."""
        self._note("sharing_exported", look.launch, what="json")
        return self._answers.as_json(look.result)

    def export_json(self, look: ResultsLook, path: Path) -> None:
        """Write ``as_json`` to a file.

        Raises:
            RecordError: ``workbook_not_written``.
            DiskFullError: No room.
        """
        self._answers.write_json(look.result, path)
        self._note("sharing_exported", look.launch, what="json_file")

    def export_xlsx(self, look: ResultsLook, path: Path) -> None:
        """Write the results to a workbook, every cell text, never a formula.

        Raises:
            RecordError: ``workbook_not_written``, e.g. because the file is open in a spreadsheet.
            DiskFullError: No room.
        """
        self._answers.write_xlsx(look.result, path)
        self._note("sharing_exported", look.launch, what="xlsx_file")

    def _note(
        self,
        action: str,
        launch: SharingLaunch,
        error: HbgzError | None = None,
        **facts: Any,
    ) -> None:
        if error is not None:
            facts["error"] = error.code
        self._audit.record(
            action,
            kind="sharing_launch",
            key=launch.id,
            outcome=OK if error is None else FAILED,
            authorization=launch.authorization_id,
            **facts,
        )


def order_lines(asked: OrderRelation, left: OrderRelation) -> tuple[OrderLine, ...]:
    """Every order that was asked, with what the platform left of it: dropped or empty is the same (H058)."""
    lines = []
    for kind, orders, kept in (
        ("study", asked.study_orders, _by_number(left.study_orders)),
        ("lab", asked.lab_orders, _by_number(left.lab_orders)),
    ):
        for one in orders:
            remaining = kept.get(one.order_no, frozenset())
            recognised = tuple(code for code in one.item_codes if code in remaining)
            lines.append(OrderLine(kind, one.order_no, one.item_codes, recognised))
    return tuple(lines)


def _by_number(orders: Iterable[OrderItems]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one in orders:
        found[one.order_no] = found.get(one.order_no, frozenset()) | frozenset(one.item_codes)
    return found

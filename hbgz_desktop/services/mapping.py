"""字典对照: saving a mapping re-checks and releases every record that waited on it (DESIGN 5.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.mapping_views import CodeSetRow, MappingEntry, MappingRow, WaitingValue
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.validator import fields_with_code_set
from hbgz_desktop.services.work_watch import WorkWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from hbgz_desktop.model.status import Mapping
    from hbgz_desktop.platforms.code_set import Code, CodeSet
    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.mappings import MappingStore

_IN_BRACKETS = re.compile(r"[（(][A-Za-z_]+[)）]$")
"""The print repeats a set's name in its title: 性别(gend)."""
_WAITS = frozenset(
    {
        BlockedReason.NO_IMAGES,
        BlockedReason.INCOMPLETE,
        BlockedReason.SETTLEMENT,
        BlockedReason.REPORT,
    }
)
_GONE = frozenset({DeliveryState.RUNNING, DeliveryState.DELIVERED})


@dataclass(frozen=True, slots=True)
class MappingSaved:
    """What saving mappings did; only examinations that waited in 待处理 are counted.

    Attributes:
        old_code: Code of the first line before, "" when it had none.
        released: Examinations that have no error left.
        still_waiting: Those that have another problem.
        uploading: Of the released, those that wait for nothing else.
        before: The lines as they were, to undo by.
        examination_ids: What was looked at again, counted or not.
        rest: Examinations a person did not want to wait for: the engine looks at them by itself.
    """

    old_code: str
    released: int
    still_waiting: int
    uploading: int = 0
    before: tuple[MappingEntry, ...] = ()
    examination_ids: tuple[int, ...] = ()
    rest: int = 0


class MappingControl:
    """Reads and writes the mapping table of one platform. Safe from any thread."""

    def __init__(
        self,
        *,
        platform: str,
        standard: Standard,
        mappings: MappingStore,
        examinations: ExaminationStore,
        queue: DeliveryQueue,
        planner: Planner,
        allows_malformed: Callable[[], bool],
    ) -> None:
        """Wire the parts; ``allows_malformed`` says whether odd codes may be used as printed (G065)."""
        self._platform = platform
        self._standard = standard
        self._mappings = mappings
        self._examinations = examinations
        self._queue = queue
        self._planner = planner
        self._allows_malformed = allows_malformed
        coded = fields_with_code_set(standard)
        self._fields_of: dict[str, list[str]] = {}
        for field, code_set in coded.items():
            self._fields_of.setdefault(code_set or field, []).append(field)

    def code_sets(self) -> dict[str, str]:
        """Name → title of the sets that can be mapped; one that is only named has its field's label."""
        fields = {field.name: field.label for field in self._standard.interface(SERVICE).fields}
        titles = {}
        for name in self._fields_of:
            known = self._standard.code_sets.get(name)
            title = known.title if known else fields.get(name, name)
            titles[name] = _IN_BRACKETS.sub("", title).strip() or name
        return titles

    def codes(self, code_set: str, text: str = "", limit: int = 50) -> tuple[Code, ...]:
        """Standard codes that match what was typed: code, name, pinyin, initials. Memory only."""
        known = self._known(code_set)
        if known is None:
            return ()
        return known.search(text, limit) if text else known.rows[:limit]

    def code_name(self, code_set: str, code: str) -> str:
        """The standard's name of a code, "" when it does not print it. Memory only."""
        known = self._known(code_set)
        return known.names().get(code, "") if known is not None else ""

    def printed_codes(self, code_set: str) -> frozenset[str]:
        """Every code the standard prints, none for a set it only names (G042). Memory only."""
        known = self._known(code_set)
        return frozenset(known.names()) if known is not None else frozenset()

    def printed_count(self, code_set: str) -> int:
        """Rows the standard prints; a code that stands in two counts twice (G064). Memory only."""
        known = self._known(code_set)
        return len(known.rows) if known is not None else 0

    def _known(self, code_set: str) -> CodeSet | None:
        if code_set not in self._fields_of:
            raise UsageError("code_set_unknown", name=code_set, allowed=", ".join(self._fields_of))
        return self._standard.code_sets.get(code_set)

    def all(self, code_set: str = "") -> tuple[Mapping, ...]:
        """Mappings in force."""
        return self._mappings.all(self._platform, code_set)

    def waiting(self) -> tuple[WaitingValue, ...]:
        """Local values without a code, those that hold up most first."""
        return tuple(
            one for one in self._mappings.waiting(self._platform) if one.code_set in self._fields_of
        )

    def overview(self) -> tuple[CodeSetRow, ...]:
        """The code sets, those that hold up examinations first, else in the standard's order."""
        mapped: dict[str, int] = {}
        for one in self.all():
            mapped[one.code_set] = mapped.get(one.code_set, 0) + 1
        waiting: dict[str, list[WaitingValue]] = {}
        for value in self.waiting():
            waiting.setdefault(value.code_set, []).append(value)
        rows = []
        for name, title in self.code_sets().items():
            known = self._standard.code_sets.get(name)
            own = waiting.get(name, [])
            held = self.held_by([(one.code_set, one.local_value) for one in own])
            printed = len(known.rows) if known else 0
            rows.append(CodeSetRow(name, title, printed, mapped.get(name, 0), len(own), len(held)))
        return tuple(sorted(rows, key=lambda row: (-row.unmapped, -row.waiting)))

    def held_by(self, keys: Collection[tuple[str, str]]) -> tuple[int, ...]:
        """Examinations that wait in 待处理 on one of these (code set, local value)."""
        return self._mappings.held_by(self._platform, keys)

    def rows(self, code_set: str) -> tuple[MappingRow, ...]:
        """Lines of one set: values without a code first, those that hold up most before the others."""
        known = self._known(code_set)
        waiting = {one.local_value: one for one in self.waiting() if one.code_set == code_set}
        mapped = self.all(code_set)
        done = {one.local_value for one in mapped}
        missing = [
            MappingRow(code_set, value, waiting=one.waiting, field=one.fields[0])
            for value, one in waiting.items()
            if value not in done
        ]
        return (*missing, *(_row(known, one, waiting.get(one.local_value)) for one in mapped))

    def check(self, entry: MappingEntry) -> None:
        """Refuse a line that cannot be saved; an empty code (removal) is allowed.

        Raises:
            UsageError: ``code_set_unknown``, ``mapping_code_unknown``, ``mapping_value_empty``, or
                ``mapping_code_malformed`` while the settings do not allow it (G065).
        """
        known = self._known(entry.code_set)
        code = entry.standard_code
        if not entry.local_value.strip():
            raise UsageError("mapping_value_empty")
        if known is not None and code and not known.by_code(code):
            raise UsageError("mapping_code_unknown", code_set=entry.code_set, standard_code=code)
        is_malformed = known is not None and any(row.is_malformed for row in known.by_code(code))
        if is_malformed and not self._allows_malformed():
            raise UsageError("mapping_code_malformed", standard_code=code)

    def set(
        self,
        code_set: str,
        local_value: str,
        standard_code: str,
        actor: str,
        watch: WorkWatch | None = None,
    ) -> MappingSaved:
        """Save one mapping and let go what waited on it.

        Raises:
            UsageError: ``code_set_unknown``, ``mapping_code_unknown`` or ``mapping_value_empty``.
        """
        if not standard_code.strip():
            raise UsageError("mapping_code_unknown", code_set=code_set, standard_code="")
        return self.save((MappingEntry(code_set, local_value, standard_code),), actor, watch)

    def save(
        self, entries: Sequence[MappingEntry], actor: str, watch: WorkWatch | None = None
    ) -> MappingSaved:
        """Save or remove several lines and let go what waited on them.

        Args:
            entries: The lines; an empty code removes one.
            actor: For events and audit.
            watch: Shows how far it is, and stops it: the lines stay saved, what was not looked at
                is left to the engine.

        Raises:
            UsageError: One line cannot be saved (``check``); nothing was written.
        """
        cleaned = [
            MappingEntry(one.code_set, one.local_value.strip(), one.standard_code.strip())
            for one in entries
        ]
        for one in cleaned:
            self.check(one)
        keys = [(one.code_set, one.local_value) for one in cleaned]
        held = self.held_by(keys)
        others = {
            examination_id
            for code_set, value in keys
            for examination_id in self._examinations.waiting_on(code_set, value)
        }
        before = self._mappings.set_many(self._platform, cleaned, actor)
        looked_at = tuple(sorted(others.union(held)))
        reached = self._look_again(looked_at, watch)
        return self._count(before, held, looked_at, reached)

    def undo(self, saved: MappingSaved, actor: str, watch: WorkWatch | None = None) -> int:
        """Put the lines back as they were before ``saved``.

        Returns:
            How many examinations had begun to upload meanwhile; they are left alone.
        """
        self._mappings.set_many(self._platform, saved.before, actor)
        gone = [one for one in saved.examination_ids if self._record_state(one)[0] in _GONE]
        self._look_again(sorted(set(saved.examination_ids).difference(gone)), watch)
        return len(gone)

    def unset(self, code_set: str, local_value: str, actor: str) -> bool:
        """Remove one mapping; records already sent are left alone."""
        self._known(code_set)
        return self._mappings.unset(self._platform, code_set, local_value, actor)

    def _look_again(
        self, examination_ids: Sequence[int], watch: WorkWatch | None
    ) -> frozenset[int]:
        """Plan these; returns those that were reached before a person stopped it.

        They are noted first, so that a console that ends half-way leaves nothing behind.
        """
        watch = watch or WorkWatch()
        watch.total = len(examination_ids)
        self._examinations.ask_to_plan(examination_ids)
        for examination_id in examination_ids:
            if watch.is_stopped:
                break
            self._planner.advance(examination_id)
            watch.done += 1
        return frozenset(examination_ids[: watch.done])

    def _count(
        self,
        before: tuple[MappingEntry, ...],
        held: Sequence[int],
        looked_at: tuple[int, ...],
        reached: frozenset[int],
    ) -> MappingSaved:
        released = uploading = still_waiting = 0
        for examination_id in reached.intersection(held):
            if self._examinations.has_errors(examination_id):
                still_waiting += 1
                continue
            released += 1
            uploading += self._record_state(examination_id)[1] not in _WAITS
        old_code = before[0].standard_code if before else ""
        rest = len(set(held).difference(reached))
        return MappingSaved(old_code, released, still_waiting, uploading, before, looked_at, rest)

    def _record_state(
        self, examination_id: int
    ) -> tuple[DeliveryState | None, BlockedReason | None]:
        for one in self._queue.of_examination(examination_id):
            if one.kind is DeliveryKind.RECORD and one.platform == self._platform:
                return one.state, one.blocked_reason
        return None, None


def _row(known: CodeSet | None, line: Mapping, waiting: WaitingValue | None) -> MappingRow:
    codes = known.by_code(line.standard_code) if known is not None else ()
    return MappingRow(
        code_set=line.code_set,
        local_value=line.local_value,
        standard_code=line.standard_code,
        standard_name=" / ".join(code.name for code in codes),
        is_as_printed=any(code.is_malformed for code in codes),
        set_by=line.set_by,
        set_at=line.set_at,
        waiting=waiting.waiting if waiting else 0,
        field=waiting.fields[0] if waiting else "",
    )

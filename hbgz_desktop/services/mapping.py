"""字典对照: saving a mapping re-checks and releases every record that waited on it (DESIGN 5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.status import Mapping
from hbgz_desktop.platforms.code_set import Code, CodeSet
from hbgz_desktop.platforms.standards import Standard
from hbgz_desktop.platforms.validator import fields_with_code_set
from hbgz_desktop.services.planning import Planner
from hbgz_desktop.storage.examinations import ExaminationStore
from hbgz_desktop.storage.mappings import MappingStore


@dataclass(frozen=True, slots=True)
class MappingSaved:
    """What saving one mapping did.

    Attributes:
        old_code: Code that was there before, "" when none was.
        released: Examinations that waited on this value and have no error left.
        still_waiting: Those that have another problem.
    """

    old_code: str
    released: int
    still_waiting: int


class MappingControl:
    """Reads and writes the mapping table of one platform."""

    def __init__(
        self,
        *,
        platform: str,
        standard: Standard,
        mappings: MappingStore,
        examinations: ExaminationStore,
        planner: Planner,
    ) -> None:
        """Wire the parts."""
        self._platform = platform
        self._standard = standard
        self._mappings = mappings
        self._examinations = examinations
        self._planner = planner
        coded = fields_with_code_set(standard)
        self._fields_of: dict[str, list[str]] = {}
        for field, code_set in coded.items():
            self._fields_of.setdefault(code_set or field, []).append(field)

    def code_sets(self) -> dict[str, str]:
        """Name → title of the sets that can be mapped; a set without printed values has its field's name."""
        titles = {}
        for name in self._fields_of:
            known = self._standard.code_sets.get(name)
            titles[name] = known.title if known else name
        return titles

    def codes(self, code_set: str, text: str = "", limit: int = 50) -> tuple[Code, ...]:
        """Standard codes that match what was typed: code, name, pinyin, initials."""
        known = self._known(code_set)
        if known is None:
            return ()
        return known.search(text, limit) if text else known.rows[:limit]

    def _known(self, code_set: str) -> CodeSet | None:
        if code_set not in self._fields_of:
            raise UsageError("code_set_unknown", name=code_set, allowed=", ".join(self._fields_of))
        return self._standard.code_sets.get(code_set)

    def all(self, code_set: str = "") -> tuple[Mapping, ...]:
        """Mappings in force."""
        return self._mappings.all(self._platform, code_set)

    def set(self, code_set: str, local_value: str, standard_code: str, actor: str) -> MappingSaved:
        """Save one mapping and let go what waited on it.

        Raises:
            UsageError: ``code_set_unknown``, ``mapping_code_unknown`` or ``mapping_value_empty``.
        """
        known = self._known(code_set)
        if not local_value.strip():
            raise UsageError("mapping_value_empty")
        if known is not None and not known.by_code(standard_code):
            raise UsageError("mapping_code_unknown", code_set=code_set, standard_code=standard_code)
        old = self._mappings.set(
            self._platform, code_set, local_value.strip(), standard_code, actor
        )
        return self._recheck(code_set, local_value.strip(), old)

    def _recheck(self, code_set: str, local_value: str, old: str) -> MappingSaved:
        waiting = self._examinations.waiting_on(code_set, local_value)
        released = 0
        for examination_id in waiting:
            self._planner.advance(examination_id)
            released += not self._examinations.has_errors(examination_id)
        return MappingSaved(old, released, len(waiting) - released)

    def unset(self, code_set: str, local_value: str, actor: str) -> bool:
        """Remove one mapping; records already sent are left alone."""
        self._known(code_set)
        return self._mappings.unset(self._platform, code_set, local_value, actor)

"""Which examinations go: the rules of the settings, what they would do, and what follows when they change.

Four classes go by default, ultrasound by setting (G012). What a rule skips is *not required*: visible,
in nobody's way. Of what has been sent to a platform in part no rule holds the rest back.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.upload_rules import (
    ExaminationScope,
    NameRule,
    SkipReason,
    UploadRules,
    skip_reason,
)
from hbgz_desktop.platforms.code_list import split_list
from hbgz_desktop.services.guizhou_check import PLATFORM, exam_type_of_modality

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.settings import GuizhouSettings, Settings
    from hbgz_desktop.services.platform_adapter import ExaminationView
    from hbgz_desktop.storage.mappings import MappingStore
    from hbgz_desktop.storage.scope_facts import ScopeFacts, ScopeFactStore

PREVIEW_DAYS = 30
SCOPE_KEYS = (
    "guizhou.upload_ultrasound",
    "guizhou.skip_modalities",
    "guizhou.only_modalities",
    "guizhou.skip_departments",
    "guizhou.only_departments",
    "guizhou.skip_sources",
    "guizhou.only_sources",
)
"""Settings that say which examinations go."""
_EXAM_TYPE = "imgExamType"
_EXAM_TYPES = "img_exam_type"
_DEPARTMENT = "examDeptName"


@dataclass(frozen=True, slots=True)
class ScopePreview:
    """What rules would do to the examinations of the last days, sent or not.

    Attributes:
        total: Examinations with a record, and studies without one.
        skipped: Of them, by the rule that says so.
    """

    days: int
    total: int
    skipped: Mapping[SkipReason, int]

    @property
    def skipped_total(self) -> int:
        """All that would not go."""
        return sum(self.skipped.values())


def rules_of(settings: GuizhouSettings) -> UploadRules:
    """The rules as the settings have them."""
    return UploadRules(
        with_ultrasound=settings.upload_ultrasound,
        modalities=NameRule(tuple(settings.skip_modalities), tuple(settings.only_modalities)),
        departments=NameRule(tuple(settings.skip_departments), tuple(settings.only_departments)),
        sources=NameRule(tuple(settings.skip_sources), tuple(settings.only_sources)),
        class_of=exam_type_of_modality(settings),
    )


class UploadScope:
    """Rules over what is there. Safe from any thread; reads the settings anew each time."""

    def __init__(
        self, *, settings: Callable[[], Settings], mappings: MappingStore, facts: ScopeFactStore
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._mappings = mappings
        self._facts = facts
        self._applied: UploadRules | None = None
        self._lock = threading.Lock()

    def skips(self, view: ExaminationView, platform: str) -> str:
        """The rule by which an examination need not go to a platform, "" when it has to."""
        if platform != PLATFORM:
            return ""
        rules = rules_of(self._settings().guizhou)
        record = view.record
        table = self._mappings.table(PLATFORM) if _EXAM_TYPE in record.fields else {}
        modalities = tuple(study.modality for study in view.studies)
        return _reason(rules, _scope(modalities, record.source, record.fields, table))

    def look_at_study(self, study_id: int, modality: str) -> None:
        """Say of a study that no record was found for whether one has to come at all."""
        settings = self._settings()
        if PLATFORM in settings.delivery_platforms():
            rules = rules_of(settings.guizhou)
            self._facts.set_aside([(study_id, _reason(rules, ExaminationScope((modality,))))])

    def changed(self) -> tuple[int, ...]:
        """Put rules in force that are other than at the last call; at the first call all are.

        Returns:
            Examinations that have to be planned again, because they need not go any more or do now.
        """
        settings = self._settings()
        if PLATFORM not in settings.delivery_platforms():
            return ()
        rules = rules_of(settings.guizhou)
        with self._lock:
            if rules == self._applied:
                return ()
            table = self._mappings.table(PLATFORM)
            found = tuple(
                one.examination_id
                for one in self._facts.open_examinations(PLATFORM)
                if one.examination_id is not None and _reason_of(rules, one, table) != one.skipped
            )
            alone = self._facts.studies_without_record()
            self._facts.set_aside(
                (one.study_id, reason)
                for one in alone
                if one.study_id is not None
                and (reason := _reason_of(rules, one, table)) != one.skipped
            )
            self._applied = rules
        return found

    def preview(self, settings: GuizhouSettings, days: int = PREVIEW_DAYS) -> ScopePreview:
        """What these settings would do to what came in the last days; changes nothing."""
        rules, table = rules_of(settings), self._mappings.table(PLATFORM)
        since = datetime.now(UTC) - timedelta(days=days)
        total, skipped = 0, dict.fromkeys(SkipReason, 0)
        alone = self._facts.studies_without_record(since)
        for facts in (*alone, *self._facts.examinations_since(since)):
            total += 1
            reason = _reason_of(rules, facts, table)
            if reason:
                skipped[SkipReason(reason)] += 1
        return ScopePreview(days, total, {one: count for one, count in skipped.items() if count})


def _reason_of(rules: UploadRules, facts: ScopeFacts, table: Mapping[tuple[str, str], str]) -> str:
    return _reason(rules, _scope(facts.modalities, facts.source, facts.fields, table))


def _reason(rules: UploadRules, scope: ExaminationScope) -> str:
    found = skip_reason(rules, scope)
    return found.value if found is not None else ""


def _scope(
    modalities: tuple[str, ...],
    source: str,
    fields: Mapping[str, str],
    table: Mapping[tuple[str, str], str],
) -> ExaminationScope:
    kinds = split_list(fields.get(_EXAM_TYPE, ""))
    return ExaminationScope(
        modalities=modalities,
        exam_types=tuple(table.get((_EXAM_TYPES, one), one) for one in kinds),
        department=fields.get(_DEPARTMENT, ""),
        source=source,
    )

"""What a correction changes at a platform: the values it took last beside the ones of now (G071)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.deletion import CorrectionView, FieldChange
from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.services.platform_adapter import PlatformAdapter
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.sent_records import SentRecords


class Corrections:
    """Compares what was sent. Blocks on the database; safe from any thread."""

    def __init__(
        self,
        *,
        adapter: PlatformAdapter,
        standard: Standard,
        sent: SentRecords,
        queue: DeliveryQueue,
        planner: Planner,
    ) -> None:
        """Wire the parts; field names are those of ``standard``."""
        self._adapter = adapter
        self._sent = sent
        self._queue = queue
        self._planner = planner
        fields = standard.interface(SERVICE)
        nested = [one for table in fields.nested.values() for one in table]
        self._labels = {one.name: one.label for one in (*nested, *fields.fields)}

    def of_examination(self, examination_id: int) -> CorrectionView | None:
        """The correction that waits, else the last one that was sent; None when there is neither."""
        kept = self._sent.of_examination(examination_id, self._adapter.platform)
        if not kept:
            return None
        row = next(
            (
                one
                for one in self._queue.of_examination(examination_id)
                if one.kind is DeliveryKind.RECORD and one.platform == self._adapter.platform
            ),
            None,
        )
        if row is not None and row.content_digest != kept[0].content_digest:
            view = self._planner.view(examination_id)
            payload = self._adapter.check(view).payload if view is not None else {}
            return CorrectionView(
                kept[0].sent_at, None, tuple(self._changes(kept[0].payload, payload))
            )
        if len(kept) < 2:
            return None
        changes = tuple(self._changes(kept[1].payload, kept[0].payload))
        return CorrectionView(kept[1].sent_at, kept[0].sent_at, changes)

    def _changes(
        self, old: Mapping[str, object], new: Mapping[str, object]
    ) -> Iterator[FieldChange]:
        before, after = dict(_flat(old)), dict(_flat(new))
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name, ""), after.get(name, "")
            if was != now:
                label = self._labels.get(name.rpartition(".")[2], name)
                yield FieldChange(name, label, was, now)


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a payload under its path (``setlInfoList[0].examPart``)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{place}]")
    else:
        yield name, "" if value is None else str(value)

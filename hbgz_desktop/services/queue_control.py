"""Retry, cancel, pause: what a person does to the queue, exact and audited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hbgz_desktop.model.delivery import BulkReport
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.platform_state import PlatformStates
    from hbgz_desktop.storage.queue_actions import QueueActions


class QueueControl:
    """Works on ids frozen before the question was asked; the same from console and command line."""

    def __init__(self, actions: QueueActions, states: PlatformStates, planner: Planner) -> None:
        """Wire the parts."""
        self._actions = actions
        self._states = states
        self._planner = planner

    def freeze(self, states: Sequence[DeliveryState], platform: str = "") -> tuple[int, ...]:
        """Ids that match now."""
        return self._actions.ids(states=states, platform=platform)

    def retry(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Try again now.

        Only what was cancelled is planned anew: the others are already where they belong, and looking
        at ten thousand examinations would take a minute. Cancelled deletions are left alone.
        """
        return self._retry(ids, actor, revives_deletions=False)

    def uncancel(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Take a cancelling back at once; deletions (2.5) among them are asked for again."""
        return self._retry(ids, actor, revives_deletions=True)

    def _retry(self, ids: Iterable[int], actor: str, *, revives_deletions: bool) -> BulkReport:
        frozen = list(ids)
        reopened = self._actions.examinations_of(frozen, (DeliveryState.CANCELLED,))
        report = self._actions.retry(frozen, actor, revives_deletions=revives_deletions)
        for examination_id in reopened:
            self._planner.advance(examination_id)
        return report

    def cancel(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Stop until a person retries; images and record stay here.

        What waited for a cancelled deletion goes on.
        """
        frozen = list(ids)
        report = self._actions.cancel(frozen, actor)
        for examination_id in self._actions.deletions_among(frozen):
            self._planner.advance(examination_id)
        return report

    def pause(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Hold back."""
        return self._actions.pause(ids, actor)

    def resume(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Let go again."""
        return self._actions.resume(ids, actor)

    def pause_platform(self, platform: str, actor: str) -> None:
        """Hold back everything for a platform."""
        self._states.set_paused(platform, paused=True, actor=actor)

    def resume_platform(self, platform: str, actor: str) -> None:
        """Let everything for a platform go again."""
        self._states.set_paused(platform, paused=False, actor=actor)

"""A clearing that a person asked for: frozen studies, progress, a stop, an exact report."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from hbgz_desktop.model.retention import ClearingReason, Volume

if TYPE_CHECKING:
    from hbgz_desktop.model.retention import ClearingPlan
    from hbgz_desktop.services.clearing import Clearing


@dataclass(frozen=True, slots=True)
class ClearingDone:
    """What a clearing did.

    Attributes:
        cleared: What is gone.
        stayed: Studies of the plan of which nothing went: something has happened to them since.
        held: Files somebody held; the engine removes them later.
        is_stopped: A person stopped it; the rest was not looked at.
    """

    cleared: Volume
    stayed: int
    held: int
    is_stopped: bool


class ClearingJob:
    """One plan on its way; read from the GUI thread while a pool thread runs it.

    Attributes:
        total: Studies of the plan.
        done: Studies looked at so far.
    """

    def __init__(self, clearing: Clearing, plan: ClearingPlan, actor: str) -> None:
        """Prepare; nothing goes before ``run``."""
        self.total = len(plan.study_ids)
        self.done = 0
        self._clearing = clearing
        self._plan = plan
        self._actor = actor
        self._stop = Event()

    def stop(self) -> None:
        """End after the files at hand; what is cleared stays cleared."""
        self._stop.set()

    def run(self) -> ClearingDone:
        """Do it; blocks on database and disk."""
        store = self._clearing.store
        run_id = store.begin_run(ClearingReason.PERSON, self._actor)
        gone, stayed, held = Volume(), 0, 0
        try:
            for study_id in self._plan.study_ids:
                if self._stop.is_set():
                    break
                one = self._clearing.clear(
                    study_id,
                    self._plan.policy,
                    reason=ClearingReason.PERSON,
                    actor=self._actor,
                    run_id=run_id,
                    is_stopped=self._stop.is_set,
                )
                if one.gone.files:
                    gone = gone.plus(one.gone.files, one.gone.size_bytes)
                stayed += not one.gone.files and not one.held
                held += one.held
                self.done += 1
        finally:
            store.end_run(run_id)
        return ClearingDone(gone, stayed, held, self._stop.is_set() and self.done < self.total)

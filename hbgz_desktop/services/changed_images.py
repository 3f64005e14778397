"""Images that came again with other content after the platform had confirmed them: a person decides (DESIGN 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.views import ChangedInstance
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.changed_instances import ChangedInstances


class ChangedImages:
    """Lists and decides; nothing of a newer version goes out before somebody has said so.

    Safe from any thread and any process on the same data folder.
    """

    def __init__(self, changed: ChangedInstances, planner: Planner) -> None:
        """Wire the parts."""
        self._changed = changed
        self._planner = planner

    def of_study(self, study_id: int) -> tuple[ChangedInstance, ...]:
        """Instances of a study that wait for a decision, in the order of the study."""
        return self._changed.undecided(study_id)

    def send(self, study_id: int, seen: Sequence[ChangedInstance], actor: str) -> int:
        """Send the newer versions as a supplement: only they go, with the same total (G046).

        Returns:
            How many instances.

        Raises:
            UsageError: ``study_changed_meanwhile``: another version has come or another person has
                decided since ``seen`` was read.
        """
        newer = [one.newer_id for one in seen]
        self._plan(self._changed.send_newer(study_id, newer, actor))
        return len(newer)

    def keep(self, study_id: int, seen: Sequence[ChangedInstance], actor: str) -> int:
        """Leave the platform what it has; the newer versions stay on this machine.

        Result and error as ``send``.
        """
        newer = [one.newer_id for one in seen]
        self._plan(self._changed.keep_sent(study_id, newer, actor))
        return len(newer)

    def _plan(self, examination_id: int | None) -> None:
        if examination_id is not None:
            self._planner.advance(examination_id)

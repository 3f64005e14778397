"""A clinic whose studies were confirmed long ago, for tests of clearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason
from tests import long_ago

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.study_spec import StudySpec
    from hbgz_desktop.services.clearing import Cleared
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic

POLICY = ClearingPolicy(("guizhou",), 180)


def confirmed(clinic: Clinic, uploaders: Uploaders, spec: StudySpec, *, images: int = 2) -> int:
    """A study the platform has confirmed; its id."""
    clinic.ready(spec, images=images)
    clinic.upload_all(uploaders)
    return clinic.study_id(spec)


def grow_old(clinic: Clinic, days: float = 400) -> None:
    """Everything there is happened so many days ago."""
    long_ago.grow_old(clinic.work, days)


def clear(clinic: Clinic, study_id: int, policy: ClearingPolicy = POLICY) -> Cleared:
    """What the engine does with one study."""
    return clinic.work.clearing.clear(
        study_id, policy, reason=ClearingReason.AGE, actor="engine", run_id=None
    )


def file_states(clinic: Clinic) -> list[str]:
    """Where the files are, by instance."""
    return [row[0] for row in clinic.query("select file_state from instances order by id")]

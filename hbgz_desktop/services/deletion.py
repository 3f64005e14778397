"""What a person has deleted on a platform (2.5), and what becomes of it (G010, G052, DESIGN 5.3).

Deletions go through the queue; only an index this data folder does not know is asked for directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hbgz_desktop.model.audit import FAILED, OK
from hbgz_desktop.model.deletion import AfterDeletion, Deletion, DeletionScope, DeletionWish
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.services.index_words import mask_index
from hbgz_desktop.storage.deletion_effects import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.deletion import IndexChange
    from hbgz_desktop.platforms.guizhou.messages import BatchResult, RecordAnswer
    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.services.audit import Audit
    from hbgz_desktop.services.guizhou_check import GuizhouCheck
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.services.study_control import StudyControl
    from hbgz_desktop.storage.deletion_scope import DeletionScopes
    from hbgz_desktop.storage.deletions import DeletionStore
    from hbgz_desktop.storage.examinations import ExaminationStore

DELETED = HELD
"""Detail of a study that is not required because a person had it deleted."""
ACTION = "deletion_asked"
KEEP = "index_kept"
UNDO = "deletion_undone"
DIRECT = "index_deleted_directly"


@dataclass(frozen=True, slots=True)
class DeletionStatus:
    """How far the deletion of one index code is.

    Attributes:
        examination_id: Whose it is, None when this data folder does not know the index.
        deletion: The newest decision on it, None when there is none.
    """

    index_code: str = field(repr=False)
    examination_id: int | None
    deletion: Deletion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionParts:
    """What deleting works with.

    Attributes:
        ask_directly: Sends 2.5 at once and blocks on the network.
    """

    store: DeletionStore
    scopes: DeletionScopes
    examinations: ExaminationStore
    planner: Planner
    checker: GuizhouCheck
    studies: StudyControl
    accounts: Accounts
    audit: Audit
    ask_directly: Callable[[Sequence[str]], BatchResult]


class DeletionControl:
    """The same from console and command line. Blocks on the database; safe from any thread."""

    def __init__(self, platform: str, parts: DeletionParts) -> None:
        """Work on one platform."""
        self._platform = platform
        self._store = parts.store
        self._scopes = parts.scopes
        self._examinations = parts.examinations
        self._planner = parts.planner
        self._checker = parts.checker
        self._studies = parts.studies
        self._accounts = parts.accounts
        self._audit = parts.audit
        self._ask_directly = parts.ask_directly

    # Looking

    def scope(self, examination_id: int) -> DeletionScope | None:
        """What the platform holds of an examination; None when nothing of it was sent."""
        return self._scopes.scope(examination_id, self._platform)

    def of_examination(self, examination_id: int) -> tuple[Deletion, ...]:
        """Decisions of one examination, newest first."""
        return self._store.of_examination(examination_id)

    def of_delivery(self, delivery_id: int) -> Deletion | None:
        """The decision behind a row of the queue."""
        return self._store.of_delivery(delivery_id)

    def status(self, index_codes: Sequence[str]) -> tuple[DeletionStatus, ...]:
        """How far each of these is, in their order."""
        return tuple(
            DeletionStatus(
                one,
                self._store.owner_of(self._platform, one),
                self._store.of_index(self._platform, one),
            )
            for one in index_codes
        )

    def index_change(self, examination_id: int) -> IndexChange | None:
        """The question about an examination whose certificate or time have changed since it was sent."""
        view = self._planner.view(examination_id)
        return None if view is None else self._checker.index_change(view)

    # Deciding

    def ask(
        self,
        examination_id: int,
        *,
        then: AfterDeletion,
        reason: str,
        actor: str,
        index_code: str = "",
    ) -> Deletion:
        """Have everything of an examination deleted from the platform.

        Args:
            examination_id: Whose.
            then: What comes next.
            reason: In the person's words.
            actor: Who decides.
            index_code: The index the person was shown, "" for whichever is in force.

        Raises:
            UsageError: ``deletion_reason_missing``, ``index_not_sent``, ``deletion_under_way``,
                ``index_changed_meanwhile``.
            AccountError: ``action_not_permitted``.
        """
        wish = DeletionWish(then, _given(reason), index_code=index_code)
        return self._ask(examination_id, wish, actor)

    def request(
        self,
        index_codes: Sequence[str],
        *,
        reason: str,
        actor: str,
        then: AfterDeletion = AfterDeletion.HOLD,
    ) -> tuple[DeletionStatus, ...]:
        """The same by index codes; those this data folder does not know are left alone, and say so.

        Raises:
            UsageError: ``deletion_reason_missing``, or as ``ask`` for one of them: those before it are asked.
            AccountError: ``action_not_permitted``.
        """
        words = _given(reason)
        for code in index_codes:
            owner = self._store.owner_of(self._platform, code)
            entry = self._examinations.index_entry(owner, self._platform) if owner else None
            if owner is not None and entry is not None and entry.code == code:
                self._ask(owner, DeletionWish(then, words, index_code=code), actor)
        return self.status(index_codes)

    def wrong_patient(
        self,
        study_id: int,
        examination_id: int,
        *,
        reason: str,
        actor: str,
        index_code: str = "",
    ) -> Deletion | None:
        """The images of a study are another patient's: they belong to this examination.

        What was sent under the wrong index is deleted first; only then the study goes to its own record,
        and both examinations are sent under indexes of their own.

        Returns:
            The deletion; None when nothing had been sent, and the study is already there.

        Raises:
            UsageError: ``deletion_reason_missing``, ``study_unknown``, ``study_already_there``,
                ``deletion_under_way``, ``index_changed_meanwhile`` (as ``ask``).
            AccountError: ``action_not_permitted``.
        """
        words = _given(reason)
        study = self._examinations.study(study_id)
        if study is None:
            raise UsageError("study_unknown", uid=study_id)
        if study.examination_id == examination_id:
            raise UsageError("study_already_there", study=study_id)
        before = study.examination_id
        if before is None or self.scope(before) is None:
            self._accounts.require("study_assigned")
            self._studies.assign(study_id, examination_id, actor)
            return None
        wish = DeletionWish(AfterDeletion.RESEND, words, study_id, examination_id, index_code)
        return self._ask(before, wish, actor)

    def let_go(self, examination_id: int, actor: str) -> bool:
        """Undo 不再上传; False when it was not held.

        Raises:
            AccountError: ``action_not_permitted``.
        """
        self._accounts.require(UNDO)
        is_free = self._store.let_go(examination_id, self._platform, actor=actor)
        self._planner.advance(examination_id)
        return is_free

    def keep_index(self, examination_id: int, *, reason: str, actor: str) -> bool:
        """The index that was sent stays; what changed goes as a correction (DESIGN 5.3, G071).

        Returns:
            False when nobody asks any more.

        Raises:
            UsageError: ``deletion_reason_missing``.
            AccountError: ``action_not_permitted``.
        """
        self._accounts.require(KEEP)
        words = _given(reason)
        change = self.index_change(examination_id)
        if change is None:
            return False
        self._store.keep_index(
            examination_id, self._platform, basis=change.basis, reason=words, actor=actor
        )
        self._planner.advance(examination_id)
        return True

    def delete_unknown(
        self, index_codes: Sequence[str], *, reason: str, actor: str
    ) -> tuple[RecordAnswer, ...]:
        """Ask the platform at once to delete indexes this data folder does not know; blocks on the network.

        Returns:
            The platform's answer to each, in their order (G052).

        Raises:
            UsageError: ``deletion_reason_missing``, ``index_known``: it goes through the queue.
            AccountError: ``action_not_permitted``.
        """
        self._accounts.require(DIRECT)
        words = _given(reason)
        for code in index_codes:
            if self._store.owner_of(self._platform, code) is not None:
                raise UsageError("index_known")
        # now, for nobody may come back to tell
        self._note(ACTION, actor, words, index=", ".join(map(mask_index, index_codes)))
        answers = self._ask_directly(index_codes).answers
        for answer in answers:
            self._note(
                DIRECT,
                actor,
                words,
                outcome=OK if answer.accepted else FAILED,
                index=mask_index(answer.index_code),
                flag=answer.flag,
                cause=answer.error.code if answer.error is not None else "",
            )
        return answers

    def _note(
        self, action: str, actor: str, reason: str, *, outcome: str = OK, **facts: str | None
    ) -> None:
        """An audit row; an index stands in it masked, for it holds the certificate number."""
        own = {"platform": self._platform, "reason": reason, **facts}
        self._audit.record(action, operator=actor, kind="index", outcome=outcome, key="", **own)

    def _ask(self, examination_id: int, wish: DeletionWish, actor: str) -> Deletion:
        self._accounts.require(ACTION)
        found = self._store.request(examination_id, self._platform, wish, actor=actor)
        self._planner.advance(examination_id)
        return found


def _given(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise UsageError("deletion_reason_missing")
    return words

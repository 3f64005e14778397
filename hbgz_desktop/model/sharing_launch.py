"""Looking at what other hospitals share: the form, its launch, and what was fetched afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.shared_viewing import OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.visit import Visit

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.shared_viewing import RecognisedOrders, RecognitionResult


class LaunchState(StrEnum):
    """How far a launch has come; it never goes back."""

    ASKED = "asked"
    """hrPage was asked (or its answer did not come: see ``error_code``)."""
    NOTHING = "nothing"
    """Both counts 0: there is nothing to look at (2.2.3.4)."""
    OPENED = "opened"
    """The page was opened in the browser; when the physician has finished is not told (H057)."""
    ORDERS_FETCHED = "orders_fetched"
    """getHrInfo was answered."""
    RESULTS_FETCHED = "results_fetched"
    """restJcJyYyInfo was answered."""


@dataclass(frozen=True, slots=True)
class LaunchFilter:
    """Which launches; an empty field does not narrow.

    Attributes:
        states: Any of these.
        since: Asked at or after.
    """

    states: tuple[LaunchState, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SharingForm:
    """What a person, or a HIS from outside, fills in.

    Attributes:
        visit: Whom and which visit; an authorization's values are taken as they were sent (H076).
        request: View or order, with the item codes (H054).
        his_dept_code: On whose behalf; "" = the operator's, else the settings' (H046).
        his_user_code: On whose behalf; "" = the operator's, else the settings' (H046).
        authorization_id: The authorization it starts from, or None.
        relation: Orders with their items when HIS gave them along (2.2.3.5).
    """

    visit: Visit = field(default_factory=Visit, repr=False)
    request: ViewRequest = field(default_factory=ViewRequest)
    his_dept_code: str = ""
    his_user_code: str = ""
    authorization_id: int | None = None
    relation: OrderRelation = field(default_factory=OrderRelation)


@dataclass(frozen=True, slots=True)
class SharingLaunch:
    """One launch of the shared page.

    Attributes:
        visit: Whom; nothing of it is in ``repr``.
        mode: View or order.
        state: How far it has come.
        study_count: Examinations that can be shared; None when not told.
        lab_count: Laboratory results that can be shared; None when not told.
        url: Page to open, unchanged and once (H075). Only in the hands of who asked: it is not kept,
            "" in every launch read back.
        opened_at: When the page was opened, or None.
        error_code: Code of the last failure, or "".
        message: The platform's own words of the last answer, masked.
    """

    id: int
    visit: Visit = field(repr=False)
    request: ViewRequest
    operator: str
    his_dept_code: str
    his_user_code: str
    state: LaunchState
    created_at: datetime
    authorization_id: int | None = None
    study_count: int | None = None
    lab_count: int | None = None
    url: str = field(default="", repr=False)
    opened_at: datetime | None = None
    orders_at: datetime | None = None
    results_at: datetime | None = None
    error_code: str = ""
    message: str = ""

    @property
    def mode(self) -> ViewMode:
        """View or order."""
        return self.request.mode

    @property
    def has_results(self) -> bool:
        """Whether the platform offered a page that can be opened."""
        return bool(self.url)


class OrderOutcome(StrEnum):
    """What remains of one order after the physician looked at the shared page."""

    ALL = "all"
    """Every item was recognised: nothing has to be done again."""
    SOME = "some"
    """Some items were recognised."""
    NONE = "none"
    """No item was recognised: the order is carried out."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order as it was asked, and what the platform left of it (H058).

    Attributes:
        kind: ``study`` or ``lab``.
        order_no: Of the HIS.
        asked: Item codes of the order.
        recognised: Those that remain in the answer.
    """

    kind: str
    order_no: str
    asked: tuple[str, ...]
    recognised: tuple[str, ...]

    @property
    def struck_out(self) -> tuple[str, ...]:
        """Item codes the platform removed: not recognised."""
        return tuple(one for one in self.asked if one not in self.recognised)

    @property
    def outcome(self) -> OrderOutcome:
        """In one word."""
        if not self.recognised:
            return OrderOutcome.NONE
        return OrderOutcome.SOME if self.struck_out else OrderOutcome.ALL


@dataclass(frozen=True, slots=True)
class OrdersLook:
    """What getHrInfo answered, beside what was asked.

    Attributes:
        launch: The launch, as it is now.
        answer: The platform's answer.
        lines: Every order that was asked, in that order.
        at: When it was answered.
    """

    launch: SharingLaunch
    answer: RecognisedOrders
    lines: tuple[OrderLine, ...]
    at: datetime

    @property
    def has_recognised(self) -> bool:
        """False: nothing was recognised, or the page was closed without a decision."""
        return any(one.recognised for one in self.lines)


@dataclass(frozen=True, slots=True)
class ResultsLook:
    """What restJcJyYyInfo answered.

    Attributes:
        launch: The launch, as it is now.
        result: Both lists, recognised or not.
        at: When it was answered.
    """

    launch: SharingLaunch
    result: RecognitionResult = field(repr=False)
    at: datetime

    @property
    def is_empty(self) -> bool:
        """Nothing was worked on: the page was closed without a decision (2.2.3.6)."""
        return not self.result.studies and not self.result.lab_reports

    @property
    def recognised_count(self) -> int:
        """Results marked 互认; on laboratory reports each value counts (H060)."""
        studies = sum(one.is_recognised is True for one in self.result.studies)
        values = (value for report in self.result.lab_reports for value in report.results)
        return studies + sum(one.is_recognised is True for one in values)

    @property
    def has_recognised(self) -> bool:
        """False: nothing was recognised."""
        return self.recognised_count > 0


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item code that can be chosen for an order.

    Attributes:
        kind: ``study`` or ``lab``.
        code: As it is sent.
        name: In the hospital's words.
    """

    kind: str
    code: str
    name: str

"""The console's one door to everything below: each method blocks on database, disk or network, none touches Qt.

Pages call them through ``run_task``; what they return is frozen.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.authorization import AuthorizationFilter, AuthorizationState
from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.overview import DeskDay, Overview, Snapshot
from hbgz_desktop.model.sharing_launch import LaunchFilter, LaunchState
from hbgz_desktop.model.views import QueueFilter, StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.platforms.hebei.probe import probe_hebei
from hbgz_desktop.services.browsing import Browsing
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.correction import Correction
from hbgz_desktop.services.first_run import FirstRun, first_run
from hbgz_desktop.services.mapping_csv import export_mappings
from hbgz_desktop.services.refused_contexts import RefusedContext, refused_contexts
from hbgz_desktop.services.settings_control import SettingFact, SettingsControl
from hbgz_desktop.services.thumbnails import thumbnail_path
from hbgz_desktop.services.ui_state import load_ui_state, save_ui_state
from hbgz_desktop.services.viewing import Viewing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.model.events import Event
    from hbgz_desktop.model.status import AssociationRow, EngineStatus, PeerRow
    from hbgz_desktop.services.engine_supervisor import EngineSupervisor
    from hbgz_desktop.services.workplace import Workplace

CHART_HOURS = 6
CHART_SLOTS = 36
COMMAND_LIMIT_S = 15.0
WAITING_LANES = (
    Lane.NEEDS_FIX,
    Lane.NO_RECORD,
    Lane.NO_IMAGES,
    Lane.CHANGED,
    Lane.COUNT_DIFFERS,
)


@dataclass(frozen=True, slots=True)
class TestResult:
    """What a test button proved, and no more (DESIGN 10)."""

    __test__ = False

    is_ok: bool
    code: str
    elapsed_ms: float


class ConsoleServices:
    """Built once by ``app``; safe from any thread.

    Attributes:
        work: The services of the data folder.
        accounts: Who acts.
        audit: What was done.
        authorization: 患者授权.
        shared_viewing: 共享调阅.
        other_hospitals: 跨院调阅.
        browsing: Lists and details.
        setting_control: Settings: check, save, what follows.
        supervisor: Starts and watches the engine.
        viewing: Decodes the images a person looks at.
    """

    def __init__(self, work: Workplace, supervisor: EngineSupervisor) -> None:
        """Wire the parts."""
        self.work = work
        self.accounts = work.accounts
        self.audit = work.audit
        self.authorization = work.authorization
        self.shared_viewing = work.shared_viewing
        self.other_hospitals = work.other_hospitals
        self.accounts.begin_console(Role(load_ui_state(work.folder.root).role))
        self.browsing = Browsing(work)
        self.setting_control = SettingsControl(work)
        self.correction = Correction(work)
        self.supervisor = supervisor
        self.viewing = Viewing()
        self._pause = threading.Event()

    @property
    def actor(self) -> str:
        """Name of who acts, for audit rows; no I/O."""
        return self.work.accounts.current().name

    @staticmethod
    def today() -> datetime:
        """Start of the present day, local time, as aware UTC."""
        local = datetime.now(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        return local.astimezone(UTC)

    def wants_first_run(self) -> bool:
        """True until the three first steps are done or a person has put them away."""
        if not self.accounts.may("setting_set"):
            return False
        is_closed = load_ui_state(self.work.folder.root).is_welcome_closed
        return not is_closed and not all(self.first_run().done)

    def close_first_run(self) -> None:
        """以后再说: the steps stay away until 设置 brings them back."""
        root = self.work.folder.root
        save_ui_state(root, replace(load_ui_state(root), is_welcome_closed=True))

    def snapshot(self) -> Snapshot:
        """State of everything now."""
        work, studies, queue = self.work, self.browsing.studies, self.browsing.queue
        since = self.today()
        settings = work.settings()
        enabled = settings.enabled_platforms()
        states = queue.state_counts(QueueFilter())
        outlook = work.disk_outlook.latest()
        return Snapshot(
            at=datetime.now(UTC),
            since=since,
            engine=self.engine_status(),
            platforms=tuple(work.platform_states.health(one) for one in enabled),
            live_associations=work.associations.live_count(),
            lanes=studies.lane_counts(StudyFilter(since=since)),
            waiting=studies.count(StudyFilter(lanes=WAITING_LANES)),
            failed_deliveries=states[DeliveryState.FAILED],
            unmapped=len(work.mapping_control.waiting()),
            event_id=work.events.newest_id(),
            reserve_mb=settings.storage.reserve_mb,
            disk_days=outlook.days_left if outlook is not None else None,
            is_disk_short=outlook is not None and outlook.is_short(settings.storage.forecast_days),
            desk=self._desk_day(since) if "hebei" in enabled else None,
        )

    def _desk_day(self, since: datetime) -> DeskDay:
        """What the reception desk did since ``since``, and all it has left."""
        entered = self.authorization.counts(AuthorizationFilter(since=since))
        ever = self.authorization.counts(AuthorizationFilter())
        asked = self.shared_viewing.counts(LaunchFilter(since=since))
        return DeskDay(
            entered=sum(entered.values()),
            authorized=entered[AuthorizationState.AUTHORIZED],
            waiting=ever[AuthorizationState.WAITING] + ever[AuthorizationState.SENDING],
            refused=ever[AuthorizationState.REFUSED],
            launches=sum(asked.values()),
            nothing=asked[LaunchState.NOTHING],
            results=asked[LaunchState.RESULTS_FETCHED],
        )

    def overview(self) -> Overview:
        """What 总览 shows."""
        now = datetime.now(UTC)
        studies = self.browsing.studies
        return Overview(
            snapshot=self.snapshot(),
            throughput=studies.throughput(now - timedelta(hours=CHART_HOURS), now, CHART_SLOTS),
            causes=self.browsing.queue.problem_groups(limit=6),
            recent=studies.page(StudyFilter(), limit=6),
        )

    def events_since(self, last_id: int) -> tuple[Event, ...]:
        """What has happened after an event, oldest first."""
        return self.work.events.since(last_id)

    def thumbnail(self, instance_id: int) -> Path:
        """Where the picture of one instance is, when its state is ``ok``."""
        return thumbnail_path(self.work.folder.thumbnails, instance_id)

    def ask_engine(self, kind: str, **arguments: object) -> dict[str, Any]:
        """Leave a command and wait for its answer.

        Returns:
            The answer's facts with ``state`` ``done``, ``failed`` or ``void`` (nobody answered in time).
        """
        store = self.work.engine_state
        command_id = store.ask(
            kind, requested_by=self.actor, deadline_s=COMMAND_LIMIT_S, **arguments
        )
        limit = time.monotonic() + COMMAND_LIMIT_S
        while time.monotonic() < limit:
            command = store.command(command_id)
            if command is not None and command.state in ("done", "failed", "void"):
                facts = json.loads(command.result) if command.result else {}
                return {"state": command.state, **facts}
            self._pause.wait(0.1)
        return {"state": "void"}

    def want_thumbnails(self, study_id: int) -> None:
        """Ask the engine to make every picture of one study; returns at once."""
        self.work.engine_state.ask(
            "thumbnails", requested_by=self.actor, deadline_s=120.0, study_id=study_id
        )

    def complete_study(self, study_id: int) -> None:
        """Stop waiting for images."""
        self.work.study_control.complete(study_id, self.actor)

    def assign_study(self, study_id: int, examination_id: int) -> None:
        """A person has seen both sides: this study belongs to that record."""
        self.work.study_control.assign(study_id, examination_id, self.actor)

    def correct_field(self, examination_id: int, field: str, value: str) -> bool:
        """Write one field of a record by hand and check it again; True when no error is left."""
        return self.correction.correct(examination_id, field, value, self.actor)

    def reveal(self, what: str, row_id: int) -> None:
        """Somebody looked at a masked name or number: an audit row.

        Args:
            what: ``study`` (a line of the list), ``study_match`` (a study), ``examination`` or
                ``record_field`` (an examination), ``authorization``, ``sharing_launch``,
                ``outside_look``, ``outside_examination``, ``outside_form`` (its fields).
            row_id: Its id.
        """
        study: int | None = row_id if what == "study_match" else None
        examination: int | None = row_id if what in ("examination", "record_field") else None
        if what == "study":
            for row in self.browsing.studies.rows((row_id,)):
                study, examination = row.study_id, row.examination_id
        self.audit.record(
            "identity_revealed",
            kind=what,
            key=row_id,
            study=study,
            examination=examination,
            authorization=row_id if what == "authorization" else None,
        )

    def export_mappings(self, path: Path) -> int:
        """Write every line of the code mapping to a file; returns how many.

        Raises:
            StorageError: The file cannot be written.
        """
        lines = export_mappings(self.work.mapping_control, path)
        self.note_export("mapping")(lines)
        return lines

    def note_export(self, what: str) -> Callable[[int], None]:
        """What an ``ExportJob`` calls when its file is whole: an audit row with the number of lines."""

        def note(lines: int) -> None:
            self.audit.record("list_exported", kind=what, lines=lines)

        return note

    def test_receiver(self) -> TestResult:
        """C-ECHO from the engine to itself: proves that the receiver answers on its port."""
        if not self.engine_status().is_alive:
            return TestResult(is_ok=False, code="engine_not_running", elapsed_ms=0.0)
        answer = self.ask_engine("echo")
        if answer["state"] != "done":
            return TestResult(is_ok=False, code="engine_does_not_answer", elapsed_ms=0.0)
        return TestResult(
            bool(answer.get("ok")),
            str(answer.get("detail", "")),
            float(answer.get("elapsed_ms", 0.0)),
        )

    def test_platform(self, platform: str) -> TestResult:
        """Whether anything answers at the address: not whether an upload would be accepted."""
        try:
            reachable, elapsed_ms, cause = self._probe(platform)
        except HbgzError as error:
            return TestResult(is_ok=False, code=error.code, elapsed_ms=0.0)
        if reachable:
            self.work.platform_states.answered(platform, elapsed_ms, is_probe=True)
        return TestResult(reachable, cause, elapsed_ms)

    def test_image_receiver(self) -> TestResult:
        """C-ECHO to the front end's image receiver (2.3): it answers; not that it takes every image."""
        try:
            result = self.work.guizhou.probe_receiver()
        except HbgzError as error:
            return TestResult(is_ok=False, code=error.code, elapsed_ms=0.0)
        return TestResult(result.ok, "" if result.ok else result.detail_code, result.elapsed_ms)

    def _probe(self, platform: str) -> tuple[bool, float, str]:
        if platform != "hebei":
            return self.work.adapters[platform].probe()
        result = probe_hebei(self.work.settings().hebei)
        return result.reachable, result.elapsed_ms, result.error.code if result.error else ""

    def settings(self) -> tuple[SettingFact, ...]:
        """Every setting with its meaning; secrets only say whether one is stored."""
        return self.setting_control.facts()

    def save_settings(self, values: Mapping[str, object], secrets: Mapping[str, str]) -> None:
        """Write several settings at once, all or nothing; secrets are sealed.

        Raises:
            SettingsError: ``setting_invalid`` with key and what is allowed; nothing was written.
        """
        self.setting_control.save(values, secrets, self.actor)

    def choose_free_role(self, role: Role) -> None:
        """Another look while roles do not hold; kept for the next start.

        Raises:
            AccountError: ``action_not_permitted``: roles hold.
        """
        self.accounts.choose_free_role(role)
        root = self.work.folder.root
        save_ui_state(root, replace(load_ui_state(root), role=role.value))

    def first_run(self) -> FirstRun:
        """What the first-run steps tick themselves off by."""
        return first_run(self.work, self.engine_status())

    def parse_setting(self, key: str, text: str) -> object:
        """What a person typed for a setting; raises ``SettingsError`` when it is not allowed."""
        return self.work.settings_file.parse_text(key, text)

    def associations(self) -> tuple[AssociationRow, ...]:
        """Live ones first, then the newest."""
        return self.work.associations.recent()

    def peers(self) -> tuple[PeerRow, ...]:
        """Devices, refused ones first."""
        return self.work.associations.peers()

    def refused_contexts(self) -> tuple[RefusedContext, ...]:
        """Kinds of objects that devices offered lately and we did not take, newest first."""
        return refused_contexts(self.work.events.page(levels=("warning",), limit=1000))

    def set_peer(self, ae_title: str, *, policy: str = "", fallback_charset: str = "") -> None:
        """Let a device in, keep it out, or set the charset of its names."""
        self.accounts.require("peer_set")
        self.work.associations.set_peer(ae_title, policy=policy, fallback_charset=fallback_charset)
        self.work.audit.record(
            "peer_set", kind="peer", key=ae_title, policy=policy, charset=fallback_charset
        )
        self.work.engine_state.ask("reload_peers", requested_by=self.actor)

    def engine_status(self) -> EngineStatus:
        """The engine's last words."""
        return self.supervisor.status()

    def import_records(self, paths: Sequence[Path]) -> tuple[Any, ...]:
        """Import files one after another; returns their ``ImportReport``s."""
        reports = []
        for path in paths:
            report = self.work.record_import.import_file(path)
            self.work.audit_import(report)
            reports.append(report)
        return tuple(reports)

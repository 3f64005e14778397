"""Everything that works on one data folder without a thread of its own: built once, closed once.

Engine, console and command line each build one; they meet only in the database (DESIGN 2).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.model.held_file import HeldPlace
from hbgz_desktop.model.settings import CERTNO_KEY
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.services.accounts import Accounts
from hbgz_desktop.services.audit import Audit
from hbgz_desktop.services.authorization import AuthorizationControl
from hbgz_desktop.services.authorization_sending import AuthorizationSender
from hbgz_desktop.services.changed_images import ChangedImages
from hbgz_desktop.services.clearing import Clearing
from hbgz_desktop.services.code_book import CodeBook
from hbgz_desktop.services.corrections import Corrections
from hbgz_desktop.services.current_settings import CurrentSettings
from hbgz_desktop.services.deletion import DeletionControl, DeletionParts
from hbgz_desktop.services.disk_outlook import DiskOutlook
from hbgz_desktop.services.guizhou import GuizhouAdapter
from hbgz_desktop.services.guizhou_check import PLATFORM, VERSION, GuizhouCheck
from hbgz_desktop.services.guizhou_clients import GuizhouClients
from hbgz_desktop.services.hebei_clients import HebeiClients
from hbgz_desktop.services.hebei_tokens import HebeiTokens
from hbgz_desktop.services.held_files import HeldFiles
from hbgz_desktop.services.item_codes import ItemCodeControl
from hbgz_desktop.services.mapping import MappingControl
from hbgz_desktop.services.matching import Matching
from hbgz_desktop.services.message_numbers import MessageNumbers
from hbgz_desktop.services.other_hospitals import OtherHospitals, OutsideParts
from hbgz_desktop.services.outside_cache import OutsideCache
from hbgz_desktop.services.planning import Planner
from hbgz_desktop.services.queue_control import QueueControl
from hbgz_desktop.services.record_import import RecordImport
from hbgz_desktop.services.report_fetch import ReportFetch
from hbgz_desktop.services.shared_answers import SharedAnswers
from hbgz_desktop.services.shared_viewing import SharedViewing, ViewingStores
from hbgz_desktop.services.study_control import StudyControl
from hbgz_desktop.services.upload_scope import UploadScope
from hbgz_desktop.storage import schema
from hbgz_desktop.storage.attempts import AttemptLog
from hbgz_desktop.storage.audit_log import AuditLog
from hbgz_desktop.storage.authorizations import AuthorizationStore
from hbgz_desktop.storage.changed_instances import ChangedInstances
from hbgz_desktop.storage.clearing import ClearingStore
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.deletion_scope import DeletionScopes
from hbgz_desktop.storage.deletions import DeletionStore
from hbgz_desktop.storage.deliveries import DeliveryQueue
from hbgz_desktop.storage.engine_state import AssociationStore, EngineStateStore
from hbgz_desktop.storage.events import EventLog
from hbgz_desktop.storage.examinations import ExaminationStore
from hbgz_desktop.storage.forecasts import ForecastStore
from hbgz_desktop.storage.hebei_tokens import HebeiTokenStore
from hbgz_desktop.storage.held_files import HeldFileStore
from hbgz_desktop.storage.item_codes import ItemCodes
from hbgz_desktop.storage.known_patients import KnownPatients
from hbgz_desktop.storage.mappings import MappingStore
from hbgz_desktop.storage.operators import OperatorStore
from hbgz_desktop.storage.outside_files import OutsideFiles
from hbgz_desktop.storage.outside_images import OutsideImageStore
from hbgz_desktop.storage.outside_looks import OutsideLookStore
from hbgz_desktop.storage.platform_state import PlatformStates
from hbgz_desktop.storage.queue_actions import QueueActions
from hbgz_desktop.storage.reception import Reception
from hbgz_desktop.storage.records import RecordStore
from hbgz_desktop.storage.scope_facts import ScopeFactStore
from hbgz_desktop.storage.sealing import make_sealer
from hbgz_desktop.storage.secret_store import SecretStore
from hbgz_desktop.storage.sent_records import SentRecords
from hbgz_desktop.storage.settings_file import SettingsFile
from hbgz_desktop.storage.sharing_forms import SharingFormStore
from hbgz_desktop.storage.sharing_launches import SharingLaunchStore
from hbgz_desktop.storage.spool import Spool
from hbgz_desktop.system.durable_files import make_folder
from hbgz_desktop.system.folder_rights import close_to_others, may_modify

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.services.record_import import ImportReport


class Workplace:
    """The services of one data folder.

    Attributes:
        folder: Where everything lies.
        settings: Call it for the settings in force.
        is_read_only: The database belongs to another version of the program; nothing may be written.
    """

    def __init__(self, folder: DataFolder, *, on_ready: Callable[[], None] = lambda: None) -> None:
        """Open, creating folder and schema when they are missing.

        Args:
            folder: The data folder.
            on_ready: Told when a delivery has become due.

        Raises:
            SettingsError: ``hbgz.toml`` is invalid.
            StorageError: The folder or the database cannot be used.
        """
        self.folder = folder
        _prepare(folder)
        self.settings_file = SettingsFile(folder.root)
        self.settings = CurrentSettings(self.settings_file)
        self.database = Database(folder.database)
        try:
            schema.upgrade(self.database)
            self._open(folder)
            self._wire(on_ready)
        except BaseException:
            self.database.close()
            raise

    def _open(self, folder: DataFolder) -> None:
        """The repositories and folders."""
        sealer = make_sealer(folder.root)
        self.secrets = SecretStore(self.database, sealer)
        self.secrets.renew_seals()
        self.events = EventLog(self.database)
        trail = AuditLog(self.database)
        self.accounts = Accounts(OperatorStore(self.database), trail)
        self.audit = Audit(trail, self.accounts.current)
        self.engine_state = EngineStateStore(self.database)
        self.associations = AssociationStore(self.database)
        self.reception = Reception(self.database)
        self.examinations = ExaminationStore(self.database)
        self.records = RecordStore(self.database)
        self.mappings = MappingStore(self.database)
        self.attempts = AttemptLog(self.database, sealer)
        self.queue = DeliveryQueue(self.database, self.attempts)
        self.platform_states = PlatformStates(self.database)
        reserve_mb = self.settings().storage.reserve_mb
        self.held_files = HeldFiles(
            HeldFileStore(self.database),
            {
                HeldPlace.SPOOL: folder.spool,
                HeldPlace.QUARANTINE: folder.quarantine,
                HeldPlace.REPORTS: folder.reports,
                HeldPlace.THUMBNAILS: folder.thumbnails,
            },
        )
        self.spool = self._spool_of(HeldPlace.SPOOL, folder.spool, reserve_mb=reserve_mb)
        self.quarantine = self._spool_of(HeldPlace.QUARANTINE, folder.quarantine)
        self.reports = self._spool_of(HeldPlace.REPORTS, folder.reports, suffix=".pdf")

    def _spool_of(
        self, place: HeldPlace, root: Path, *, reserve_mb: int = 0, suffix: str = ".dcm"
    ) -> Spool:
        """A folder of files; what cannot be removed of them goes on the list."""
        return Spool(
            root,
            reserve_mb=reserve_mb,
            suffix=suffix,
            on_held=partial(self.held_files.note, place),
        )

    def _wire(self, on_ready: Callable[[], None]) -> None:
        standard = load_standard(PLATFORM, VERSION)
        self.standard = standard
        self.code_book = CodeBook(standard)
        self.checker = GuizhouCheck(
            settings=self.settings,
            standard=standard,
            mappings=self.mappings,
            examinations=self.examinations,
        )
        self.guizhou = GuizhouAdapter(
            settings=self.settings,
            key=lambda: self.secrets.get("guizhou.key"),
            checker=self.checker,
            numbers=MessageNumbers(self.platform_states, PLATFORM),
        )
        self.adapters = {PLATFORM: self.guizhou}
        self.upload_scope = UploadScope(
            settings=self.settings, mappings=self.mappings, facts=ScopeFactStore(self.database)
        )
        self.planner = Planner(
            settings=self.settings,
            examinations=self.examinations,
            records=self.records,
            queue=self.queue,
            adapters=self.adapters,
            on_ready=on_ready,
            skips=self.upload_scope.skips,
        )
        self.matching = Matching(self.examinations, self.settings, self.upload_scope.look_at_study)
        self.report_fetch = ReportFetch(
            settings=self.settings,
            records=self.records,
            spool=self.reports,
            drop_folder=self.drop_folder,
        )
        self.record_import = RecordImport(
            settings=self.settings,
            standard=standard,
            records=self.records,
            matching=self.matching,
            planner=self.planner,
            reports=self.report_fetch,
        )
        self.queue_control = QueueControl(
            QueueActions(self.database), self.platform_states, self.planner
        )
        self.study_control = StudyControl(
            self.examinations, self.matching, self.planner, self.audit
        )
        self._wire_deletion(standard)
        self.changed_images = ChangedImages(ChangedInstances(self.database), self.planner)
        self._wire_desk()
        self._wire_disk()
        self._wire_other_hospitals()
        self.mapping_control = MappingControl(
            platform=PLATFORM,
            standard=standard,
            mappings=self.mappings,
            examinations=self.examinations,
            queue=self.queue,
            planner=self.planner,
            allows_malformed=lambda: self.settings().guizhou.allow_malformed_parts,
        )

    def _wire_deletion(self, standard: Standard) -> None:
        """Deletions on the platform, and what corrections change there."""
        self.deletion = DeletionControl(
            PLATFORM,
            DeletionParts(
                store=DeletionStore(self.database),
                scopes=DeletionScopes(self.database),
                examinations=self.examinations,
                planner=self.planner,
                checker=self.checker,
                studies=self.study_control,
                accounts=self.accounts,
                audit=self.audit,
                ask_directly=self.guizhou.delete_indexes,
            ),
        )
        self.corrections = Corrections(
            adapter=self.guizhou,
            standard=standard,
            sent=SentRecords(self.database, self.attempts.sealer),
            queue=self.queue,
            planner=self.planner,
        )

    def _wire_desk(self) -> None:
        """The reception desk: Hebei's authorizations and shared viewing."""
        sealer = make_sealer(self.folder.root)
        clients = HebeiClients(self.settings, self.secrets)
        tokens = HebeiTokens(HebeiTokenStore(self.database, sealer), clients)
        authorizations = AuthorizationStore(self.database)
        self.authorization_sender = AuthorizationSender(
            settings=self.settings,
            store=authorizations,
            tokens=tokens,
            states=self.platform_states,
        )
        self.authorization = AuthorizationControl(
            settings=self.settings,
            store=authorizations,
            patients=KnownPatients(self.database),
            sender=self.authorization_sender,
            clients=clients,
            accounts=self.accounts,
        )
        items = ItemCodes(self.database)
        self.item_codes = ItemCodeControl(items, self.mappings, self.accounts)
        self.shared_viewing = SharedViewing(
            settings=self.settings,
            stores=ViewingStores(
                SharingLaunchStore(self.database, sealer),
                authorizations,
                SharingFormStore(self.database, sealer),
                items,
            ),
            tokens=tokens,
            clients=clients,
            states=self.platform_states,
            answers=SharedAnswers(load_standard("hebei", "1.5")),
            accounts=self.accounts,
            audit=self.audit,
        )

    def _wire_other_hospitals(self) -> None:
        """跨院调阅, over connections of its own: looking must not wait for uploads."""
        sealer = make_sealer(self.folder.root)
        images = OutsideImageStore(self.database, sealer)
        files = OutsideFiles(
            self.folder.other_hospitals, lambda: self.settings().storage.reserve_mb
        )
        cache = OutsideCache(settings=self.settings, images=images, files=files)
        looks = OutsideLookStore(self.database, sealer, self.secrets)
        self._outside_clients = GuizhouClients(
            self.settings,
            lambda: self.secrets.get("guizhou.key"),
            MessageNumbers(self.platform_states, PLATFORM),
            lambda: self.secrets.get(CERTNO_KEY),
        )
        self.other_hospitals = OtherHospitals(
            settings=self.settings,
            parts=OutsideParts(looks, images, files, cache),
            clients=self._outside_clients,
            states=self.platform_states,
            standard=self.standard,
            accounts=self.accounts,
            audit=self.audit,
        )

    def _wire_disk(self) -> None:
        """What is cleared, and how long the disk lasts."""
        self.clearing = Clearing(
            settings=self.settings,
            store=ClearingStore(self.database),
            spool=self.spool,
            thumbnails=self.folder.thumbnails,
            held=self.held_files,
        )
        self.disk_outlook = DiskOutlook(
            settings=self.settings,
            clearing=self.clearing,
            spool=self.spool,
            forecasts=ForecastStore(self.database),
        )

    def drop_folder(self) -> Path:
        """Where RIS puts record files."""
        chosen = self.settings().records.drop_folder
        return Path(chosen) if chosen else self.folder.drop

    def audit_import(self, report: ImportReport) -> None:
        """A person has imported a file of records: how much it brought, not what it is called."""
        self.audit.record(
            "records_imported",
            kind="record_file",
            new=report.new,
            changed=report.changed,
            problems=len(report.problems),
        )

    def close(self) -> None:
        """Close connections; the database stays as it is."""
        self.other_hospitals.cache.close()
        self._outside_clients.close()
        self.guizhou.close()
        self.database.close()

    def __enter__(self) -> Self:
        """The workplace itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def _prepare(folder: DataFolder) -> None:
    """Make the folder where it is missing, closed to other accounts, and see that this one may work in it."""
    is_new = not folder.root.exists()
    try:
        make_folder(folder.root)
        if is_new:
            close_to_others(folder.root)
    except PermissionError as error:
        raise StorageError("data_folder_denied", retryable=False) from error
    except OSError as error:
        raise StorageError("data_folder_unusable", retryable=False, errno=error.errno) from error
    if not may_modify(folder.root, folder.database):
        raise StorageError("data_folder_read_only", retryable=False)

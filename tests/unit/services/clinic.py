"""A workplace to test services on: images arrive by call, records by file, the platform is the sandbox."""

from __future__ import annotations

import json
import sqlite3
import struct
import threading
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any, Self

from pydicom.dataset import Dataset

from hbgz_desktop.model.instance import SUCCESS, IncomingInstance, PeerAssociation
from hbgz_desktop.sandbox.demo import demo_records, demo_studies, shrunk
from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor
from hbgz_desktop.services.association_book import AssociationBook
from hbgz_desktop.services.committer import Committer
from hbgz_desktop.services.completion import Completion
from hbgz_desktop.services.digests import DigestWorker
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.intake import Intake
from hbgz_desktop.services.upload_parts import UploadParts
from hbgz_desktop.services.uploading import Uploaders
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.reception import Reception
from hbgz_desktop.storage.settings_file import SettingsFile
from tests.operating_system import SLOWNESS
from tests.trial_hospital import INSTITUTION, KEY, SETTINGS, dicom_settings
from tests.unit.dicom.samples import CT, EXPLICIT, encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.sandbox.study_spec import StudySpec
    from hbgz_desktop.services.record_import import ImportReport

NOWHERE = "http://127.0.0.1:9/mie/api/mie"
LIMIT_S = 20.0
BASE: dict[str, Any] = {
    **SETTINGS,
    "guizhou.base_url": NOWHERE,
    "storage.reserve_mb": 0,
    "upload.parallel": 2,
    "retry.first_delay_s": 0.05,
    "upload.probe_delay_s": 0.1,
}


def wait_until(what: str, is_so: Callable[[], object], limit_s: float = LIMIT_S) -> None:
    """Look until something is so."""
    pause = threading.Event()
    for _ in range(int(limit_s * SLOWNESS * 100)):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError(f"not within {limit_s:g} s: {what}")


def caller(ae: str = "CT1", number: int = 1, address: str = "10.0.0.7") -> PeerAssociation:
    """An association of a device."""
    return PeerAssociation(number, ae, "HBGZ", address, 40000 + number)


def dataset(
    spec: StudySpec, number: int = 1, *, series: int = 1, pixel: int = 0, **tags: Any
) -> Dataset:
    """A small CT image of a study; keyword arguments are DICOM keywords, None drops one."""
    ds = Dataset()
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = CT
    ds.SOPInstanceUID = f"{spec.study_instance_uid}.1.{number}"
    ds.StudyInstanceUID = spec.study_instance_uid
    ds.SeriesInstanceUID = f"{spec.study_instance_uid}.{series}"
    ds.AccessionNumber, ds.PatientID = spec.accession_number, spec.patient_id
    ds.PatientName, ds.PatientBirthDate = spec.patient_name, f"{spec.birth_date:%Y%m%d}"
    ds.PatientSex, ds.Modality = spec.sex, "CT"
    ds.StudyDate, ds.StudyTime = "20260301", "081500"
    ds.SeriesNumber, ds.InstanceNumber = series, number
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns, ds.BitsAllocated, ds.BitsStored = 4, 4, 16, 16
    ds.HighBit, ds.PixelRepresentation = 15, 0
    ds.PixelData = struct.pack("<16H", *([pixel] * 16))
    ds["PixelData"].VR = "OW"
    for keyword, value in tags.items():
        if value is None:
            delattr(ds, keyword)
        else:
            setattr(ds, keyword, value)
    return ds


@contextmanager
def running(committer: Committer) -> Iterator[Committer]:
    """A committer with its thread."""
    committer.start()
    try:
        yield committer
    finally:
        committer.stop()


class Clinic:
    """One data folder with everything but threads of its own; the committer alone has one."""

    def __init__(self, root: Path, data: Path, **settings: Any) -> None:
        """Configure ``data`` with ``BASE`` and these settings; dotted keys."""
        self.root = root
        self.data = data
        self.faults = FaultPlan()
        SettingsFile(data).set_many({**BASE, **settings})
        self.specs = tuple(shrunk(one, 2, 16) for one in demo_studies(7))
        self.completed: list[int] = []
        self._stack = ExitStack()
        self._files = 0

    def __enter__(self) -> Self:
        self.work = self._stack.enter_context(Workplace(DataFolder(self.data)))
        work = self.work
        work.secrets.set("guizhou.key", KEY)
        self.book = AssociationBook(work.associations, work.settings)
        self.committer = self._stack.enter_context(running(Committer(work.reception)))
        self.intake = self.make_intake(self.committer)
        self.digests = DigestWorker(work.reception, work.spool, lambda: None)
        self.completion = Completion(
            work.examinations, self.book, work.settings, self.completed.append
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def make_intake(self, committer: Committer) -> Intake:
        """An intake with this committer."""
        work = self.work
        return Intake(
            settings=work.settings,
            spool=work.spool,
            quarantine=work.quarantine,
            reception=work.reception,
            committer=committer,
            book=self.book,
            on_stored=lambda: None,
        )

    @contextmanager
    def impatient(self, patience_s: float = 0.05) -> Iterator[Intake]:
        """An intake that does not wait long for a locked database."""
        database = Database(self.work.folder.database, busy_timeout_s=patience_s)
        try:
            with running(Committer(Reception(database))) as committer:
                yield self.make_intake(committer)
        finally:
            database.close()

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Another process holds the write lock."""
        with closing(sqlite3.connect(self.work.folder.database, isolation_level=None)) as other:
            other.execute("begin immediate")
            yield
            other.execute("rollback")

    def configure(self, **settings: Any) -> None:
        """Change settings; dotted keys."""
        self.work.settings_file.set_many(settings)
        self.work.settings.look_now()

    # -- what comes in

    def incoming(self, ds: Dataset, ae: str = "CT1", **changes: Any) -> IncomingInstance:
        """A C-STORE request for a dataset."""
        values: dict[str, Any] = {
            "peer": caller(ae),
            "sop_class_uid": str(ds.get("SOPClassUID", CT)),
            "sop_instance_uid": str(ds.get("SOPInstanceUID", "1.2.3")),
            "transfer_syntax_uid": EXPLICIT,
            "dataset": encoded(ds),
        }
        return IncomingInstance(**(values | changes))

    def send(self, spec: StudySpec, images: int = 2, *, first: int = 1, **tags: Any) -> None:
        """Images of a study arrive and are acknowledged."""
        for number in range(first, first + images):
            assert self.intake.store(self.incoming(dataset(spec, number, **tags))) == SUCCESS

    def close(self, spec: StudySpec) -> int:
        """Digests are made, the study is complete and matched; its id."""
        while self.digests.step() == 0.0:
            pass
        study_id = self.study_id(spec)
        self.work.examinations.complete(study_id, "quiet")
        examination_id = self.work.matching.match_study(study_id)
        if examination_id is not None:
            self.work.planner.advance(examination_id)
        return study_id

    def record(self, spec: StudySpec, **changes: Any) -> dict[str, Any]:
        """A valid record of a study with settlement, by parameter codes; None drops a field."""
        (record,) = demo_records([spec], institution_code=INSTITUTION, with_index=False)
        return {k: v for k, v in {**record, **changes}.items() if v is not None}

    def write(self, rows: object, name: str = "") -> Path:
        """A record file."""
        self._files += 1
        path = self.root / "ris" / (name or f"{self._files}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        return path

    def take(self, *records: Mapping[str, object]) -> ImportReport:
        """Import records as one JSON file."""
        return self.work.record_import.import_file(self.write(list(records)))

    def ready(self, spec: StudySpec, *, images: int = 2, **changes: Any) -> int:
        """A study with its record, planned; the id of its examination."""
        self.send(spec, images)
        report = self.take(self.record(spec, **changes))
        assert report.problems == ()
        self.close(spec)
        found = self.work.examinations.of_record(report.record_ids[0])
        assert found is not None
        return found

    # -- what is there

    def study_id(self, spec: StudySpec) -> int:
        """Row id of a study."""
        return int(
            self.scalar(
                "select id from studies where study_instance_uid = ?", spec.study_instance_uid
            )
        )

    def query(self, sql: str, *values: object) -> list[Any]:
        """Rows of the database."""
        with self.work.database.read() as connection:
            return list(connection.exec_driver_sql(sql, values).all())

    def scalar(self, sql: str, *values: object) -> Any:
        """First column of the first row."""
        return self.query(sql, *values)[0][0]

    def deliveries(self, examination_id: int) -> dict[str, str]:
        """Kind → state, with the reason when blocked; the last one of a kind."""
        return {
            one.kind.value: one.blocked_reason.value if one.blocked_reason else one.state.value
            for one in self.work.queue.of_examination(examination_id)
        }

    def delivery(self, examination_id: int, kind: str) -> Delivery:
        """The first delivery of a kind."""
        rows = self.work.queue.of_examination(examination_id)
        return next(one for one in rows if one.kind.value == kind)

    def problems(self, examination_id: int) -> dict[str, Problem]:
        """Errors by field."""
        found = self.work.examinations.problems_of(examination_id)
        return {one.field: one for one in found if one.severity.value == "error"}

    def spooled(self) -> set[str]:
        """Files of the spool."""
        return set(self.work.spool.files())

    # -- the platform

    def open_platform(self, *faults: str, by_dicom: bool = False) -> GuizhouPlatform:
        """Start the sandbox and point the settings at it; ``by_dicom`` at its image receiver too."""
        platform = self._stack.enter_context(
            GuizhouPlatform(
                self.root / "platform",
                institution_code=INSTITUTION,
                key=KEY,
                faults=self.faults,
                dicom=DicomDoor() if by_dicom else None,
            )
        )
        self.break_platform(*faults)
        self.configure(**{"guizhou.base_url": platform.base_url, **dicom_settings(platform)})
        return platform

    def break_platform(self, *faults: str) -> None:
        """Put these faults in force, in the words of ``hbgz sandbox --fault``."""
        self.faults.replace(parse_fault(one) for one in faults)

    def uploaders(self) -> Uploaders:
        """Uploaders without running threads; ``upload_one`` drives them."""
        work = self.work
        return Uploaders(
            UploadParts(
                settings=work.settings,
                queue=work.queue,
                attempts=work.attempts,
                examinations=work.examinations,
                reception=work.reception,
                states=work.platform_states,
                planner=work.planner,
                adapters=work.adapters,
                images=work.spool,
                reports=work.reports,
            )
        )

    def claim(self) -> Delivery | None:
        """Claim what is due, as an uploader does."""
        return self.work.queue.claim("engine-test", lease_s=60, platforms=["guizhou"])

    def upload_all(self, uploaders: Uploaders) -> list[str]:
        """Carry out what is due until nothing is; the kinds in their order."""
        done = []
        while (delivery := self.claim()) is not None:
            uploaders.run(delivery)
            done.append(delivery.kind.value)
        return done

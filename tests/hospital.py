"""A hospital for tests: a platform over real HTTP, a data folder, small studies, their records."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from hbgz_desktop.dicom.file_meta import read_file_meta
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import SendResult, send_files
from hbgz_desktop.sandbox.demo import demo_records, demo_studies, shrunk, write_record_file
from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.settings_file import SettingsFile
from tests.running_program import Engine, Program, until
from tests.trial_hospital import INSTITUTION, KEY, SETTINGS, dicom_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from hbgz_desktop.sandbox.study_spec import StudySpec
    from hbgz_desktop.services.record_import import ImportReport

AE_TITLE = "HBGZ"
ROWS = 48
QUICK: dict[str, object] = {
    **SETTINGS,
    "dicom.port": 0,
    "dicom.bind_address": "127.0.0.1",
    "dicom.quiet_time_s": 0.3,
    "retry.first_delay_s": 0.2,
    "upload.probe_delay_s": 0.2,
    "storage.reserve_mb": 1,
}


@dataclass(frozen=True)
class Study:
    """A generated study.

    Attributes:
        record: Its record by the platform's parameter codes, valid and with settlement.
        files: By SOP Instance UID, in sending order.
    """

    spec: StudySpec
    record: dict[str, object]
    files: dict[str, Path]

    @property
    def uid(self) -> str:
        """Study Instance UID."""
        return self.spec.study_instance_uid

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files."""
        return tuple(self.files.values())


def dataset_bytes(path: Path) -> bytes:
    """The encoded dataset: what follows preamble, marker and file meta group (PS3.10 7.1)."""
    content = path.read_bytes()
    assert content[128:132] == b"DICM"
    return content[144 + int.from_bytes(content[140:144], "little") :]


def make_studies(
    folder: Path, seed: int, count: int = 1, *, images: int = 2, rows: int = ROWS
) -> tuple[Study, ...]:
    """Small studies of different modalities, charsets and transfer syntaxes, with their records."""
    studies: list[Study] = []
    for batch in range((count + 4) // 5):
        for spec in demo_studies(seed * 1000 + batch):
            small = shrunk(spec, images, rows)
            record = {
                **demo_records([small], institution_code=INSTITUTION, with_index=False)[0],
                "chargeType": "02",
            }
            if len(studies) < count:
                place = folder / f"{len(studies):03d}"
                paths = generate_study(small, place, seed + len(studies))
                studies.append(Study(small, record, _by_uid(paths)))
    return tuple(studies)


def more_images(study: Study, folder: Path, images: int, seed: int) -> Study:
    """The same study with further images behind those it has."""
    grown = replace(study.spec, images=study.spec.images + images)
    paths = [
        path
        for path in generate_study(grown, folder, seed)
        if read_file_meta(path).sop_instance_uid not in study.files
    ]
    return replace(study, files=_by_uid(paths))


def _by_uid(paths: Iterable[Path]) -> dict[str, Path]:
    return {read_file_meta(path).sop_instance_uid: path for path in paths}


class Hospital:
    """Platform and data folder of one test, which starts the engine as often as it likes."""

    def __init__(self, root: Path, data: Path, seed: int) -> None:
        """Configure the folder; the platform listens from the start of the block."""
        self.root = root
        self.seed = seed
        self.faults = FaultPlan()
        self.platform = GuizhouPlatform(
            root / "platform",
            institution_code=INSTITUTION,
            key=KEY,
            faults=self.faults,
            dicom=DicomDoor(),
        )
        self.program = Program(data, root / "printed")
        self._settings = SettingsFile(data)
        self._stack = ExitStack()
        self._acknowledged: dict[str, Path] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.platform)
            self._settings.set_many({**QUICK, "guizhou.base_url": self.platform.base_url})
            self.work = stack.enter_context(Workplace(DataFolder(self.program.data)))
            self.work.secrets.set("guizhou.key", KEY)
            stack.enter_context(self.program)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def configure(self, **settings: object) -> None:
        """Change settings; dotted keys."""
        self._settings.set_many(settings)

    def push_by_dicom(self, **settings: object) -> None:
        """Images go to the platform's own receiver (2.3) from now on."""
        self.configure(**{**dicom_settings(self.platform), **settings})

    def break_platform(self, *faults: str) -> None:
        """Put these faults in force, in the words of ``hbgz sandbox --fault``."""
        self.faults.replace(parse_fault(one) for one in faults)

    def studies(
        self, count: int = 1, *, images: int = 2, rows: int = ROWS, seed: int = 0
    ) -> tuple[Study, ...]:
        """Fresh studies on the modality's disk."""
        folder = self.root / "modality" / str(seed)
        return make_studies(folder, self.seed + seed, count, images=images, rows=rows)

    # -- what the modality and RIS do

    def peer(self, engine: Engine, calling_ae: str = "TEST_CT") -> Peer:
        """Our receiver as a modality sees it."""
        return Peer("127.0.0.1", engine.port, AE_TITLE, calling_ae, timeout_s=60.0)

    def send(self, engine: Engine, *studies: Study, calling_ae: str = "TEST_CT") -> bool:
        """Send studies, each on an association of its own; True when all was acknowledged.

        What was acknowledged is kept: ``assert_nothing_lost`` asks for it.
        """
        outcomes = [self._send(engine, one, calling_ae) for one in studies]
        return all(outcomes)

    def _send(self, engine: Engine, study: Study, calling_ae: str) -> bool:
        results = send_files(
            study.paths,
            self.peer(engine, calling_ae),
            on_result=lambda result: self.acknowledge([result]),
        )
        return all(one.status == 0 for one in results)

    def acknowledge(self, results: Iterable[SendResult]) -> None:
        """Keep what an engine answered 0x0000 to; ``assert_nothing_lost`` asks for it."""
        for one in results:
            if one.status == 0:
                self._acknowledged[one.sop_instance_uid] = one.path

    def record_file(self, *studies: Study, name: str = "ris") -> Path:
        """The record file of these studies with their PDFs, as RIS would write it."""
        return write_record_file([one.record for one in studies], self.root / name)

    def import_records(self, *studies: Study, **changes: object) -> ImportReport:
        """Import the records of these studies with these fields changed; None drops a field."""
        changed = [
            replace(
                one,
                record={k: v for k, v in {**one.record, **changes}.items() if v is not None},
            )
            for one in studies
        ]
        report = self.work.record_import.import_file(self.record_file(*changed))
        assert report.problems == ()
        return report

    # -- what is asked afterwards

    @property
    def acknowledged(self) -> dict[str, Path]:
        """Every instance the engine ever answered 0x0000 to, with the sender's file."""
        return dict(self._acknowledged)

    def lanes(self) -> dict[str, int]:
        """Work list by lane."""
        rows = self.program.query("select lane, count(*) as n from worklist group by lane")
        return {row["lane"]: row["n"] for row in rows}

    def deliveries(self) -> list[dict[str, Any]]:
        """Rows of the queue."""
        return [dict(one) for one in self.program.query("select * from deliveries order by id")]

    def delivery(self, kind: str) -> dict[str, Any]:
        """The one delivery of this kind."""
        (found,) = [one for one in self.deliveries() if one["kind"] == kind]
        return found

    def attempts(self, kind: str = "%") -> list[dict[str, Any]]:
        """Requests and answers of deliveries of one kind, oldest first."""
        sql = (
            "select a.* from attempts a join deliveries d on d.id = a.delivery_id"
            " where d.kind like ? order by a.id"
        )
        return [dict(one) for one in self.program.query(sql, kind)]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Facts of the events of one kind."""
        rows = self.program.query("select facts from events where kind = ? order by id", kind)
        return [json.loads(one["facts"]) for one in rows]

    def wait_confirmed(self, count: int, limit_s: float = 40.0) -> None:
        """Wait until exactly so many studies are there and all are confirmed."""
        try:
            until("confirmed", lambda: self.lanes() == {"confirmed": count}, limit_s)
        except TimeoutError as error:
            rows = [
                {key: one[key] for key in ("kind", "state", "blocked_reason", "cause", "attempts")}
                for one in self.deliveries()
            ]
            raise AssertionError(f"{self.lanes()} instead of {count} confirmed; {rows}") from error

    def wait_state(self, kind: str, state: str, limit_s: float = 40.0) -> dict[str, Any]:
        """Wait until the one delivery of this kind is in this state."""
        until(
            f"{kind} {state}",
            lambda: [d["state"] for d in self.deliveries() if d["kind"] == kind] == [state],
            limit_s,
        )
        return self.delivery(kind)

    def assert_nothing_lost(self) -> None:
        """Every acknowledged instance is in the ledger, its dataset byte for byte what was sent.

        A cleared one lies on the platform instead, in the very same bytes.
        """
        rows = self.program.query("select sop_instance_uid, path, file_state from instances")
        there = {
            one.sop_instance_uid: self.platform.image_path(one) for one in self.platform.images()
        }
        kept: dict[str, list[bytes]] = {}
        for row in rows:
            assert row["file_state"] != "lost"
            is_cleared = row["file_state"] == "cleared"
            path = self.program.data / "spool" / row["path"]
            where = there[row["sop_instance_uid"]] if is_cleared else path
            kept.setdefault(row["sop_instance_uid"], []).append(dataset_bytes(where))
        missing = [
            uid
            for uid, path in self._acknowledged.items()
            if dataset_bytes(path) not in kept.get(uid, [])
        ]
        assert missing == [], f"seed {self.seed}: acknowledged but not kept"

    def assert_delivered_once(self, *studies: Study) -> None:
        """The platform holds each image of these studies once, byte for byte, and no others."""
        assert self.platform.ledger.sent_twice_as_new() == ()
        there = {
            one.sop_instance_uid: dataset_bytes(self.platform.image_path(one))
            for one in self.platform.images()
        }
        sent = {uid: dataset_bytes(p) for study in studies for uid, p in study.files.items()}
        assert there == sent, f"seed {self.seed}: platform {len(there)}, modality {len(sent)}"

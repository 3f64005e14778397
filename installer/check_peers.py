"""What the front-end machine talks to, on the Linux side: a modality (DCMTK) and the simulated platform."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from hbgz_desktop.dicom.file_meta import read_file_meta
from hbgz_desktop.sandbox.demo import demo_records, demo_studies, write_record_file
from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.sandbox.study_spec import Syntax
from installer.check_report import CheckError, expect
from tests.hospital import QUICK, Study, dataset_bytes
from tests.trial_hospital import INSTITUTION, KEY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from installer.check_machine import Machine

SEND_LIMIT_S = 240.0
AE_TITLE = "HBGZ"
PROPOSALS = {
    Syntax.EXPLICIT.value: "-xe",
    Syntax.IMPLICIT.value: "-xi",
    Syntax.JPEG_LS.value: "-xt",
    Syntax.JPEG_LOSSLESS.value: "-xs",
}
"""What storescu calls a transfer syntax; it offers one, so it sends the file as it is."""


def acknowledged_paths(said: str) -> list[str]:
    """The files that storescu, by what it printed, got 0000 (success) for."""
    found, current = [], ""
    for line in said.splitlines():
        if sent := re.fullmatch(r"I: Sending file: (.+)", line):
            current = sent[1]
        elif line == "I: Received Store Response (Success)":
            found.append(current)
    return found


class Sending:
    """One storescu under way: a study on one association.

    Attributes:
        study: What it sends.
    """

    def __init__(self, study: Study, port: int, said: Path) -> None:
        """Start it.

        Args:
            study: What to send.
            port: Where the engine listens.
            said: What storescu prints goes there.
        """
        self.study = study
        self._said = said
        self._file_of = {str(path): uid for uid, path in study.files.items()}
        syntax = read_file_meta(study.paths[0]).transfer_syntax_uid
        peer = ["-v", PROPOSALS[syntax], "-aec", AE_TITLE, "-aet", "CHECK_CT", "127.0.0.1"]
        argv = ["storescu", *peer, str(port), *map(str, study.paths)]
        said.parent.mkdir(parents=True, exist_ok=True)
        with said.open("wb") as output:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "TCP_NODELAY": "1"},  # its own Nagle would cost 40 ms an image
            )

    @property
    def is_over(self) -> bool:
        """Whether storescu has ended."""
        return self._process.poll() is not None

    def acknowledged(self) -> list[str]:
        """SOP Instance UIDs that the engine answered 0000 (success) to, so far.

        storescu's exit status says nothing of single images: its words do.
        """
        paths = acknowledged_paths(self._said.read_text("utf-8", "replace"))
        return [self._file_of[path] for path in paths]

    def wait(self) -> list[str]:
        """Wait for its end; what was acknowledged.

        Raises:
            CheckError: It does not end.
        """
        try:
            self._process.wait(SEND_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise CheckError(f"storescu did not end; {self._said}") from None
        return self.acknowledged()


class Hospital:
    """Modality, records and platform of the check.

    Attributes:
        platform: Guizhou's, simulated; it checks by rules of its own and keeps what it got.
        faults: Which make it fail.
        acknowledged: Every instance that the engine ever answered 0000 to.
        studies: Everything that was made.
    """

    def __init__(self, root: Path, seed: int) -> None:
        """Prepare it below ``root``; the platform listens while the ``with`` block lasts."""
        self.root = root
        self.seed = seed
        self.faults = FaultPlan()
        self.platform = GuizhouPlatform(
            root / "platform", institution_code=INSTITUTION, key=KEY, faults=self.faults
        )
        self.acknowledged: list[str] = []
        self.studies: list[Study] = []
        self._sendings = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self.platform)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def settings(self, **changes: object) -> dict[str, object]:
        """Settings of a front-end machine of this hospital: quick, and on any free port."""
        return {**QUICK, "guizhou.base_url": self.platform.base_url, **changes}

    def give_key(self, machine: Machine) -> None:
        """Let the machine seal the platform's key, by its own command."""
        machine.command("config", "set", "guizhou.key", KEY)

    def break_platform(self, *faults: str) -> None:
        """Put these faults in force, in the words of ``hbgz sandbox --fault``."""
        self.faults.replace(parse_fault(one) for one in faults)

    # -- the modality

    def make_study(self, kind: int, images: int, rows: int = 128) -> Study:
        """A fresh study on the modality's disk.

        Args:
            kind: 0 CT explicit UTF-8, 1 MR implicit GB18030, 2 DX ISO 2022, 3 CT JPEG-LS, 4 CT undeclared GBK.
            images: A series.
            rows: And columns.
        """
        number = len(self.studies)
        drawn = demo_studies(self.seed * 1000 + number)[kind]
        spec = replace(drawn, images=images, rows=rows, columns=rows)
        (record,) = demo_records([spec], institution_code=INSTITUTION, with_index=False)
        folder = self.root / "modality" / f"{number:03d}"
        paths = generate_study(spec, folder, self.seed + number)
        files = {read_file_meta(path).sop_instance_uid: path for path in paths}
        study = Study(spec, {**record, "chargeType": "02"}, files)
        self.studies.append(study)
        return study

    def start_sending(self, study: Study, port: int) -> Sending:
        """A DCMTK storescu begins to send a study; its caller notes what was acknowledged."""
        self._sendings += 1
        return Sending(study, port, self.root / "printed" / f"{self._sendings:03d}-storescu.txt")

    def send(self, study: Study, port: int) -> None:
        """Send a whole study.

        Raises:
            CheckError: An image was not acknowledged.
        """
        taken = self.note(self.start_sending(study, port))
        expect("images acknowledged", len(taken), len(study.files))

    def note(self, sending: Sending) -> list[str]:
        """Wait for the end of a sending and keep what was acknowledged."""
        taken = sending.wait()
        self.acknowledged += taken
        return taken

    # -- the records

    def import_records(self, machine: Machine, *studies: Study) -> None:
        """Let the machine import the records of these studies, PDFs beside them, by its own command.

        Raises:
            CheckError: A record was not taken.
        """
        place = machine.prefix.path("C:\\") / "检查记录" / f"{studies[0].uid[-12:]}"
        file = write_record_file([one.record for one in studies], place)
        rows = json.loads(file.read_text(encoding="utf-8"))
        for row in rows:
            row["reportPdf"] = [machine.prefix.windows(Path(one)) for one in row["reportPdf"]]
        file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        machine.command("records", "import", file)
        wanted = {one.spec.accession_number for one in studies}
        known = machine.rows("select accession_number from record_accessions")
        found = {row["accession_number"] for row in known}
        expect("records that were not taken", sorted(wanted - found), [])

    # -- the platform

    def images_there(self, studies: Sequence[Study]) -> int:
        """How many images of these studies the platform holds."""
        wanted = {uid for study in studies for uid in study.files}
        return sum(one.sop_instance_uid in wanted for one in self.platform.images())

    def expect_delivered_once(self, *studies: Study) -> None:
        """The platform holds each image of these studies once, byte for byte, and none was sent twice as new.

        Raises:
            CheckError: It does not.
        """
        expect("sent twice as new", self.platform.ledger.sent_twice_as_new(), ())
        sent = {uid: path for study in studies for uid, path in study.files.items()}
        there = [one for one in self.platform.images() if one.sop_instance_uid in sent]
        expect("images at the platform", len(there), len(sent))
        differ = [
            one.sop_instance_uid
            for one in there
            if dataset_bytes(self.platform.image_path(one))
            != dataset_bytes(sent[one.sop_instance_uid])
        ]
        expect("images whose bytes differ", differ, [])

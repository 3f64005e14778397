"""Steps that the tests of uploading share."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic

IMAGE = "saveImgFile"
RECORD = "saveExamRpotImgInfo"


def ready_with_report(clinic: Clinic, number: int = 0, images: int = 2) -> int:
    spec = clinic.specs[number]
    folder = clinic.root / "ris"
    folder.mkdir(exist_ok=True)
    (folder / f"r{number}.pdf").write_bytes(make_report_pdf("报告", [str(number)]))
    return clinic.ready(spec, images=images, reportPdf=f"r{number}.pdf")


def outcomes(clinic: Clinic, kind: str = "%") -> list[str]:
    rows = clinic.query(
        "select a.outcome from attempts a join deliveries d on d.id = a.delivery_id"
        " where d.kind like ? order by a.id",
        kind,
    )
    return [row[0] for row in rows]


def held(clinic: Clinic, uploaders: Uploaders) -> tuple[int, threading.Thread]:
    """An image delivery whose first image waits for its answer; the rest has not begun."""
    clinic.configure(**{"upload.lease_s": 0.3})
    examination_id = clinic.ready(clinic.specs[0], images=6)
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    clinic.break_platform(f"{IMAGE}:slow:seconds=1")
    delivery = clinic.work.queue.claim("engine-test", lease_s=60, platforms=["guizhou"])
    assert delivery is not None
    thread = threading.Thread(target=uploaders.run, args=(delivery,))
    thread.start()
    wait_until("the first image is under way", lambda: bool(clinic.faults.snapshot()[0]["struck"]))
    return examination_id, thread


def _has_come_further(clinic: Clinic, number: int, job: Future[Any]) -> bool:
    return len(outcomes(clinic, "images")) > number or job.done()

"""From what is known to rows in the queue: every reason to wait, order, corrections, late images."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import Outcome
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from hbgz_desktop.services.guizhou_check import PLATFORM
from hbgz_desktop.services.planning import Planner
from hbgz_desktop.services.workplace import Workplace
from tests.unit.services.clinic import dataset

if TYPE_CHECKING:
    from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView
    from tests.unit.services.clinic import Clinic


def imported(clinic: Clinic, number: int = 0, **changes: object) -> int:
    report = clinic.take(clinic.record(clinic.specs[number], **changes))
    return clinic.work.examinations.of_record(report.record_ids[0]) or 0


def deliver(clinic: Clinic, kind: str) -> None:
    """What is due goes out well."""
    delivery = clinic.claim()
    assert delivery is not None
    assert delivery.kind.value == kind
    clinic.work.queue.finish(delivery, Outcome.DELIVERED)
    clinic.work.planner.advance(delivery.examination_id)


def with_pdf(clinic: Clinic, **changes: object) -> dict[str, object]:
    path = clinic.root / "ris" / "r1.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(make_report_pdf("报告", ["一"]))
    return clinic.record(clinic.specs[0], reportPdf="r1.pdf", **changes)


def test_every_reason_to_wait_one_after_another(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    examination_id = imported(clinic, chargeType="MZ", setlInfoList=None)

    def reason() -> str:
        clinic.work.planner.advance(examination_id)
        return clinic.deliveries(examination_id)["record"]

    assert reason() == "no_images"
    clinic.send(spec)
    assert clinic.work.matching.match_study(clinic.study_id(spec)) == examination_id
    assert reason() == "incomplete"
    clinic.work.examinations.complete(clinic.study_id(spec), "person")
    assert reason() == "needs_fix"
    problem = clinic.problems(examination_id)["chargeType"]
    clinic.work.mappings.set(PLATFORM, problem.code_set, "MZ", "02", "李敏")
    assert reason() == "settlement"
    clinic.take(clinic.record(spec, chargeType="MZ", rpotNo=None))
    assert reason() == "report"
    clinic.take(clinic.record(spec, chargeType="MZ"))
    assert reason() == "digest"
    while clinic.digests.step() == 0.0:
        pass
    assert reason() == "ready"
    assert clinic.deliveries(examination_id)["images"] == "order"


def test_images_that_are_no_images_to_send_are_none(clinic: Clinic) -> None:
    """A study of which nothing is sent by rule does not make an examination without images go."""
    clinic.configure(**{"upload.sop_classes": []})
    examination_id = clinic.ready(clinic.specs[0])
    assert clinic.deliveries(examination_id) == {"record": "no_images"}


def test_a_lost_file_is_a_problem_of_its_own(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    (path, _) = sorted(clinic.spooled())
    clinic.work.spool.remove(path)
    clinic.work.reception.mark_lost([path])
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"
    assert clinic.problems(examination_id)["images"].rule == "file_lost"
    clinic.work.reception.mark_found([path])
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "ready"


def test_record_then_images_then_reports(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0])
    report = clinic.take(with_pdf(clinic))
    assert report.problems == ()
    clinic.close(clinic.specs[0])
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    states = {"record": "ready", "images": "order", "report": "order"}
    assert clinic.deliveries(examination_id) == states
    for kind, after in (("record", "images"), ("images", "report"), ("report", "")):
        deliver(clinic, kind)
        states |= {kind: "delivered", **({after: "ready"} if after else {})}
        assert clinic.deliveries(examination_id) == states
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id) == dict.fromkeys(states, "delivered")


def test_a_correction_after_delivery_sends_the_record_again_and_nothing_else(
    clinic: Clinic,
) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    deliver(clinic, "record")
    deliver(clinic, "images")
    clinic.take(clinic.record(clinic.specs[0]))
    assert set(clinic.deliveries(examination_id).values()) == {"delivered"}
    clinic.take(clinic.record(clinic.specs[0], examDrName="李技师"))
    assert clinic.deliveries(examination_id) == {"record": "ready", "images": "delivered"}
    deliver(clinic, "record")
    assert set(clinic.deliveries(examination_id).values()) == {"delivered"}


def test_a_late_image_sends_the_images_again_when_the_study_is_complete(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    deliver(clinic, "record")
    delivery = clinic.delivery(examination_id, "images")
    deliver(clinic, "images")
    for item in clinic.work.queue.open_items(delivery.id):
        with clinic.work.database.write() as connection:
            connection.exec_driver_sql(
                "update delivery_items set confirmed_at = 1 where instance_id = ?",
                (item.instance_id,),
            )
    clinic.send(clinic.specs[0], 1, first=3)
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["images"] == "incomplete"
    clinic.close(clinic.specs[0])
    assert clinic.deliveries(examination_id) == {"record": "delivered", "images": "ready"}
    late = clinic.work.queue.open_items(delivery.id)
    assert len(late) == 1, "only the new one"
    view = clinic.work.planner.view(examination_id)
    assert view is not None
    assert view.image_total == 3


def test_what_the_platform_refused_waits_until_its_content_is_another(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    delivery = clinic.claim()
    assert delivery is not None
    refused = Problem("", "平台退回", "platform_refused", "姓名有误", Severity.ERROR)
    clinic.work.examinations.set_problems(examination_id, PLATFORM, [refused], origin="platform")
    clinic.work.queue.finish(delivery, Outcome.REFUSED, cause="platform_rejected")
    for _ in range(2):
        clinic.work.planner.advance(examination_id)
        assert clinic.deliveries(examination_id)["record"] == "needs_fix"
        assert clinic.problems(examination_id)[""].value == "姓名有误"
    clinic.take(clinic.record(clinic.specs[0], examDrName="李技师"))
    assert clinic.deliveries(examination_id)["record"] == "ready"
    assert clinic.problems(examination_id) == {}


def test_a_study_that_goes_elsewhere_takes_its_images_along(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    other = imported(clinic, 1)
    study_id = clinic.study_id(clinic.specs[0])
    for one in clinic.work.matching.assign(study_id, other, "李敏"):
        clinic.work.planner.advance(one)
    assert clinic.deliveries(examination_id) == {"record": "no_images", "images": "not_required"}
    assert clinic.deliveries(other)["images"] == "order"


def test_a_platform_that_is_not_enabled_plans_nothing(clinic: Clinic) -> None:
    clinic.configure(**{"platforms.enabled": []})
    assert clinic.deliveries(clinic.ready(clinic.specs[0])) == {}


# -- several at once


class LookingTwice:
    """Stands before the real adapter: lets the test do something between the look and the writing."""

    def __init__(self, clinic: Clinic) -> None:
        self._real = clinic.work.guizhou
        self.meanwhile = [lambda: None]

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def check(self, view: ExaminationView) -> CheckResult:
        result = self._real.check(view)
        if self.meanwhile:
            self.meanwhile.pop()()
        return result


def test_a_plan_that_rests_on_yesterday_is_made_again(clinic: Clinic) -> None:
    """A thread looks while a digest is missing, stalls, and writes after the other one was done."""
    spec = clinic.specs[0]
    clinic.send(spec)
    examination_id = imported(clinic)
    clinic.work.examinations.complete(clinic.study_id(spec), "person")
    between = LookingTwice(clinic)
    work = clinic.work
    slow = Planner(
        settings=work.settings,
        examinations=work.examinations,
        records=work.records,
        queue=work.queue,
        adapters={PLATFORM: between},  # type: ignore[dict-item]  # passes everything on
    )

    def the_other_one() -> None:
        while clinic.digests.step() == 0.0:
            pass
        work.planner.advance(examination_id)
        assert clinic.deliveries(examination_id)["record"] == "ready"

    between.meanwhile = [the_other_one]
    slow.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "ready"


def test_many_threads_and_two_processes_worth_of_planners_agree(clinic: Clinic) -> None:
    """Corrections, digests and looks at the same time; what stands at the end is the last word."""
    spec = clinic.specs[0]
    clinic.send(spec, 3)
    examination_id = imported(clinic)
    clinic.work.examinations.complete(clinic.study_id(spec), "person")
    start = threading.Barrier(4)

    def correct() -> None:
        start.wait()
        for number in range(4):
            clinic.take(clinic.record(spec, examDrName=f"技师{number}"))

    def look(planner: Planner) -> None:
        start.wait()
        for _ in range(6):
            planner.advance(examination_id)

    def digest() -> None:
        start.wait()
        while clinic.digests.step() == 0.0:
            clinic.work.planner.advance(examination_id)

    with Workplace(clinic.work.folder) as second, ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(correct),
            pool.submit(look, clinic.work.planner),
            pool.submit(look, second.planner),
            pool.submit(digest),
        ]
        for job in jobs:
            job.result(20)
    assert clinic.deliveries(examination_id) == {"record": "ready", "images": "order"}
    view = clinic.work.planner.view(examination_id)
    assert view is not None
    wanted = clinic.work.checker.check(view)
    assert wanted.payload["examDrName"] == "技师3"
    assert clinic.delivery(examination_id, "record").content_digest == wanted.content_digest
    assert clinic.scalar("select is_stale from examinations") == 0


def test_a_changed_instance_changes_what_is_to_be_sent(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    before = clinic.delivery(examination_id, "images").content_digest
    clinic.intake.store(clinic.incoming(dataset(clinic.specs[0], 1, pixel=5)))
    clinic.close(clinic.specs[0])
    assert clinic.delivery(examination_id, "images").content_digest != before
    assert len(clinic.work.queue.open_items(clinic.delivery(examination_id, "images").id)) == 2

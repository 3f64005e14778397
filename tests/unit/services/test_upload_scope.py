"""Rules of what goes, over a real data folder: not required is visible, reversible and stops nothing (G012)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.upload_rules import SkipReason
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services.browsing import Browsing
from hbgz_desktop.services.catching_up import CatchUp
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.next_step import next_step
from hbgz_desktop.services.settings_control import SettingsControl

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow
    from tests.unit.services.clinic import Clinic

ULTRASOUND = "guizhou.upload_ultrasound"


@pytest.fixture(autouse=True)
def _without_ultrasound(clinic: Clinic) -> None:
    clinic.configure(**{ULTRASOUND: False})


def lines(clinic: Clinic) -> dict[str, tuple[Lane, str]]:
    """Accession number → lane and detail of every line of 检查."""
    rows = Browsing(clinic.work).studies.page(StudyFilter())
    return {row.accession_number: (row.lane, row.detail) for row in rows}


def line(clinic: Clinic) -> StudyRow:
    """The only line."""
    (row,) = Browsing(clinic.work).studies.page(StudyFilter())
    return row


def catch_up(clinic: Clinic) -> CatchUp:
    """The engine's own, after what an earlier life left."""
    work = clinic.work
    engine = CatchUp(
        examinations=work.examinations,
        matching=work.matching,
        planner=work.planner,
        settings=work.settings,
        rescoped=work.upload_scope.changed,
    )
    drain(engine)
    return engine


def drain(engine: CatchUp) -> None:
    while engine.step() == 0.0:
        pass


def ultrasound(clinic: Clinic, number: int = 0, **changes: object) -> int:
    """An ultrasound with its record, as far as the engine brings it."""
    spec = clinic.specs[number]
    clinic.send(spec, Modality="US")
    report = clinic.take(clinic.record(spec, imgExamType="4", **changes))
    clinic.close(spec)
    return clinic.work.examinations.of_record(report.record_ids[0]) or 0


def test_ultrasound_is_not_required_and_says_by_which_rule(clinic: Clinic) -> None:
    examination_id = ultrasound(clinic, reportPdf="r1.pdf")
    states = {"record": "not_required", "images": "not_required", "report": "not_required"}
    assert clinic.deliveries(examination_id) == states
    assert clinic.delivery(examination_id, "record").cause == SkipReason.ULTRASOUND
    assert clinic.claim() is None
    row = line(clinic)
    assert (row.lane, row.detail) == (Lane.NOT_REQUIRED, "skip_ultrasound")
    detail = Browsing(clinic.work).detail(row)
    step = next_step(detail, ErrorTexts("zh"), now=row.at)
    assert (step.title, step.tone) == ("超声不上传（设置）", "cool")
    assert detail.index_codes == {}, "no index code is taken for what is not sent"


def test_a_record_that_could_not_be_sent_is_nobodys_problem_when_it_need_not_go(
    clinic: Clinic,
) -> None:
    examination_id = ultrasound(clinic, certno="", chargeType="MZ")
    assert clinic.problems(examination_id) == {}
    assert clinic.deliveries(examination_id)["record"] == "not_required"
    clinic.configure(**{ULTRASOUND: True})
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"
    assert {"certno", "chargeType"} <= set(clinic.problems(examination_id))
    clinic.configure(**{ULTRASOUND: False})
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "not_required"
    found = clinic.work.examinations.problems_of(examination_id)
    assert [one for one in found if one.severity is Severity.ERROR] == []


def test_a_record_without_images_waits_for_none_when_it_need_not_go(clinic: Clinic) -> None:
    clinic.take(clinic.record(clinic.specs[0], imgExamType="4"))
    row = line(clinic)
    assert (row.study_id, row.lane, row.detail) == (None, Lane.NOT_REQUIRED, "skip_ultrasound")


def test_the_hospitals_own_word_for_ultrasound_counts_by_its_mapping(clinic: Clinic) -> None:
    report = clinic.take(clinic.record(clinic.specs[0], imgExamType="彩超"))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    assert clinic.deliveries(examination_id)["record"] == "no_images"
    clinic.work.mapping_control.set("img_exam_type", "彩超", "4", "李敏")
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "not_required"


def test_images_without_a_record_wait_for_none_when_they_need_not_go(clinic: Clinic) -> None:
    for number, modality in enumerate(("US", "ES", "CT")):
        clinic.send(clinic.specs[number], Modality=modality)
        clinic.close(clinic.specs[number])
    found = [lines(clinic)[spec.accession_number] for spec in clinic.specs[:3]]
    assert found == [
        (Lane.NOT_REQUIRED, "skip_ultrasound"),
        (Lane.NOT_REQUIRED, "skip_modality"),
        (Lane.NO_RECORD, ""),
    ]
    clinic.send(clinic.specs[0], 1, first=3, Modality="US")
    assert lines(clinic)[clinic.specs[0].accession_number][0] is Lane.RECEIVING
    clinic.close(clinic.specs[0])
    assert lines(clinic)[clinic.specs[0].accession_number][0] is Lane.NOT_REQUIRED


def test_a_record_that_comes_later_is_joined_all_the_same(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec, Modality="US")
    clinic.close(spec)
    report = clinic.take(clinic.record(spec))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0])
    study = clinic.work.examinations.study(clinic.study_id(spec))
    assert study is not None
    assert study.examination_id == examination_id
    assert line(clinic).lane is Lane.NOT_REQUIRED


def test_a_changed_rule_plans_again_both_ways(clinic: Clinic) -> None:
    engine = catch_up(clinic)
    ids = [ultrasound(clinic, 0), clinic.ready(clinic.specs[1], examDeptName="体检中心")]
    clinic.send(clinic.specs[2], Modality="US")
    clinic.close(clinic.specs[2])
    alone = clinic.specs[2].accession_number

    def states() -> list[str]:
        drain(engine)
        return [clinic.deliveries(one)["record"] for one in ids]

    assert states() == ["not_required", "ready"]
    assert lines(clinic)[alone][0] is Lane.NOT_REQUIRED
    clinic.configure(**{ULTRASOUND: True, "guizhou.skip_departments": ["体检*"]})
    assert states() == ["ready", "not_required"]
    assert lines(clinic)[alone] == (Lane.NO_RECORD, "")
    assert clinic.delivery(ids[0], "record").cause == ""
    assert clinic.delivery(ids[1], "record").cause == SkipReason.DEPARTMENT
    clinic.configure(**{ULTRASOUND: True, "guizhou.skip_departments": []})
    assert states() == ["ready", "ready"]
    clinic.configure(**{ULTRASOUND: False})
    assert states() == ["not_required", "ready"]
    assert lines(clinic)[alone][0] is Lane.NOT_REQUIRED


def test_a_rule_that_changed_while_no_engine_ran_holds_when_one_starts(clinic: Clinic) -> None:
    examination_id = ultrasound(clinic)
    clinic.configure(**{ULTRASOUND: True})
    catch_up(clinic)
    assert clinic.deliveries(examination_id)["record"] == "ready"


def test_what_the_platform_has_a_part_of_goes_on(clinic: Clinic) -> None:
    clinic.open_platform()
    uploaders = clinic.uploaders()
    engine = catch_up(clinic)
    clinic.configure(**{ULTRASOUND: True})
    drain(engine)
    examination_id = ultrasound(clinic)
    record = clinic.claim()
    assert record is not None
    clinic.configure(**{ULTRASOUND: False})
    drain(engine)
    assert clinic.deliveries(examination_id) == {"record": "running", "images": "order"}
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id) == {"record": "running", "images": "not_required"}
    uploaders.run(record)
    assert clinic.deliveries(examination_id) == {"record": "delivered", "images": "ready"}
    clinic.take(clinic.record(clinic.specs[0], imgExamType="4", examDrName="李技师"))
    assert clinic.deliveries(examination_id) == {"record": "ready", "images": "order"}


def test_what_a_person_cancelled_stays_cancelled(clinic: Clinic) -> None:
    clinic.configure(**{ULTRASOUND: True})
    examination_id = ultrasound(clinic)
    ids = [clinic.delivery(examination_id, kind).id for kind in ("record", "images")]
    clinic.work.queue_control.cancel(ids, "李敏")
    clinic.configure(**{ULTRASOUND: False})
    clinic.work.planner.advance(examination_id)
    assert clinic.delivery(examination_id, "record").state is DeliveryState.CANCELLED


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"guizhou.skip_modalities": ["CT"]}, "skip_modality"),
        ({"guizhou.only_modalities": ["MR", "DX"]}, "skip_modality"),
        ({"guizhou.skip_departments": ["放射*"]}, "skip_department"),
        ({"guizhou.only_departments": ["核医学科"]}, "skip_department"),
        ({"guizhou.skip_sources": ["*.json"]}, "skip_source"),
        ({"guizhou.only_sources": ["RIS*"]}, "skip_source"),
        ({"guizhou.only_sources": ["1.json"], "guizhou.only_modalities": ["ct"]}, ""),
    ],
)
def test_every_list_of_the_settings(
    clinic: Clinic, settings: dict[str, object], reason: str
) -> None:
    clinic.configure(**settings)
    examination_id = clinic.ready(clinic.specs[0], examDeptName="放射科")
    assert clinic.delivery(examination_id, "record").cause == reason


def test_a_preview_counts_before_anything_is_saved(clinic: Clinic) -> None:
    ultrasound(clinic, 0)
    clinic.ready(clinic.specs[1], examDeptName="体检中心")
    clinic.send(clinic.specs[2], Modality="ES")
    clinic.close(clinic.specs[2])
    control = SettingsControl(clinic.work)
    now = control.scope_preview({})
    assert (now.total, now.skipped_total) == (3, 2)
    assert now.skipped == {SkipReason.MODALITY: 1, SkipReason.ULTRASOUND: 1}
    typed = {
        ULTRASOUND: "true",
        "guizhou.skip_departments": '["体检*"]',
        "guizhou.skip_modalities": "[]",
        "guizhou.base_url": "no address, and none of ours",
    }
    assert control.scope_preview(typed).skipped == {SkipReason.DEPARTMENT: 1}
    assert clinic.work.settings().guizhou.upload_ultrasound is False
    with pytest.raises(SettingsError):
        control.scope_preview({"guizhou.skip_departments": '["{}"]'.format("x" * 101)})


def test_nothing_is_skipped_where_nothing_is_uploaded(clinic: Clinic) -> None:
    clinic.configure(**{"platforms.enabled": ["hebei"]})
    clinic.send(clinic.specs[0], Modality="US")
    clinic.close(clinic.specs[0])
    assert line(clinic).lane is Lane.NO_RECORD
    assert clinic.work.upload_scope.changed() == ()


def test_images_that_are_there_before_their_record_count_as_reached(clinic: Clinic) -> None:
    """No rule takes the rest back from a platform that has a part of it (G071: images may go first)."""
    platform = clinic.open_platform("saveImgFile:http_500:nth=2")
    platform.set_variants(upload_order="any")
    clinic.configure(
        **{
            ULTRASOUND: True,
            "guizhou.send_order": "images_record_report",
            "upload.parallel": 1,
        }
    )
    examination_id = clinic.ready(clinic.specs[0])
    delivery = clinic.claim()
    assert delivery is not None
    clinic.uploaders().run(delivery)
    assert clinic.delivery(examination_id, "images").items_confirmed == 1
    assert clinic.work.queue.has_reached(examination_id, "guizhou")

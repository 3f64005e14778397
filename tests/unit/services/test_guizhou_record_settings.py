"""Each setting of Guizhou changes what it says it changes: what a record looks like, what goes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd
from tests.unit.services.test_guizhou_check import check, errors, view_of

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

FINE = {"code": 0, "data": [{"succFlag": "1"}]}


# ---- what a record looks like -------------------------------------------------------------------


def test_a_taken_index_moves_on_or_asks(clinic: Clinic) -> None:
    first = check(clinic)
    assert first.index_code
    certno = clinic.specs[0].certificate_number
    view = view_of(clinic, 1, gend="9", brdy="1950-01-01", certno=certno)
    clinic.configure(**{"guizhou.index_collision": "refuse"})
    refused = clinic.work.checker.check(view)
    assert errors(refused)["hiImgIndx"] == "index_grammar"
    assert refused.index_code == ""
    clinic.configure(**{"guizhou.index_collision": "advance"})
    moved = clinic.work.checker.check(view).index_code
    assert moved
    assert moved != first.index_code


def test_numbers_and_texts(clinic: Clinic) -> None:
    view = view_of(clinic, examCharge="240.5", age="35")
    plain = clinic.work.checker.check(view).payload
    assert (plain["examCharge"], plain["age"]) == ("240.50", 35)
    clinic.configure(**{"guizhou.charge_as_number": True, "guizhou.numbers_as_text": True})
    result = clinic.work.checker.check(view)
    assert (result.payload["examCharge"], result.payload["age"]) == (240.5, "35.0")
    assert errors(result) == {}


@pytest.mark.parametrize("transport", ["http", "dicom"])
def test_accession_numbers_by_the_limit_of_the_image_service(
    clinic: Clinic, transport: str
) -> None:
    clinic.configure(**{"guizhou.image_transport": transport})
    view = view_of(clinic)
    numbers = tuple(f"A{number:019d}" for number in range(12))  # 251 characters with their commas
    for more, rule in (("", None), ("B" * 20, "length")):
        keys = replace(view.record.keys, accessions=(*numbers, *([more] if more else [])))
        wide = replace(view, record=replace(view.record, keys=keys))
        assert errors(clinic.work.checker.check(wide)).get("accessionNumber") == rule


def test_the_class_of_a_modality(clinic: Clinic) -> None:
    view = view_of(clinic, imgExamType=None)
    assert clinic.work.checker.check(view).payload["imgExamType"] == "2"
    clinic.configure(**{"guizhou.exam_type_by_modality": {"ct": 1.0}})
    assert clinic.work.checker.check(view).payload["imgExamType"] == "1"


def test_who_examined(clinic: Clinic) -> None:
    view = view_of(clinic, fixmedinsName=None)
    assert clinic.work.checker.check(view).payload["fixmedinsName"] == "示例人民医院"
    clinic.configure(**{"guizhou.fixmedins_name": "示例分院"})
    assert clinic.work.checker.check(view).payload["fixmedinsName"] == "示例分院"


def test_what_is_not_known_is_left_out_or_empty(clinic: Clinic) -> None:
    view = view_of(clinic, fmAddr=None)
    assert "fmAddr" not in clinic.work.checker.check(view).payload
    clinic.configure(**{"guizhou.empty_optional": "empty"})
    assert clinic.work.checker.check(view).payload["fmAddr"] == ""


def test_a_hyphen_in_a_certificate_number(clinic: Clinic) -> None:
    view = view_of(clinic, psnCertType="414", certno="E12-345678")
    assert errors(clinic.work.checker.check(view))["certno"] == "certificate_characters"
    clinic.configure(**{"guizhou.certno_hyphen": "0"})
    assert clinic.work.checker.check(view).index_code.startswith("414-E120345678-")


def test_the_longest_uid(clinic: Clinic) -> None:
    view = view_of(clinic)
    study = replace(view.studies[0], study_instance_uid="1.2.840." + "1" * 56)
    view = replace(view, studies=(study,))
    assert "studyUid" not in errors(clinic.work.checker.check(view))
    clinic.configure(**{"guizhou.study_uid_length": 50})
    assert errors(clinic.work.checker.check(view))["studyUid"] == "length"


@pytest.mark.parametrize(
    ("day", "moment", "sent"),
    [
        ("yyyyMMdd", "yyyyMMddHHmmss", ("20260301", "20260301083000")),
        ("yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss", ("2026/03/01", "2026/03/01 08:30:00")),
    ],
)
def test_dates_of_older_front_ends(
    clinic: Clinic, day: str, moment: str, sent: tuple[str, str]
) -> None:
    view = view_of(clinic, examDate="2026-03-01", rptDate="2026-03-01 08:30:00")
    as_printed = clinic.work.checker.check(view)
    assert as_printed.payload["examDate"] == "2026-03-01"
    clinic.configure(**{"guizhou.date_pattern": day, "guizhou.datetime_pattern": moment})
    result = clinic.work.checker.check(view)
    assert (result.payload["examDate"], result.payload["rptDate"]) == sent
    assert [one for one in result.problems if one.rule == "date_format"] == []
    assert errors(result) == errors(as_printed)


# ---- in which order -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "first", "services"),
    [
        ("record_images_report", "record", ["saveExamRpotImgInfo", "saveImgFile", "saveRptFile"]),
        ("record_report_images", "record", ["saveExamRpotImgInfo", "saveRptFile", "saveImgFile"]),
        ("images_record_report", "images", ["saveImgFile", "saveExamRpotImgInfo", "saveRptFile"]),
    ],
)
def test_the_parts_go_in_the_order_that_is_set(
    make_clinic: MakeClinic, order: str, first: str, services: list[str]
) -> None:
    clinic = make_clinic(**{"guizhou.send_order": order})
    pdf = clinic.root / "ris" / "R.pdf"
    pdf.parent.mkdir()
    pdf.write_bytes(make_report_pdf("报告", ["一"]))
    with ScriptedFrontEnd() as front_end:
        front_end.answer(FINE)
        clinic.configure(**{"guizhou.base_url": front_end.base_url})
        examination = clinic.ready(clinic.specs[0], images=1, rpotNo="R1", reportPdf=pdf.name)
        states = clinic.deliveries(examination)
        assert states.pop(first) == "ready"
        assert set(states.values()) == {"order"}
        clinic.upload_all(clinic.uploaders())
        seen = [one.path.rpartition("/")[2] for one in front_end.requests]
        clinic.work.adapters["guizhou"].close()
    assert [name for name in seen if name in services] == services[: len(seen)]
    index = clinic.work.examinations.frozen_index(examination, "guizhou")
    assert index is not None
    assert index[1]


def test_a_deletion_always_goes_first(clinic: Clinic) -> None:
    for order in ("record_images_report", "images_record_report"):
        clinic.configure(**{"guizhou.send_order": order})
        assert clinic.work.guizhou.sending_order[0] is DeliveryKind.DELETION
        assert set(clinic.work.guizhou.sending_order) == set(DeliveryKind)

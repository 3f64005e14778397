"""One record against 2.1: mapped, indexed, checked; what is a clerk's, what is IT's, what only waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from hbgz_desktop.model.delivery import BlockedReason
from hbgz_desktop.services.guizhou_check import PLATFORM

if TYPE_CHECKING:
    from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

ZEROS = f"{'0' * 13}-{'0' * 9}"


def view_of(clinic: Clinic, number: int = 0, *, images: int = 1, **changes: Any) -> ExaminationView:
    spec = clinic.specs[number]
    if images:
        clinic.send(spec, images)
        clinic.close(spec)
    report = clinic.take(clinic.record(spec, **changes))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    view = clinic.work.planner.view(examination_id)
    assert view is not None
    return view


def check(clinic: Clinic, number: int = 0, **changes: Any) -> CheckResult:
    return clinic.work.checker.check(view_of(clinic, number, **changes))


def errors(result: CheckResult) -> dict[str, str]:
    return {one.field: one.rule for one in result.problems if one.severity.value == "error"}


def test_a_good_record_has_an_index_and_no_error(clinic: Clinic) -> None:
    result = check(clinic)
    certno = clinic.specs[0].certificate_number
    assert (errors(result), result.waiting) == ({}, None)
    assert result.index_code == f"111-{certno}-20260301081500-{ZEROS}"
    assert result.payload["hiImgIndx"] == result.index_code
    assert result.payload["studyUid"] == clinic.specs[0].study_instance_uid


# -- mapping


def test_a_local_code_is_mapped_and_a_line_goes_before_a_standard_code_written_alike(
    clinic: Clinic,
) -> None:
    view = view_of(clinic, chargeType="MZ", gend="1")
    result = clinic.work.checker.check(view)
    assert errors(result) == {"chargeType": "code_unknown"}
    (problem,) = [one for one in result.problems if one.field == "chargeType"]
    clinic.work.mappings.set(PLATFORM, problem.code_set, "MZ", "02", "李敏")
    mapped = clinic.work.checker.check(view)
    assert errors(mapped) == {}
    assert (mapped.payload["chargeType"], mapped.payload["gend"]) == ("02", "1")
    clinic.work.mappings.set(PLATFORM, "gend", "1", "2", "李敏")
    assert clinic.work.checker.check(view).payload["gend"] == "2"
    assert mapped.content_digest != result.content_digest


def test_each_entry_of_a_list_is_mapped_or_the_list_as_a_whole(clinic: Clinic) -> None:
    view = view_of(clinic, imgExamType="CT、磁共振")
    found = clinic.work.checker.check(view).problems
    unknown = [one for one in found if one.rule == "code_unknown"]
    assert [one.value for one in unknown] == ["CT", "磁共振"], "each asks for its own mapping"
    for local, code in (("CT", "2"), ("磁共振", "3")):
        clinic.work.mappings.set(PLATFORM, unknown[0].code_set, local, code, "李敏")
    assert clinic.work.checker.check(view).payload["imgExamType"] == "2|3"
    clinic.work.mappings.set(PLATFORM, unknown[0].code_set, "CT、磁共振", "2", "李敏")
    assert clinic.work.checker.check(view).payload["imgExamType"] == "2"


def test_the_class_of_the_examination_comes_from_the_modality(clinic: Clinic) -> None:
    assert check(clinic, imgExamType=None).payload["imgExamType"] == "2"


def test_a_certificate_type_in_words_asks_for_a_mapping_and_for_nothing_else(
    clinic: Clinic,
) -> None:
    view = view_of(clinic, psnCertType="居民身份证")
    result = clinic.work.checker.check(view)
    assert errors(result) == {"psnCertType": "code_unknown"}
    assert [one.code_set for one in result.problems if one.field == "psnCertType"] == [
        "psnCertType"
    ]
    assert result.index_code == ""
    clinic.work.mappings.set(PLATFORM, "psnCertType", "居民身份证", "111", "李敏")
    assert clinic.work.checker.check(view).index_code.startswith("111-")


def test_a_certificate_type_too_long_for_the_index_asks_for_a_mapping(clinic: Clinic) -> None:
    result = check(clinic, psnCertType="IDCARD1")
    assert ("psnCertType", "code_unknown") in {(one.field, one.rule) for one in result.problems}
    assert "hiImgIndx" not in errors(result)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"psnCertType": None}, {"psnCertType": "required"}),
        ({"certno": None}, {"certno": "required"}),
        ({"certno": "E12-345"}, {"certno": "certificate_characters"}),
    ],
)
def test_what_the_index_lacks_is_named_and_not_the_index(
    clinic: Clinic, changes: dict[str, Any], expected: dict[str, str]
) -> None:
    found = errors(check(clinic, **changes))
    assert expected.items() <= found.items()
    assert "hiImgIndx" not in found


# -- index


def test_an_index_of_the_record_is_used_and_checked(clinic: Clinic) -> None:
    certno = clinic.specs[0].certificate_number
    own = f"111-{certno}-20260301090000-{ZEROS}"
    assert check(clinic, hiImgIndx=own).index_code == own
    broken = check(clinic, 1, hiImgIndx="111-1")
    assert errors(broken) == {"hiImgIndx": "index_grammar"}


def test_the_second_of_two_alike_takes_the_next_second_and_keeps_it(clinic: Clinic) -> None:
    person: dict[str, Any] = {"certno": clinic.specs[0].certificate_number}
    first = check(clinic, 0, **person)
    view = view_of(clinic, 1, **person)
    second = clinic.work.checker.check(view)
    assert first.index_code.split("-")[2] == "20260301081500"
    assert second.index_code.split("-")[2] == "20260301081501"
    assert clinic.work.checker.check(view).index_code == second.index_code


def test_an_index_that_is_somebody_elses_is_refused(clinic: Clinic) -> None:
    taken = check(clinic, 0).index_code
    result = check(clinic, 1, hiImgIndx=taken)
    assert errors(result)["hiImgIndx"] == "index_grammar"
    (problem,) = [one for one in result.problems if one.rule == "index_grammar"]
    assert (problem.decision, problem.limit) == ("G010", "index_taken")


def test_a_frozen_index_stays_whatever_the_record_says(clinic: Clinic) -> None:
    view = view_of(clinic)
    index = clinic.work.checker.check(view).index_code
    assert clinic.work.checker.frozen_index(view.id) == index
    assert clinic.work.examinations.freeze_index(view.id, PLATFORM, index)
    clinic.take(clinic.record(clinic.specs[0], certno="52010119900101001X"))
    again = clinic.work.planner.view(view.id)
    assert again is not None
    assert clinic.work.checker.check(again).index_code == index


def test_without_study_time_the_examination_date_counts(clinic: Clinic) -> None:
    result = check(clinic, images=0, examDate="2026-02-28")
    assert result.index_code.split("-")[2] == "20260228000000"


def test_six_parts_without_the_sixth_are_its_business(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"guizhou.index_parts": 6})
    view = view_of(clinic)
    result = clinic.work.checker.check(view)
    assert errors(result) == {"hiImgIndx": "index_setting"}
    (problem,) = [one for one in result.problems if one.rule == "index_setting"]
    assert problem.limit == "guizhou.index_institution"
    clinic.configure(**{"guizhou.index_institution": "91520000MA6DQ00X1X"})
    assert clinic.work.checker.check(view).index_code.endswith("-91520000MA6DQ00X1X")


def test_a_device_code_that_does_not_fit_is_its_business(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"guizhou.real_device_code": True})
    result = check(clinic, examInseqi="CT-7")
    assert errors(result) == {"examInseqi": "index_setting"}
    good = check(clinic, 1, examInseqi="52010000CT007")
    assert good.index_code.split("-")[3] == "52010000CT007"


# -- waiting


def test_a_settlement_that_has_not_come_is_waited_for(clinic: Clinic) -> None:
    view = view_of(clinic, setlInfoList=None, setlDate=None)
    result = clinic.work.checker.check(view)
    assert (errors(result), result.waiting) == ({}, BlockedReason.SETTLEMENT)
    row = {"appyNo": clinic.record(clinic.specs[0])["appyNo"]}
    clinic.work.record_import.import_file(
        clinic.write(
            [
                {
                    **row,
                    "setlId": "JS1",
                    "medListCodg": "002103000010000",
                    "feedetlSn": "FY1",
                    "setlDate": "2026-03-03 10:00:00",
                }
            ]
        )
    )
    later = clinic.work.planner.view(view.id)
    assert later is not None
    settled = clinic.work.checker.check(later)
    assert (errors(settled), settled.waiting) == ({}, None)
    assert settled.payload["setlDate"] == "2026-03-03 10:00:00"
    assert settled.payload["setlInfoList"] == [
        {
            "setlId": "JS1",
            "medListCodg": "002103000010000",
            "feedetlSn": "FY1",
            "examPart": "0" * 9,
        }
    ]


def test_a_placeholder_stands_for_the_settlement_where_that_is_set(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"guizhou.without_settlement": "placeholder"})
    result = check(clinic, setlInfoList=None, setlDate=None, examItemCode="002103000010000")
    assert (errors(result), result.waiting) == ({}, None)
    (row,) = cast("list[dict[str, str]]", result.payload["setlInfoList"])
    assert row["medListCodg"] == "002103000010000"


def test_zeros_in_the_settlements_part_where_that_is_set(clinic: Clinic) -> None:
    view = view_of(clinic)
    part = clinic.record(clinic.specs[0])["examPart"]
    for setting, expected in (("real", part), ("zeros", "0" * 9)):
        clinic.configure(**{"guizhou.settlement_part": setting})
        payload = clinic.work.checker.check(view).payload
        (row,) = cast("list[dict[str, str]]", payload["setlInfoList"])
        assert row["examPart"] == expected


def test_a_report_number_is_waited_for_or_replaced(make_clinic: MakeClinic) -> None:
    clinic = make_clinic()
    view = view_of(clinic, rpotNo=None)
    waiting = clinic.work.checker.check(view)
    assert (errors(waiting), waiting.waiting) == ({}, BlockedReason.REPORT)
    clinic.configure(**{"guizhou.without_report": "exam_number"})
    result = clinic.work.checker.check(view)
    assert (errors(result), result.waiting) == ({}, None)
    assert result.payload["rpotNo"] == clinic.specs[0].accession_number


# -- settings of the wire


def test_the_two_fields_of_the_example_are_sent_when_a_setting_says_so(clinic: Clinic) -> None:
    """G027: the source's own columns go first, else what settings and images say."""
    own = view_of(clinic, hospitalCode="1210A", patientId="R056430")
    assert not {"hospitalCode", "patientId"} & set(clinic.work.checker.check(own).payload)
    before = clinic.work.checker.check(own).content_digest
    clinic.configure(
        **{
            "guizhou.send_example_fields": True,
            "guizhou.index_institution": "12100000400010558Y",
        }
    )
    result = clinic.work.checker.check(own)
    assert (result.payload["hospitalCode"], result.payload["patientId"]) == ("1210A", "R056430")
    assert result.content_digest != before
    assert errors(result) == {}
    other = check(clinic, 1)
    assert other.payload["hospitalCode"] == "12100000400010558Y"
    assert other.payload["patientId"] == clinic.specs[1].patient_id


def test_images_take_the_way_the_setting_says_also_when_it_changes(clinic: Clinic) -> None:
    """G075: one way per study; what was ready goes the way that is set when it is sent."""
    platform = clinic.open_platform(by_dicom=True)
    examination_id = clinic.ready(clinic.specs[0])
    uploaders = clinic.uploaders()
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    clinic.configure(**{"guizhou.image_transport": "http"})
    assert clinic.upload_all(uploaders) == ["images"]
    assert clinic.deliveries(examination_id)["images"] == "delivered"
    assert {one.transport for one in platform.images()} == {"http"}
    assert clinic.scalar("select count(*) from attempts where service = 'saveImgInfo'") == 0

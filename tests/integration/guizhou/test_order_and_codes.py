"""Settings for what the document leaves open, on platforms that want it so: order, institution codes (G071, G076)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.platforms.guizhou.messages import IndexQuery
from hbgz_desktop.sandbox.guizhou_variants import CHOICES
from tests.integration.guizhou.front_desk import SAVE_IMAGE, SAVE_IMAGE_INFO, SAVE_REPORT

if TYPE_CHECKING:
    from tests.hospital import Hospital
    from tests.integration.guizhou.front_desk import FrontDesk

ASKING = "H52010000009"
IMAGES = {"http": [SAVE_IMAGE], "dicom": [SAVE_IMAGE_INFO, "C-STORE"]}


@pytest.mark.parametrize("transport", ["http", pytest.param("dicom", marks=pytest.mark.long)])
def test_images_go_before_their_record(hospital: Hospital, transport: str) -> None:
    """``images_record_report`` on a platform that takes any order: nothing refused, nothing twice."""
    hospital.platform.set_variants(upload_order="any")
    hospital.configure(**{"guizhou.send_order": "images_record_report"})
    if transport == "dicom":
        hospital.push_by_dicom()
    (study,) = hospital.studies(images=2)
    engine = hospital.program.start()
    hospital.import_records(study)
    assert hospital.send(engine, study)
    hospital.wait_confirmed(1)
    asked = hospital.platform.requests()
    assert {one.outcome for one in asked} == {"accepted"}
    order = list(dict.fromkeys(one.service for one in asked))
    assert order == [*IMAGES[transport], "saveExamRpotImgInfo", SAVE_REPORT]
    (record,) = hospital.platform.records()
    assert {one.index for one in hospital.platform.images()} == {record.index}
    assert len(hospital.platform.reports(record.index)) == 1
    hospital.assert_delivered_once(study)


@pytest.mark.parametrize("order", CHOICES["upload_order"])
@pytest.mark.parametrize("service", [SAVE_IMAGE, SAVE_IMAGE_INFO, SAVE_REPORT])
def test_before_its_record(desk: FrontDesk, service: str, order: str) -> None:
    """2.2, 2.3 and 2.4 of an index 2.1 did not tell of: refused for that, or kept and found under it."""
    desk.platform.set_variants(upload_order=order)
    record = desk.record()
    index = record["hiImgIndx"]
    early = desk.asked(service).having("hiImgIndx", index)
    if order == "record_first":
        assert "索引不存在" in desk.assert_refused(desk.send(early), "hiImgIndx")
        return
    desk.assert_accepted(desk.send(early))
    assert desk.client().save_exam_record(record).accepted
    kept = {
        SAVE_IMAGE: len(desk.platform.images(index)),
        SAVE_IMAGE_INFO: int(desk.platform.image_info(index) is not None),
        SAVE_REPORT: len(desk.platform.reports(index)),
    }
    assert kept == {**dict.fromkeys(kept, 0), service: 1}


def test_queries_under_a_code_of_their_own(desk: FrontDesk) -> None:
    """G076: infCode sends, fixmedinsCode asks; one setting each, the second is the first unless told."""
    query = IndexQuery(*desk.patient)
    one_code, two_codes = desk.client(), desk.client(fixmedins_code=ASKING)
    assert one_code.query_indexes(query).exchange.accepted
    refused = two_codes.query_indexes(query).exchange.error
    assert refused is not None
    desk.platform.know_in_queries(ASKING)
    try:
        found = two_codes.query_indexes(query)
        assert found.exchange.accepted
        assert two_codes.query_images(found.rows[0].index_code).exchange.accepted
        assert two_codes.save_exam_record(desk.record()).accepted
        again = one_code.query_indexes(query).exchange.error
    finally:
        desk.platform.know_in_queries("")
    assert again is not None
    assert refused.code == again.code == "platform_not_authorised"

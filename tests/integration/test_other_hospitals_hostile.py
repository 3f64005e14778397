"""跨院调阅 meets answers that mean harm: what is no image, too large, endless, foreign, or no answer at all."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.other_hospitals import ImagesState
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.outside_stage import REASON, person, platform_at, set_up
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.services.other_hospitals import OtherHospitals

DICOM = b"\x00" * 128 + b"DICM" + b"\x02\x00\x00\x00UL\x04\x00" + b"\x00" * 64


@pytest.fixture
def work(data_dir: Path) -> Iterator[Workplace]:
    with Workplace(DataFolder(data_dir)) as opened:
        yield opened


@pytest.fixture
def outside(work: Workplace) -> OtherHospitals:
    return work.other_hospitals


def index_row(link: str, **more: object) -> dict[str, object]:
    row = {
        "hiImgIndx": "111-520101198804050035-20260101101010-0000000000000-000000000",
        "psnName": "x",
        "psnCertType": "111",
        "certno": "520***",
        "examDate": "2026-01-01",
        "examPart": "B02910ZZZ",
        "fixmedinsCode": "H1",
        "fixmedinsName": "远方医院",
        "imgDldLink": link,
    }
    return row | more


def listing(count: int) -> dict[str, object]:
    serials = [{"examUuid": "1", "snUuid": "2", "instUuid": str(number)} for number in range(count)]
    return {"code": 0, "data": {"imgFileSnList": serials}}


def image(content: bytes) -> dict[str, object]:
    return {"code": 0, "data": {"fileContent": base64.b64encode(content).decode()}}


@pytest.fixture
def front_end(work: Workplace) -> Iterator[ScriptedFrontEnd]:
    with ScriptedFrontEnd() as server:
        set_up(work, server.base_url)
        yield server
        work.close()  # its connections first: the server waits for them


def scripted(outside: OtherHospitals, front_end: ScriptedFrontEnd, images: int = 1) -> int:
    link = f"{front_end.base_url}/queryImgCaheFIndex"
    front_end.answer({"code": 0, "data": [index_row(link)]})
    front_end.answer(listing(images))
    return outside.search(person(), REASON).rows[0].id


def files_of(work: Workplace) -> list[Path]:
    return [one for one in work.folder.other_hospitals.rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>" + b"x" * 500, "image_not_dicom"),
        (b"", "image_absent"),
        (b"\x00" * 128 + b"DICX" + b"x" * 100, "image_not_dicom"),
    ],
)
def test_what_is_no_image_is_not_kept(
    outside: OtherHospitals,
    front_end: ScriptedFrontEnd,
    work: Workplace,
    content: bytes,
    code: str,
) -> None:
    exam_id = scripted(outside, front_end)
    front_end.answer(image(content))
    report = outside.fetching(exam_id).run()
    assert (report.refused, report.fetched) == (1, 0)
    assert [one.error_code for one in outside.images(exam_id)] == [code]
    assert files_of(work) == []


def test_an_image_over_the_limit_is_not_kept(
    outside: OtherHospitals, front_end: ScriptedFrontEnd, work: Workplace
) -> None:
    work.settings_file.set_many({"other_hospitals.max_image_mb": 1})
    work.settings.look_now()
    exam_id = scripted(outside, front_end)
    front_end.answer(image(DICOM + b"\x00" * (6 * 1024 * 1024)))
    report = outside.fetching(exam_id).run()
    assert (report.refused, report.fetched) == (1, 0)
    assert [one.error_code for one in outside.images(exam_id)] == ["image_too_large"]
    assert files_of(work) == []


def test_a_list_without_end_is_not_taken(
    outside: OtherHospitals, front_end: ScriptedFrontEnd, work: Workplace
) -> None:
    work.settings_file.set_many({"other_hospitals.max_images": 100})
    work.settings.look_now()
    exam_id = scripted(outside, front_end, images=101)
    report = outside.fetching(exam_id).run()
    assert report.error is not None
    assert report.error.code == "outside_list_too_long"
    assert outside.images(exam_id) == ()


@pytest.mark.parametrize(
    "link",
    [
        "http://198.51.100.7:1234/mie/api/mie/queryImgCaheFIndex",
        "http://127.0.0.1@198.51.100.7/mie/api/mie/queryImgCaheFIndex",
        "ftp://127.0.0.1/queryImgCaheFIndex",
        "\\\\198.51.100.7\\queryImgCaheFIndex",
        "http://127.0.0.1/queryImgCaheFIndex?then=http://198.51.100.7/",
    ],
)
def test_a_foreign_address_is_never_asked(
    outside: OtherHospitals, front_end: ScriptedFrontEnd, link: str
) -> None:
    row = index_row(link, examRpotLinkUrl=link, imgInfoLinkUrl="http://198.51.100.7/view")
    front_end.answer({"code": 0, "data": [row]})
    (found,) = outside.search(person(), REASON).rows
    assert not found.may_fetch
    with pytest.raises(UsageError, match="outside_not_fetchable"):
        outside.fetching(found.id)
    opened: list[str] = []

    def open_page(url: str) -> bool:
        opened.append(url)
        return True

    with pytest.raises(UsageError, match="outside_link_refused"):
        outside.open_link(found.id, "viewer", open_page)
    assert opened == []
    assert found.viewer.host == "198.51.100.7"
    assert len(front_end.requests) == 1


def test_a_redirect_is_not_followed(
    outside: OtherHospitals, front_end: ScriptedFrontEnd, work: Workplace, tmp_path: Path
) -> None:
    exam_id = scripted(outside, front_end)
    with platform_at(tmp_path / "elsewhere") as elsewhere:
        to = {"Location": f"{elsewhere.base_url}/queryImgCaheFIndex"}
        front_end.answer(b"", status=307, headers=to)
        report = outside.fetching(exam_id).run()
        assert report.fetched == 0
        assert elsewhere.requests() == ()
    assert files_of(work) == []


def test_texts_of_an_answer_are_only_texts(
    outside: OtherHospitals, front_end: ScriptedFrontEnd, work: Workplace
) -> None:
    nasty = index_row(
        "", hiImgIndx="../../x\\..", fixmedinsName="<b>甲</b>\n乙", examDate="9" * 5000
    )
    front_end.answer({"code": 0, "data": [nasty, None, 5, "x", {}]})
    rows = outside.search(person(), REASON).rows
    assert rows[0].exam.hospital == "<b>甲</b>\n乙"
    assert rows[0].images is ImagesState.NONE
    assert files_of(work) == []

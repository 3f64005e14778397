"""What our client sends is accepted under each of its settings, and what it fetches is what is there."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.platforms.guizhou.messages import ImageInfo, IndexQuery
from tests.integration.guizhou.calls import call
from tests.integration.guizhou.front_desk import (
    BATCHES,
    DELETE_INDEX,
    GET_IMAGE,
    INSTITUTION,
    LIST_IMAGES,
    QUERY_INDEXES,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SERVICES,
    FrontDesk,
    md5,
)
from tests.unit.sandbox.caller import make_image

if TYPE_CHECKING:
    from pathlib import Path


OPTIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "index_fields-G016": {"index_fields": dict.fromkeys(SERVICES, "hiImgIdx")},
    "send_info-G017": {"send_info": True},
    "paths-G018": {"paths": {DELETE_INDEX: "deleteExamRpotImgIdxInfo"}},
    "infnos-G018": {
        "infnos": {DELETE_INDEX: "deleteExamRpotImgIdxInfo", SAVE_IMAGE_INFO: "saveImgFile"}
    },
    "send_fixmedins_code-G020": {"send_fixmedins_code": True},
    "msgid_prefix-G021": {"msgid_prefix": "520100000001"},
    "send_key_in_queries-G023": {"send_key_in_queries": True},
    "shapes-G024": {"upload_shape": "object", "query_shape": "array"},
    "input_as_text-G024": {"input_as_text": True},
    "image_total_as_text-G046": {"image_total_as_text": True},
    "delete_as_objects-G051": {"delete_as_objects": True},
    "delete_batch-G052": {"delete_batch": 5},
    "fixmedins_code-G076": {"fixmedins_code": INSTITUTION},
    "repeat_msgid-G072": {"repeat_msgid": True},
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("service", SERVICES)
def test_what_our_client_sends(desk: FrontDesk, tmp_path: Path, service: str, option: str) -> None:
    """Each transaction under each setting: accepted, and told so."""
    exchange = call(desk, desk.client(**OPTIONS[option]), service, tmp_path)
    assert exchange.error is None, exchange.error
    assert exchange.accepted
    assert exchange.service == service
    assert exchange.answer_code == "0"
    assert exchange.index_matched is (None if service == QUERY_INDEXES else True)
    row = desk.platform.requests()[-1]
    assert (row.outcome, row.msgid) == ("accepted", exchange.msgid)


@pytest.mark.parametrize("service", BATCHES)
def test_a_batch_of_several(desk: FrontDesk, service: str) -> None:
    """G024, G026: one request for all, an answer for each."""
    records = [desk.known() for _ in range(3)]
    client = desk.client(delete_batch=5)
    if service == SAVE_RECORD:
        result = client.save_exam_records([{**one, "diagRslt": "改"} for one in records])
    elif service == SAVE_IMAGE_INFO:
        result = client.save_image_infos(
            [
                ImageInfo(one["hiImgIndx"], one["studyUid"], (one["accessionNumber"],), 2)
                for one in records
            ]
        )
    else:
        result = client.delete_indexes([one["hiImgIndx"] for one in records])
    assert len(result.exchanges) == 1
    assert [one.index_code for one in result.answers] == [one["hiImgIndx"] for one in records]
    assert {(one.accepted, one.matched_by) for one in result.answers} == {(True, "index")}


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        (None, None, 4),
        (date(2026, 3, 2), date(2026, 9, 14), 2),
        (date(2026, 3, 3), date(2026, 9, 13), 0),
        (date(2026, 9, 14), None, 1),
        (None, date(2024, 5, 6), 1),
    ],
)
def test_both_days_are_inclusive(
    desk: FrontDesk, begin: date | None, end: date | None, days: int
) -> None:
    """G058."""
    rows = desk.client().query_indexes(IndexQuery(*desk.patient, "", begin, end)).rows
    assert len(rows) == days


def test_a_name_narrows_the_question_down(desk: FrontDesk) -> None:
    client = desk.client()
    (name,) = {one.name for one in client.query_indexes(IndexQuery(*desk.patient)).rows}
    assert len(client.query_indexes(IndexQuery(*desk.patient, name)).rows) == 4
    assert client.query_indexes(IndexQuery(*desk.patient, f"{name}某")).rows == ()


def test_images_come_byte_for_byte(desk: FrontDesk) -> None:
    """2.6, 2.7 and 2.8 in a row, in the order and under the names the platform gives (G059)."""
    client = desk.client()
    rows = [one for one in client.query_indexes(IndexQuery(*desk.patient)).rows if one.download_url]
    assert len(rows) == 3
    for row in rows:
        images = desk.platform.cloud.images(row.index_code)
        serials = client.query_images(row.index_code, address=row.download_url).serials
        assert [one.instance_uid for one in serials] == [one.instance_uid for one in images]
        for serial, image in [*zip(serials, images, strict=True)][::11]:
            out = io.BytesIO()
            fetched = client.fetch_image(
                row.index_code, serial, out, address=row.download_url, max_bytes=1 << 20
            )
            content = image.path().read_bytes()
            assert out.getvalue() == content
            assert (fetched.size_bytes, fetched.md5) == (len(content), md5(content))


@pytest.mark.parametrize("service", [GET_IMAGE, LIST_IMAGES])
def test_what_was_uploaded_is_shared_until_it_is_deleted(
    desk: FrontDesk, tmp_path: Path, service: str
) -> None:
    """Our own examination through 2.6 to 2.8, and gone after 2.5 with all that was its."""
    client = desk.client()
    record = desk.known()
    index, study = record["hiImgIndx"], record["studyUid"]
    content = make_image(1, sop=f"{study}.1")
    path = tmp_path / "image"
    path.write_bytes(content)
    query = IndexQuery("111", record["certno"], record["psnName"])

    def row() -> Any:
        return next((r for r in client.query_indexes(query).rows if r.index_code == index), None)

    assert row().download_url == ""
    numbers = (record["accessionNumber"],)
    client.save_image(index, study, numbers, path, len(content), md5(content), 1)
    (serial,) = client.query_images(index, address=row().download_url).serials
    out = io.BytesIO()
    assert client.fetch_image(index, serial, out, max_bytes=1 << 20).size_bytes == len(content)
    assert out.getvalue() == content

    (answer,) = client.delete_indexes([index]).answers
    assert answer.accepted
    assert row() is None
    assert desk.platform.images(index) == ()
    if service == GET_IMAGE:
        refused = client.fetch_image(index, serial, io.BytesIO(), max_bytes=1 << 20).exchange
    else:
        refused = client.query_images(index).exchange
    assert refused.error is not None
    assert refused.answer_code == "404"
    (again,) = client.delete_indexes([index]).answers
    assert (again.accepted, again.already) == (False, True)


def test_pages_behind_the_links(desk: FrontDesk) -> None:
    rows = desk.client().query_indexes(IndexQuery(*desk.patient)).rows
    for row in rows:
        for url, title in ((row.report_url, "影像检查报告"), (row.viewer_url, "影像资料")):
            page = desk.http.get(url)
            assert page.status_code == 200
            assert page.headers["content-type"].startswith("text/html")
            assert title in page.text
            assert row.fixmedins_name in page.text
            assert desk.patient[1] not in url + page.text
    assert desk.http.get(f"{rows[0].report_url}x").status_code == 404

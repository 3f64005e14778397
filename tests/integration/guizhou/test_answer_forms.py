"""Our client understands every form of answer that the print leaves open (the platform's variants)."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.platforms.guizhou.messages import ImageInfo, IndexQuery
from hbgz_desktop.sandbox.guizhou_variants import CHOICES
from tests.integration.guizhou.calls import call
from tests.integration.guizhou.front_desk import (
    BATCHES,
    DELETE_INDEX,
    FORMS,
    QUERY_INDEXES,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SERVICES,
    FrontDesk,
    md5,
)

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from hbgz_desktop.platforms.guizhou.messages import BatchResult

EVERYWHERE = (
    "index_name",
    "code_type",
    "flag_type",
    "content_type",
    "data_shape",
    "commas",
    "extra_members",
)


def forms() -> list[ParameterSet]:
    """Each choice that concerns every service, of each service."""
    return [
        pytest.param(service, name, value, id=f"{service}-{name}-{value or 'none'}")
        for service in SERVICES
        for name in EVERYWHERE
        for value in CHOICES[name][1:]
    ]


@pytest.mark.parametrize(("service", "name", "value"), forms())
def test_a_form_of_answer(
    desk: FrontDesk, tmp_path: Path, service: str, name: str, value: str
) -> None:
    """G015, G016, G025, G026, G054, G062: accepted, and of the index that was asked for."""
    desk.platform.set_variants(**{name: value})
    exchange = call(desk, desk.client(), service, tmp_path)
    assert exchange.error is None, exchange.error
    assert exchange.accepted
    assert exchange.answer_code == "0"
    assert exchange.index_matched is (None if service == QUERY_INDEXES else True)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_the_rows_of_2_6_in_every_form(desk: FrontDesk, name: str) -> None:
    usual = desk.client().query_indexes(IndexQuery(*desk.patient)).rows
    assert len(usual) == 4
    for value in CHOICES[name]:
        desk.platform.set_variants(**{name: value})
        assert desk.client().query_indexes(IndexQuery(*desk.patient)).rows == usual, value


def test_one_row_as_an_object(desk: FrontDesk) -> None:
    """G054."""
    desk.platform.set_variants(data_shape="object")
    rows = desk.client().query_indexes(IndexQuery(*desk.patient)).rows
    last = min(one.exam_date for one in rows)
    begin = end = date.fromisoformat(last)
    (row,) = desk.client().query_indexes(IndexQuery(*desk.patient, "", begin, end)).rows
    assert row.exam_date == last


@pytest.mark.parametrize("value", CHOICES["empty_data"])
def test_nothing_found(desk: FrontDesk, value: str) -> None:
    """G054: an empty list, null or no data at all."""
    desk.platform.set_variants(empty_data=value)
    found = desk.client().query_indexes(IndexQuery("111", "529999200001010000"))
    assert found.exchange.accepted
    assert found.rows == ()


@pytest.mark.parametrize(
    ("value", "shown"), [("masked", "529999*****{last}"), ("plain", "{number}"), ("long", "")]
)
def test_a_returned_certificate_number_is_shown_as_it_came(
    desk: FrontDesk, value: str, shown: str
) -> None:
    """G055: never checked."""
    number = desk.patient[1]
    desk.platform.set_variants(certno=value)
    rows = desk.client().query_indexes(IndexQuery(*desk.patient)).rows
    (seen,) = {one.cert_no for one in rows}
    if shown:
        assert seen == shown.format(last=number[-4:], number=number)
    else:
        assert len(seen) == 600


@pytest.mark.parametrize("value", CHOICES["links"])
def test_links_that_may_be_missing(desk: FrontDesk, value: str) -> None:
    """G057."""
    desk.platform.set_variants(links=value)
    rows = desk.client().query_indexes(IndexQuery(*desk.patient)).rows
    assert len(rows) == 4
    for row in rows:
        assert bool(row.report_url) == bool(row.viewer_url) == (value == "given")


@pytest.mark.parametrize(
    ("name", "value", "usable"),
    [
        ("download_link", "service", 3),
        ("download_link", "other_host", 0),
        ("download_link", "page", 0),
        ("download_link", "null", 0),
        ("no_download_link", "missing", 3),
        ("no_download_link", "empty", 3),
        ("no_download_link", "page", 3),
    ],
)
def test_where_images_may_be_asked_for(desk: FrontDesk, name: str, value: str, usable: int) -> None:
    """G056: only at queryImgCaheFIndex of a host that is allowed."""
    desk.platform.set_variants(**{name: value})
    client = desk.client()
    rows = client.query_indexes(IndexQuery(*desk.patient)).rows
    assert sum(bool(client.cache_address(one.download_url)) for one in rows) == usable


def test_an_address_on_another_host_is_not_asked(desk: FrontDesk) -> None:
    """DESIGN 11, G056: nothing is sent."""
    desk.platform.set_variants(download_link="other_host")
    client = desk.client()
    row = client.query_indexes(IndexQuery(*desk.patient)).rows[0]
    asked = len(desk.platform.requests())
    refused = client.query_images(row.index_code, address=row.download_url).exchange
    assert refused.error is not None
    assert refused.error.code == "image_address_refused"
    assert len(desk.platform.requests()) == asked


@pytest.mark.parametrize("value", CHOICES["image_ids"])
def test_images_are_asked_for_by_the_names_that_were_given(desk: FrontDesk, value: str) -> None:
    """G059: opaque, sent back exactly."""
    desk.platform.set_variants(image_ids=value)
    client, index = desk.client(), desk.shared_index()
    serials = client.query_images(index).serials
    out = io.BytesIO()
    assert client.fetch_image(index, serials[7], out, max_bytes=1 << 20).exchange.accepted
    assert out.getvalue() == desk.platform.cloud.images(index)[7].path().read_bytes()


@pytest.mark.parametrize("value", [one for one in CHOICES["base64"] if one != "damaged"])
def test_every_way_to_write_base64(desk: FrontDesk, value: str) -> None:
    """G061."""
    desk.platform.set_variants(base64=value)
    client, index = desk.client(), desk.shared_index()
    for number, serial in enumerate(client.query_images(index).serials[:3]):
        out = io.BytesIO()
        fetched = client.fetch_image(index, serial, out, max_bytes=1 << 20)
        content = desk.platform.cloud.images(index)[number].path().read_bytes()
        assert fetched.exchange.error is None
        assert out.getvalue() == content
        assert fetched.md5 == md5(content)


@pytest.mark.parametrize("value", CHOICES["data_shape"][1:])
def test_an_image_in_every_shape_of_data(desk: FrontDesk, value: str) -> None:
    """G024, G054: byte for byte, also where data is JSON in a text."""
    client, index = desk.client(), desk.shared_index()
    serial = client.query_images(index).serials[0]
    desk.platform.set_variants(data_shape=value)
    out = io.BytesIO()
    assert client.fetch_image(index, serial, out, max_bytes=1 << 20).exchange.error is None
    assert out.getvalue() == desk.platform.cloud.images(index)[0].path().read_bytes()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("base64", "damaged", "image_damaged"),
        ("file_content", "not_dicom", "image_not_dicom"),
        ("file_content", "empty", "image_absent"),
        ("file_content", "null", "image_absent"),
    ],
)
def test_an_image_that_is_none(desk: FrontDesk, name: str, value: str, code: str) -> None:
    """G061: a code of its own, nothing passed off as an image; the next one comes."""
    client, index = desk.client(), desk.shared_index()
    serial = client.query_images(index).serials[0]
    desk.platform.set_variants(**{name: value})
    fetched = client.fetch_image(index, serial, io.BytesIO(), max_bytes=1 << 20)
    assert fetched.exchange.error is not None
    assert (fetched.exchange.error.code, fetched.size_bytes) == (code, 0)
    desk.platform.reset_variants()
    assert client.fetch_image(index, serial, io.BytesIO(), max_bytes=1 << 20).size_bytes > 0


def test_an_image_larger_than_the_limit(desk: FrontDesk) -> None:
    """G061: ended on the way."""
    client, index = desk.client(), desk.shared_index()
    serial = client.query_images(index).serials[0]
    fetched = client.fetch_image(index, serial, io.BytesIO(), max_bytes=1000)
    assert fetched.exchange.error is not None
    assert fetched.exchange.error.code == "image_too_large"


# -- several records in one request (G026, G052)


def announce(desk: FrontDesk, service: str, *, bad: int | None = None) -> BatchResult:
    """Three records in one request, the one of this number refused by a rule."""
    records = [desk.known() for _ in range(3)]
    client = desk.client(delete_batch=5)
    indexes = [
        desk.record()["hiImgIndx"] if number == bad else one["hiImgIndx"]
        for number, one in enumerate(records)
    ]
    if service == DELETE_INDEX:
        return client.delete_indexes(indexes)
    if service == SAVE_IMAGE_INFO:
        return client.save_image_infos(
            [
                ImageInfo(index, one["studyUid"], (one["accessionNumber"],), 3)
                for index, one in zip(indexes, records, strict=True)
            ]
        )
    return client.save_exam_records(
        [{**one, "gend": "x"} if number == bad else one for number, one in enumerate(records)]
    )


@pytest.mark.parametrize("order", CHOICES["record_order"])
@pytest.mark.parametrize("bad", [0, 1, 2])
@pytest.mark.parametrize("service", BATCHES)
def test_each_answer_finds_its_record(desk: FrontDesk, service: str, bad: int, order: str) -> None:
    """By its index, else by its position; one that was refused is that one and no other (G026)."""
    desk.platform.set_variants(record_order=order)
    result = announce(desk, service, bad=bad)
    assert [one.accepted for one in result.answers] == [number != bad for number in range(3)]
    assert result.is_partial
    by = "position" if order == "without_index" else "index"
    assert {one.matched_by for one in result.answers} == {by}
    refused = result.answers[bad]
    assert refused.error is not None
    assert refused.flag == "-1"
    assert result.exchanges[0].accepted is False


@pytest.mark.parametrize("bad", [None, 1])
def test_one_answer_for_all_deletions(desk: FrontDesk, bad: int | None) -> None:
    """G052: as printed, index null; where it is not 1, nothing is proved of any of them."""
    desk.platform.set_variants(delete_answer="one_null")
    result = announce(desk, DELETE_INDEX, bad=bad)
    assert {one.matched_by for one in result.answers} == {"batch"}
    assert {one.accepted for one in result.answers} == {bad is None}
    assert {one.flag for one in result.answers} == {"1" if bad is None else "0"}


@pytest.mark.parametrize("value", CHOICES["deleted_index"])
def test_a_deleted_index_used_again(desk: FrontDesk, value: str) -> None:
    """G052: not said; where the platform refuses, its words say why."""
    record = desk.known()
    client = desk.client()
    assert client.delete_indexes([record["hiImgIndx"]]).answers[0].accepted
    desk.platform.set_variants(deleted_index=value)
    exchange = client.save_exam_record(record)
    assert exchange.accepted == (value == "reusable")
    if not exchange.accepted:
        assert "索引已删除，不能再使用" in exchange.message


def test_every_choice_is_tried_here_or_beside() -> None:
    """A new gap in the platform's variants needs a test."""
    tried = {*EVERYWHERE, "empty_data", "certno", "links", "download_link", "no_download_link"}
    tried |= {"image_ids", "base64", "file_content", "record_order", "delete_answer"}
    assert {*CHOICES} - tried == {"deleted_index", "dicom_order", "upload_order"}
    assert {SAVE_RECORD, *FORMS} <= {*SERVICES}

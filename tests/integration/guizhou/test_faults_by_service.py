"""Every fault of the platform on every transaction: its own error and words, and the next call goes well."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.messages import IndexQuery
from hbgz_desktop.platforms.http import HttpTimeouts, make_client
from hbgz_desktop.sandbox.faults import DICOM_ONLY, FaultKind, parse_fault
from hbgz_desktop.services.error_texts import ErrorTexts
from tests.integration.guizhou.calls import call
from tests.integration.guizhou.front_desk import (
    BATCHES,
    DELETE_INDEX,
    GET_IMAGE,
    LIST_IMAGES,
    QUERIES,
    QUERY_INDEXES,
    SERVICES,
    FrontDesk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from hbgz_desktop.platforms.guizhou.exchange import Exchange

SHORT = HttpTimeouts(connect_s=5, read_s=0.2, write_s=5, pool_s=5)
AWAY, REJECTED, REFUSED = PlatformUnreachableError, PlatformRejectedError, NotAuthorisedError


class Met(NamedTuple):
    """What a call says that met a fault; code "" where it is accepted all the same."""

    code: str
    kind: type[PlatformError] = AWAY
    retryable: bool = True


SAME_EVERYWHERE = {
    "http_500": Met("platform_server_error"),
    "http_503": Met("platform_server_error"),
    "http_429": Met("platform_busy"),
    "http_401": Met("platform_not_authorised", REFUSED, retryable=False),
    "timeout": Met("platform_timeout_read"),
    "reset_at_80": Met("platform_reset"),
    "html_200": Met("platform_answer_not_json"),
    "stored_no_answer": Met("platform_reset"),
    "cut_answer": Met("platform_reset"),
    "partial": Met("platform_rejected", REJECTED, retryable=False),
    "refused": Met("platform_rejected", REJECTED, retryable=False),
    "wrong_md5": Met("platform_md5_mismatch", REJECTED),
    "slow": Met(""),
    "already_exists": Met(""),
}
PARAMETERS = {"slow": ":seconds=0.02"}
OF_HEBEI = {"token_expired", "token_skew", "bad_padding", "strange_url"}
CASES = [
    pytest.param(service, fault, met, id=f"{service}-{fault}")
    for service in SERVICES
    for fault, met in SAME_EVERYWHERE.items()
]


@pytest.fixture(scope="module")
def impatient() -> Iterator[httpx.Client]:
    """A connection that does not wait for long."""
    with make_client("http://127.0.0.1", timeouts=SHORT) as client:
        yield client


@pytest.fixture(scope="module")
def texts() -> ErrorTexts:
    """The program's words for errors."""
    return ErrorTexts("zh")


def test_every_fault_is_tried() -> None:
    """A new fault needs a case here, one of DICOM in the tests of that door."""
    of_http = {one.value for one in FaultKind if one not in DICOM_ONLY}
    assert of_http == {*SAME_EVERYWHERE} | OF_HEBEI


@pytest.mark.parametrize(("service", "fault", "met"), CASES)
def test_a_fault_has_its_own_error(
    desk: FrontDesk,
    impatient: httpx.Client,
    tmp_path: Path,
    texts: ErrorTexts,
    service: str,
    fault: str,
    met: Met,
) -> None:
    """By the service's name, also where two share a path (2.7 and 2.8); once, then no more."""
    rule = f"{service}:{fault}:1{PARAMETERS.get(fault, '')}"
    options = desk.client(query_timeout_s=0.2)._options
    client = GuizhouClient(options, impatient, desk.next_msgid)
    desk.platform.faults.replace([parse_fault(rule)])
    exchange = call(desk, client, service, tmp_path)
    desk.platform.faults.release()
    if met.code:
        assert_met(exchange, met, texts)
    else:
        assert exchange.error is None
    assert [one["struck"] for one in desk.platform.faults.snapshot()] == [1]
    again = call(desk, client, service, tmp_path)
    assert again.error is None
    assert again.accepted
    assert again.msgid != exchange.msgid


def assert_met(exchange: Exchange, met: Met, texts: ErrorTexts) -> None:
    """The right error, with words of its own for who reads it."""
    error = exchange.error
    assert error is not None
    assert (error.code, type(error), error.retryable) == (met.code, met.kind, met.retryable)
    assert not exchange.accepted
    assert error.code in texts.codes()
    words = texts.of(error.code, error.facts)
    assert words.title
    assert words.next_step


@pytest.mark.parametrize("service", [one for one in SERVICES if one not in QUERIES])
def test_there_already_with_a_code(desk: FrontDesk, tmp_path: Path, service: str) -> None:
    """A refusal that says it is there: told apart from every other one (G046, G071)."""
    desk.platform.faults.replace([parse_fault(f"{service}:already_exists:1:code=1")])
    exchange = call(desk, desk.client(), service, tmp_path)
    assert exchange.already
    assert exchange.error is not None
    assert exchange.error.code == "platform_already_exists"


@pytest.mark.parametrize("service", SERVICES)
def test_the_platforms_own_words_are_kept(desk: FrontDesk, tmp_path: Path, service: str) -> None:
    desk.platform.faults.replace([parse_fault(f"{service}:refused:1:code=7,message=机构停用")])
    exchange = call(desk, desk.client(), service, tmp_path)
    assert exchange.error is not None
    assert (exchange.answer_code, exchange.message) == ("7", "机构停用")


@pytest.mark.parametrize(("struck", "spared"), [(LIST_IMAGES, GET_IMAGE), (GET_IMAGE, LIST_IMAGES)])
def test_two_services_on_one_path_fail_apart(
    desk: FrontDesk, tmp_path: Path, struck: str, spared: str
) -> None:
    desk.platform.faults.replace([parse_fault(f"{struck}:http_500")])
    assert call(desk, desk.client(), spared, tmp_path).accepted
    assert call(desk, desk.client(), struck, tmp_path).error is not None
    desk.platform.faults.replace([parse_fault("queryImgCaheFIndex:http_500:2")])
    for service in (struck, spared):
        assert call(desk, desk.client(), service, tmp_path).error is not None


@pytest.mark.parametrize("service", BATCHES)
def test_a_batch_that_is_not_answered_proves_nothing_of_any(desk: FrontDesk, service: str) -> None:
    """Each record of it is to be asked again (G026)."""
    records = [desk.known() for _ in range(2)]
    desk.platform.faults.replace([parse_fault(f"{service}:stored_no_answer:1")])
    client = desk.client(delete_batch=5)
    if service == DELETE_INDEX:
        answers = client.delete_indexes([one["hiImgIndx"] for one in records]).answers
        assert [one.already for one in answers] == [False, False]
        again = client.delete_indexes([one["hiImgIndx"] for one in records]).answers
        assert [one.already for one in again] == [True, True]
    else:
        answers = client.save_exam_records(records).answers if service == SERVICES[0] else ()
    for answer in answers:
        assert not answer.accepted
        assert answer.error is not None
        assert answer.error.retryable


@pytest.mark.parametrize("percent", [1, 50, 99])
def test_an_image_that_stops_on_its_way(desk: FrontDesk, tmp_path: Path, percent: int) -> None:
    """2.8: whatever share of it came, it is not taken for an image."""
    desk.platform.faults.replace([parse_fault(f"{GET_IMAGE}:cut_answer:1:percent={percent}")])
    exchange = call(desk, desk.client(), GET_IMAGE, tmp_path)
    assert exchange.error is not None
    assert exchange.error.retryable


def test_a_fault_of_one_patient_alone(desk: FrontDesk) -> None:
    """``match`` may be a certificate number, an index, a study or an accession number."""
    number = desk.patient[1]
    desk.platform.faults.replace([parse_fault(f"{QUERY_INDEXES}:http_503:match={number}")])
    client = desk.client()
    assert client.query_indexes(IndexQuery("111", "529999200001010000")).exchange.accepted
    assert client.query_indexes(IndexQuery(*desk.patient)).exchange.error is not None

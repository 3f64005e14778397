"""What may be opened, what can be had of images, and what stands against asking."""

from __future__ import annotations

from datetime import date

import pytest

from hbgz_desktop.model.identity_card import identity_check_digit
from hbgz_desktop.model.other_hospitals import (
    ImagesState,
    LinkState,
    OutsideExamination,
    OutsideQuestion,
    allowed_hosts,
    is_cache_service,
    judge_link,
    outside_row,
)
from hbgz_desktop.model.problem import Severity

HOSTS = allowed_hosts("http://10.0.0.1:8085/mie/api/mie", ["PACS.example", "10.9.9.9:81"])
CACHE = "http://10.0.0.1:1234/mie/api/mie/queryImgCaheFIndex"
CARD = "52010119880405003" + identity_check_digit("52010119880405003")
WHY = "看病时对照"


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("", LinkState.NONE),
        ("   ", LinkState.NONE),
        ("http://10.0.0.1/report?id=1", LinkState.ALLOWED),
        ("HTTPS://10.0.0.1:9999/x", LinkState.ALLOWED),
        ("https://pacs.EXAMPLE/view", LinkState.ALLOWED),
        ("http://10.9.9.9:81/x", LinkState.ALLOWED),
        ("http://10.9.9.9:82/x", LinkState.HOST_NOT_ALLOWED),
        ("http://10.9.9.9/x", LinkState.HOST_NOT_ALLOWED),
        ("http://evil.example/?10.0.0.1", LinkState.HOST_NOT_ALLOWED),
        ("http://10.0.0.1.evil.example/", LinkState.HOST_NOT_ALLOWED),
        ("http://10.0.0.1@evil.example/", LinkState.UNUSABLE),
        ("http://user:pw@10.0.0.1/", LinkState.UNUSABLE),
        ("http://:pw@10.0.0.1/", LinkState.UNUSABLE),
        ("file:///etc/passwd", LinkState.UNUSABLE),
        ("javascript:alert(1)", LinkState.UNUSABLE),
        ("\\\\10.0.0.1\\share", LinkState.UNUSABLE),
        ("//10.0.0.1/x", LinkState.UNUSABLE),
        ("http:///x", LinkState.UNUSABLE),
        ("http://10.0.0.1:99999/", LinkState.UNUSABLE),
        ("http://[::1", LinkState.UNUSABLE),
        ('http://10.0.0.1/" --flag', LinkState.UNUSABLE),
        ("http://10.0.0.1/a\nb", LinkState.UNUSABLE),
        ("http://10.0.0.1\\@evil.example/", LinkState.UNUSABLE),
    ],
)
def test_only_web_pages_on_allowed_hosts_are_opened(url: str, state: LinkState) -> None:
    assert judge_link(url, HOSTS).state is state


def test_a_host_that_is_not_allowed_is_named_with_its_port() -> None:
    assert judge_link("http://Far.example:81/x", HOSTS).host == "far.example:81"


@pytest.mark.parametrize(
    ("url", "is_cache"),
    [
        (CACHE, True),
        (CACHE + "/", True),
        ("http://10.0.0.1/queryImgCaheFIndexX", False),
        ("http://10.0.0.1/xqueryImgCaheFIndex", False),
        ("http://10.0.0.1/?queryImgCaheFIndex", False),
        ("", False),
    ],
)
def test_the_cache_service_is_known_by_the_end_of_its_path(url: str, *, is_cache: bool) -> None:
    assert is_cache_service(url) is is_cache


def state_of(exam: OutsideExamination, address: str = "") -> ImagesState:
    return outside_row(exam, "", HOSTS, address).images


def test_what_can_be_had_of_images() -> None:
    assert state_of(OutsideExamination(1, download_url=CACHE), CACHE) is ImagesState.FETCHABLE
    assert state_of(OutsideExamination(1, is_bare=True)) is ImagesState.FETCHABLE
    far = "http://far.example/mie/api/mie/queryImgCaheFIndex"
    assert state_of(OutsideExamination(1, download_url=far)) is ImagesState.HOST_NOT_ALLOWED
    page = "http://far.example/view"
    assert state_of(OutsideExamination(1, viewer_url=page)) is ImagesState.LINK_ONLY
    assert state_of(OutsideExamination(1, download_url=page)) is ImagesState.LINK_ONLY
    assert state_of(OutsideExamination(1, report_url=page)) is ImagesState.NONE
    assert state_of(OutsideExamination(1)) is ImagesState.NONE
    empty = OutsideExamination(1, download_url=CACHE, image_total=0)
    assert state_of(empty, CACHE) is ImagesState.NONE
    some = OutsideExamination(1, download_url=CACHE, image_total=3, cached=2)
    assert state_of(some, CACHE) is ImagesState.PARTLY
    whole = OutsideExamination(1, image_total=3, cached=3)
    assert state_of(whole) is ImagesState.CACHED


def rules(question: OutsideQuestion, reason: str = WHY) -> list[tuple[str, str, Severity]]:
    return [(one.field, one.rule, one.severity) for one in question.problems(reason)]


def test_a_sound_question_has_no_problem() -> None:
    day = date(2026, 1, 1)
    assert rules(OutsideQuestion(cert_no=CARD, name="欧阳丽娟", begin=day, end=day)) == []


@pytest.mark.parametrize("reason", ["", " ", "看"])
def test_nothing_is_asked_without_a_reason(reason: str) -> None:
    assert rules(OutsideQuestion(cert_no=CARD), reason)[0] == (
        "reason",
        "required",
        Severity.ERROR,
    )


def test_a_reason_names_nobody() -> None:
    question = OutsideQuestion(cert_no=CARD, name="欧阳丽娟")
    for reason in ("给欧阳丽娟看", f"核对 {CARD}"):
        assert rules(question, reason) == [("reason", "names_patient", Severity.ERROR)]
    assert rules(question, "长" * 201) == [("reason", "length", Severity.ERROR)]


def test_a_doubtful_identity_number_warns_and_does_not_refuse() -> None:
    wrong = CARD[:17] + ("1" if CARD[17] != "1" else "2")
    assert rules(OutsideQuestion(cert_no=wrong)) == [("certno", "check_digit", Severity.WARNING)]
    assert rules(OutsideQuestion(cert_no="123")) == [("certno", "length", Severity.WARNING)]
    assert rules(OutsideQuestion("414", cert_no="E12345678")) == []


def test_other_rules_of_the_printed_table() -> None:
    late, early = date(2026, 2, 1), date(2026, 1, 1)
    question = OutsideQuestion("ABCDEFG", "9" * 601, "名" * 51, late, early)
    assert rules(question) == [
        ("certno", "length", Severity.ERROR),
        ("psnCertType", "required", Severity.ERROR),
        ("psnName", "length", Severity.ERROR),
        ("begntime", "date_order", Severity.ERROR),
    ]


def test_nobody_is_named_by_a_repr_and_the_mask_says_little() -> None:
    question = OutsideQuestion(cert_no=CARD, name="欧阳丽娟")
    exam = OutsideExamination(1, index_code=f"111-{CARD}-x", name="欧阳丽娟", cert_no=CARD)
    for one in (question, exam):
        assert CARD not in repr(one)
        assert "欧阳" not in repr(one)
        assert CARD not in one.masked
        assert one.masked.startswith("欧阳**")

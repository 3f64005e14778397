"""restJcJyYyInfo (2.2.3.6): everything the physician worked on in the page."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.shared_viewing import (
    RecognitionResult,
    SharedLabReport,
    SharedLabResult,
    SharedStudy,
    SharedStudyDetail,
)
from hbgz_desktop.platforms.hebei.answers import printed_name
from tests.integration.hebei.printed_fields import PRINTED, form_cases, inside, members
from tests.integration.hebei.sharing_desk import STUDY, VALUE, VISIT, Noted, SharingDesk, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _pytest.mark import ParameterSet

REST = "restJcJyYyInfo"
Level = tuple[str, ...]
LEVELS: dict[Level, type[Any]] = {
    (): RecognitionResult,
    ("studyItem",): SharedStudy,
    ("studyItem", "studyDetails"): SharedStudyDetail,
    ("labItem",): SharedLabReport,
    ("labItem", "labDetails"): SharedLabResult,
}
ATTRIBUTE_OF_LIST = {
    "studyItem": "studies",
    "labItem": "lab_reports",
    "studyDetails": "details",
    "labDetails": "results",
}
OPEN_CODES = {"yyx": ("0", "1", "2", "阴性", "阳性")}
DECISION_OF_CODES = {"yyx": "H020", "recordCategory": "H028"}
OTHER_TYPES: tuple[tuple[object, str], ...] = (
    *((None, ""), (7, "7"), (7.0, "7"), (0.25, "0.25")),
    *((" x ", "x"), (True, ""), ({"x": 1}, ""), ([1], "")),
)
PATIENT = ("patientName", "idNo", "visitNo")


def ours(result: RecognitionResult, level: Level) -> list[Any]:
    """Our objects of one level of the answer."""
    found: list[Any] = [result]
    for name in level:
        found = [one for holder in found for one in getattr(holder, ATTRIBUTE_OF_LIST[name])]
    return found


def theirs(answer: dict[str, Any], level: Level) -> list[dict[str, Any]]:
    """The same objects as the platform wrote them."""
    found: list[dict[str, Any]] = [answer["data"]]
    for name in level:
        found = [one for holder in found for one in holder[name]]
    return found


def on_level(
    level: Level, change: Callable[[dict[str, Any]], object]
) -> Callable[[dict[str, Any]], object]:
    """The answer with every object of a level changed in place."""

    def changed(answer: dict[str, Any]) -> object:
        for one in theirs(answer, level):
            change(one)
        return answer

    return changed


def giving(values: dict[str, object]) -> Callable[[dict[str, Any]], object]:
    """A change that gives an object these members."""
    return lambda one: one.update(values)


def texts_of(level: Level) -> list[str]:
    """Printed members of a level that hold a text."""
    return [
        name
        for name in members(PRINTED[REST]["response"], "data", *level)
        if name not in ATTRIBUTE_OF_LIST
    ]


def level_cases() -> Iterator[ParameterSet]:
    for level in LEVELS:
        yield pytest.param(level, id=f"{'.'.join(level) or 'data'}-H060")


def code_cases() -> Iterator[ParameterSet]:
    """The codes printed beside each field, one of another list, and one of none (H059)."""
    for level in LEVELS:
        for field in inside(PRINTED[REST]["response"], "data", *level):
            name = field["name"]
            printed = OPEN_CODES.get(name, tuple(field.get("enum", ())))
            if printed:
                decision = DECISION_OF_CODES.get(name, "H059")
                codes = (*printed, "21", "其他")
                yield pytest.param(level, name, codes, id=f"{'.'.join((*level, name))}-{decision}")


@pytest.mark.parametrize(("subject", "change", "rule"), list(form_cases(REST)))
def test_each_printed_field(
    desk: SharingDesk, subject: str, change: Callable[[Any], object], rule: str
) -> None:
    desk.assert_judged(desk.call_changed(REST, change), rule, subject)


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param({}, id="as_printed"),
        pytest.param({"encryption": "all"}, id="encrypted-H037"),
        pytest.param({"encryption": "none"}, id="in_clear-H037"),
        pytest.param({"code_type": "number"}, id="code_number-H006"),
        pytest.param({"url_form": "relative"}, id="links_relative-H057"),
    ],
)
def test_every_printed_member_comes_through(desk: SharingDesk, variant: dict[str, str]) -> None:
    """As the platform wrote it, on its own level, and nothing is left over."""
    desk.platform.set_variants(**variant)
    answers = Noted()
    result = answer_of(desk.answered(REST, answers))
    assert (result.patient_name, result.id_no, result.visit_no) == (
        VISIT.name,
        VISIT.id_no,
        VISIT.visit_no,
    )
    for level, kind in LEVELS.items():
        assert {printed_name(one.name) for one in fields(kind)} >= set(texts_of(level))
        pairs = list(zip(ours(result, level), theirs(answers[0], level), strict=True))
        assert pairs
        for own, sent in pairs:
            assert own.unknown == {}
            for one in fields(kind):
                name = printed_name(one.name)
                if name in texts_of(level) and (level or name not in PATIENT):
                    assert getattr(own, one.name) == sent[name]


def test_what_was_decided(desk: SharingDesk) -> None:
    """Recognised by 1, refused by 2 with code and words of the reason."""
    desk.lead_to(REST)
    result = answer_of(desk.call(REST))
    assert {one.study_item_code: one.is_recognised for one in result.studies} == {
        STUDY: True,
        "CT210300001-008-015": False,
    }
    (refused,) = [one for one in result.studies if not one.is_recognised]
    assert refused.non_recognition_code == "2"
    assert refused.non_recognition_value
    (value,) = ours(result, ("labItem", "labDetails"))
    assert (value.lab_item_no, value.is_recognised) == (VALUE, True)


@pytest.mark.parametrize("level", list(level_cases()))
def test_every_member_may_be_absent(desk: SharingDesk, level: Level) -> None:
    """H060: all optional on reading; what is not there is "", the rest stays."""
    names = texts_of(level)
    outcome = desk.answered(
        REST, on_level(level, lambda one: [one.pop(name, None) for name in names])
    )
    found = ours(answer_of(outcome), level)
    assert found
    for own in found:
        for one in fields(LEVELS[level]):
            if printed_name(one.name) in names:
                assert getattr(own, one.name) == ""


@pytest.mark.parametrize("level", list(level_cases()))
def test_a_member_of_another_type(desk: SharingDesk, level: Level) -> None:
    desk.lead_to(REST)
    desk.wire.service = REST
    names = [name for name in texts_of(level) if level or name not in PATIENT]
    for sent, read in OTHER_TYPES:
        given = dict.fromkeys(names, sent)
        desk.wire.change_answer = on_level(level, giving(given))
        for own in ours(answer_of(desk.call(REST)), level):
            for one in fields(LEVELS[level]):
                if printed_name(one.name) in names:
                    assert getattr(own, one.name) == read


@pytest.mark.parametrize("level", list(level_cases()))
def test_members_that_are_not_printed_are_kept(desk: SharingDesk, level: Level) -> None:
    more = {"newField": {"a": [1, "二"]}, "another": None}
    outcome = desk.answered(REST, on_level(level, lambda one: one.update(more)))
    assert [one.unknown for one in ours(answer_of(outcome), level)] == [more] * len(
        ours(answer_of(outcome), level)
    )


@pytest.mark.parametrize(("level", "name", "codes"), list(code_cases()))
def test_codes_are_passed_on_untouched(
    desk: SharingDesk, level: Level, name: str, codes: tuple[str, ...]
) -> None:
    """H059, H060: each field has a list of its own; what is in no list is no fault."""
    desk.lead_to(REST)
    desk.wire.service = REST
    (attribute,) = [one.name for one in fields(LEVELS[level]) if printed_name(one.name) == name]
    for code in codes:
        desk.wire.change_answer = on_level(level, giving({name: code}))
        for own in ours(answer_of(desk.call(REST)), level):
            assert getattr(own, attribute) == code
            if name == "isRecognition":
                assert own.is_recognised is {"1": True, "2": False}.get(code)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data | {"studyItem": None, "labItem": None}, id="null-H058"),
        pytest.param(lambda data: data | {"studyItem": [], "labItem": []}, id="empty-H058"),
        pytest.param(lambda data: data | {"studyItem": "", "labItem": "无"}, id="text-H058"),
        pytest.param(lambda _: {}, id="absent-H058"),
        pytest.param(lambda _: None, id="data_null-H060"),
        pytest.param(lambda _: [], id="data_empty_list-H057"),
    ],
)
def test_nothing_worked_on_in_every_form(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    result = answer_of(
        desk.answered(REST, lambda answer: {**answer, "data": change(answer["data"])})
    )
    assert (result.studies, result.lab_reports) == ((), ())


@pytest.mark.parametrize("empty_lists", ["kept", "omitted", "null"], ids=lambda one: f"{one}-H058")
def test_a_page_that_was_closed_without_a_decision(desk: SharingDesk, empty_lists: str) -> None:
    desk.platform.set_variants(empty_lists=empty_lists)
    desk.lead_to("hrPage")
    assert desk.call("hrPage").accepted
    desk.platform.open_page()
    result = answer_of(desk.call(REST))
    assert (result.studies, result.lab_reports) == ((), ())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda answer: {**answer, "data": [answer["data"]]}, id="data_list-H057"),
        pytest.param(
            on_level((), lambda data: data.update(labItem=data["labItem"][0])),
            id="one_report_as_an_object-H060",
        ),
        pytest.param(
            on_level((), lambda data: data["studyItem"].insert(1, None)), id="null_inside-H060"
        ),
    ],
)
def test_what_else_an_answer_may_look_like(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    result = answer_of(desk.answered(REST, change))
    assert (len(result.studies), len(result.lab_reports)) == (2, 1)


def test_it_is_asked_after_the_page(desk: SharingDesk) -> None:
    desk.lead_to("hrPage")
    desk.assert_judged(desk.call(REST), "PAGE_NOT_REQUESTED")


def test_no_call_for_a_visit_without_shared_results(desk: SharingDesk) -> None:
    desk.platform.set_results(studies=0, values=0)
    desk.lead_to("hrPage")
    assert desk.call("hrPage").accepted
    desk.assert_judged(desk.call(REST), "NOTHING_SHARED")

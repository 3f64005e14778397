"""Which examinations go: lists in plain words, four classes by default, ultrasound by setting (G012)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.guizhou_settings import GuizhouSettings
from hbgz_desktop.model.upload_rules import (
    ExaminationScope,
    NameRule,
    SkipReason,
    UploadRules,
    is_required,
    skip_reason,
)
from hbgz_desktop.services.guizhou_check import EXAM_TYPE_OF_MODALITY
from hbgz_desktop.services.upload_scope import rules_of

DEFAULT = rules_of(GuizhouSettings())
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
LISTS = st.lists(NAMES, max_size=3).map(tuple)
RULES = st.builds(NameRule, skipped=LISTS, only=LISTS)
SCOPES = st.builds(
    ExaminationScope,
    modalities=st.lists(st.sampled_from(["", "CT", "US", "ES", "OT"]), max_size=3).map(tuple),
    exam_types=st.lists(st.sampled_from(["2", "4", "彩超"]), max_size=2).map(tuple),
    department=NAMES,
    source=NAMES,
)


def of(*modalities: str, **facts: object) -> ExaminationScope:
    return replace(ExaminationScope(modalities), **facts)  # type: ignore[arg-type]  # names of fields


@pytest.mark.parametrize("modality", sorted(set(EXAM_TYPE_OF_MODALITY) - {"US"}))
def test_the_four_classes_go_by_default(modality: str) -> None:
    assert skip_reason(DEFAULT, of(modality)) is None
    assert is_required(DEFAULT, modality, "放射科", "ris.csv")


def test_ultrasound_goes_by_setting() -> None:
    assert skip_reason(DEFAULT, of("US")) is SkipReason.ULTRASOUND
    assert not is_required(DEFAULT, "US", "", "")
    assert skip_reason(replace(DEFAULT, with_ultrasound=True), of("US")) is None


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (of(exam_types=("4",)), SkipReason.ULTRASOUND),
        (of(exam_types=("2", "4")), None),
        (of(exam_types=("彩超",)), None),
        (of("CT", exam_types=("4",)), None),
        (of("US", exam_types=("2",)), SkipReason.ULTRASOUND),
        (of("US", "CT"), None),
        (of("OT", exam_types=("4",)), SkipReason.ULTRASOUND),
        (of("us "), SkipReason.ULTRASOUND),
        (of(), None),
        (of(""), None),
        (of("OT"), None),
    ],
)
def test_the_images_modality_decides_the_class_before_the_record(
    scope: ExaminationScope, reason: SkipReason | None
) -> None:
    assert skip_reason(DEFAULT, scope) is reason


@pytest.mark.parametrize("modality", ["ECG", "ES", "SM", "OP", "es"])
def test_what_is_of_none_of_the_four_classes_does_not_go_by_default(modality: str) -> None:
    assert skip_reason(DEFAULT, of(modality)) is SkipReason.MODALITY
    assert skip_reason(DEFAULT, of(modality, "CT")) is None, "one study that may go is enough"


@pytest.mark.parametrize(
    ("rule", "name", "may_go"),
    [
        (NameRule(), "体检中心", True),
        (NameRule(skipped=("体检中心",)), "体检中心", False),
        (NameRule(skipped=("体检中心",)), "放射科", True),
        (NameRule(skipped=("体检*",)), "体检中心", False),
        (NameRule(skipped=("彩超[东院]",)), "彩超[东院]", False),
        (NameRule(skipped=("彩超[东院]",)), "彩超东", True),
        (NameRule(skipped=(" ＣＴ室 ",)), "ct室", False),
        (NameRule(only=("放射科", "核医学科")), "放射科", True),
        (NameRule(only=("放射科", "核医学科")), "体检中心", False),
        (NameRule(only=("放射科",)), "", True),
        (NameRule(skipped=("",)), "", True),
        (NameRule(skipped=("放射*",), only=("放射科",)), "放射科", False),
    ],
)
def test_a_list_of_what_does_not_go_and_a_list_of_the_only_ones_that_go(
    rule: NameRule, name: str, may_go: bool
) -> None:
    assert rule.lets(name) is may_go


def test_source_before_department_before_modality_before_class() -> None:
    rules = UploadRules(
        modalities=NameRule(skipped=("US",)),
        departments=NameRule(skipped=("超声科",)),
        sources=NameRule(skipped=("old*.csv",)),
        class_of=EXAM_TYPE_OF_MODALITY,
    )
    scope = of("US", department="超声科", source="old 2025.csv")
    known = replace(scope, source="ris.csv")
    elsewhere = replace(known, department="放射科")
    found = [skip_reason(rules, one) for one in (scope, known, elsewhere)]
    assert found == [SkipReason.SOURCE, SkipReason.DEPARTMENT, SkipReason.MODALITY]
    by_class = replace(rules, modalities=NameRule())
    assert skip_reason(by_class, elsewhere) is SkipReason.ULTRASOUND


@given(RULES, RULES, RULES, SCOPES)
def test_the_reason_names_a_rule_without_which_it_would_go_further(
    modalities: NameRule, departments: NameRule, sources: NameRule, scope: ExaminationScope
) -> None:
    rules = UploadRules(False, modalities, departments, sources, EXAM_TYPE_OF_MODALITY)
    without = {
        SkipReason.SOURCE: replace(rules, sources=NameRule()),
        SkipReason.DEPARTMENT: replace(rules, departments=NameRule()),
        SkipReason.MODALITY: replace(rules, modalities=NameRule()),
        SkipReason.ULTRASOUND: replace(rules, with_ultrasound=True),
    }
    reason = skip_reason(rules, scope)
    order = [None, *reversed(SkipReason)]
    if reason is not None:
        assert order.index(skip_reason(without[reason], scope)) < order.index(reason)
    else:
        assert all(skip_reason(one, scope) is None for one in without.values())


@given(RULES, SCOPES)
def test_what_is_not_known_stops_nothing(names: NameRule, scope: ExaminationScope) -> None:
    rules = UploadRules(False, names, names, names, EXAM_TYPE_OF_MODALITY)
    unknown = replace(scope, modalities=("", " "), exam_types=(), department=" ", source="")
    assert skip_reason(rules, unknown) is None


@given(NAMES.filter(str.strip))
def test_a_name_written_as_it_is_always_matches_itself(name: str) -> None:
    assert not NameRule(skipped=(name,)).lets(name)
    assert NameRule(only=(name,)).lets(name)

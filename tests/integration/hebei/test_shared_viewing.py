"""共享调阅 at the simulated platform: asked, opened once, orders and results fetched as often as wanted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import openpyxl
import pytest

from hbgz_desktop.model.errors import PlatformError, UsageError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.sharing_launch import LaunchState, OrderOutcome, SharingForm, SharingLaunch
from hbgz_desktop.sandbox.faults import parse_fault
from tests.integration.hebei.sharing_desk import STUDY, STUDY_2, VALUE, VISIT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.hebei.reception import Reception

FORM = SharingForm(VISIT)


@pytest.fixture
def authorized(reception: Reception) -> Reception:
    """A desk whose patient is authorized."""
    reception.work.authorization.submit(VISIT)
    return reception


def asked(desk: Reception, form: SharingForm = FORM) -> SharingLaunch:
    return desk.work.shared_viewing.ask(form)


def worked_on(desk: Reception, recognised: frozenset[str] | None) -> SharingLaunch:
    """A launch whose page a physician has opened and finished."""
    sharing = desk.work.shared_viewing
    launch = sharing.open(asked(desk), desk.browser)
    assert httpx.get(desk.opened[-1], trust_env=False).status_code == 200
    desk.platform.finish_page(recognised=recognised)
    return launch


def codes_of(desk: Reception) -> tuple[list[str], list[str]]:
    (page,) = desk.platform.pages()
    return page["studies"], page["values"]


def test_the_page_is_opened_once_and_unchanged(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    launch = asked(authorized)
    assert (launch.state, launch.study_count, launch.lab_count) == (LaunchState.ASKED, 2, 1)
    (page,) = authorized.platform.pages()
    assert launch.url == page["url"]
    assert launch.url not in repr(launch)
    opened = sharing.open(launch, authorized.browser)
    assert opened.state is LaunchState.OPENED
    assert opened.opened_at is not None
    with pytest.raises(UsageError, match="page_already_opened"):
        sharing.open(launch, authorized.browser)
    with pytest.raises(UsageError, match="page_missing"):
        sharing.open(sharing.launch(launch.id), authorized.browser)
    assert authorized.opened == [page["url"]]
    assert authorized.trail()[1:] == [("sharing_asked", "ok"), ("sharing_opened", "ok")]


def test_the_address_is_kept_nowhere(authorized: Reception) -> None:
    launch = authorized.work.shared_viewing.open(asked(authorized), authorized.browser)
    assert launch.url == ""
    authorized.work.close()
    root = authorized.work.folder.root
    kept = b"".join(one.read_bytes() for one in root.rglob("*") if one.is_file())
    assert b"ticket=" not in kept


def test_a_browser_that_fails_may_be_asked_again(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    launch = asked(authorized)
    with pytest.raises(UsageError, match="page_not_opened"):
        sharing.open(launch, lambda _: False)
    assert sharing.open(launch, authorized.browser).state is LaunchState.OPENED
    assert ("sharing_opened", "failed") in authorized.trail()


def test_nothing_to_share_stops_there(authorized: Reception) -> None:
    authorized.platform.set_results(VISIT.id_no, studies=0, values=0)
    launch = asked(authorized)
    assert (launch.state, launch.url) == (LaunchState.NOTHING, "")
    with pytest.raises(UsageError, match="page_missing"):
        authorized.work.shared_viewing.open(launch, authorized.browser)
    assert authorized.opened == []


def test_an_order_names_items_and_a_view_none(authorized: Reception) -> None:
    authorized.platform.set_results(VISIT.id_no, studies=(STUDY, STUDY_2), values=(VALUE,))
    order = ViewRequest(ViewMode.ORDER, (STUDY,), ())
    assert asked(authorized, replace(FORM, request=order)).study_count == 1
    for wrong in (ViewRequest(ViewMode.ORDER), ViewRequest(ViewMode.VIEW, (STUDY,))):
        with pytest.raises(UsageError, match="hebei_order_items"):
            asked(authorized, replace(FORM, request=wrong))
    assert authorized.calls("hrPage") == 1


def test_all_six_values_are_demanded(authorized: Reception) -> None:
    bare = replace(FORM, visit=replace(VISIT, phone="", name=""))
    with pytest.raises(UsageError) as caught:
        asked(authorized, bare)
    assert caught.value.facts == {"fields": "patientName, phoneNo"}
    assert authorized.calls("hrPage") == 0


def test_started_from_an_authorization_it_takes_its_values(authorized: Reception) -> None:
    found = authorized.work.authorization.of_visit(VISIT)
    assert found is not None
    form = authorized.work.shared_viewing.form_of_authorization(found.id)
    assert form.visit == VISIT
    launch = asked(authorized, form)
    assert launch.authorization_id == found.id
    assert (launch.his_dept_code, launch.his_user_code) == ("K01", "D001")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///C:/x.exe",
        "http://elsewhere.example/a",
        "http://u@127.0.0.1/",
    ],
)
def test_a_strange_address_is_refused(authorized: Reception, url: str) -> None:
    fault = parse_fault("hrPage:strange_url:1")
    authorized.platform.faults.add(replace(fault, parameters={"url": url}))
    with pytest.raises(PlatformError, match="hebei_page_refused"):
        asked(authorized)
    (launch,) = authorized.work.shared_viewing.recent()
    assert (launch.state, launch.error_code) == (LaunchState.ASKED, "hebei_page_refused")
    assert authorized.trail()[-1] == ("sharing_asked", "failed")


def test_a_relative_address_is_of_the_platform(authorized: Reception) -> None:
    authorized.platform.set_variants(url_form="relative")
    assert asked(authorized).url.startswith(f"{authorized.platform.root_url}/")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("http_500", "hebei_server_error"),
        ("html_200", "hebei_answer_not_json"),
        ("stored_no_answer", "hebei_reset"),
        ("timeout", "hebei_timeout_read"),
    ],
)
def test_a_failure_is_said_and_written(authorized: Reception, fault: str, code: str) -> None:
    authorized.work.settings_file.set("hebei.read_timeout_s", 1.0)
    authorized.work.settings.look_now()
    authorized.platform.faults.add(parse_fault(f"hrPage:{fault}:1"))
    with pytest.raises(PlatformError) as caught:
        asked(authorized)
    assert caught.value.code == code
    (launch,) = authorized.work.shared_viewing.recent()
    assert launch.error_code == code
    authorized.platform.faults.clear()
    assert asked(authorized).url


def test_the_refusal_of_a_patient_nobody_authorized(reception: Reception) -> None:
    with pytest.raises(PlatformError, match="hebei_rejected"):
        asked(reception)
    (launch,) = reception.work.shared_viewing.recent()
    assert "PATIENT_NOT_AUTHORISED" in launch.message


def test_a_token_ended_in_the_middle_is_not_noticed(authorized: Reception) -> None:
    authorized.platform.expire_tokens()
    assert asked(authorized).url


def test_orders_show_what_remains(authorized: Reception) -> None:
    authorized.platform.set_results(VISIT.id_no, studies=(STUDY, STUDY_2), values=(VALUE,))
    launch = worked_on(authorized, frozenset({STUDY, VALUE}))
    relation = OrderRelation(
        (
            OrderItems("S1", (STUDY,)),
            OrderItems("S2", (STUDY, STUDY_2)),
            OrderItems("S3", (STUDY_2,)),
        ),
        (OrderItems("L1", (VALUE,)),),
    )
    sharing = authorized.work.shared_viewing
    looks = []
    for form in ("dropped", "kept"):
        authorized.platform.set_variants(empty_orders=form)
        look = sharing.fetch_orders(launch.id, relation)
        assert [(one.order_no, one.outcome) for one in look.lines] == [
            ("S1", OrderOutcome.ALL),
            ("S2", OrderOutcome.SOME),
            ("S3", OrderOutcome.NONE),
            ("L1", OrderOutcome.ALL),
        ]
        assert look.lines[1].struck_out == (STUDY_2,)
        assert look.launch.state is LaunchState.ORDERS_FETCHED
        looks.append(look)
    kept = sharing.kept_orders(launch.id)
    assert kept is not None
    assert kept.lines == looks[-1].lines
    with pytest.raises(UsageError, match="sharing_no_orders"):
        sharing.fetch_orders(launch.id, OrderRelation())


def test_results_are_read_kept_and_exported(authorized: Reception, tmp_path: Path) -> None:
    launch = worked_on(authorized, None)
    sharing = authorized.work.shared_viewing
    look = sharing.fetch_results(launch.id)
    assert look.launch.state is LaunchState.RESULTS_FETCHED
    assert (len(look.result.studies), len(look.result.lab_reports), look.recognised_count) == (
        2,
        1,
        3,
    )
    kept = sharing.kept_results(launch.id)
    assert kept is not None
    assert kept.result == look.result
    groups = sharing.readable(look)
    assert [one.kind for one in groups] == ["study", "study", "lab"]
    assert groups[0].is_recognised
    labels = {one.label: one.text for one in groups[0].fields}
    assert labels["是否互认"] == "互认（1）"
    assert labels["医疗机构名称"] in sharing.as_text(look)
    document = json.loads(sharing.as_json(look))
    assert document["idNo"] == VISIT.id_no
    assert document["studyItem"][0]["recordId"] == look.result.studies[0].record_id
    sharing.export_json(look, tmp_path / "结果.json")
    assert json.loads((tmp_path / "结果.json").read_text(encoding="utf-8")) == document
    sharing.export_xlsx(look, tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == ["检查", "检查明细", "检验", "检验结果"]
    assert book["检查"].max_row == 3
    exported = [action for action, _ in authorized.trail()].count("sharing_exported")
    assert exported == 4


def test_a_workbook_holds_no_formula(authorized: Reception, tmp_path: Path) -> None:
    sharing = authorized.work.shared_viewing
    look = sharing.fetch_results(worked_on(authorized, None).id)
    (first, *others) = look.result.studies
    hostile = replace(first, org_name="=HYPERLINK(1)", study_no="=1+1", unknown={"x": "@SUM"})
    result = replace(look.result, studies=(hostile, *others))
    sharing.export_xlsx(replace(look, result=result), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "=HYPERLINK(1)" in [cell.value for cell in book["检查"][2]]


def test_a_page_closed_without_a_decision_says_so(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    launch = sharing.open(asked(authorized), authorized.browser)
    look = sharing.fetch_results(launch.id)
    assert look.is_empty
    assert not look.has_recognised
    orders = sharing.fetch_orders(launch.id, OrderRelation((OrderItems("S1", (STUDY,)),)))
    assert not orders.has_recognised


def test_all_refused_is_not_empty_but_recognises_nothing(authorized: Reception) -> None:
    launch = worked_on(authorized, frozenset())
    look = authorized.work.shared_viewing.fetch_results(launch.id)
    assert (look.is_empty, look.has_recognised) == (False, False)
    (first, *_) = authorized.work.shared_viewing.readable(look)
    assert first.is_recognised is False
    assert first.reason


def test_the_state_never_goes_back(authorized: Reception) -> None:
    launch = worked_on(authorized, None)
    sharing = authorized.work.shared_viewing
    sharing.fetch_results(launch.id)
    (studies, _) = codes_of(authorized)
    look = sharing.fetch_orders(launch.id, OrderRelation((OrderItems("S1", tuple(studies)),)))
    assert look.launch.state is LaunchState.RESULTS_FETCHED


def test_a_withdrawal_stops_asking(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    launch = sharing.open(asked(authorized), authorized.browser)
    found = authorized.work.authorization.of_visit(VISIT)
    assert found is not None
    authorized.work.authorization.withdraw(found.id)
    before = len(authorized.platform.requests())
    relation = OrderRelation((OrderItems("S1", (STUDY,)),))
    for act in (
        lambda: asked(authorized),
        lambda: sharing.fetch_orders(launch.id, relation),
        lambda: sharing.fetch_results(launch.id),
    ):
        with pytest.raises(UsageError, match="authorization_withdrawn"):
            act()
    assert len(authorized.platform.requests()) == before


def test_kept_answers_are_sealed(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    look = sharing.fetch_results(worked_on(authorized, None).id)
    record_id = look.result.studies[0].record_id.encode()
    authorized.work.close()
    root = authorized.work.folder.root
    assert record_id not in b"".join(one.read_bytes() for one in root.glob("hbgz.sqlite*"))


def test_a_form_from_outside_is_taken_once(reception: Reception) -> None:
    sharing = reception.work.shared_viewing
    assert sharing.handed_form() is None
    order = replace(
        FORM,
        request=ViewRequest(ViewMode.ORDER, (STUDY,), (VALUE,)),
        his_user_code="D9",
        relation=OrderRelation((OrderItems("S1", (STUDY,)),)),
    )
    number = sharing.hand_over(order)
    assert not sharing.is_handed_over(number)
    assert sharing.handed_form() == order
    assert sharing.is_handed_over(number)
    assert sharing.handed_form() is None
    assert reception.platform.requests() == ()


def test_kept_answers_go_after_their_days(authorized: Reception) -> None:
    sharing = authorized.work.shared_viewing
    launch = sharing.fetch_results(worked_on(authorized, None).id).launch
    assert sharing.trim(1) == 0
    assert sharing.kept_results(launch.id) is not None
    assert sharing.trim(-1) == 1
    assert sharing.kept_results(launch.id) is None
    assert sharing.launch(launch.id).state is LaunchState.RESULTS_FETCHED
    assert sharing.trim(-1) == 0

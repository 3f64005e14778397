"""患者授权 by the keyboard alone, over real services and the simulated platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.pages.authorization_page import AuthorizationPage
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from tests.ui.hebei_desk import CARD, NAME, Desk, platform_at, set_up, visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """The platform, listening."""
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def workplace(data_dir: Path, platform: HebeiPlatform) -> Iterator[Workplace]:
    """The services of a hospital in Hebei."""
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.root_url)
    with Workplace(DataFolder(data_dir)) as work:
        yield work


class Reception(Desk):
    """The page with what a clerk sees of it."""

    page: AuthorizationPage

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        super().__init__(AuthorizationPage(context), qtbot)
        self.wait(lambda: self.focus.objectName() == "idNo")

    @property
    def form(self) -> dict[str, str]:
        """What the fields hold."""
        return self.page._entry.form.visit().values()

    def problem(self, name: str) -> str:
        """What stands below a field in red."""
        return self.page._entry.form._fields[name].problem

    def fill(self, number: str = "MZ-1", card: str = CARD) -> None:
        """One patient: reader, then hand, Enter from field to field."""
        self.keys(card)
        self.enter()
        for text in (NAME, number, "13812342071", "P00318872"):
            self.keys(text)
            self.enter()

    def consent(self) -> None:
        """Tick that the patient agreed; the cursor stands there after the last field."""
        assert self.focus is self.page._entry.consent
        self.key(Qt.Key.Key_Space)

    @property
    def state(self) -> AuthorizationState | None:
        """What has become of the patient in the form."""
        row = self.page._entry.row
        return None if row is None else row.state


@pytest.fixture
def desk(context: PageContext, qtbot: QtBot) -> Reception:
    """The page, empty, the cursor in its first field."""
    return Reception(context, qtbot)


def test_a_patient_from_the_reader_to_the_next_one(
    desk: Reception, platform: HebeiPlatform
) -> None:
    desk.keys(CARD)
    desk.enter()
    assert "校验位正确" in desk.words()
    assert "1993年1月1日" in desk.words()
    assert "女" in desk.words()
    assert desk.focus.objectName() == "patientName"
    for text in (NAME, "MZ-1", "13812342071", "P00318872"):
        desk.keys(text)
        desk.enter()
    desk.wait(lambda: "可以登记" in desk.words())
    desk.consent()
    desk.primary()
    desk.wait(lambda: desk.state is AuthorizationState.AUTHORIZED)
    desk.wait(lambda: "已授权，平台" in desk.words())
    assert platform.rules_broken() == ()
    assert [one.service for one in platform.requests()] == ["getToken", "saveAuthUser"]
    desk.wait(lambda: desk.focus is desk.page.header.primary)
    desk.next_patient()
    assert desk.state is None
    assert {name: text for name, text in desk.form.items() if text and name != "visitTime"} == {}
    assert desk.focus.objectName() == "idNo"
    assert not desk.page._entry.consent.isChecked()
    desk.wait(lambda: desk.page._today._model.total == 1)


def test_a_reader_types_wherever_the_cursor_is(desk: Reception) -> None:
    line = desk.page._entry.form._lines["visitNo"]
    line.setFocus()
    desk.page._entry.form.scanner._clock = iter(range(1, 20)).__next__
    desk.keys("MZ-7")
    now = iter(100 + number / 1000 for number in range(40))
    desk.page._entry.form.scanner._clock = now.__next__
    desk.keys(CARD)
    desk.enter()
    assert desk.form["visitNo"] == "MZ-7"
    assert desk.form["idNo"] == CARD
    assert desk.focus.objectName() == "patientName"


def test_what_is_missing_is_said_beside_its_field(desk: Reception, platform: HebeiPlatform) -> None:
    desk.key(Qt.Key.Key_Tab)
    desk.primary()
    assert desk.problem("idNo") == "请填证件号"
    assert desk.focus.objectName() == "idNo"
    desk.keys("123")
    desk.enter()
    desk.primary()
    assert "18 位" in desk.problem("idNo")
    assert "还差：证件号" in desk.words()
    time = desk.page._entry.form._lines["visitTime"]
    time.setFocus()
    time.selectAll()
    desk.keys("25:99")
    desk.primary()
    assert desk.problem("visitTime")
    assert desk.focus.objectName() == "idNo"
    desk.key(Qt.Key.Key_F8)
    assert desk.focus is time
    assert platform.requests() == ()


def test_the_patient_is_asked_before_anything_is_sent(
    desk: Reception, platform: HebeiPlatform
) -> None:
    desk.fill()
    desk.primary()
    assert "先问患者，同意了再打勾" in desk.words()
    assert desk.focus is desk.page._entry.consent
    assert platform.requests() == ()


def test_a_doubtful_check_digit_wants_a_second_look(desk: Reception) -> None:
    wrong = CARD[:17] + ("1" if CARD[17] != "1" else "2")
    desk.fill(card=wrong)
    desk.consent()
    desk.primary()
    assert "第 18 位不对" in desk.words()
    assert desk.state is None
    assert desk.focus is desk.page._entry.box.button
    desk.enter()
    desk.wait(lambda: desk.state is not None)


def test_tab_reaches_every_control(desk: Reception) -> None:
    desk.wait(lambda: desk.page._today._model.is_open)
    assert desk.controls() - desk.tab_round() == set()


def test_while_the_platform_is_away_it_waits(desk: Reception, platform: HebeiPlatform) -> None:
    platform.stop()
    desk.fill()
    desk.consent()
    desk.primary()
    desk.wait(lambda: desk.state is AuthorizationState.WAITING)
    assert "已记下，等平台恢复" in desk.words()
    assert "不用操作" in desk.words()
    assert desk.page.header.primary.text() == "下一位"


def test_without_an_answer_the_row_offers_to_send_once_more(
    desk: Reception, workplace: Workplace, platform: HebeiPlatform
) -> None:
    platform.faults.add(parse_fault("saveAuthUser:html_200:1"))
    kept = workplace.authorization.submit(visit()).authorization
    assert kept is not None
    desk.page.show_rows("waiting")
    desk.wait(lambda: desk.page._list.view.currentIndex().isValid())
    desk.enter()
    drawer = desk.page._drawer
    desk.wait(drawer.isVisible)
    assert "不知道平台收到没有" in desk.words(drawer)
    assert drawer._badge.accessibleName() == "没有应答"
    assert drawer._box.button.text() == "再发一次"
    drawer._box.button.setFocus()
    desk.enter()
    authorized = AuthorizationState.AUTHORIZED
    desk.wait(lambda: workplace.authorization.get(kept.id).state is authorized)


def test_after_entering_without_an_answer_it_is_sent_once_more(
    desk: Reception, platform: HebeiPlatform
) -> None:
    platform.faults.add(parse_fault("saveAuthUser:html_200:1"))
    desk.fill()
    desk.consent()
    desk.primary()
    desk.wait(lambda: desk.state is AuthorizationState.WAITING)
    assert "不知道平台收到没有" in desk.words()
    desk.page._entry.box.button.setFocus()
    desk.enter()
    desk.wait(lambda: desk.state is AuthorizationState.AUTHORIZED)


def test_a_second_authorization_of_one_visit_is_recognised(
    desk: Reception, workplace: Workplace, platform: HebeiPlatform
) -> None:
    workplace.authorization.submit(visit("MZ-9"))
    sent = len(platform.requests())
    desk.fill("MZ-9")
    desk.wait(lambda: "登记过：已授权" in desk.words())
    desk.consent()
    desk.primary()
    desk.wait(lambda: desk.problem("visitNo") == "这次就诊登记过了")
    assert len(platform.requests()) == sent


def test_a_withdrawal_is_asked_for_and_recorded(
    desk: Reception, workplace: Workplace, journal: Journal, platform: HebeiPlatform
) -> None:
    platform.stop()
    kept = workplace.authorization.submit(visit()).authorization
    assert kept is not None
    desk.page.show_rows("waiting")
    desk.wait(lambda: desk.page._list.view.currentIndex().isValid())
    desk.enter()
    desk.wait(desk.page._drawer.isVisible)
    desk.page._drawer._withdraw.setFocus()
    desk.enter()
    desk.wait(lambda: desk.page._acts.withdraw_dialog is not None)
    dialog = desk.page._acts.withdraw_dialog
    assert dialog is not None
    desk.wait(lambda: desk.focus is dialog._keep)
    dialog._reason.setFocus()
    desk.keys("患者改变主意")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Space)
    desk.wait(lambda: workplace.authorization.get(kept.id).state is AuthorizationState.WITHDRAWN)
    assert workplace.authorization.get(kept.id).reason == "患者改变主意"
    desk.wait(lambda: "没有发出去过" in desk.words(desk.page._drawer))


def test_a_known_patient_is_filled_in_with_one_key(
    desk: Reception, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.authorization.submit(visit("MZ-1"))
    desk.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.keys("oylj")
    desk.wait(lambda: [one.isVisible() for one in desk.page._known._lines] == [True])
    assert NAME not in desk.page._known._lines[0].text()
    desk.key(Qt.Key.Key_Down)
    desk.enter()
    assert desk.form["idNo"] == CARD
    assert desk.form["visitNo"] == ""
    assert desk.focus.objectName() == "visitNo"
    assert "来自登记过" in desk.words()


def test_names_are_masked_until_somebody_asks(desk: Reception, workplace: Workplace) -> None:
    desk.fill()
    name = desk.page._entry.form._lines["patientName"]
    assert isinstance(name, MaskedField)
    assert name.text() == "欧阳**"
    name._eye.click()
    assert name.text() == NAME
    looks = AuditFilter(actions=("identity_revealed",))
    desk.wait(lambda: workplace.audit.count(looks) == 1)
    assert NAME not in str(workplace.audit.page(looks))


def test_the_slip_is_kept_without_a_name_in_its_own(
    desk: Reception, workplace: Workplace, journal: Journal, tmp_path: Path
) -> None:
    desk.fill()
    desk.consent()
    desk.primary()
    desk.wait(lambda: desk.state is AuthorizationState.AUTHORIZED)
    desk.page._entry.box.button.setFocus()
    desk.enter()
    desk.wait(lambda: desk.page._acts.slip_dialog is not None)
    dialog = desk.page._acts.slip_dialog
    assert dialog is not None
    assert NAME not in str(dialog._slip)
    assert dict(dialog._slip.paper)["姓名"] == NAME
    dialog.keep_as(str(tmp_path / "slip.pdf"))
    desk.wait(lambda: any("slip.pdf" in one.text for one in journal.toasts))
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF-")
    looks = AuditFilter(actions=("identity_revealed",))
    desk.wait(lambda: workplace.audit.count(looks) == 1)


def test_a_hospital_that_is_not_set_up_learns_what_is_missing(
    workplace: Workplace, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    context.services.save_settings({"hebei.org_code": ""}, {})
    workplace.secrets.set(SM4_KEY, "")
    page = AuthorizationPage(context)
    desk = Desk(page, qtbot)
    desk.wait(lambda: "河北平台还没有设置好" in desk.words())
    assert "还缺：机构编码、SM4 密钥" in desk.words()
    assert page.header.primary.toolTip() == "河北平台还没有设置好"
    page._unready._empty.action_requested.emit()
    assert journal.pages == [("settings", "hebei.org_code")]

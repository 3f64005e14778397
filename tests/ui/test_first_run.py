"""The first-run steps tick themselves off by facts of real services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from hbgz_desktop.model.instance import PeerAssociation
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.ui.pages.welcome_steps import FirstRunSteps
from hbgz_desktop.ui.widgets.button import Button
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

CODE = "H52010000001"


@pytest.fixture
def steps(context: PageContext, qtbot: QtBot) -> FirstRunSteps:
    """The steps on a fresh data folder, as soon as they know where things stand."""
    steps = FirstRunSteps(context)
    with qtbot.waitSignal(steps.progressed):
        shown(qtbot, steps).resize(1200, 700)
    return steps


def words(widget: QWidget) -> str:
    """Every word that shows in it."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget) and one.text())


def press(widget: QWidget, text: str, qtbot: QtBot) -> None:
    """Press the button with these words."""
    button = next(b for b in widget.findChildren(Button) if b.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def badges(steps: FirstRunSteps) -> list[str]:
    """The three badges."""
    return [one.word for one in (steps._hospital, steps._receiver, steps._platform)]


def test_nothing_is_ticked_before_it_is_true(steps: FirstRunSteps) -> None:
    assert badges(steps) == ["还没做", "还没做", "还没做"]
    assert "HBGZ" in words(steps._receiver)
    assert "接收没有运行" in words(steps._receiver)
    assert not steps._rehearsal.isVisible()


def test_the_hospital_ticks_itself_off_when_saved(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    step = steps._hospital
    QTest.keyClicks(step._code, "H5201")
    assert step._fields["guizhou.msgid_prefix"].isVisible()
    QTest.keyClicks(step._region, "5201")
    press(step, "保存编号", qtbot)
    qtbot.waitUntil(lambda: "填 6 位数字" in words(step))
    assert not workplace.settings_file.path.exists()
    step._region.clear()
    QTest.keyClicks(step._region, "520100")
    press(step, "保存编号", qtbot)
    qtbot.waitUntil(lambda: "填 12 位字母或数字" in words(step))
    assert "这一项要填" in words(step)
    assert badges(steps)[0] == "还没做"
    step._name.setFocus()
    step._name.setText("示例人民医院")
    step._name.setModified(True)
    QTest.keyClicks(step._prefix, CODE)
    step._level.set_key("02")
    step._level.activated.emit(step._level.currentIndex())
    press(step, "保存编号", qtbot)
    qtbot.waitUntil(lambda: badges(steps)[0] == "好了")
    settings = workplace.settings_file.load()
    assert settings.hospital.name == "示例人民医院"
    assert (settings.guizhou.msgid_prefix, settings.guizhou.hosp_lv) == (CODE, "02")


def test_a_twelve_long_code_needs_no_prefix(steps: FirstRunSteps, qtbot: QtBot) -> None:
    QTest.keyClicks(steps._hospital._code, CODE)
    assert not steps._hospital._fields["guizhou.msgid_prefix"].isVisible()


def test_the_receiver_ticks_itself_off_when_a_device_comes(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.associations.open(PeerAssociation(1, "HBGZ", "HBGZ", "127.0.0.1", 104))
    workplace.associations.reject(
        PeerAssociation(2, "DX1", "WRONG", "10.0.0.8", 104), "reject_called_ae"
    )
    steps.refresh()
    qtbot.waitUntil(lambda: "有 1 次连接被拒绝" in words(steps._receiver))
    assert badges(steps)[1] == "还没做"
    workplace.associations.open(PeerAssociation(3, "CT1", "HBGZ", "10.0.0.7", 104))
    qtbot.waitUntil(lambda: badges(steps)[1] == "好了")
    assert "CT1 在" in words(steps._receiver)


def test_the_engine_is_listening(steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot) -> None:
    workplace.engine_state.write(receiver_state="listening", dicom_port=11119)
    qtbot.waitUntil(lambda: badges(steps)[1] == "正在听")
    assert "正在听。还没有设备连过来。" in words(steps._receiver)
    assert "11119" in words(steps._receiver)


def test_the_platform_ticks_itself_off_when_it_answers(
    steps: FirstRunSteps, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    step = steps._platform
    QTest.keyClicks(step._url, "10.0.0.1")
    press(step, "保存并测试", qtbot)
    qtbot.waitUntil(lambda: "以 http:// 或 https:// 开头" in words(step))
    with GuizhouPlatform(tmp_path / "p", institution_code=CODE, key="geheim") as platform:
        step._url.clear()
        QTest.keyClicks(step._url, platform.base_url)
        QTest.keyClicks(step._key._line, "geheim")
        press(step, "保存并测试", qtbot)
        qtbot.waitUntil(lambda: "地址能连通（不等于能上传）" in words(step), timeout=10_000)
    qtbot.waitUntil(lambda: badges(steps)[2] == "好了")
    assert workplace.secrets.get("guizhou.key") == "geheim"
    assert set(step._key._line.text()) == {"*"}


def test_an_address_that_does_not_answer_is_not_ticked(
    steps: FirstRunSteps, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    step = steps._platform
    QTest.keyClicks(step._url, "http://127.0.0.1:9/mie/api/mie")
    press(step, "保存并测试", qtbot)
    title = context.texts.of("platform_refused_connection").title
    qtbot.waitUntil(lambda: title in words(step), timeout=10_000)
    assert badges(steps)[2] == "还没做"


def test_all_done_is_told_once(steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot) -> None:
    workplace.settings_file.set_many(
        {
            "hospital.name": "示例医院",
            "guizhou.institution_code": CODE,
            "guizhou.base_url": "http://127.0.0.1:9/mie/api/mie",
        }
    )
    workplace.secrets.set("guizhou.key", "geheim")
    workplace.platform_states.answered("guizhou", 80.0, is_probe=True)
    with qtbot.waitSignal(steps.finished):
        workplace.associations.open(PeerAssociation(3, "CT1", "HBGZ", "10.0.0.7", 104))
    assert badges(steps) == ["好了", "好了", "好了"]
    with qtbot.assertNotEmitted(steps.finished), qtbot.waitSignal(steps.progressed):
        steps.refresh()


def test_what_is_being_typed_is_left_alone(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    QTest.keyClicks(steps._hospital._code, "H99")
    workplace.settings_file.set("guizhou.institution_code", CODE)
    with qtbot.waitSignal(steps.progressed):
        steps.refresh()
    assert steps._hospital._code.text() == "H99"


def test_they_lead_on_and_rehearse_without_a_real_platform(
    context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    begun: list[bool] = []
    steps = FirstRunSteps(context, lambda: begun.append(True))
    with qtbot.waitSignal(steps.progressed):
        shown(qtbot, steps).resize(1300, 800)
    assert "试用数据永远不会发给真平台" in words(steps)
    press(steps, "开始演练", qtbot)
    qtbot.waitUntil(lambda: begun == [True])
    press(steps, "改 AE 或端口", qtbot)
    assert journal.pages == [("settings", "dicom")]
    with qtbot.waitSignal(steps.closed):
        press(steps, "以后再说", qtbot)

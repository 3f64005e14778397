"""The first-run steps tick themselves off by facts of real services."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from hbgz_desktop.model.instance import PeerAssociation
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
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
ORG = "130100000001"
SM4 = "0123456789abcdeffedcba9876543210"


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


def choose(steps: FirstRunSteps, *platforms: str) -> None:
    """Choose the province these platforms belong to, as a person does in the list."""
    province = steps._hospital._province
    province.set_key(json.dumps(platforms))
    province.activated.emit(province.currentIndex())


def badges(steps: FirstRunSteps) -> list[str]:
    """The three badges."""
    return [one.word for one in (steps._hospital, steps._receiver, steps._platform)]


def test_nothing_is_ticked_before_it_is_true(steps: FirstRunSteps) -> None:
    assert badges(steps) == ["还没做", "还没做", "还没做"]
    assert "先在第 1 步选省份" in words(steps._platform)
    assert "编码" not in words(steps._hospital)
    assert "HBGZ" in words(steps._receiver)
    assert "接收没有运行" in words(steps._receiver)
    assert not steps._rehearsal.isVisible()


def test_an_engine_that_is_starting_is_not_called_dead(
    steps: FirstRunSteps, context: PageContext, qtbot: QtBot
) -> None:
    context.services.supervisor.expect_start()
    steps.refresh()
    qtbot.waitUntil(lambda: "正在启动" in words(steps._receiver))
    assert "接收没有运行" not in words(steps._receiver)


def test_the_hospital_ticks_itself_off_when_saved(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    step = steps._hospital
    press(step, "保存编号", qtbot)
    qtbot.waitUntil(lambda: "先选省份" in words(step))
    choose(steps, "guizhou")
    assert "先选省份" not in words(step)
    assert "HIS" not in words(step)
    QTest.keyClicks(step._code, "H5201")
    assert step._fields["guizhou.msgid_prefix"].isVisible()
    QTest.keyClicks(step._region, "5201")
    press(step, "保存编号", qtbot)
    qtbot.waitUntil(lambda: "填 6 位数字" in words(step))
    assert workplace.settings_file.load().platforms.enabled is None
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
    assert settings.platforms.enabled == ["guizhou"]


def test_a_twelve_long_code_needs_no_prefix(steps: FirstRunSteps, qtbot: QtBot) -> None:
    choose(steps, "guizhou")
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
    choose(steps, "guizhou")
    url, key = step._urls["guizhou"], step._keys["guizhou"]
    QTest.keyClicks(url, "10.0.0.1")
    press(step, "保存并测试", qtbot)
    qtbot.waitUntil(lambda: "以 http:// 或 https:// 开头" in words(step))
    with GuizhouPlatform(tmp_path / "p", institution_code=CODE, key="geheim") as platform:
        url.clear()
        QTest.keyClicks(url, platform.base_url)
        QTest.keyClicks(key._line, "geheim")
        press(step, "保存并测试", qtbot)
        qtbot.waitUntil(lambda: "地址能连通（不等于能上传）" in words(step), timeout=10_000)
    qtbot.waitUntil(lambda: badges(steps)[2] == "好了")
    assert workplace.secrets.get("guizhou.key") == "geheim"
    assert set(key._line.text()) == {"*"}
    assert workplace.settings_file.load().platforms.enabled == ["guizhou"]


def test_an_address_that_does_not_answer_is_not_ticked(
    steps: FirstRunSteps, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    step = steps._platform
    choose(steps, "guizhou")
    QTest.keyClicks(step._urls["guizhou"], "http://127.0.0.1:9/mie/api/mie")
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


def test_a_hospital_of_hebei_has_two_steps_of_its_own(
    steps: FirstRunSteps, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(steps, "hebei")
    assert not steps._receiver.isVisible()
    shown_words = words(steps)
    assert "两步做完" in shown_words
    assert not [one for one in ("医保", "上传", "infCode") if one in shown_words]
    hospital, platform = steps._hospital, steps._platform
    hospital._name.setText("示例医院")
    QTest.keyClicks(hospital._org, ORG)
    press(hospital, "保存编号", qtbot)
    qtbot.waitUntil(lambda: words(hospital).count("这一项要填") == 2)
    QTest.keyClicks(hospital._dept, "D01")
    QTest.keyClicks(hospital._user, "U01")
    press(hospital, "保存编号", qtbot)
    qtbot.waitUntil(lambda: badges(steps)[0] == "好了")
    assert workplace.settings_file.load().enabled_platforms() == ("hebei",)
    QTest.keyClicks(platform._keys["hebei"]._line, "kurz")
    press(platform, "保存并测试", qtbot)
    qtbot.waitUntil(lambda: "填 32 位十六进制数字或 16 个英文字符" in words(platform))
    with HebeiPlatform(tmp_path / "h", access=HebeiAccess((ORG,), SM4)) as sandbox:
        QTest.keyClicks(platform._urls["hebei"], sandbox.base_url)
        platform._keys["hebei"]._line.setText(SM4)
        with qtbot.waitSignal(steps.finished, timeout=10_000):
            press(platform, "保存并测试", qtbot)
    assert "地址能连通（不等于令牌可用）" in words(platform)
    assert workplace.secrets.get("hebei.sm4_key") == SM4


def test_both_provinces_ask_for_both_and_need_both(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    choose(steps, "guizhou", "hebei")
    assert steps._receiver.isVisible()
    assert {"交易机构编号", "机构编码"} <= set(words(steps._hospital).split("\n"))
    assert {"贵州影像云", "河北互认共享"} <= set(words(steps._platform).split("\n"))
    workplace.settings_file.set_many(
        {
            "hospital.name": "示例医院",
            "platforms.enabled": ["guizhou", "hebei"],
            "guizhou.institution_code": CODE,
            "guizhou.base_url": "http://127.0.0.1:9/mie/api/mie",
            "hebei.base_url": "http://127.0.0.1:9",
            "hebei.org_code": ORG,
            "hebei.his_dept_code": "D01",
        }
    )
    workplace.secrets.set("guizhou.key", "geheim")
    workplace.secrets.set("hebei.sm4_key", SM4)
    workplace.platform_states.answered("guizhou", 80.0, is_probe=True)
    with qtbot.waitSignal(steps.progressed):
        steps.refresh()
    assert badges(steps)[::2] == ["还没做", "还没做"]
    workplace.settings_file.set("hebei.his_user_code", "U01")
    workplace.platform_states.answered("hebei", 80.0, is_probe=True)
    steps.refresh()
    qtbot.waitUntil(lambda: badges(steps)[::2] == ["好了", "好了"])


def test_what_is_being_typed_is_left_alone(
    steps: FirstRunSteps, workplace: Workplace, qtbot: QtBot
) -> None:
    choose(steps, "guizhou")
    QTest.keyClicks(steps._hospital._code, "H99")
    workplace.settings_file.set("guizhou.institution_code", CODE)
    with qtbot.waitSignal(steps.progressed):
        steps.refresh()
    assert steps._hospital._code.text() == "H99"
    workplace.settings_file.set("platforms.enabled", ["hebei"])
    with qtbot.waitSignal(steps.progressed):
        steps.refresh()
    assert steps._hospital.platforms == ("guizhou",)


def test_they_lead_on_and_rehearse_without_a_real_platform(
    context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    begun: list[str] = []
    steps = FirstRunSteps(replace(context, rehearse=begun.append))
    with qtbot.waitSignal(steps.progressed):
        shown(qtbot, steps).resize(1300, 800)
    assert "试用数据永远不会发给真平台" in words(steps)
    press(steps, "开始演练", qtbot)
    qtbot.waitUntil(lambda: begun == ["guizhou"])
    choose(steps, "hebei")
    press(steps, "开始演练", qtbot)
    qtbot.waitUntil(lambda: begun == ["guizhou", "hebei"])
    choose(steps, "guizhou")
    press(steps, "改 AE 或端口", qtbot)
    assert journal.pages == [("settings", "dicom")]
    with qtbot.waitSignal(steps.closed):
        press(steps, "以后再说", qtbot)

"""设置 of a hospital of Hebei: the SM4 key has a form, and the address switches the platform on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.ui.widgets.secret_field import SecretField
from tests.ui.test_settings_page import form, open_page, type_in, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.pages.settings_page import SettingsPage

__all__ = ["open_page"]


def test_the_key_of_hebei_is_checked_before_it_is_sealed(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, qtbot: QtBot
) -> None:
    page = open_page("hebei")
    field = form(page, "hebei").editor("hebei.sm4_key").widget
    assert isinstance(field, SecretField)
    type_in(page, "hebei.base_url", "http://10.13.6.20:8080")
    field._line.setText("geheim")
    field.changed.emit()
    page.header.press_primary()
    qtbot.waitUntil(lambda: "填 32 位十六进制数字或 16 个英文字符。" in words(form(page, "hebei")))
    assert not workplace.secrets.has("hebei.sm4_key")
    assert workplace.settings_file.load().hebei.base_url == ""
    field._line.setText("0123456789abcdeffedcba9876543210")
    field.changed.emit()
    page.header.press_primary()
    qtbot.waitUntil(lambda: page.header.subtitle() == "都已保存")
    assert workplace.secrets.has("hebei.sm4_key")
    assert workplace.settings_file.load().enabled_platforms() == ("hebei",)

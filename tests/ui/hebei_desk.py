"""The reception desk's pages over a simulated Hebei platform, used by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hbgz_desktop.model.identity_card import identity_check_digit
from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.model.visit import Visit
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.ui.page_keys import PageKeys
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page import Page

ORG = "130000000001"
KEY = "0123456789abcdeffedcba9876543210"
LIMIT_MS = 30_000
CARD = "13010219930101122" + identity_check_digit("13010219930101122")
NAME = "欧阳丽娟"


def platform_at(root: Path) -> HebeiPlatform:
    """A platform that knows one hospital; start it by ``with``."""
    return HebeiPlatform(root, access=HebeiAccess((ORG,), KEY), seed=3)


def set_up(work: Workplace, base_url: str) -> None:
    """Write the settings of a hospital in Hebei."""
    work.settings_file.set_many(
        {
            "platforms.enabled": ["hebei"],
            "hospital.name": "示例县人民医院",
            "hebei.base_url": base_url,
            "hebei.org_code": ORG,
            "hebei.his_dept_code": "D1",
            "hebei.his_user_code": "U1",
        }
    )
    work.secrets.set(SM4_KEY, KEY)


def visit(number: str = "MZ-1", card: str = CARD) -> Visit:
    """A visit of one patient with all six values."""
    return Visit(
        patient_id="P00318872",
        name=NAME,
        id_no=card,
        phone="13812342071",
        visit_no=number,
        visit_time="2026-11-20 14:05:00",
    )


class Desk:
    """A page in an active window, and keys."""

    def __init__(self, page: Page, qtbot: QtBot) -> None:
        self.page = page
        self.qtbot = qtbot
        self.window = shown(qtbot, page)
        self.window.resize(1224, 900)
        PageKeys(self.window, self._page)
        page.activate()

    def _page(self) -> Page:
        return self.page

    def wait(self, is_done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_done()), timeout=LIMIT_MS)

    @property
    def focus(self) -> QWidget:
        """Where the cursor is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def keys(self, text: str) -> None:
        """Type into what has the cursor; Chinese as an input method does."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
            return
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(self.focus, typed)

    def key(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press one key."""
        QTest.keyClick(self.focus, key, modifier)

    def enter(self) -> None:
        """Enter."""
        self.key(Qt.Key.Key_Return)

    def primary(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def next_patient(self) -> None:
        """Ctrl+N."""
        self.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    def words(self, widget: QWidget | None = None) -> str:
        """Every word of a label that shows."""
        of = widget or self.page
        return "\n".join(
            one.text() for one in of.findChildren(QLabel) if one.isVisible() and one.text()
        )

    def tab_round(self) -> set[QWidget]:
        """Every widget that Tab reaches from here until it is here again."""
        first, reached = self.focus, set[QWidget]()
        for _ in range(200):
            self.key(Qt.Key.Key_Tab)
            reached.add(self.focus)
            if self.focus is first:
                return reached
        raise AssertionError(f"Tab never came back from {self.focus.accessibleName()}")

    def controls(self) -> set[QWidget]:
        """Every control that shows, can be used and takes the focus by Tab."""
        return {
            one
            for one in self.page.findChildren(QWidget)
            if one.isVisible()
            and one.isEnabled()
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
        }

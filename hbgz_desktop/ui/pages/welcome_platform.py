"""The last step of the first run: where each platform is, and whether anything answers there."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.model.settings import PLATFORMS, SM4_KEY
from hbgz_desktop.ui.pages.settings_words import ENABLED_KEY
from hbgz_desktop.ui.pages.welcome_forms import GUIZHOU_URL, HEBEI_URL, FormStep
from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLineEdit

    from hbgz_desktop.services.console import TestResult
    from hbgz_desktop.services.first_run import FirstRun, PlatformReadiness
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.theme import Theme

_URLS = {"guizhou": GUIZHOU_URL, "hebei": HEBEI_URL}
_KEYS = {"guizhou": "guizhou.key", "hebei": SM4_KEY}


class PlatformPart(QWidget):
    """Address, key and what the last test proved, of one platform.

    Attributes:
        url: The address.
        key: The key; what is stored is never shown.
    """

    tested = Signal()

    def __init__(
        self, context: PageContext, platform: str, fields: tuple[FormField, FormField]
    ) -> None:
        """Put the fields of address and key below the platform's name."""
        super().__init__()
        self._context = context
        self._theme: Theme = context.theme
        self._platform = platform
        self._name = Label(platform_name(platform), "strong", self)
        self._icon = IconLabel(context.theme, "info", "running", 16, self)
        self._icon.hide()
        self._result = Label("", "caption2", self, wrap=True)
        line = row(self._icon, self._result)
        line.setStretch(1, 1)
        self.setLayout(column(self._name, *fields, line, gap=10))

    def set_named(self, *, is_named: bool) -> None:
        """Say whose fields these are, where there is more than one platform."""
        self._name.setVisible(is_named)

    def test(self) -> None:
        """Ask whether anything answers at the address."""
        ask = partial(self._context.services.test_platform, self._platform)
        self._context.tasks.run_task(ask, self._on_tested, self._on_failed)

    def _on_tested(self, result: TestResult) -> None:
        if result.is_ok:
            words = {
                "guizhou": self.tr("地址能连通（不等于能上传），{ms} ms"),
                "hebei": self.tr("地址能连通（不等于令牌可用），{ms} ms"),
            }[self._platform].format(ms=f"{result.elapsed_ms:.0f}")
        else:
            text = self._context.texts.of(result.code)
            words = self._theme.join(text.title, text.next_step)
        self._icon.set_icon(*tone_icon(Tone.OK if result.is_ok else Tone.BAD))
        self._icon.show()
        self._result.set_role("ok" if result.is_ok else "error")
        self._result.setText(words)
        self.tested.emit()

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)
        self.tested.emit()


class PlatformStep(FormStep):
    """平台地址和密钥; saving tests at once, and says only what that proved."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, 3, parent)
        self.set_title(self.tr("平台地址和密钥"))
        self._platforms: tuple[str, ...] = ()
        self._testing = 0
        words = self.tr(
            "填平台给的地址和密钥，点“保存并测试”。测试只问平台在不在，不会发送任何患者数据。"
        )
        self.body.addWidget(Label(words, "body2", self, wrap=True))
        self._unchosen = Label(self.tr("先在第 1 步选省份。"), "body2", self, wrap=True)
        self.body.addWidget(self._unchosen)
        self._urls = {
            "guizhou": self._address(
                GUIZHOU_URL,
                self.tr("医保前置机的地址，写到 /mie/api/mie 为止"),
                "http://10.52.8.16:8085/mie/api/mie",
            ),
            "hebei": self._address(
                HEBEI_URL, self.tr("互认系统的地址，只写到端口为止"), "http://10.13.6.20:8080"
            ),
        }
        self._keys = {
            "guizhou": self._secret("guizhou.key", self.tr("密钥")),
            "hebei": self._secret(SM4_KEY, self.tr("SM4 密钥")),
        }
        self._parts = {one: self._part(one) for one in PLATFORMS}
        self._button.setText(self.tr("保存并测试"))
        self._button.clicked.connect(self.save)
        self.body.addLayout(row(self._button, STRETCH))
        self.body.addStretch(1)
        self._later = Label("", "caption2", self, wrap=True)
        self.body.addWidget(self._later)
        self.set_platforms((), takes_images=True)

    def _address(self, key: str, meaning: str, example: str) -> QLineEdit:
        line = self._line(key, self.tr("平台地址"), meaning, is_required=True)
        line.setProperty("mono", True)  # noqa: FBT003  # Qt's own signature
        line.setPlaceholderText(example)
        return line

    def _secret(self, key: str, label: str) -> SecretField:
        secret = SecretField(self._theme, self)
        self._fields[key] = FormField(self._theme, label, secret, is_required=True, parent=self)
        self._fields[key].set_origin(self.tr("封好存在本机，不写进配置文件，也不再显示"))
        return secret

    def _part(self, platform: str) -> PlatformPart:
        fields = self._fields[_URLS[platform]], self._fields[_KEYS[platform]]
        part = PlatformPart(self._context, platform, fields)
        part.tested.connect(self._on_part_tested)
        self.body.addWidget(part)
        return part

    def set_platforms(self, platforms: Sequence[str], *, takes_images: bool) -> None:
        """Show the fields of these platforms only.

        Args:
            platforms: Of the province that was chosen.
            takes_images: Images are received all the same while an address is missing.
        """
        self._platforms = tuple(platforms)
        for name, part in self._parts.items():
            part.setVisible(name in platforms)
            part.set_named(is_named=len(platforms) > 1)
        self._unchosen.setVisible(not platforms)
        self._button.setVisible(bool(platforms))
        self._later.setText(
            self.tr("现在不填也行：图像先收着，连上后自动补传。")
            if takes_images
            else self.tr("填好以后，左边会有“患者授权”和“共享调阅”两页。")
        )

    def show_run(self, run: FirstRun) -> None:
        """Show what is in force; a key is never shown."""
        for one in run.readiness:
            self._show_readiness(one)

    def _show_readiness(self, one: PlatformReadiness) -> None:
        self._fill(self._urls[one.platform], one.base_url)
        key = self._keys[one.platform]
        if key.new_secret() is None:
            key.set_kept(is_kept=one.has_key)

    @override
    def texts(self) -> dict[str, str]:
        """Key → what is typed; the province as well, for it is what the fields follow."""
        texts = {_URLS[one]: self._urls[one].text().strip() for one in self._platforms}
        return {ENABLED_KEY: json.dumps(list(self._platforms)), **texts}

    @override
    def secrets(self) -> dict[str, str]:
        """The new keys, where one was typed."""
        typed = {_KEYS[one]: self._keys[one].new_secret() for one in self._platforms}
        return {key: secret for key, secret in typed.items() if secret}

    @override
    def _on_accepted(self) -> None:
        for one in self._platforms:
            if self._keys[one].new_secret():
                self._keys[one].set_kept(is_kept=True)
        self._demand(_URLS[one] for one in self._platforms)
        addressed = [one for one in self._platforms if self._urls[one].text().strip()]
        self._testing = len(addressed)
        if addressed:
            self._button.set_busy(self.tr("正在测试…"))
        for one in addressed:
            self._parts[one].test()
        again = self._context.services.setting_control.check_again
        self._context.tasks.run_task(again, self._on_checked_again)

    def _on_part_tested(self) -> None:
        self._testing -= 1
        if self._testing <= 0:
            self._button.clear_busy()
        self.saved.emit()

    def _on_checked_again(self, _released: int) -> None:
        """What waited for a platform is planned now; the queue shows it."""

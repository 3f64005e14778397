"""Steps one and three of the first run: who we are, and where the platform is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.first_run import needs_prefix
from hbgz_desktop.ui.pages.welcome_card import StepCard
from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from hbgz_desktop.model.errors import SettingsError
    from hbgz_desktop.services.console import TestResult
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.page_context import PageContext

_NAME, _CODE = "hospital.name", "guizhou.institution_code"
_PREFIX, _REGION = "guizhou.msgid_prefix", "guizhou.exam_admdvs"
_LEVEL, _URL = "guizhou.hosp_lv", "guizhou.base_url"
_KEY = "guizhou.key"


class FormStep(StepCard):
    """A step that writes settings; what is typed stays until it is saved.

    Signals:
        saved: They are written.
    """

    saved = Signal()

    def __init__(self, context: PageContext, number: int, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, number, parent=parent)
        self._context = context
        self._fields: dict[str, FormField] = {}
        self._button = Button(context.theme, "", parent=self)

    def _line(self, key: str, label: str, meaning: str, *, is_required: bool = False) -> QLineEdit:
        """A field with its label; ``meaning`` stands below it."""
        line = QLineEdit(self)
        field = FormField(self._theme, label, line, is_required=is_required, parent=self)
        field.set_origin(meaning)
        self._fields[key] = field
        line.returnPressed.connect(self.save)
        return line

    @staticmethod
    def _fill(line: QLineEdit, text: str) -> None:
        """Show what is in force, unless somebody has typed something else."""
        if not line.isModified() and line.text() != text:
            line.setText(text)
            line.setModified(False)
            line.setCursorPosition(0)

    def texts(self) -> dict[str, str]:
        """Key → what is typed."""
        raise NotImplementedError

    def secrets(self) -> dict[str, str]:
        """Key → new secret."""
        return {}

    def save(self) -> None:
        """Check and write; problems stand below their fields."""
        services = self._context.services
        self._button.set_busy(self.tr("正在保存…"))
        write = partial(
            services.setting_control.save_texts, self.texts(), self.secrets(), services.actor
        )
        self._context.tasks.run_task(write, self._on_written, self._on_failed)

    def _on_written(self, problems: dict[str, SettingsError]) -> None:
        self._button.clear_busy()
        for key, field in self._fields.items():
            field.set_problem(self._takes(key) if key in problems else "")
        if not problems:
            for field in self._fields.values():
                if isinstance(field.editor, QLineEdit):
                    field.editor.setModified(False)
            self._on_accepted()
            self.saved.emit()

    def _on_accepted(self) -> None:
        """The settings are written."""

    def _takes(self, key: str) -> str:
        return {
            _PREFIX: self.tr("填 12 位字母或数字。"),
            _REGION: self.tr("填 6 位数字，或者不填。"),
            _CODE: self.tr("最长 30 位。"),
            _URL: self.tr("以 http:// 或 https:// 开头，不带空格、? 和 #。"),
        }.get(key, self.tr("这个值不能用。"))

    def _on_failed(self, error: Exception) -> None:
        self._button.clear_busy()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self.tr("没有保存：{why}").format(why=text.title))


class HospitalStep(FormStep):
    """省份和机构编号; the prefix is asked for only when the code cannot number messages (G021)."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, 1, parent)
        self.set_title(self.tr("省份和机构编号"))
        self.body.addWidget(
            Label(self.tr("这一版接贵州医保影像云。编号填平台给的。"), "body2", self, wrap=True)
        )
        self._name = self._line(
            _NAME, self.tr("医院名称"), self.tr("显示在左上角，也写进记录"), is_required=True
        )
        self._code = self._line(
            _CODE, self.tr("交易机构编号"), self.tr("infCode，最长 30 位"), is_required=True
        )
        self._prefix = self._line(
            _PREFIX,
            self.tr("报文 ID 前缀"),
            self.tr("编号不是 12 位时，要填平台给的 12 位前缀"),
            is_required=True,
        )
        self._region = self._line(
            _REGION, self.tr("医保区划代码"), self.tr("6 位；记录里都有就不用填")
        )
        self._level = ComboBox(context.theme, self._levels(), self)
        self._fields[_LEVEL] = FormField(self._theme, self.tr("医院等级"), self._level, parent=self)
        self._fields[_LEVEL].set_origin(self.tr("记录里都有就不用填"))
        self._fields[_CODE].set_limit(30)
        self._code.textChanged.connect(self._show_prefix)
        for field in self._fields.values():
            self.body.addWidget(field)
        self._button.setText(self.tr("保存编号"))
        self._button.clicked.connect(self.save)
        self.body.addStretch(1)
        self.body.addLayout(row(self._button, STRETCH))
        self._is_level_touched = False
        self._level.activated.connect(self._on_level)
        self._show_prefix()

    def _levels(self) -> list[tuple[str, str]]:
        codes = self._context.services.work.mapping_control.codes("hosp_lv", "", 100)
        return [("", self.tr("不填"))] + [(code.code, code.name) for code in codes]

    def _on_level(self) -> None:
        self._is_level_touched = True

    def _show_prefix(self) -> None:
        code = self._code.text().strip()
        is_asked = bool(self._prefix.text()) or needs_prefix(code, "")
        self._fields[_PREFIX].setVisible(is_asked)

    def show_run(self, run: FirstRun) -> None:
        """Show what is in force."""
        own = run.settings.guizhou
        self._fill(self._name, run.settings.hospital.name)
        self._fill(self._code, own.institution_code)
        self._fill(self._prefix, own.msgid_prefix)
        self._fill(self._region, own.exam_admdvs)
        if not self._is_level_touched:
            self._level.set_key(own.hosp_lv)
        self._show_prefix()

    @override
    def texts(self) -> dict[str, str]:
        """Key → what is typed."""
        return {
            _NAME: self._name.text().strip(),
            _CODE: self._code.text().strip(),
            _PREFIX: self._prefix.text().strip(),
            _REGION: self._region.text().strip(),
            _LEVEL: self._level.key(),
        }

    @override
    def _on_accepted(self) -> None:
        self._is_level_touched = False
        for key, line in ((_NAME, self._name), (_CODE, self._code)):
            self._fields[key].set_problem("" if line.text().strip() else self.tr("这一项要填"))
        if needs_prefix(self._code.text().strip(), self._prefix.text().strip()):
            self._fields[_PREFIX].set_problem(self._takes(_PREFIX))


class PlatformStep(FormStep):
    """平台地址和密钥; saving tests at once, and says only what that proved."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, 3, parent)
        self.set_title(self.tr("平台地址和密钥"))
        words = self.tr(
            "填医保局下发的地址和密钥，点“保存并测试”。测试只问平台在不在，不会发送任何患者数据。"
        )
        self.body.addWidget(Label(words, "body2", self, wrap=True))
        self._url = self._line(
            _URL,
            self.tr("平台地址"),
            self.tr("医保前置机的地址，写到 /mie/api/mie 为止"),
            is_required=True,
        )
        self._url.setProperty("mono", True)  # noqa: FBT003  # Qt's own signature
        self._url.setPlaceholderText("http://10.52.8.16:8085/mie/api/mie")
        self._key = SecretField(context.theme, self)
        self._fields[_KEY] = FormField(
            self._theme, self.tr("密钥"), self._key, is_required=True, parent=self
        )
        self._fields[_KEY].set_origin(self.tr("封好存在本机，不写进配置文件，也不再显示"))
        for field in self._fields.values():
            self.body.addWidget(field)
        self._icon = IconLabel(self._theme, "info", "running", 16, self)
        self._icon.hide()
        self._result = Label("", "caption2", self, wrap=True)
        self._button.setText(self.tr("保存并测试"))
        self._button.clicked.connect(self.save)
        later = self.tr("现在不填也行：图像先收着，连上后自动补传。")
        self.body.addLayout(row(self._button, STRETCH))
        line = row(self._icon, self._result)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addStretch(1)
        self.body.addWidget(Label(later, "caption2", self, wrap=True))

    def show_run(self, run: FirstRun) -> None:
        """Show what is in force; the key is never shown."""
        self._fill(self._url, run.settings.guizhou.base_url)
        if self._key.new_secret() is None:
            self._key.set_kept(is_kept=run.has_key)

    @override
    def texts(self) -> dict[str, str]:
        """Key → what is typed."""
        return {_URL: self._url.text().strip()}

    @override
    def secrets(self) -> dict[str, str]:
        """The new key, when one was typed."""
        secret = self._key.new_secret()
        return {_KEY: secret} if secret else {}

    @override
    def _on_accepted(self) -> None:
        if self._key.new_secret():
            self._key.set_kept(is_kept=True)
        if not self._url.text().strip():
            self._fields[_URL].set_problem(self.tr("这一项要填"))
            return
        self._button.set_busy(self.tr("正在测试…"))
        services = self._context.services
        test = partial(services.test_platform, "guizhou")
        self._context.tasks.run_task(test, self._on_tested, self._on_failed)
        again = services.setting_control.check_again
        self._context.tasks.run_task(again, self._on_checked_again)

    def _on_tested(self, result: TestResult) -> None:
        self._button.clear_busy()
        if result.is_ok:
            words = self.tr("地址能连通（不等于能上传），{ms} ms").format(
                ms=f"{result.elapsed_ms:.0f}"
            )
        else:
            text = self._context.texts.of(result.code)
            words = self._theme.join(text.title, text.next_step)
        self._icon.set_icon(*tone_icon(Tone.OK if result.is_ok else Tone.BAD))
        self._icon.show()
        self._result.set_role("ok" if result.is_ok else "error")
        self._result.setText(words)
        self.saved.emit()

    def _on_checked_again(self, _released: int) -> None:
        """What waited for a platform is planned now; the queue shows it."""

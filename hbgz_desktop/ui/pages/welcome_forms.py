"""Steps of the first run that write settings; here step one: which province, and who we are."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.settings import PLATFORMS, SM4_KEY
from hbgz_desktop.services.first_run import needs_prefix
from hbgz_desktop.ui.pages.settings_words import ENABLED_KEY
from hbgz_desktop.ui.pages.welcome_card import StepCard
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.model.errors import SettingsError
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.page_context import PageContext

_NAME, _CODE = "hospital.name", "guizhou.institution_code"
_PREFIX, _REGION = "guizhou.msgid_prefix", "guizhou.exam_admdvs"
_LEVEL = "guizhou.hosp_lv"
_ORG, _HIS_ORG = "hebei.org_code", "hebei.his_org_code"
_DEPT, _USER = "hebei.his_dept_code", "hebei.his_user_code"
GUIZHOU_URL, HEBEI_URL = "guizhou.base_url", "hebei.base_url"
_HEBEI_CODES = (_ORG, _DEPT, _USER, _HIS_ORG)
_NONE = "[]"


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

    def _demand(self, keys: Iterable[str]) -> None:
        """Say below each of these fields that is empty that it has to be filled in."""
        for key in keys:
            editor = self._fields[key].editor
            is_empty = isinstance(editor, QLineEdit) and not editor.text().strip()
            self._fields[key].set_problem(self.tr("这一项要填") if is_empty else "")

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
            GUIZHOU_URL: self.tr("以 http:// 或 https:// 开头，不带空格、? 和 #。"),
            HEBEI_URL: self.tr("只写 http:// 或 https://、主机和端口，后面不带路径。"),
            SM4_KEY: self.tr("填 32 位十六进制数字或 16 个英文字符。"),
        }.get(key, self.tr("最长 64 位。") if key in _HEBEI_CODES else self.tr("这个值不能用。"))

    def _on_failed(self, error: Exception) -> None:
        self._button.clear_busy()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self.tr("没有保存：{why}").format(why=text.title))


class HospitalStep(FormStep):
    """省份和机构编号; of each platform only what it asks for, and nothing of the other one.

    Guizhou's prefix is asked for only when the code cannot number messages (G021).

    Signals:
        platforms_chosen: (platforms) Another province was chosen; not saved yet.
    """

    platforms_chosen = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, 1, parent)
        self.set_title(self.tr("省份和机构编号"))
        words = self.tr("选医院所在的省份，填平台给的编号。别省的设置和页面不会出现。")
        self.body.addWidget(Label(words, "body2", self, wrap=True))
        self._province = ComboBox(context.theme, self._provinces(), self)
        self._fields[ENABLED_KEY] = FormField(
            self._theme, self.tr("省份"), self._province, is_required=True, parent=self
        )
        self._name = self._line(
            _NAME, self.tr("医院名称"), self.tr("显示在左上角，也写进记录"), is_required=True
        )
        self._add_guizhou()
        self._add_hebei()
        for field in self._fields.values():
            self.body.addWidget(field)
        self._button.setText(self.tr("保存编号"))
        self._button.clicked.connect(self.save)
        self.body.addStretch(1)
        self.body.addLayout(row(self._button, STRETCH))
        self._is_level_touched = self._is_province_touched = False
        self._level.activated.connect(self._on_level)
        self._province.activated.connect(self._on_province)
        self._show_fields()

    def _provinces(self) -> list[tuple[str, str]]:
        return [
            (_NONE, self.tr("请选择")),
            (json.dumps(["guizhou"]), self.tr("贵州（医保影像云）")),
            (json.dumps(["hebei"]), self.tr("河北（互认共享）")),
            (json.dumps(list(PLATFORMS)), self.tr("两个平台都接")),
        ]

    def _add_guizhou(self) -> None:
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
        self._level = ComboBox(self._theme, self._levels(), self)
        self._fields[_LEVEL] = FormField(self._theme, self.tr("医院等级"), self._level, parent=self)
        self._fields[_LEVEL].set_origin(self.tr("记录里都有就不用填"))
        self._fields[_CODE].set_limit(30)
        self._code.textChanged.connect(self._show_fields)

    def _levels(self) -> list[tuple[str, str]]:
        codes = self._context.services.work.mapping_control.codes("hosp_lv", "", 100)
        return [("", self.tr("不填"))] + [(code.code, code.name) for code in codes]

    def _add_hebei(self) -> None:
        self._org = self._line(
            _ORG, self.tr("机构编码"), self.tr("orgCode，平台给本院的"), is_required=True
        )
        default = self.tr("没有说明是谁时用它，在 HIS 里查")
        self._dept = self._line(_DEPT, self.tr("默认 HIS 科室编码"), default, is_required=True)
        self._user = self._line(_USER, self.tr("默认 HIS 医生编码"), default, is_required=True)
        self._his_org = self._line(
            _HIS_ORG, self.tr("HIS 机构编码"), self.tr("hisOrgCode，平台没有要求就不填")
        )

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms of the chosen province, saved or not; none while nothing is chosen."""
        return tuple(json.loads(self._province.key() or _NONE))

    def _on_level(self) -> None:
        self._is_level_touched = True

    def _on_province(self) -> None:
        self._is_province_touched = True
        self._fields[ENABLED_KEY].set_problem("")
        self._show_fields()
        self.platforms_chosen.emit(self.platforms)

    def _show_fields(self) -> None:
        platforms = self.platforms
        for key, field in self._fields.items():
            owner = key.partition(".")[0]
            field.setVisible(owner not in PLATFORMS or owner in platforms)
        code = self._code.text().strip()
        is_asked = bool(self._prefix.text()) or needs_prefix(code, "")
        self._fields[_PREFIX].setVisible(is_asked and "guizhou" in platforms)

    def show_run(self, run: FirstRun) -> None:
        """Show what is in force."""
        guizhou, hebei = run.settings.guizhou, run.settings.hebei
        self._fill(self._name, run.settings.hospital.name)
        self._fill(self._code, guizhou.institution_code)
        self._fill(self._prefix, guizhou.msgid_prefix)
        self._fill(self._region, guizhou.exam_admdvs)
        self._fill(self._org, hebei.org_code)
        self._fill(self._dept, hebei.his_dept_code)
        self._fill(self._user, hebei.his_user_code)
        self._fill(self._his_org, hebei.his_org_code)
        if not self._is_level_touched:
            self._level.set_key(guizhou.hosp_lv)
        if not self._is_province_touched:
            self._province.set_key(json.dumps([one.platform for one in run.platforms]))
        self._show_fields()

    @override
    def texts(self) -> dict[str, str]:
        """Key → what is typed; of a platform that is not chosen nothing is written."""
        texts = {_NAME: self._name.text().strip()}
        platforms = self.platforms
        if platforms:
            texts[ENABLED_KEY] = self._province.key()
        if "guizhou" in platforms:
            texts |= {
                _CODE: self._code.text().strip(),
                _PREFIX: self._prefix.text().strip(),
                _REGION: self._region.text().strip(),
                _LEVEL: self._level.key(),
            }
        if "hebei" in platforms:
            texts |= {
                _ORG: self._org.text().strip(),
                _DEPT: self._dept.text().strip(),
                _USER: self._user.text().strip(),
                _HIS_ORG: self._his_org.text().strip(),
            }
        return texts

    @override
    def _on_accepted(self) -> None:
        self._is_level_touched = self._is_province_touched = False
        shown = self.texts().keys()
        self._demand(key for key in (_NAME, _CODE, _ORG, _DEPT, _USER) if key in shown)
        if not self.platforms:
            self._fields[ENABLED_KEY].set_problem(self.tr("先选省份"))
        if _PREFIX in shown and needs_prefix(
            self._code.text().strip(), self._prefix.text().strip()
        ):
            self._fields[_PREFIX].set_problem(self._takes(_PREFIX))

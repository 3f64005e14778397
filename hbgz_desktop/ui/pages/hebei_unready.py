"""What stands in the place of Hebei's desk pages while its settings are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.phrases import listed, sentences
from hbgz_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext


class HebeiUnready(QWidget):
    """Names the settings that are missing and leads to the first of them.

    Signals:
        looked: (is_ready) It is known whether the desk can work.
    """

    looked = Signal(bool)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``look`` reads the settings."""
        super().__init__(parent)
        self._context = context
        self._missing: tuple[str, ...] = ()
        self._empty = EmptyState(context.theme, "settings", parent=self)
        self._empty.action_requested.connect(self._on_action)
        layout = QVBoxLayout(self)
        layout.addWidget(self._empty)

    def look(self) -> None:
        """Find out again what is missing."""
        services = self._context.services

        def ask() -> tuple[str, ...]:
            return missing_settings(services)

        self._context.tasks.run_task(ask, self._on_missing, self._on_failed)

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the settings that are missing, as of the last look."""
        return self._missing

    def _on_missing(self, missing: tuple[str, ...]) -> None:
        self._missing = missing
        names = {
            "hebei.base_url": self.tr("互认平台地址"),
            "hebei.org_code": self.tr("机构编码"),
            "hebei.his_dept_code": self.tr("默认 HIS 科室编码"),
            "hebei.his_user_code": self.tr("默认 HIS 医生编码"),
            SM4_KEY: self.tr("SM4 密钥"),
        }
        lacking = self.tr("还缺：{names}").format(names=listed(names[one] for one in missing))
        who = self.tr("请信息科填好，填完这里就能用。")
        self._empty.set_content(
            "settings",
            self.tr("河北平台还没有设置好"),
            sentences(lacking, who),
            self.tr("去填{name}").format(name=names[missing[0]]) if missing else "",
        )
        self.looked.emit(not missing)

    def _on_action(self) -> None:
        self._context.open_page("settings", self._missing[0])

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def missing_settings(services: ConsoleServices) -> tuple[str, ...]:
    """Keys without which no call to Hebei's platform can be made; blocks."""
    codes = {
        "orgCode": "hebei.org_code",
        "hisDeptCode": "hebei.his_dept_code",
        "hisUserCode": "hebei.his_user_code",
    }
    facts = {fact.key: fact.value for fact in services.settings()}
    missing = [] if facts["hebei.base_url"] else ["hebei.base_url"]
    missing += [codes[name] for name in services.authorization.user().missing()]
    needs_key = any(facts[f"hebei.encrypt_{name}"] for name in _ENCRYPTED)
    return tuple(missing + ([SM4_KEY] if needs_key and not facts[SM4_KEY] else []))


_ENCRYPTED = ("name", "id_no", "phone", "visit_no")

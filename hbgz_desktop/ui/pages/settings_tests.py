"""The test buttons of 设置: each says what it proved, when, and nothing more (DESIGN 10)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.upload_rules import SkipReason
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.settings_form import (
    HEBEI_TEST,
    PLATFORM_TEST,
    PUSH_TEST,
    RECEIVER_TEST,
    SCOPE_TEST,
)
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import Tone

if TYPE_CHECKING:
    from hbgz_desktop.services.console import TestResult
    from hbgz_desktop.services.upload_scope import ScopePreview
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.settings_drafts import SettingsDrafts

_OF_RECEIVER = ("dicom.ae_title", "dicom.port", "dicom.bind_address")
_OF_PLATFORM = ("guizhou.base_url", "guizhou.verify_tls", "guizhou.connect_timeout_s")
_OF_HEBEI = ("hebei.base_url", "hebei.verify_tls", "hebei.connect_timeout_s")
_OF_PUSH = (
    "dicom.ae_title",
    *(
        f"guizhou.dicom_{name}"
        for name in (
            *("host", "port", "called_ae", "calling_ae", "timeout_s", "tls", "tls_verify"),
            *("tls_ca_file", "tls_certificate_file", "tls_key_file"),
        )
    ),
)
_RELATED = {
    RECEIVER_TEST: _OF_RECEIVER,
    PLATFORM_TEST: _OF_PLATFORM,
    HEBEI_TEST: _OF_HEBEI,
    PUSH_TEST: _OF_PUSH,
}


class SettingsTests(QObject):
    """Runs a row's test and brings the result beside its button.

    Signals:
        ended: A test ended; what is known may be more now.
    """

    ended = Signal()

    def __init__(self, context: PageContext, drafts: SettingsDrafts, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts = drafts
        drafts.test_requested.connect(self._on_requested)

    def _on_requested(self, key: str) -> None:
        if key == SCOPE_TEST:
            self._preview_scope()
            return
        if set(_RELATED[key]) & self._drafts.changes().keys():
            self._show(key, Tone.WARM, self.tr("先保存这里的改动，再测试"))
            return
        form = self._drafts.form(self._drafts.section_of(key))
        if form is None:
            return
        form.set_testing(key)
        services = self._context.services
        if key == RECEIVER_TEST:
            self._context.tasks.run_task(services.test_receiver, self._on_receiver, self._on_failed)
        elif key == PUSH_TEST:
            test_push = services.test_image_receiver
            self._context.tasks.run_task(test_push, self._on_push, self._on_failed)
        elif key == HEBEI_TEST:
            test = partial(services.test_platform, "hebei")
            self._context.tasks.run_task(test, self._on_hebei, self._on_failed)
        else:
            test = partial(services.test_platform, "guizhou")
            self._context.tasks.run_task(test, self._on_platform, self._on_failed)

    def _preview_scope(self) -> None:
        """The rules as they are typed, saved or not: it changes nothing."""
        form = self._drafts.form(self._drafts.section_of(SCOPE_TEST))
        if form is not None:
            form.set_testing(SCOPE_TEST)
            ask = partial(
                self._context.services.setting_control.scope_preview, self._drafts.changes()
            )
            self._context.tasks.run_task(ask, self._on_scope, self._on_scope_failed)

    def _on_scope(self, preview: ScopePreview) -> None:
        if not preview.total:
            words = self.tr("最近 {days} 天没有检查，没有可算的").format(days=preview.days)
        elif not preview.skipped:
            words = self.tr("按这些规则，最近 {days} 天的 {n} 份都要传").format(
                days=preview.days, n=f"{preview.total:,}"
            )
        else:
            names = {
                SkipReason.ULTRASOUND: self.tr("超声 {n}"),
                SkipReason.MODALITY: self.tr("设备类型 {n}"),
                SkipReason.DEPARTMENT: self.tr("科室 {n}"),
                SkipReason.SOURCE: self.tr("来源 {n}"),
            }
            parts = listed(names[one].format(n=f"{n:,}") for one, n in preview.skipped.items())
            words = self.tr("按这些规则，最近 {days} 天的 {n} 份里有 {m} 份不传：{parts}").format(
                days=preview.days,
                n=f"{preview.total:,}",
                m=f"{preview.skipped_total:,}",
                parts=parts,
            )
        self._show(SCOPE_TEST, Tone.COOL, words)

    def _on_scope_failed(self, error: Exception) -> None:
        is_known = isinstance(error, HbgzError)
        words = self.tr("有一项填得不对，先改好再算") if is_known else self.tr("没有算成")
        self._show(SCOPE_TEST, Tone.BAD, words)
        if not is_known:
            self._context.notices.report_bug(error)

    def _on_receiver(self, result: TestResult) -> None:
        if result.is_ok:
            words = self.tr("本机应答 C-ECHO，{ms} ms · {at}")
            ms = f"{result.elapsed_ms:.0f}"
            self._show(RECEIVER_TEST, Tone.OK, words.format(ms=ms, at=_now()))
        else:
            self._show(RECEIVER_TEST, Tone.BAD, self._why(result.code))
        self.ended.emit()

    def _on_platform(self, result: TestResult) -> None:
        self._show_platform(
            PLATFORM_TEST, result, self.tr("地址能连通（不等于能上传），{ms} ms · {at}")
        )

    def _on_push(self, result: TestResult) -> None:
        words = self.tr("前置机应答 C-ECHO（不等于图像都收），{ms} ms · {at}")
        self._show_platform(PUSH_TEST, result, words)

    def _on_hebei(self, result: TestResult) -> None:
        self._show_platform(
            HEBEI_TEST, result, self.tr("地址能连通（不等于令牌可用），{ms} ms · {at}")
        )

    def _show_platform(self, key: str, result: TestResult, words: str) -> None:
        if result.is_ok:
            ms = f"{result.elapsed_ms:.0f}"
            self._show(key, Tone.OK, words.format(ms=ms, at=_now()))
        else:
            self._show(key, Tone.BAD, self._why(result.code))
        self.ended.emit()

    def _why(self, code: str) -> str:
        text = self._context.texts.of(code)
        return self._context.theme.join(text.title, text.next_step, _now())

    def _show(self, key: str, tone: Tone, words: str) -> None:
        form = self._drafts.form(self._drafts.section_of(key))
        if form is not None:
            form.set_test_result(key, tone, words)

    def _on_failed(self, error: Exception) -> None:
        for key in (RECEIVER_TEST, PLATFORM_TEST, HEBEI_TEST, PUSH_TEST):
            self._show(key, Tone.BAD, self.tr("没有测成"))
        self._context.notices.report_bug(error)


def _now() -> str:
    return moment_words(datetime.now(UTC))

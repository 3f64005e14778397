"""待处理 over real services: a code is chosen and the study goes out, a field is corrected, rows are settled."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from hbgz_desktop.model.fix_views import FixKind
from hbgz_desktop.ui.pages.needs_fix_page import NeedsFixPage
from hbgz_desktop.ui.widgets.label import Label
from tests.operating_system import SLOWNESS
from tests.ui.upload_stage import UploadStage
from tests.unit.services.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

LOCAL = "CT平扫"


@pytest.fixture
def stage(
    tmp_path: Path, data_dir: Path, context: PageContext, journal: Journal, qtbot: QtBot
) -> Iterator[UploadStage]:
    with ExitStack() as stack:
        clinic = stack.enter_context(Clinic(tmp_path, data_dir))
        yield UploadStage(clinic, context, journal, qtbot)
        assert context.tasks.drain(5000 * SLOWNESS)


class Fix:
    """The page and what a person sees and does on it."""

    def __init__(self, stage: UploadStage, qtbot: QtBot) -> None:
        self.stage = stage
        self.page = NeedsFixPage(stage.context)
        self.page.resize(1224, 860)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activate()
        stage.wait(lambda: self.page._look is not None)
        self.rest()

    def rest(self) -> None:
        """Until causes and the case that is looked at have arrived."""
        page = self.page

        def is_quiet() -> bool:
            group = page._causes.current
            has_case = group is None or group.problem is None or page._panel().case is not None
            return not page._is_asking and not page._is_anew and has_case

        self.stage.wait(is_quiet)

    @property
    def causes(self) -> dict[str, int]:
        """Title → count."""
        groups = self.page._causes.groups
        return {self.page._words.title(one): one.count for one in groups if one.count}

    @property
    def primary(self) -> str:
        return self.page.header.primary.text()

    def shows(self, kind: FixKind) -> bool:
        """True when a cause of this kind is worked on."""
        return getattr(self.page._causes.current, "kind", None) is kind

    def choose(self, kind: FixKind) -> None:
        """Work on the first cause of a kind."""
        group = next(one for one in self.page._causes.groups if one.kind is kind)
        self.page._causes.choose(group.key)
        self.rest()

    def type_code(self, text: str) -> None:
        """Look a code up and take the best one by Enter."""
        field = self.page._code.picker.field
        field.setFocus()
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def press(self) -> None:
        """The primary button."""
        primary = self.page.header.primary
        assert primary.isEnabled(), primary.toolTip()
        before = len(self.stage.journal.toasts)
        QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
        self.stage.wait(lambda: len(self.stage.journal.toasts) > before)
        self.rest()


def test_an_unmapped_code_is_mapped_and_the_study_goes_out(
    stage: UploadStage, qtbot: QtBot
) -> None:
    """Through the real client and sockets to the sandbox platform (issue 2, section 9)."""
    clinic = stage.clinic
    platform = clinic.open_platform()
    for spec in clinic.specs[:2]:
        clinic.ready(spec, examWay=LOCAL)
    other = clinic.ready(clinic.specs[2], examWay=LOCAL, appyDate="昨天")
    assert stage.upload() == []

    fix = Fix(stage, qtbot)
    assert fix.causes[f"检查方式“{LOCAL}”没有对应代码"] == 3
    assert fix.page.header.subtitle().startswith("3 份检查在等")
    assert not fix.page.header.primary.isEnabled()
    assert fix.page.header.primary.toolTip() == "先选一个平台代码"
    fix.type_code("平扫")
    assert fix.primary == "保存并放行 3 份"
    fix.press()
    assert stage.said("放行了 3 份：2 份开始上传，1 份还有别的问题")
    assert sorted(set(stage.upload())) == ["images", "record"]
    assert len({one.sop_instance_uid for one in platform.images()}) == 4
    assert clinic.problems(other).keys() == {"appyDate"}
    fix.page.refresh()
    fix.rest()
    assert list(fix.causes.values()) == [1]


def test_a_mapping_can_be_taken_back(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    examination = clinic.ready(clinic.specs[0], examWay=LOCAL)
    fix = Fix(stage, qtbot)
    fix.type_code("平扫")
    fix.press()
    assert clinic.problems(examination) == {}
    stage.undo()
    stage.wait(lambda: clinic.problems(examination))
    fix.rest()
    stage.wait(lambda: fix.causes)


def test_one_value_of_a_list_is_changed_in_one_record_alone(
    stage: UploadStage, qtbot: QtBot
) -> None:
    """Code fields may be lists: only the entry that has no code is replaced."""
    clinic = stage.clinic
    first = clinic.ready(clinic.specs[0], examWay=f"1|{LOCAL}")
    second = clinic.ready(clinic.specs[1], examWay=LOCAL)
    fix = Fix(stage, qtbot)
    fix.page._evidence.case_chosen.emit(first)
    stage.wait(lambda: getattr(fix.page._code.case, "examination_id", 0) == first)
    fix.type_code("平扫")
    fix.page._code.for_one.setChecked(True)
    assert fix.primary == "只改这 1 份并放行"
    fix.press()
    record = clinic.work.records.of_examination(first)
    assert record is not None
    assert record.fields["examWay"] == "1|1"
    assert clinic.problems(second).keys() == {"examWay"}
    assert clinic.work.mapping_control.all() == ()


def test_a_missing_field_is_filled_in_one_record_after_the_other(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    ids = [clinic.ready(spec, examDrCode=None) for spec in clinic.specs[:2]]
    fix = Fix(stage, qtbot)
    assert fix.causes == {"缺少“检查医生代码”": 2}
    panel = fix.page._field
    assert panel.case is not None
    first = panel.case.examination_id
    assert fix.primary == "保存这 1 份，看下一份"
    edit = panel.editor._edit
    assert edit is not None
    QTest.keyClicks(edit, "D520100000077")
    before = len(stage.journal.toasts)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    stage.wait(lambda: len(stage.journal.toasts) > before)
    assert stage.said("改好了")
    stage.wait(lambda: panel.case is not None and panel.case.examination_id != first)
    assert clinic.problems(first) == {}
    assert clinic.problems(next(one for one in ids if one != first)).keys() == {"examDrCode"}
    stage.undo()
    stage.wait(lambda: clinic.problems(first))


def test_a_value_that_breaks_the_rule_again_is_said_below_the_field(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    examination = clinic.ready(clinic.specs[0], appyDate="昨天")
    fix = Fix(stage, qtbot)
    edit = fix.page._field.editor._edit
    assert edit is not None
    edit.setText("前天")
    QTest.mouseClick(fix.page.header.primary, Qt.MouseButton.LeftButton)
    field = fix.page._field.editor._field
    assert field is not None
    stage.wait(lambda: "前天" in field.problem)
    assert edit.text() == "前天"
    assert clinic.problems(examination)["appyDate"].value == "前天"
    assert stage.journal.toasts == []


def test_a_refusal_shows_the_platforms_words_and_a_changed_record_goes_again(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    platform = clinic.open_platform("saveExamRpotImgInfo:refused:1")
    clinic.ready(clinic.specs[0])
    stage.upload()
    fix = Fix(stage, qtbot)
    (title,) = fix.causes
    assert title.startswith("平台退回：")
    panel = fix.page._field
    assert panel._box.isVisible()
    assert panel._quote.text()
    panel._choose.set_key("imgExamItem")
    edit = panel.editor._edit
    assert edit is not None
    edit.setText("颅脑CT平扫（更正）")
    fix.press()
    assert stage.upload()[0] == "record"
    assert len(platform.images()) == 2
    fix.page.refresh()
    stage.wait(fix.page._empty.isVisible)
    words = [label.text() for label in fix.page._empty.findChildren(Label)]
    assert "没有要处理的，今天已处理 1 份" in words


def test_rows_of_a_file_and_objects_in_quarantine_are_settled_and_reopened(
    stage: UploadStage, qtbot: QtBot, tmp_path: Path
) -> None:
    work = stage.clinic.work
    path = tmp_path / "检验.csv"
    path.write_text("psnName,accessionNumber\n张三,A1\n李四,A2,多,一列\n", encoding="utf-8")
    work.record_import.import_file(path)
    work.reception.quarantine(
        {
            "path": "x",
            "size_bytes": 5,
            "reason": "uid_missing",
            "calling_ae": "CT2",
            "received_at": datetime.now(UTC),
        }
    )
    fix = Fix(stage, qtbot)
    fix.choose(FixKind.IMPORT)
    assert fix.primary == "已处理这 1 行"
    fix.press()
    stage.wait(lambda: not any(title.startswith("没有收下") for title in fix.causes))
    fix.choose(FixKind.QUARANTINE)
    fix.press()
    stage.wait(lambda: not any("不能收作图像" in title for title in fix.causes))
    stage.undo()
    stage.wait(lambda: any("不能收作图像" in title for title in fix.causes))


def test_records_without_images_are_a_link(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    clinic.take(clinic.record(clinic.specs[0]))
    clinic.send(clinic.specs[1])
    clinic.close(clinic.specs[1])
    fix = Fix(stage, qtbot)
    assert fix.causes == {"有图像，没找到检查记录": 1, "有记录，没收到图像": 1}
    fix.page.show_rows("no_images")
    stage.wait(lambda: getattr(fix.page._causes.current, "kind", None) is FixKind.NO_IMAGES)
    fix.page.header.press_primary()
    assert stage.journal.pages == [("studies", "no_images@ever")]


def test_changed_images_and_missing_ones_are_links_and_counted(
    stage: UploadStage, qtbot: QtBot
) -> None:
    """The navigation's number is the sum of the cards (FIELD 2, no. 18)."""
    clinic = stage.clinic
    clinic.open_platform()
    for spec in clinic.specs[:2]:
        clinic.ready(spec)
    stage.upload()
    clinic.send(clinic.specs[0], 1, pixel=9)
    clinic.close(clinic.specs[0])
    clinic.work.study_control.expect(clinic.study_id(clinic.specs[1]), 5, "王工")
    fix = Fix(stage, qtbot)
    assert fix.causes == {"上传以后图像内容有变": 1, "收到的和应有的数目不一样": 1}
    assert fix.page._look is not None
    assert fix.page._look.waiting == stage.context.services.snapshot().waiting == 2
    for name, kind in (("changed", FixKind.CHANGED), ("count_differs", FixKind.COUNT_DIFFERS)):
        fix.page.show_rows(name)
        stage.wait(partial(fix.shows, kind))
        fix.page.header.press_primary()
        assert stage.journal.pages[-1] == ("studies", f"{name}@ever")


def test_f8_goes_round_and_links_find_their_cause(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    clinic.ready(clinic.specs[0], examWay=LOCAL)
    clinic.ready(clinic.specs[1], examWay=LOCAL)
    clinic.ready(clinic.specs[2], examDrCode=None)
    fix = Fix(stage, qtbot)
    keys = [one.key for one in fix.page._causes.groups]
    assert keys == [f"code_unknown|examWay|{LOCAL}", "required|examDrCode|"]
    fix.page.go_to_problem(1)
    fix.rest()
    assert fix.page._causes.position == 2
    fix.page.go_to_problem(1)
    assert fix.page._causes.position == 1
    fix.page.show_rows("required|examDrCode|whatever stood there")
    stage.wait(lambda: fix.page._causes.position == 2)
    fix.page.show_rows(f"code_unknown||{LOCAL}")
    stage.wait(lambda: fix.page._causes.position == 1)


def test_names_and_numbers_are_masked(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    spec = clinic.specs[0]
    stage.context = replace(stage.context, is_it=True)
    clinic.ready(spec, certno="52-999919800424361")
    fix = Fix(stage, qtbot)
    editor = fix.page._field.editor
    assert editor._masked is not None
    assert editor._masked.is_masked
    assert editor.value == "52-999919800424361"
    shown = " ".join(label.text() for label in fix.page.findChildren(Label))
    assert "52-999919800424361" not in shown
    assert spec.patient_name.replace("^", "") not in shown
    fix.page._field._forward.click()
    copied = QGuiApplication.clipboard().text()
    assert spec.accession_number in copied
    assert "5299" not in copied.replace("-", "")
    assert (
        stage.clinic.scalar("select count(*) from audit_entries where action = 'identity_revealed'")
        == 0
    )
    editor._masked._eye.click()
    stage.wait(
        lambda: (
            clinic.scalar("select count(*) from audit_entries where action = 'identity_revealed'")
            == 1
        )
    )


def test_what_came_meanwhile_waits_behind_a_line(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    clinic.ready(clinic.specs[0], examWay=LOCAL)
    fix = Fix(stage, qtbot)
    clinic.ready(clinic.specs[1], examWay=LOCAL)
    clinic.ready(clinic.specs[2], examDrCode=None)
    stage.context.bridge.facts_arrived.emit(clinic.work.events.since(0))
    stage.wait(lambda: fix.primary == "保存并放行 2 份")
    assert len(fix.causes) == 1
    stage.wait(fix.page._causes._changes.isVisible)
    fix.page._causes._changes.click()
    stage.wait(lambda: len(fix.causes) == 2)

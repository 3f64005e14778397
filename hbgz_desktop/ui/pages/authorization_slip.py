"""授权单: one page for the patient to sign, seen before it is printed or kept as PDF."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPageSize,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.theme import Theme

_WIDTH = 480.0
_HEIGHT = 440.0
_EDGE = 32.0
_TITLE, _BODY, _SMALL = 20, 15, 12
"""Of the paper, in units of its own; screen and printer scale them."""
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Slip:
    """What stands on the paper, ready words.

    Attributes:
        hospital: At the top.
        number: Our own number of the authorization; also the file's name. "" before there is one.
        lines: (label, value) from top to bottom, masked: on the screen.
        paper: The same as it is printed, in the clear; empty prints the masked ones.
        state: What has become of it, one sentence.
    """

    hospital: str
    number: str
    lines: tuple[tuple[str, str], ...]
    paper: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    state: str = ""


def slip_document(slip: Slip, families: list[str]) -> QTextDocument:
    """The paper; plain text only, whatever a name holds. For any one thread."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(_EDGE)
    document.setPageSize(QSizeF(_WIDTH, _HEIGHT))
    cursor = QTextCursor(document)
    title, body = _format(families, _TITLE, bold=True), _format(families, _BODY)
    small = _format(families, _SMALL)
    _paragraph(cursor, slip.hospital, small, _MIDDLE, is_first=True)
    words = QCoreApplication.translate("Slip", "检查检验结果调阅授权单")
    _paragraph(cursor, words, title, _MIDDLE, above=4)
    _paragraph(cursor, "", small, above=4)
    _table(cursor, slip.lines, body)
    words = QCoreApplication.translate(
        "Slip", "本人同意医务人员在本次就诊中查看本人在其他医院的检查检验结果。"
    )
    _paragraph(cursor, words, body, above=8)
    words = QCoreApplication.translate("Slip", "签字：________________    日期：____________")
    _paragraph(cursor, words, body, above=20)
    _paragraph(cursor, "  ".join(filter(None, (slip.number, slip.state))), small, above=10)
    return document


def _format(families: list[str], size: int, *, bold: bool = False) -> QTextCharFormat:
    font = QFont(families)
    font.setPixelSize(size)
    font.setBold(bold)
    form = QTextCharFormat()
    form.setFont(font)
    form.setForeground(Qt.GlobalColor.black)
    return form


def _paragraph(
    cursor: QTextCursor,
    text: str,
    form: QTextCharFormat,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    above: int = 0,
    is_first: bool = False,
) -> None:
    block = QTextBlockFormat()
    block.setAlignment(align)
    block.setTopMargin(above)
    if is_first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(text, form)


def _table(cursor: QTextCursor, lines: tuple[tuple[str, str], ...], form: QTextCharFormat) -> None:
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setCellPadding(3)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    kinds = QTextLength.Type.PercentageLength
    shape.setColumnWidthConstraints([QTextLength(kinds, 26), QTextLength(kinds, 74)])
    table = cursor.insertTable(len(lines), 2, shape)
    for number, (label, value) in enumerate(lines):
        table.cellAt(number, 0).firstCursorPosition().insertText(label, form)
        table.cellAt(number, 1).firstCursorPosition().insertText(value, form)
    cursor.movePosition(QTextCursor.MoveOperation.End)


class SlipPaper(QWidget):
    """The slip as it will look, on white whatever the theme."""

    def __init__(self, theme: Theme, scale: float, parent: QWidget | None = None) -> None:
        """Build it empty; ``scale`` is pixels a unit of the paper."""
        super().__init__(parent)
        self._theme = theme
        self._scale = scale
        self._document: QTextDocument | None = None
        self.setFixedSize(round(_WIDTH * scale), round(_HEIGHT * scale))

    def set_slip(self, slip: Slip) -> None:
        """Show another slip."""
        self._document = slip_document(slip, self._theme.font("body").families())
        words = [f"{label} {value}" for label, value in slip.lines]
        self.setAccessibleName("\n".join((self.tr("授权单"), *words)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(self._theme.colour("border_control"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._document is not None:
            painter.scale(self._scale, self._scale)
            self._document.drawContents(painter, QRectF(0, 0, _WIDTH, _HEIGHT))


def print_slip(slip: Slip, families: list[str], printer: QPrinter) -> None:
    """Put the slip on paper; blocks, runs on a pool thread.

    Raises:
        StorageError: ``slip_not_printed``: printer or file took nothing.
    """
    document = slip_document(replace(slip, lines=slip.paper or slip.lines), families)
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageError("slip_not_printed")
    scale = printer.pageRect(QPrinter.Unit.DevicePixel).width() / _WIDTH
    painter.scale(scale, scale)
    document.drawContents(painter, QRectF(0, 0, _WIDTH, _HEIGHT))
    painter.end()


def write_pdf(slip: Slip, families: list[str], path: Path) -> str:
    """Write the slip to a PDF file and return its name; blocks, runs on a pool thread.

    Raises:
        StorageError: ``slip_not_printed``.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printer.setOutputFileName(str(path))
    print_slip(slip, families, printer)
    return path.name


class SlipDialog(QDialog):
    """The slip before it is printed; show it with ``open()``.

    Signals:
        finished_with: (words) It was printed or kept: what to say.
        failed: (error) It was not.
    """

    finished_with = Signal(str)
    failed = Signal(object)

    def __init__(self, context: PageContext, slip: Slip, parent: QWidget) -> None:
        """Build it for one slip."""
        super().__init__(parent)
        self._context = context
        self._slip = slip
        self._printer: QPrinter | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("授权单"))
        theme = context.theme
        paper = SlipPaper(theme, 1.0, self)
        paper.set_slip(slip)
        note = Label(self.tr("姓名和证件号打印时才显示；文件名里没有。"), "caption2", self)
        self._close = Button(theme, self.tr("关闭"), "safe", parent=self)
        self._close.clicked.connect(self.reject)
        self._keep = Button(theme, self.tr("存成 PDF…"), "safe", "download", self)
        self._keep.clicked.connect(self._on_keep)
        self._print = Button(theme, self.tr("打印…"), "primary", "print", self)
        self._print.clicked.connect(self._on_print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(paper, 0, _MIDDLE)
        layout.addWidget(note)
        layout.addLayout(row(self._close, STRETCH, self._keep, self._print))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_as(self, path: str) -> None:
        """Write the PDF to a path that was chosen."""
        families = self._context.theme.font("body").families()
        work = partial(write_pdf, self._slip, families, Path(path))
        self._context.tasks.run_task(work, self._on_kept, self._on_failed)

    def _on_keep(self) -> None:
        name = self.tr("授权单") + f"-{self._slip.number}.pdf"
        dialog = QFileDialog(self, self.tr("存成 PDF"), name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.keep_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_print(self) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
        self._printer.setDocName(self.tr("授权单") + f"-{self._slip.number}")
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(self._on_printer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _on_printer(self) -> None:
        if self._printer is None:
            return
        families = self._context.theme.font("body").families()
        work = partial(print_slip, self._slip, families, self._printer)
        self._context.tasks.run_task(work, self._on_printed, self._on_failed)

    def _on_printed(self, _done: object) -> None:
        self.finished_with.emit(self.tr("授权单已送到打印机"))
        self.accept()

    def _on_kept(self, name: str) -> None:
        self.finished_with.emit(self.tr("授权单存成了 {name}").format(name=name))
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

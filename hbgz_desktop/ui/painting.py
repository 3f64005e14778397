"""Small painters shared by widgets and table delegates. All sizes in device-independent pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.states import Badge
    from hbgz_desktop.ui.theme import Theme

BADGE_HEIGHT = 22
TICK = 18
_BADGE_ICON = 14
_BADGE_PAD = 6
_BADGE_GAP = 4
_RING = 2


def paint_icon(
    painter: QPainter, theme: Theme, name: str, token: str, at: QPointF, size: int = 16
) -> None:
    """Draw an icon with its top left corner at ``at``, sharp at the painter's pixel ratio."""
    ratio = painter.device().devicePixelRatioF()
    pixmap = theme.pixmap(name, token, size, ratio)
    # Whole device pixels keep the strokes sharp at 150 %.
    x, y = round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio
    painter.drawPixmap(QPointF(x, y), pixmap)


def badge_width(theme: Theme, badge: Badge) -> float:
    """Width a badge needs for its whole word."""
    word = QFontMetricsF(theme.font("caption")).horizontalAdvance(badge.word)
    return _BADGE_PAD + _BADGE_ICON + _BADGE_GAP + word + _BADGE_PAD + 1


def paint_badge(
    painter: QPainter, theme: Theme, at: QPointF, badge: Badge, *, on_selected: bool = False
) -> QRectF:
    """Draw a state badge; on a selected row its ground is ``surface``.

    Returns:
        The rectangle it took.
    """
    rect = QRectF(at.x(), at.y(), badge_width(theme, badge), BADGE_HEIGHT)
    ground = theme.colour("surface" if on_selected else badge.background)
    fill_round(painter, rect, ground, theme.size("radius_badge"))
    top = rect.top() + (BADGE_HEIGHT - _BADGE_ICON) / 2
    spot = QPointF(rect.left() + _BADGE_PAD, top)
    paint_icon(painter, theme, badge.icon, badge.icon_token, spot, _BADGE_ICON)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour(badge.foreground))
    word = rect.adjusted(_BADGE_PAD + _BADGE_ICON + _BADGE_GAP, 0, 0, 0)
    painter.drawText(word, int(Qt.AlignmentFlag.AlignVCenter), badge.word)
    return rect


def fill_round(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    """Fill a rounded rectangle without an outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def outline_round(
    painter: QPainter, rect: QRectF, colour: QColor, radius: float, width: float = 1.0
) -> None:
    """Outline a rounded rectangle, wholly inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def paint_focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """The 2 px focus ring, inside the widget's own edge."""
    outline_round(painter, rect, theme.colour("focus"), radius, _RING)


def paint_bar(painter: QPainter, theme: Theme, rect: QRectF, fraction: float, token: str) -> None:
    """A rounded bar filled from the left; a part that is not zero is at least 2 px wide."""
    radius = rect.height() / 2
    fill_round(painter, rect, theme.colour("track"), radius)
    if fraction <= 0:
        return
    width = max(2.0, rect.width() * min(1.0, fraction))
    filled = _rounded(rect, radius).intersected(_straight(rect, width))
    _fill_path(painter, filled, theme.colour(token))


def _rounded(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _straight(rect: QRectF, width: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(rect.left(), rect.top(), width, rect.height()))
    return path


def _fill_path(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    # Intersected paths, not a clip: Qt does not smooth the edge of a clip.
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, colour)
    painter.restore()


def ledger_fractions(
    expected: int | None, received: int, sent: int, confirmed: int
) -> tuple[float | None, float, float, float]:
    """How full the four columns are; the first is None (hollow) when expected is unknown."""
    whole = max(expected or 0, received, sent, confirmed)
    if whole == 0:
        return (None if expected is None else 0.0, 0.0, 0.0, 0.0)
    first = None if expected is None else expected / whole
    return (first, received / whole, sent / whole, confirmed / whole)


def ledger_token(
    expected: int | None, received: int, sent: int, confirmed: int, *, warned: int = 0
) -> str:
    """Green only when all known counts agree and there is something; else blue (DESIGN 5.6).

    Amber instead of green when some were taken with a remark (``warned``).
    """
    counts = {received, sent, confirmed} | ({expected} if expected is not None else set())
    if len(counts) != 1 or confirmed == 0:
        return "fill_running"
    return "fill_needs_fix" if warned else "fill_confirmed"


def paint_ledger_bars(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    counts: tuple[int | None, int, int, int],
    *,
    warned: int = 0,
) -> None:
    """Four small bars side by side (LOOK 3, ledger in lists)."""
    token = ledger_token(*counts, warned=warned)
    gap = 3.0
    width = (rect.width() - 3 * gap) / 4
    for column, fraction in enumerate(ledger_fractions(*counts)):
        bar = QRectF(rect.left() + column * (width + gap), rect.top(), width, rect.height())
        if fraction is None:
            outline_round(painter, bar, theme.colour("border_control"), bar.height() / 2)
        else:
            paint_bar(painter, theme, bar, fraction, token)


def paint_parts(
    painter: QPainter, theme: Theme, rect: QRectF, parts: Sequence[tuple[int, str]]
) -> None:
    """One bar whose parts stand for counts, 2 px apart; each part that counts is visible.

    Args:
        painter: Where to draw.
        theme: Colours.
        rect: The whole bar.
        parts: Count and colour token, from left to right.
    """
    shown = [(count, token) for count, token in parts if count > 0]
    radius = theme.size("radius_badge")
    if not shown:
        fill_round(painter, rect, theme.colour("track"), radius)
    whole = _rounded(rect, radius)
    left = rect.left()
    for width, (_, token) in zip(_part_widths(rect.width(), shown), shown, strict=True):
        part = QRectF(left, rect.top(), width, rect.height())
        _fill_path(painter, whole.intersected(_straight(part, width)), theme.colour(token))
        left += width + 2


def _part_widths(total: float, parts: Sequence[tuple[int, str]]) -> list[float]:
    least = 6.0
    room = total - 2 * (len(parts) - 1)
    whole = sum(count for count, _ in parts)
    widths = [max(least, room * count / whole) for count, _ in parts]
    over = sum(widths) - room
    if over > 0:
        widths[widths.index(max(widths))] -= over
    return widths


def paint_tick(
    painter: QPainter,
    theme: Theme,
    at: QPointF,
    state: Qt.CheckState,
    *,
    is_enabled: bool = True,
) -> None:
    """Draw an 18 px tick box: empty, ticked, or a bar when only some are ticked."""
    box = QRectF(at.x(), at.y(), TICK, TICK)
    if state is Qt.CheckState.Unchecked or not is_enabled:
        fill_round(painter, box, theme.colour("surface" if is_enabled else "sunken"), 4)
        outline_round(painter, box, theme.colour("border_control"), 4, 1.4)
    else:
        fill_round(painter, box, theme.colour("accent_fill"), 4)
    if state is not Qt.CheckState.Unchecked:
        icon = "check" if state is Qt.CheckState.Checked else "minus"
        token = "on_accent" if is_enabled else "text_3"
        paint_icon(painter, theme, icon, token, QPointF(box.left() + 2, box.top() + 2), 14)

"""患者授权: the reception desk records that a patient lets us look at results of other hospitals (V1.5, 2.2.3.3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from hbgz_desktop.model.authorization import LIVE, AuthorizationState
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.events import Event
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.authorization_acts import AuthorizationActs
from hbgz_desktop.ui.pages.authorization_drawer import AuthorizationDrawer
from hbgz_desktop.ui.pages.authorization_entry import AuthorizationEntry
from hbgz_desktop.ui.pages.authorization_known import KnownPatients
from hbgz_desktop.ui.pages.authorization_list import AuthorizationList, TodayCard
from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
from hbgz_desktop.ui.pages.hebei_unready import HebeiUnready
from hbgz_desktop.ui.styling import column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.ui.page_context import PageContext

_SIDE_WIDTH = 372
_FOLD_BELOW = 1000
_TICK_MS = 5000


class AuthorizationPage(Page):
    """Form at the left, known patients and today's list at the right; behind 登记记录 all of them.

    ``show_rows`` knows ``waiting`` and ``refused`` (all of that state), ``counted`` (those that wait),
    and ``id:<number>``: one of them in the drawer.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; nothing is asked before it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._words = AuthorizationWords(context.theme, context.texts, self)
        self._entry = AuthorizationEntry(context, self._words, self)
        self._known = KnownPatients(context, self)
        self._today = TodayCard(context, self._words, self)
        self._list = AuthorizationList(context, self._words, self)
        self._unready = HebeiUnready(context, self)
        self._drawer = AuthorizationDrawer(context, self._words, self)
        self._acts = AuthorizationActs(context, self._words, self)
        self._stack = QStackedWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._desk = QWidget(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._entry.form.tick)
        self._build()
        self._connect()
        self._show_head()

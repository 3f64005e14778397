"""How an authorization is said: its state as a badge, its person masked, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.identity_card import read_identity_card
from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.model.visit import IDENTITY_CARD
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.visit_form import local_now
from hbgz_desktop.ui.pages.visit_words import age_years, sex_word
from hbgz_desktop.ui.phrases import sentences
from hbgz_desktop.ui.states import Badge, State, Tone

if TYPE_CHECKING:
    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.model.visit import Visit
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.theme import Theme

_STATES = {
    AuthorizationState.WAITING: State.WAITING,
    AuthorizationState.SENDING: State.RUNNING,
    AuthorizationState.AUTHORIZED: State.CONFIRMED,
    AuthorizationState.REFUSED: State.NEEDS_FIX,
}


@dataclass(frozen=True)
class Say:
    """One box: its tone, a sentence, what it means."""

    tone: Tone
    title: str
    detail: str = ""


class AuthorizationWords(QObject):
    """Words for one language and look."""

    def __init__(self, theme: Theme, texts: ErrorTexts, parent: QObject) -> None:
        """Take what words are made of."""
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._badges = {
            AuthorizationState.WAITING: self.tr("等平台恢复"),
            AuthorizationState.SENDING: self.tr("正在发"),
            AuthorizationState.AUTHORIZED: self.tr("已授权"),
            AuthorizationState.REFUSED: self.tr("平台没有收"),
        }
        self._unknown = Badge.of(State.NEEDS_FIX, self.tr("没有应答"))
        self._withdrawn = Badge.neutral(self.tr("已撤回"))

    def badge(self, state: AuthorizationState) -> Badge:
        """Colour, shape and word of a state; a withdrawn one is no state of the program."""
        if state is AuthorizationState.WITHDRAWN:
            return self._withdrawn
        return Badge.of(_STATES[state], self._badges[state])

    def row_badge(self, row: Authorization) -> Badge:
        """The badge of one row: one that may have arrived waits for a person (H006)."""
        return self._unknown if row.is_answer_unknown else self.badge(row.state)

    def state_word(self, state: AuthorizationState) -> str:
        """The badge's word."""
        return self.badge(state).word

    @staticmethod
    def person(visit: Visit) -> str:
        """Masked name, and sex and age where the number tells them."""
        parts = [mask_name(visit.name) or mask_identity(visit.id_no)]
        card = read_identity_card(visit.id_no)
        if visit.id_type == IDENTITY_CARD and card.birth_date is not None:
            parts += [sex_word(card.sex), str(age_years(card.birth_date, local_now().date()))]
        return " ".join(filter(None, parts))

    @staticmethod
    def clear_person(visit: Visit) -> str:
        """Name as it is; the certificate number when there is none."""
        return visit.name or visit.id_no

    def visit_line(self, visit: Visit) -> str:
        """Visit number, masked certificate and phone on one line."""
        return self._theme.join(visit.visit_no, mask_identity(visit.id_no), mask_phone(visit.phone))

    def say(self, row: Authorization) -> Say:
        """What has become of it and who acts, in words."""
        at = moment_words(row.sent_at or row.created_at)
        match row.state:
            case AuthorizationState.AUTHORIZED:
                return Say(
                    Tone.OK,
                    self.tr("已授权，平台 {at} 收下了").format(at=at),
                    self.tr("可以打印授权单；医生去“共享调阅”，这位患者已经填好。"),
                )
            case AuthorizationState.SENDING:
                return Say(Tone.COOL, self.tr("正在发给平台"))
            case AuthorizationState.WAITING:
                return self._say_waiting(row)
            case AuthorizationState.REFUSED:
                return self._say_refused(row)
            case AuthorizationState.WITHDRAWN:
                return self._say_withdrawn(row)

    def _say_waiting(self, row: Authorization) -> Say:
        if row.is_answer_unknown:
            text = self._texts.of(row.error_code)
            return Say(Tone.WARM, text.title, sentences(text.cause, text.next_step))
        title = self.tr("已记下，等平台恢复")
        again = moment_words(row.next_try_at)
        detail = self.tr("不用操作，平台恢复后程序自动发出。")
        if again:
            detail = self.tr("不用操作，程序 {at} 再试，平台恢复后自动发出。").format(at=again)
        why = self._texts.of(row.error_code).title if row.error_code else ""
        return Say(Tone.WAITING, title, sentences(why, detail))

    def _say_refused(self, row: Authorization) -> Say:
        text = self._texts.of(row.error_code or "hebei_rejected")
        said = self.tr("平台的话：{words}").format(words=row.message) if row.message else ""
        detail = sentences(said, text.next_step)
        return Say(Tone.BAD, self.tr("平台没有收：{why}").format(why=text.title), detail)

    def _say_withdrawn(self, row: Authorization) -> Say:
        at = moment_words(row.withdrawn_at)
        title = self.tr("{at} 撤回，{who} 记的").format(at=at, who=row.withdrawn_by)
        told = self.tr("没有发出去过。")
        if row.sent_at is not None:
            told = self.tr("平台没有撤回的接口，不会自动告诉平台；需要时请信息科联系平台。")
        return Say(Tone.COOL, title, sentences(row.reason, told))

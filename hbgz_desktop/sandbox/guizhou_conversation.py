"""One request of a service, from its first byte to its answer, with the fault that strikes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from hbgz_desktop.sandbox.envelope import Envelope, EnvelopeRules, Refusal
from hbgz_desktop.sandbox.fault_answers import already_answer, cut_short, fault_reply
from hbgz_desktop.sandbox.faulted_conversation import FaultedConversation
from hbgz_desktop.sandbox.faults import DOES_THE_WORK, FaultKind, FaultPlan, FaultRule
from hbgz_desktop.sandbox.guizhou_answers import Answer, refused_answer
from hbgz_desktop.sandbox.guizhou_intake import FormReader, IntakeError, Message, read_json
from hbgz_desktop.sandbox.guizhou_services import FILE_FIELD, GuizhouServices
from hbgz_desktop.sandbox.guizhou_transactions import (
    DELETE_INDEX,
    DELETE_INDEX_AS_IN_URL,
    FORMS,
    QUERIES,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
)
from hbgz_desktop.sandbox.guizhou_wire import reply_of
from hbgz_desktop.sandbox.http_server import CutConnectionError, Exchange, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants
    from hbgz_desktop.sandbox.ledger import Ledger

# The last segment of the path; where the print has another, that too (G018, G019).
INFNOS: Final = {
    SAVE_IMAGE_INFO: (SAVE_IMAGE_INFO, SAVE_IMAGE),
    DELETE_INDEX: (DELETE_INDEX, DELETE_INDEX_AS_IN_URL),
}
UNKNOWN_LENGTH_TRIP: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Desk:
    """What every conversation of one platform shares.

    Attributes:
        variants: How answers look at this moment.
        is_stopping: True once the platform is being stopped: nothing may wait any more.
    """

    ledger: Ledger
    services: GuizhouServices
    envelope_rules: EnvelopeRules
    faults: FaultPlan
    variants: Callable[[], GuizhouVariants]
    is_stopping: Callable[[], bool]


class Conversation(FaultedConversation):
    """Serves one request; used by one connection thread and then dropped."""

    def __init__(self, desk: Desk, service: str, exchange: Exchange) -> None:
        """Begin, with nothing read of the body yet."""
        super().__init__(desk.faults, desk.is_stopping, service, exchange)
        self._desk = desk
        self._is_matched = False
        self._msgid = ""

    def run(self) -> Reply:
        """Read, check, keep and answer.

        Raises:
            CutConnectionError: The fault wants the connection cut.
            PeerGoneError: The sender went away.
        """
        self._arm(self._faults.choose(self._service, None))
        with self._noting_cuts():
            return self._serve()

    def _serve(self) -> Reply:
        message: Message | None = None
        try:
            message = self._read()
            self._match(message.subjects(), message.inner_service)
            return self._respond(message)
        except IntakeError as exc:
            self._exchange.body.drain()
            answer = refused_answer(self._service, None, exc.refusal)
            self._note(answer)
            return Reply.of_json(answer.value, 400)
        finally:
            if message is not None and message.upload is not None:
                message.upload.path.unlink(missing_ok=True)

    def _read(self) -> Message:
        if self._service not in FORMS:
            return read_json(self._exchange, self._service)
        reader = FormReader(
            FILE_FIELD[self._service], self._desk.ledger.new_upload_path, self._match
        )
        return reader.read(self._exchange)

    def _match(self, subjects: Collection[str], inner: str = "") -> None:
        """Ask once, as soon as the request has said what it is about, for a rule made for it."""
        if self._fault is None and (subjects or inner) and not self._is_matched:
            self._is_matched = True
            self._arm(self._faults.choose(self._service, subjects, inner))

    def _arm(self, fault: FaultRule | None) -> None:
        self._fault = fault
        if fault is None or fault.kind is not FaultKind.RESET_AT_80:
            return
        body = self._exchange.body
        if body.length is None:
            body.trip_at = body.position + UNKNOWN_LENGTH_TRIP
        else:
            body.trip_at = int(body.length * fault.number("percent", 80) / 100)

    def _respond(self, message: Message) -> Reply:
        if self._kind is FaultKind.RESET_AT_80:  # matched too late to stop the body on its way
            raise CutConnectionError(is_reset=True)
        envelope = Envelope.of(message.envelope)
        self._msgid = envelope.msgid[:50]
        refusal = self._desk.envelope_rules.check(
            INFNOS.get(self._service, (self._service,)),
            envelope,
            has_key=self._service not in QUERIES,
        )
        fault = self._fault
        if fault is not None and fault.kind not in DOES_THE_WORK:
            self._cut(fault)
            self._note_end("fault")
            return fault_reply(fault, self._service, message)
        answer = self._work(message, refusal)
        return self._reply(answer) if fault is None else self._spoil(fault, answer)

    def _reply(self, answer: Answer, status: int = 200) -> Reply:
        return reply_of(answer, self._desk.variants(), status)

    def _work(self, message: Message, refusal: Refusal | None) -> Answer:
        if refusal is not None:
            answer = refused_answer(self._service, message, refusal)
        else:
            answer = self._desk.services.serve(self._service, message, self._desk.variants())
        self._note(answer)
        return answer

    def _spoil(self, fault: FaultRule, answer: Answer) -> Reply:
        """Apply a fault that lets the work be done first."""
        if fault.kind is FaultKind.STORED_NO_ANSWER:
            raise CutConnectionError(is_reset=False)
        if fault.kind is FaultKind.SLOW:
            self._faults.hold(fault.number("seconds", 5), self._is_stopping)
        elif fault.kind is FaultKind.ALREADY_EXISTS and answer.outcome == "accepted":
            return self._reply(already_answer(fault, answer), int(fault.number("status", 200)))
        return cut_short(fault, self._reply(answer))

    def _note(self, answer: Answer) -> None:
        self._note_end(answer.outcome, answer.code, answer.message)

    @override
    def _keep_end(self, outcome: str, subject: str, **details: str) -> None:
        self._desk.ledger.add_request(self._service, self._msgid, outcome, **details)

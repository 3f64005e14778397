"""One request to the front end and its answer: what every service of Guizhou shares."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from hbgz_desktop.model.errors import PlatformError, PlatformRejectedError
from hbgz_desktop.platforms.guizhou.envelope import envelope, json_body
from hbgz_desktop.platforms.guizhou.exchange import Exchange
from hbgz_desktop.platforms.guizhou.multipart import MultipartBody
from hbgz_desktop.platforms.guizhou.options import QUERIES
from hbgz_desktop.platforms.guizhou.outcome import Outcome
from hbgz_desktop.platforms.http import translate
from hbgz_desktop.platforms.http_answer import MAX_ANSWER_BYTES, Answer, read_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hbgz_desktop.platforms.guizhou.multipart import FilePart
    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions

Judge = Callable[[Answer], Outcome]
Read = Callable[[httpx.Response], Answer]

_MAX_KEPT_CHARACTERS = 64 * 1024
_MAX_QUERY_ANSWER_BYTES = 32 * MAX_ANSWER_BYTES
_MAX_UNANSWERED = 4096
_HTTP_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be sent.

    Attributes:
        service: Whose address and envelope.
        summary: Ids, sizes and checksums for the attempt row; nothing about the patient.
        judge: What the answer means.
        msgid: To repeat a message number (G072); None takes the next.
        reserved: A number taken before, for a request that has none to repeat.
        url: Instead of the service's own address (G056).
        read: How the answer is read; None reads it whole.
    """

    service: str
    summary: dict[str, object]
    judge: Judge
    msgid: str | None = None
    reserved: str = ""
    url: str = ""
    read: Read | None = None


class Sender:
    """Sends requests of one institution; safe for use by several threads at a time.

    Whatever happens on the wire is in the ``Exchange``; raised are SettingsError and StorageError.
    """

    def __init__(
        self,
        options: GuizhouOptions,
        http: httpx.Client,
        next_msgid: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        """Take what the client was built with."""
        self._options = options
        self._http = http
        self._next_msgid = next_msgid
        self._clock = clock
        self._numbers = _UnansweredNumbers()

    def send_json(self, request: Request, text: str) -> Exchange:
        """Send one JSON request.

        Args:
            request: What is to be sent.
            text: ``input`` serialised; counted as it stands here against the limit (G024).
        """
        self._options.check()
        request.summary["input_characters"] = len(text)
        refused = self.refusal(text)
        if refused is not None:
            return self.not_sent(request.service, request.summary, refused)
        number, digest = self._number(request, text.encode())
        members = envelope(self._options, request.service, number, self._clock())
        sent = json_body(members, input_json(text) if self._options.input_as_text else text)
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        return self._exchange(request, number, digest, (headers, sent))

    def send_form(self, request: Request, fields: Mapping[str, str], part: FilePart) -> Exchange:
        """Send one form with one file, the envelope in its headers (G047)."""
        self._options.check()
        named = "\n".join(f"{name}={value}" for name, value in fields.items())
        number, digest = self._number(request, named.encode())
        body = MultipartBody(fields, part)
        headers = envelope(self._options, request.service, number, self._clock()) | body.headers
        return self._exchange(request, number, digest, (headers, body))

    def next_number(self) -> str:
        """Take a message number for a request that comes soon."""
        return self._next_msgid()

    def refusal(self, text: str) -> PlatformError | None:
        """Why ``input`` cannot be sent: too long (G024), or half a character."""
        limit = self._options.max_input_characters
        if len(text) > limit:
            return PlatformRejectedError("input_too_long", characters=len(text), limit=limit)
        try:
            text.encode()
        except UnicodeEncodeError:
            return PlatformRejectedError("input_not_encodable")
        return None

    def not_sent(self, service: str, summary: dict[str, object], error: PlatformError) -> Exchange:
        """The exchange that did not take place."""
        now = self._clock()
        return Exchange(
            service=service,
            msgid="",
            started_at=now,
            finished_at=now,
            http_status=None,
            accepted=False,
            answer_code=None,
            message="",
            answer_text="",
            request_summary=summary,
            error=error,
        )

    def _number(self, request: Request, content: bytes) -> tuple[str, bytes]:
        """A message number, and what stands for the content should its answer not come."""
        given = request.msgid or request.reserved
        if not self._options.repeat_msgid:
            return given or self._next_msgid(), b""
        digest = hashlib.sha256(request.service.encode() + b"\0" + content).digest()
        return request.msgid or self._numbers.of(digest) or given or self._next_msgid(), digest

    def _exchange(
        self,
        request: Request,
        msgid: str,
        digest: bytes,
        content: tuple[Mapping[str, str], bytes | Iterable[bytes]],
    ) -> Exchange:
        """Do one exchange; only our own mistakes leave as exceptions."""
        started_at = self._clock()
        answer: Answer | None = None
        try:
            answer = self._post(request, *content)
        except _HTTP_ERRORS as exc:
            error = translate(exc)
            if not isinstance(error, PlatformError):
                raise error from None
            outcome = Outcome(error=error)
        except PlatformError as error:
            outcome = Outcome(error=error)
        else:
            outcome = request.judge(answer)
        if digest:
            self._numbers.note(digest, msgid, outcome.error)
        return Exchange(
            service=request.service,
            msgid=msgid,
            started_at=started_at,
            finished_at=self._clock(),
            http_status=answer.status if answer else None,
            accepted=outcome.accepted,
            answer_code=outcome.answer_code,
            message=outcome.message,
            answer_text=answer.text[:_MAX_KEPT_CHARACTERS] if answer else "",
            request_summary=request.summary,
            index_matched=outcome.index_matched,
            already=outcome.already,
            retry_after_s=outcome.retry_after_s,
            error=outcome.error,
        )

    def _post(
        self, request: Request, headers: Mapping[str, str], body: bytes | Iterable[bytes]
    ) -> Answer:
        url = request.url or self._options.url(request.service)
        own = {"Accept": "*/*", "Accept-Encoding": "identity"} | dict(headers)
        is_query = request.service in QUERIES
        timeout = self._http.timeout
        limit_s = self._options.answer_deadline_s
        if is_query:
            limit_s = self._options.query_timeout_s
            timeout = httpx.Timeout(
                connect=timeout.connect, read=limit_s, write=timeout.write, pool=timeout.pool
            )
        with self._http.stream("POST", url, content=body, headers=own, timeout=timeout) as response:
            if request.read is not None:
                return request.read(response)
            max_bytes = _MAX_QUERY_ANSWER_BYTES if is_query else MAX_ANSWER_BYTES
            return read_answer(response, time.monotonic() + limit_s, max_bytes=max_bytes)


def input_json(text: str) -> str:
    """``input`` as a JSON string that holds JSON (G024)."""
    return json.dumps(text, ensure_ascii=False)


class _UnansweredNumbers:
    """Message numbers of requests whose answer did not come, by their content (G072)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: dict[bytes, str] = {}

    def of(self, digest: bytes) -> str | None:
        with self._lock:
            return self._of.get(digest)

    def note(self, digest: bytes, msgid: str, error: PlatformError | None) -> None:
        """Keep the number while nothing is known of it; one that was refused as used is dropped."""
        is_open = error is not None and error.retryable and error.code != "platform_number_repeated"
        with self._lock:
            self._of.pop(digest, None)
            if is_open:
                self._of[digest] = msgid
                while len(self._of) > _MAX_UNANSWERED:
                    self._of.pop(next(iter(self._of)))

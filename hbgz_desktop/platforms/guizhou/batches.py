"""Several records in one request, and whose each answer is (G024, G026, G051, G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop.model.errors import PlatformRejectedError, PlatformUnreachableError
from hbgz_desktop.platforms.guizhou.answers import (
    judge_record,
    named_index,
    parse_json,
    records_of,
    same_index,
    text_of,
)
from hbgz_desktop.platforms.guizhou.messages import RecordAnswer
from hbgz_desktop.platforms.guizhou.outcome import Outcome, refused_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hbgz_desktop.platforms.guizhou.answers import Json
    from hbgz_desktop.platforms.guizhou.messages import MatchedBy
    from hbgz_desktop.platforms.http_answer import Answer


class Element(NamedTuple):
    """One element of ``input``.

    Attributes:
        index_code: Whose it is.
        text: Serialised.
    """

    index_code: str
    text: str


def batches(
    elements: Sequence[Element], *, max_characters: int, max_count: int
) -> Iterator[list[Element]]:
    """Split so that each serialised array stays within both limits (G024), in order.

    An element that is too long by itself comes alone.
    """
    batch: list[Element] = []
    characters = 2
    for element in elements:
        added = len(element.text) + (1 if batch else 0)
        if batch and (len(batch) >= max_count or characters + added > max_characters):
            yield batch
            batch, characters, added = [], 2, len(element.text)
        batch.append(element)
        characters += added
    if batch:
        yield batch


def array_text(batch: Sequence[Element]) -> str:
    """``input`` of a batch."""
    return f"[{','.join(element.text for element in batch)}]"


def batch_outcome(
    answer: Answer, service: str, index_codes: Sequence[str], *, needs_flag: bool
) -> tuple[Outcome, list[RecordAnswer]]:
    """Judge an answer to several records.

    Returns:
        The outcome of the request, accepted only when every record was; and an answer for each.
    """
    document = parse_json(answer.text)
    is_success = 200 <= answer.status < 300
    if document is None or not is_success or not _says_anything(document):
        verdict = document and judge_record(
            document, _only(records_of(document)) or document, "", needs_flag=needs_flag
        )
        outcome = refused_outcome(answer, service, verdict or None)
        return outcome, unanswered(index_codes, outcome)
    answers = [
        _answer(answer, service, document, found, needs_flag=needs_flag)
        for found in _matches(document, index_codes)
    ]
    return _together(document, answers), answers


def unanswered(index_codes: Sequence[str], outcome: Outcome) -> list[RecordAnswer]:
    """Nothing is known of any record but what met the whole request."""
    return [
        RecordAnswer(
            index_code=code,
            accepted=False,
            flag=None,
            message=outcome.message,
            matched_by="none",
            already=outcome.already,
            error=outcome.error,
        )
        for code in index_codes
    ]


class _Match(NamedTuple):
    index_code: str
    record: Json | None
    matched_by: MatchedBy


def _says_anything(document: Json) -> bool:
    if text_of(document.get("code")) is not None:
        return True
    return any(
        text_of(one.get("succfiag")) is not None for one in [document, *records_of(document)]
    )


def _only(records: list[Json]) -> Json | None:
    return records[0] if len(records) == 1 else None


def _matches(document: Json, index_codes: Sequence[str]) -> list[_Match]:
    """Find each record's own answer: by index, else by position, else one for all (G026, G052).

    Position counts only where there are as many answers as were asked: of fewer, nobody can say
    which is missing.
    """
    records = records_of(document)
    taken: set[int] = set()
    found: list[_Match] = []
    for code in index_codes:
        number = _number_of(records, code, taken)
        if number is not None:
            taken.add(number)
        found.append(
            _Match(code, None, "none") if number is None else _Match(code, records[number], "index")
        )
    if len(records) == len(index_codes):
        return [
            _Match(one.index_code, records[place], "position")
            if one.record is None and place not in taken
            else one
            for place, one in enumerate(found)
        ]
    covering = _covering(document, records)
    if covering is None:
        return found
    return [_Match(one.index_code, covering, "batch") for one in found]


def _number_of(records: list[Json], index_code: str, taken: set[int]) -> int | None:
    """The record that names an index; the same one again when it was asked twice and said once."""
    named = [
        number
        for number, record in enumerate(records)
        if (name := named_index(record)) and same_index(name, index_code)
    ]
    free = [number for number in named if number not in taken]
    return next(iter(free or named), None)


def _covering(document: Json, records: list[Json]) -> Json | None:
    """The one record that names no index, or the answer itself when it has no record at all."""
    if not records:
        return None if named_index(document) else document
    only = _only(records)
    return only if only is not None and not named_index(only) else None


def _answer(
    answer: Answer, service: str, document: Json, match: _Match, *, needs_flag: bool
) -> RecordAnswer:
    code, record, matched_by = match
    verdict = None
    if record is not None:
        verdict = judge_record(document, record, code, needs_flag=needs_flag)
    if verdict is None:
        return _missing(answer, service, document, match)
    outcome = Outcome() if verdict.accepted else refused_outcome(answer, service, verdict)
    error = outcome.error
    if matched_by == "batch" and verdict.flag == "0":
        # 部分数据失败 for all of them together: nobody can say which
        error = PlatformUnreachableError(
            "platform_answer_partly", http_status=answer.status, answer_code=verdict.code
        )
    return RecordAnswer(
        index_code=code,
        accepted=verdict.accepted,
        flag=verdict.flag,
        message=verdict.message,
        matched_by=matched_by,
        already=outcome.already,
        error=error,
    )


def _missing(answer: Answer, service: str, document: Json, match: _Match) -> RecordAnswer:
    """No answer of its own: refused when the whole request was, else unknown."""
    verdict = judge_record(document, document, "", needs_flag=False)
    error = None
    if verdict is not None and not verdict.accepted:
        error = refused_outcome(answer, service, verdict).error
    return RecordAnswer(
        index_code=match.index_code,
        accepted=False,
        flag=None,
        message="",
        matched_by="none",
        error=error
        or PlatformUnreachableError(
            "platform_answer_missing", http_status=answer.status, service=service
        ),
    )


def _together(document: Json, answers: Sequence[RecordAnswer]) -> Outcome:
    """The outcome of the request: its records', where they agree."""
    code = text_of(document.get("code"))
    failed = [one for one in answers if not one.accepted]
    if not failed:
        return Outcome(
            accepted=True,
            answer_code=code,
            message=answers[0].message,
            index_matched=_named(answers),
        )
    error = failed[0].error
    if len(failed) < len(answers) or len({_code(one) for one in failed}) > 1:
        error = PlatformRejectedError(
            "platform_batch_partial",
            retryable=any(one.error is not None and one.error.retryable for one in failed),
            answer_code=code,
            accepted=len(answers) - len(failed),
            refused=len(failed),
        )
    return Outcome(
        answer_code=code,
        message=failed[0].message,
        index_matched=_named(answers),
        already=all(one.already for one in failed),
        error=error,
    )


def _named(answers: Sequence[RecordAnswer]) -> bool | None:
    return True if all(one.matched_by == "index" for one in answers) else None


def _code(answer: RecordAnswer) -> str:
    return answer.error.code if answer.error else ""

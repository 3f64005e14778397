"""Answers of 2.2.3.5 and 2.2.3.6 as a person reads them, as HIS takes them, and as they are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from hbgz_desktop.platforms.hebei.answers import AnswerReader, printed_name
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.hebei.requests import relation_field
from hbgz_desktop.platforms.hebei.verdict import Verdict
from hbgz_desktop.sources.workbook import Sheet, write_text_file, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.model.shared_viewing import (
        OrderRelation,
        RecognisedOrders,
        RecognitionResult,
        SharedLabReport,
        SharedLabResult,
        SharedStudy,
        SharedStudyDetail,
    )
    from hbgz_desktop.platforms.field_table import Field
    from hbgz_desktop.platforms.standards import Standard

    AnyRow = SharedStudy | SharedStudyDetail | SharedLabReport | SharedLabResult

SERVICE = "restJcJyYyInfo"
_STUDY, _STUDY_DETAIL = "data.studyItem", "data.studyItem.studyDetails"
_LAB, _LAB_DETAIL = "data.labItem", "data.labItem.labDetails"
_SHEETS = (
    ("检查", (_STUDY,)),
    ("检查明细", (_STUDY, _STUDY_DETAIL)),
    ("检验", (_LAB,)),
    ("检验结果", (_LAB, _LAB_DETAIL)),
)
_KEYS = {_STUDY: ("recordId", "orgName", "studyItemName"), _LAB: ("labSerialNumber", "orgName")}
"""What a line of details repeats of the line it belongs to."""


@dataclass(frozen=True, slots=True)
class ReadableField:
    """One labelled value.

    Attributes:
        name: The platform's own member name.
        label: Its printed Chinese name; the name itself for a member that is not printed (H060).
        value: As it came.
        meaning: What the print says a code means, or "" (H059).
    """

    name: str
    label: str
    value: str = field(repr=False)
    meaning: str = ""

    @property
    def text(self) -> str:
        """For a person: the meaning with the code, else the value."""
        return f"{self.meaning}（{self.value}）" if self.meaning else self.value


@dataclass(frozen=True, slots=True)
class ReadableGroup:
    """One result with what belongs to it; only members that have a value.

    Attributes:
        kind: ``study``, ``study_detail``, ``lab`` or ``lab_result``.
        title: Item and hospital.
        is_recognised: 互认, 不互认, or None where the answer does not say (H060).
        reason: Why it was not recognised, or "".
    """

    kind: str
    title: str = field(repr=False)
    is_recognised: bool | None = None
    reason: str = field(default="", repr=False)
    fields: tuple[ReadableField, ...] = field(default=(), repr=False)
    details: tuple[ReadableGroup, ...] = field(default=(), repr=False)


class SharedAnswers:
    """Puts answers into other forms; memory only, but for the two that write a file."""

    def __init__(self, standard: Standard) -> None:
        """Take labels and meanings from Hebei's standard."""
        self._nested: Mapping[str, Sequence[Field]] = standard.interface(SERVICE).nested
        self._reader = AnswerReader(HebeiOptions(""))

    # For a person

    def readable(self, result: RecognitionResult) -> tuple[ReadableGroup, ...]:
        """Examinations first, then laboratory reports, each with its details."""
        studies = [
            self._group(
                "study",
                _STUDY,
                one,
                f"{one.study_item_name} {one.org_name}",
                tuple(
                    self._group("study_detail", _STUDY_DETAIL, detail, detail.study_item_name)
                    for detail in one.details
                ),
            )
            for one in result.studies
        ]
        reports = [
            self._group(
                "lab",
                _LAB,
                one,
                f"{one.lab_item_name} {one.org_name}",
                tuple(
                    self._group("lab_result", _LAB_DETAIL, value, value.lab_item_name)
                    for value in one.results
                ),
            )
            for one in result.lab_reports
        ]
        return (*studies, *reports)

    def _group(
        self,
        kind: str,
        node: str,
        row: AnyRow,
        title: str,
        details: tuple[ReadableGroup, ...] = (),
    ) -> ReadableGroup:
        reason = getattr(row, "non_recognition_value", "") or getattr(
            row, "non_recognition_code", ""
        )
        return ReadableGroup(
            kind=kind,
            title=title.strip(),
            is_recognised=getattr(row, "is_recognised", None),
            reason=reason,
            fields=tuple(self._fields(node, row)),
            details=details,
        )

    def _fields(self, node: str, row: AnyRow) -> Iterator[ReadableField]:
        printed = {one.name: one for one in self._nested[node]}
        for name, value in _members(row).items():
            if not isinstance(value, str):
                value = json.dumps(value, ensure_ascii=False)  # noqa: PLW2901 - an unprinted member
            known = printed.get(name)
            label = known.label if known is not None and known.label else name
            meaning = known.enumeration.get(value, "") if known is not None else ""
            yield ReadableField(name, label, value, meaning)

    def as_text(self, result: RecognitionResult) -> str:
        """One block a result: title, then ``label：value`` lines, details indented."""
        blocks = ["\n".join(_lines(group)) for group in self.readable(result)]
        return "\n\n".join(blocks) or "没有检查检验结果被处理过"

    # For HIS

    @staticmethod
    def as_json(result: RecognitionResult) -> str:
        """The platform's own member names, decrypted; members that were absent stay absent."""
        return json.dumps(printed_result(result), ensure_ascii=False, indent=2)

    def write_json(self, result: RecognitionResult, path: Path) -> None:
        """``as_json`` as a file; raises ``RecordError`` and ``DiskFullError``."""
        write_text_file(path, self.as_json(result))

    def write_xlsx(self, result: RecognitionResult, path: Path) -> None:
        """Four sheets: examinations, their details, laboratory reports, their values.

        Raises:
            RecordError: ``workbook_not_written``.
            DiskFullError: No room.
        """
        document = printed_result(result)
        write_workbook(path, [self._sheet(title, nodes, document) for title, nodes in _SHEETS])

    def _sheet(self, title: str, nodes: tuple[str, ...], document: Mapping[str, Any]) -> Sheet:
        outer = nodes[0]
        columns = [(outer, name) for name in _KEYS[outer]] if len(nodes) > 1 else []
        columns += [(nodes[-1], one.name) for one in self._nested[nodes[-1]] if one.type != "node"]
        labels = {(node, one.name): one.label for node in nodes for one in self._nested[node]}
        headings = [f"{labels[node, name]} {name}" for node, name in columns]
        rows = []
        for above in document[outer.rpartition(".")[2]]:
            lines = above.get(nodes[-1].rpartition(".")[2], []) if len(nodes) > 1 else [above]
            for line in lines:
                cells = {outer: above, nodes[-1]: line}
                rows.append([str(cells[node].get(name, "")) for node, name in columns])
        return Sheet(title, headings, rows)

    # Kept

    @staticmethod
    def sealed_results(result: RecognitionResult) -> bytes:
        """What ``unsealed_results`` reads; the store seals it."""
        return json.dumps(printed_result(result), ensure_ascii=False).encode()

    def unsealed_results(self, kept: bytes) -> RecognitionResult:
        """The answer as it was."""
        return self._reader.results(_verdict(json.loads(kept)))

    @staticmethod
    def sealed_orders(asked: OrderRelation, answer: RecognisedOrders) -> bytes:
        """What ``unsealed_orders`` reads; the store seals it."""
        return json.dumps(
            {"asked": relation_field(asked), "answer": printed_orders(answer)}, ensure_ascii=False
        ).encode()

    def unsealed_orders(self, kept: bytes) -> tuple[OrderRelation, RecognisedOrders]:
        """(what was asked, what was answered)."""
        document = json.loads(kept)
        asked = self._reader.orders(_verdict(document["asked"])).relation
        return asked, self._reader.orders(_verdict(document["answer"]))


def printed_orders(answer: RecognisedOrders) -> dict[str, object]:
    """The data of getHrInfo in the platform's own names, decrypted."""
    return {
        "idNo": answer.id_no,
        "visitNo": answer.visit_no,
        "visitTime": answer.visit_time,
        **relation_field(answer.relation),
    }


def printed_result(result: RecognitionResult) -> dict[str, Any]:
    """The data of restJcJyYyInfo in the platform's own names, decrypted; both lists are always there."""
    return {"studyItem": [], "labItem": [], **_members(result)}


def _members(row: Any) -> dict[str, Any]:
    """Printed name → text or list of the same, without empty ones; unprinted members as they came."""
    found: dict[str, Any] = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if one.name == "unknown":
            found |= value
        elif isinstance(value, tuple):
            if value:
                found[printed_name(one.name)] = [_members(inner) for inner in value]
        elif value:
            found[printed_name(one.name)] = value
    return found


def _verdict(data: object) -> Verdict:
    return Verdict(accepted=True, code="200", message="", data=data)


def _lines(group: ReadableGroup, indent: str = "") -> Iterator[str]:
    yield f"{indent}{group.title}"
    for one in group.fields:
        yield f"{indent}  {one.label}：{one.text}"
    for detail in group.details:
        yield from _lines(detail, f"{indent}  ")

"""What the simulated platform does with a request whose envelope was accepted; 2.1, 2.2, 2.4 here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.dicom_head import has_marker, sop_instance_uid_of
from hbgz_desktop.sandbox.envelope import CODE_CONTENT, CODE_ORDER, Refusal
from hbgz_desktop.sandbox.field_rules import FieldRules
from hbgz_desktop.sandbox.field_table import load_field_table, text_at
from hbgz_desktop.sandbox.guizhou_answers import (
    Answer,
    RecordResult,
    accepted_record,
    flat_answer,
    record_answer,
    refused_answer,
    refused_record,
)
from hbgz_desktop.sandbox.guizhou_deletion import DeletionService
from hbgz_desktop.sandbox.guizhou_image_info import ImageInfoService
from hbgz_desktop.sandbox.guizhou_transactions import (
    DELETE_INDEX,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SAVE_REPORT,
)
from hbgz_desktop.sandbox.index_grammar import TITLE as INDEX
from hbgz_desktop.sandbox.index_grammar import read_index
from hbgz_desktop.sandbox.ledger import Ledger, TotalExceededError
from hbgz_desktop.sandbox.received import StoredImage, StoredRecord, StoredReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.sandbox.guizhou_intake import Message, Upload
    from hbgz_desktop.sandbox.guizhou_queries import QueryServices
    from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants

STUDY_UID: Final = "studyUid 检查唯一标识"
ACCESSION: Final = "accessionNumber 影像关联编号"
FILE_MD5: Final = "fileMd5 文件 Md5 值"
TOTAL: Final = "imageTotalNum 影像总张数"
DICOM_FILE: Final = "dicom 影像 dicom 文件"
REPORT_NO: Final = "rpotNo 报告编号"
PDF_FILE: Final = "examRpotPdf1 检查报告 pdf 文件"
FILE_FIELD: Final = {SAVE_IMAGE: "dicom", SAVE_REPORT: "examRpotPdf1"}
PDF_MARKER: Final = b"%PDF-"
ALREADY: Final = "已存在，未重复保存"


class GuizhouServices:
    """The eight services over one ledger. Safe from any thread."""

    def __init__(self, ledger: Ledger, queries: QueryServices) -> None:
        """Keep what is accepted in ``ledger``; ``queries`` are 2.6 to 2.8."""
        self._ledger = ledger
        self._queries = queries
        self._image_info = ImageInfoService(ledger)
        self._deletion = DeletionService(ledger)
        self._rules = FieldRules(load_field_table())

    def serve(self, service: str, message: Message, variants: GuizhouVariants) -> Answer:
        """Do what the request asks for, or say by which rule it is refused."""
        if service == SAVE_RECORD:
            return record_answer(
                self._save_record(item, content, variants)
                for item, content in zip(message.items, message.originals, strict=True)
            )
        needs_record = variants.upload_order == "record_first"
        if service == SAVE_IMAGE:
            return self._save_image(message, needs_record=needs_record)
        if service == SAVE_REPORT:
            return self._save_report(message, needs_record=needs_record)
        if service == SAVE_IMAGE_INFO:
            return self._image_info.serve(message, needs_record=needs_record)
        if service == DELETE_INDEX:
            return self._deletion.serve(message, one_for_all=variants.delete_answer == "one_null")
        return self._queries.serve(service, message, variants)

    # -- 2.1

    def _save_record(
        self, item: Mapping[str, object], content: Mapping[str, object], variants: GuizhouVariants
    ) -> RecordResult:
        index = text_at(item, "hiImgIndx")
        findings = self._rules.check_record(item)
        warnings = list(findings.warnings)
        errors = list(findings.errors)
        if index:
            reading = read_index(index)
            warnings += reading.warnings
            errors += reading.errors or _index_errors(reading.certificate_type, item, index)
            if reading.exam_day != text_at(item, "examDate")[:10]:
                warnings.append("examDate 检查日期：与索引第 3 部分的日期不同（G011）")
        errors += self._reuse_errors(index, item)
        if variants.deleted_index == "gone" and self._was_deleted(index):
            errors.append(f"{INDEX}：索引已删除，不能再使用")
        if errors:
            return refused_record(index, Refusal(CODE_CONTENT, "；".join(errors)))
        record = self._ledger.add_record(
            index,
            study_uid=text_at(item, "studyUid"),
            accession_numbers=_entries(text_at(item, "accessionNumber")),
            report_numbers=_entries(text_at(item, "rpotNo")),
            content=content,
            warnings=warnings,
        )
        return accepted_record(index, _RECORD_TEXT[record.outcome])

    def _reuse_errors(self, index: str, item: Mapping[str, object]) -> list[str]:
        """One index code names one examination for ever (2.1 no. 1, G010)."""
        known = self._ledger.record(index)
        if known is None or known.study_uid == text_at(item, "studyUid"):
            return []
        return [f"{INDEX}：索引已被另一次检查使用，应全国唯一"]

    def _was_deleted(self, index: str) -> bool:
        return any(one.index == index for one in self._ledger.deletions())

    # -- 2.2

    def _save_image(self, message: Message, *, needs_record: bool) -> Answer:
        fields = message.items[0]
        index = text_at(fields, "hiImgIndx")
        record, errors = self._common_errors(fields, needs_record=needs_record)
        errors += _upload_errors(DICOM_FILE, message.upload, fields)
        total, total_errors = _total(fields)
        errors += total_errors
        upload = message.upload
        if upload is not None and upload.head and not has_marker(upload.head):
            errors.append(f"{DICOM_FILE}：不是 DICOM 文件，缺少 DICM 标识")
        errors += _accession_errors(fields, record)
        if errors or upload is None:
            return self._refuse(SAVE_IMAGE, message, record, errors)
        image = StoredImage(
            index=index,
            md5=upload.md5,
            sop_instance_uid=sop_instance_uid_of(upload.head),
            study_uid=text_at(fields, "studyUid"),
            total=total,
            size_bytes=upload.size_bytes,
            outcome="",
        )
        try:
            kept = self._ledger.add_image(image, upload.path)
        except TotalExceededError as exc:
            rule = f"{TOTAL}：不同影像已有 {exc.count} 张，超过申报的 {total} 张"
            return self._refuse(SAVE_IMAGE, message, record, [rule])
        text = "成功" if kept.outcome == "new" else f"影像{ALREADY}"
        return flat_answer(SAVE_IMAGE, index, 0, text)

    # -- 2.4

    def _save_report(self, message: Message, *, needs_record: bool) -> Answer:
        fields = message.items[0]
        index = text_at(fields, "hiImgIndx")
        record, errors = self._common_errors(fields, needs_record=needs_record)
        number = text_at(fields, "rpotNo")
        if not number:
            errors.append(f"{REPORT_NO}：必填项为空")
        elif len(number) > 50:
            errors.append(f"{REPORT_NO}：长度 {len(number)} 超过 50 个字符")
        elif record is not None and number not in record.report_numbers:
            errors.append(f"{REPORT_NO}：未在 2.1 检查数据中申报")
        errors += _upload_errors(PDF_FILE, message.upload, fields)
        upload = message.upload
        if upload is not None and upload.head and not upload.head.startswith(PDF_MARKER):
            errors.append(f"{PDF_FILE}：不是 PDF 文件，缺少 %PDF- 标识")
        if errors or upload is None:
            return self._refuse(SAVE_REPORT, message, record, errors)
        report = StoredReport(index, number, upload.md5, upload.size_bytes, "")
        kept = self._ledger.add_report(report, upload.path)
        text = "成功" if kept.outcome == "new" else f"报告{ALREADY}"
        return flat_answer(SAVE_REPORT, index, 0, text)

    # -- what 2.2 and 2.4 share

    def _common_errors(
        self, fields: Mapping[str, object], *, needs_record: bool
    ) -> tuple[StoredRecord | None, list[str]]:
        index = text_at(fields, "hiImgIndx")
        errors: list[str] = []
        record = None
        if not index:
            errors.append(f"{INDEX}：必填项为空")
        else:
            errors += read_index(index).errors
            record = self._ledger.record(index)
            if record is None and needs_record and not errors:
                errors.append(f"{INDEX}：索引不存在，应先上传影像检查数据（2.1）")
        study_uid = text_at(fields, "studyUid")
        if not study_uid:
            errors.append(f"{STUDY_UID}：必填项为空")
        elif len(study_uid) > 512:
            errors.append(f"{STUDY_UID}：长度 {len(study_uid)} 超过 512 个字符")
        return record, errors

    def _refuse(
        self, service: str, message: Message, record: StoredRecord | None, errors: list[str]
    ) -> Answer:
        # Only the unknown index is a matter of order: sent again after 2.1, it would be accepted.
        is_order = record is None and len(errors) == 1 and "应先上传" in errors[0]
        code = CODE_ORDER if is_order else CODE_CONTENT
        return refused_answer(service, message, Refusal(code, "；".join(errors)))


_RECORD_TEXT: Final = {
    "new": "保存数据成功",
    "correction": "更新数据成功",
    "again": f"数据{ALREADY}",
}


def _entries(text: str) -> list[str]:
    return [entry for part in text.split(",") if (entry := part.strip())]


def _index_errors(certificate_type: str, item: Mapping[str, object], index: str) -> list[str]:
    """Parts 1 and 2 are the record's certificate (1.2), upper case, without blanks (G008)."""
    errors = []
    if certificate_type != text_at(item, "psnCertType"):
        errors.append(f"{INDEX}：第 1 部分与 psnCertType 人员证件类型不一致")
    number = re.sub(r"[\s()（）]", "", text_at(item, "certno")).upper()
    if index.split("-")[1] != number:
        errors.append(f"{INDEX}：第 2 部分与 certno 证件号码不一致")
    return errors


def _upload_errors(title: str, upload: Upload | None, fields: Mapping[str, object]) -> list[str]:
    """The file must be there and be what fileMd5 says, compared without case (G045)."""
    errors = []
    given = text_at(fields, "fileMd5")
    if upload is None:
        errors.append(f"{title}：缺少文件")
    elif upload.size_bytes == 0:
        errors.append(f"{title}：文件为空")
    if not given:
        errors.append(f"{FILE_MD5}：必填项为空")
    elif not re.fullmatch(r"[0-9a-fA-F]{32}", given):
        errors.append(f"{FILE_MD5}：应为 32 位十六进制字符")
    elif upload is not None and given.lower() != upload.md5:
        errors.append(f"{FILE_MD5}：与收到的文件不一致")
    return errors


def _total(fields: Mapping[str, object]) -> tuple[int, list[str]]:
    text = text_at(fields, "imageTotalNum")
    if not text:
        return 0, [f"{TOTAL}：必填项为空"]
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) == 0:
        return 0, [f"{TOTAL}：应为 1 至 999999 的整数"]
    return int(text), []


def _accession_errors(fields: Mapping[str, object], record: StoredRecord | None) -> list[str]:
    """Mandatory, 256 characters, and the numbers 2.1 named (G031)."""
    text = text_at(fields, "accessionNumber")
    if not text:
        return [f"{ACCESSION}：必填项为空"]
    if len(text) > 256:
        return [f"{ACCESSION}：长度 {len(text)} 超过 256 个字符"]
    if record is not None and not set(_entries(text)) <= set(record.accession_numbers):
        return [f"{ACCESSION}：与 2.1 检查数据中的影像关联编号不一致"]
    return []

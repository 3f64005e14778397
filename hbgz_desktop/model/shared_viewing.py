"""What Hebei's sharing calls ask and answer: the shared page, orders, recognised results (2.2.3.4-6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RECOGNISED = {"1": True, "2": False}


class ViewMode(Enum):
    """Why the shared page is asked for (H054)."""

    VIEW = "view"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class ViewRequest:
    """What hrPage is asked beside the visit.

    Attributes:
        mode: View sends neither list; order sends at least one (H054).
        study_items: Codes of examinations, for an order.
        lab_items: Codes of laboratory tests, for an order.
    """

    mode: ViewMode = ViewMode.VIEW
    study_items: tuple[str, ...] = ()
    lab_items: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it may be sent: an order names something, a view names nothing (H054)."""
        names_something = any(one.strip() for one in (*self.study_items, *self.lab_items))
        return names_something == (self.mode is ViewMode.ORDER)


def split_item_codes(text: str) -> tuple[str, ...]:
    """Item codes out of a typed or printed list: comma of either width, blanks anywhere (H055)."""
    parts = ("".join(part.split()) for part in re.split("[,，]", text))
    return tuple(part for part in parts if part)


def join_item_codes(codes: Iterable[str]) -> str:
    """Item codes as they are sent: an ASCII comma without blanks (H055)."""
    return ",".join(one for code in codes for one in split_item_codes(code))


@dataclass(frozen=True, slots=True)
class SharingOffer:
    """What hrPage answers (H057).

    Attributes:
        study_count: Examinations that can be shared; None when the answer cannot be read.
        lab_count: Laboratory results that can be shared; None when it cannot be read.
        url: Page to open unchanged, once, in the person's browser (H075); absolute, or "" when the
            answer has none that a browser may open. It may name the patient: never logged.
    """

    study_count: int | None
    lab_count: int | None
    url: str = field(default="", repr=False)
    patient_name: str = field(default="", repr=False)
    id_no: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def has_results(self) -> bool:
        """Whether there is anything to look at; both counts 0 = stop (2.2.3.4).

        A count that cannot be read counts as "not 0" only beside a page address (H057).
        """
        counts = (self.study_count, self.lab_count)
        if any(counts):
            return True
        return None in counts and bool(self.url)


def is_page_host_allowed(url: str, base_url: str, hosts: Iterable[str]) -> bool:
    """Whether a page may be opened: http(s), on the platform's own host or a configured one (DESIGN 11)."""
    try:
        page, own = urlsplit(url), urlsplit(base_url)
        host, own_host = page.hostname, own.hostname
    except ValueError:
        return False
    if page.scheme not in ("http", "https") or not host or page.username is not None:
        return False
    allowed = {one.strip().lower() for one in hosts} | {own_host}
    return host in allowed


@dataclass(frozen=True, slots=True)
class OrderItems:
    """One order of the HIS and the item codes it asks for (H058).

    Attributes:
        order_no: ``hisNo``, the HIS's order number.
        item_codes: ``studyItemCodes`` or ``labItemCodes``.
    """

    order_no: str
    item_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderRelation:
    """Order numbers with their items; the platform strikes out what was not recognised (2.2.3.5).

    An order all of whose items were struck out may come back empty or not at all (H058).
    """

    study_orders: tuple[OrderItems, ...] = ()
    lab_orders: tuple[OrderItems, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no order names an item: nothing recognised."""
        return not any(one.item_codes for one in (*self.study_orders, *self.lab_orders))


@dataclass(frozen=True, slots=True)
class RecognisedOrders:
    """What getHrInfo answers: the relation without what was not recognised (H058)."""

    relation: OrderRelation
    id_no: str = field(default="", repr=False)
    visit_no: str = field(default="", repr=False)
    visit_time: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SharedStudyDetail:
    """One entry of ``studyDetails``; ``study_no`` is 检查号 here (H060)."""

    study_serial_no: str = ""  # 影像检查流水号
    study_item_no: str = ""  # 检查项目编码
    study_item_name: str = ""  # 检查项目名称
    image_no: str = ""  # 影像号
    study_no: str = ""  # 检查号
    study_type_name: str = ""  # 检查类型名称
    review_doc_no: str = ""  # 审核医生工号
    review_doc_name: str = ""  # 审核医生姓名
    positivity: str = ""  # 阴阳性
    report_result: str = ""  # 检查报告结论
    image_performance: str = ""  # 影像表现或检查所见
    study_diagnosis: str = ""  # 检查诊断或提示
    instrument_num: str = ""  # 仪器编码
    instrument_no: str = ""  # 检查仪器号
    instrument_name: str = ""  # 检查仪器名称
    study_method: str = ""  # 检查方法
    study_name: str = ""  # 检查名称
    study_modality: str = ""  # 检查设备类型
    is_image: str = ""  # 是否有影像
    image_url: str = ""  # 影像阅片 url
    unknown: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, repr=False)
class SharedStudy:
    """One entry of ``studyItem``; ``study_no`` is 检查流水号 here (H060)."""

    record_id: str = ""  # 互认记录 ID
    org_code: str = ""  # 医疗机构代码
    org_name: str = ""  # 医疗机构名称
    study_no: str = ""  # 检查流水号
    study_item_code: str = ""  # 检查项目代码
    study_item_name: str = ""  # 检查项目名称
    base_item_code: str = ""  # 平台侧项目编码
    call_mapping_item_code: str = ""  # 调用方映射项目编码
    apply_time: str = ""  # 申请日期
    report_time: str = ""  # 报告日期
    record_category: str = ""  # 记录类别
    study_category_code: str = ""  # 检查类别代码
    study_type_code: str = ""  # 检查类型代码
    apply_dept_name: str = ""  # 申请科室名称
    apply_dept_no: str = ""  # 申请科室编码
    apply_doc_no: str = ""  # 申请医生工号
    apply_doc_name: str = ""  # 申请医生姓名
    study_dept_name: str = ""  # 检查科室名称
    study_dept_no: str = ""  # 检查科室编码
    study_doc_no: str = ""  # 检查医生工号
    study_doc_name: str = ""  # 检查医生姓名
    study_time: str = ""  # 检查日期时间
    study_result_code: str = ""  # 检查结果代码
    study_result: str = ""  # 检查结果(定性)
    study_result_quantify: str = ""  # 检查结果(定量)
    study_metering_unit: str = ""  # 检查计量单位
    report_dept_no: str = ""  # 报告科室编码
    report_doc_no: str = ""  # 报告医生工号
    report_doc_name: str = ""  # 报告医生姓名
    is_recognition: str = ""  # 是否互认
    non_recognition_code: str = ""  # 不互认理由 code
    non_recognition_value: str = ""  # 不互认理由 value
    data_source: str = ""  # 数据来源
    report_id: str = ""  # 报告 id
    details: tuple[SharedStudyDetail, ...] = ()
    unknown: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def is_recognised(self) -> bool | None:
        """Whether it was recognised (互认); None when the answer does not say."""
        return _RECOGNISED.get(self.is_recognition)


@dataclass(frozen=True, slots=True, repr=False)
class SharedLabResult:
    """One entry of ``labDetails``: one analyte and whether it was recognised (H060)."""

    item_id: str = ""  # 互认记录 ID
    lab_no: str = ""  # 检验明细流水号
    lab_item_no: str = ""  # 检验指标项目代码
    lab_item_name: str = ""  # 检验指标项目名称
    base_item_code: str = ""  # 平台侧项目编码
    call_mapping_item_code: str = ""  # 调用方映射项目编码
    lab_result_code: str = ""  # 检验结果代码
    result_qualitative: str = ""  # 检验结果 (定性)
    result_quantify: str = ""  # 检验结果 (定量)
    result_type: str = ""  # 检验结果类型
    metering_unit: str = ""  # 检验计量单位
    reference_range: str = ""  # 参考值范围
    inspector_no: str = ""  # 检测人工号
    inspector_name: str = ""  # 检测人姓名
    lab_category_code: str = ""  # 检验-类别代码
    loinc: str = ""  # loinc 编码
    device_type_code: str = ""  # 设备类别编码
    instrument_no: str = ""  # 仪器编号
    instrument_name: str = ""  # 仪器名称
    result_prompt: str = ""  # 结果提示
    is_recognition: str = ""  # 是否互认
    non_recognition_code: str = ""  # 不互认理由 code
    non_recognition_value: str = ""  # 不互认理由 value
    data_source: str = ""  # 数据来源
    report_time: str = ""  # 报告时间
    access_record_id: str = ""  # 访问记录 ID，市平台上传引用结果时，使用该 id
    unknown: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def is_recognised(self) -> bool | None:
        """Whether it was recognised (互认); None when the answer does not say."""
        return _RECOGNISED.get(self.is_recognition)


@dataclass(frozen=True, slots=True, repr=False)
class SharedLabReport:
    """One entry of ``labItem``: one laboratory report (H060)."""

    org_code: str = ""  # 医疗机构代码
    org_name: str = ""  # 医疗机构名称
    lab_serial_number: str = ""  # 检验流水号
    report_type_no: str = ""  # 报告单类别编码
    lab_item_name: str = ""  # 检验项目名称
    apply_time: str = ""  # 申请日期
    report_time: str = ""  # 报告日期
    pdf_url: str = ""  # PDF 报告调阅 url
    apply_dept_no: str = ""  # 申请科室编码
    apply_dept_name: str = ""  # 申请科室名称
    apply_doc_no: str = ""  # 申请医生工号
    apply_doc_name: str = ""  # 申请医生姓名
    report_doc_no: str = ""  # 报告医生工号
    report_doc_name: str = ""  # 报告医生姓名
    review_doc_no: str = ""  # 审核医生工号
    review_doc_name: str = ""  # 审核医生姓名
    lab_time: str = ""  # 检验日期
    specimen_code: str = ""  # 标本代码
    specimen_name: str = ""  # 标本名称
    item_type: str = ""  # 记录类别
    advice_project_no: str = ""  # 医嘱项目代码
    report_id: str = ""  # 报告 ID
    results: tuple[SharedLabResult, ...] = ()
    unknown: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, repr=False)
class RecognitionResult:
    """Everything the physician worked on in the shared page, recognised or not (2.2.3.6).

    Nothing of it is in ``repr``. ``unknown`` on each level keeps members that are not printed (H060).
    """

    patient_name: str = ""  # 患者姓名
    id_no: str = ""  # 患者证件号码
    visit_no: str = ""  # 患者就诊号
    visit_time: str = ""  # 患者就诊时间
    data_source: str = ""  # 数据来源
    studies: tuple[SharedStudy, ...] = ()
    lab_reports: tuple[SharedLabReport, ...] = ()
    unknown: Mapping[str, object] = field(default_factory=dict, hash=False)

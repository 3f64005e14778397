"""Group ``guizhou`` of ``hbgz.toml``: the services of V1.4, chapter 2."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hbgz_desktop.model.setting_group import Group, Seconds


class GuizhouSettings(Group):
    """贵州省医保影像云 V1.4."""

    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$")] = (
        Field("", title="平台地址", description="医保前置机的地址，写到 /mie/api/mie 为止。")
    )
    institution_code: Annotated[str, StringConstraints(max_length=30)] = Field(
        "",
        title="交易机构编号（infCode）",
        description="医疗机构代码或检查检验机构编号，最长 30 位。",
    )
    fixmedins_code: Annotated[str, StringConstraints(max_length=30)] = Field(
        "", title="定点医药机构代码", description="不填时与交易机构编号相同（G076）。"
    )
    fixmedins_name: str = Field(
        "", title="定点医药机构名称", description="不填时用医院名称（G076）。"
    )
    msgid_prefix: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9]{12})?$")] = Field(
        "", title="报文 ID 前缀", description="机构编号不是 12 位时，填 12 位前缀（G021）。"
    )
    exam_admdvs: Annotated[str, StringConstraints(pattern=r"^(\d{6})?$")] = Field(
        "", title="医保区划代码", description="记录里没有 examAdmdvs 时用它，6 位（G043）。"
    )
    hosp_lv: str = Field(
        "", title="医院等级", description="记录里没有 hospLv 时用它（字典 hosp_lv）。"
    )
    image_transport: Literal["http", "dicom"] = Field(
        "http",
        title="图像走哪条路",
        description="http（2.2）或 dicom（2.3）；一份检查只走一条（G075）。",
    )
    index_parts: Literal[5, 6] = Field(5, title="索引段数", description="五段或六段（G001）。")
    index_institution: Annotated[str, StringConstraints(pattern=r"^([0-9A-Z]{18})?$")] = Field(
        "", title="索引第六段", description="六段时的统一社会信用代码（G001）。"
    )
    real_device_code: bool = Field(
        False, title="发真实设备代码", description="关时发 13 个 0（G006、G033）。"
    )
    real_part_code: bool = Field(
        False, title="发真实部位代码", description="关时发 9 个 0（G006、G034）。"
    )
    certno_hyphen: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]?$")] = Field(
        "", title="证件号里的连字符换成", description="不填时带连字符的证件号不能生成索引（G008）。"
    )
    index_field_2_2: Literal["hiImgIndx", "hiImgIdx"] = Field(
        "hiImgIndx",
        title="2.2 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    index_field_2_4: Literal["hiImgIndx", "hiImgIdx"] = Field(
        "hiImgIndx",
        title="2.4 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    send_info_too: bool = Field(
        False, title="同时发 info", description="infno 之外再发 info（G017）。"
    )
    send_both_codes: bool = Field(
        False,
        title="同时发两种机构编号",
        description="infCode 和 fixmedinsCode 都发，同一个值（G020）。",
    )
    list_separator: Literal["|", ",", " "] = Field(
        "|", title="多值分隔符", description="原文丢失，默认 |（G032）。"
    )
    sdry_chk_date: Literal["error", "chkDate", "rptDate"] = Field(
        "error",
        title="没有二审日期时",
        description="平台要求必填；可用审核日期或报告日期代替（G038）。",
    )
    without_report: Literal["wait", "exam_number"] = Field(
        "wait", title="没有报告编号时", description="等报告，或用检查号作报告编号（G039）。"
    )
    without_settlement: Literal["wait", "placeholder"] = Field(
        "wait", title="没有结算时", description="等结算（G040），或先用占位内容。"
    )
    settlement_part: Literal["real", "zeros"] = Field(
        "real", title="结算里的部位代码", description="发真实代码，没有时发 0（G035）。"
    )
    empty_optional: Literal["omit", "empty"] = Field(
        "omit", title="不知道的选填项", description="不发，或发空字符串（G044）。"
    )
    numbers_as_text: bool = Field(False, title="年龄按文本发", description="默认按数字发（G037）。")
    allow_malformed_parts: bool = Field(
        False, title="允许照原文的异常部位代码", description="字典里 25 个位数不对的代码（G065）。"
    )
    study_uid_length: Annotated[int, Field(ge=50, le=512)] = Field(
        64, title="studyUid 最长", description="印的是 50，真实 UID 可到 64（G030）。"
    )
    input_limit: Annotated[int, Field(ge=1000, le=4_000_000)] = Field(
        40000, title="input 最长字符数", description="超过就不发，先请人处理（G024）。"
    )
    send_example_fields: bool = Field(
        False,
        title="发样例里的两个字段",
        description="hospitalCode 和 patientId，默认不发（G027）。",
    )
    connect_timeout_s: Seconds = Field(
        10, title="连接超时（秒）", description="连不上平台这么久就算失败。"
    )
    read_timeout_s: Seconds = Field(
        300, title="等应答（秒）", description="发完以后等平台应答的时间，宁长勿短。"
    )
    verify_tls: bool = Field(True, title="校验证书", description="用 https 时校验平台证书。")

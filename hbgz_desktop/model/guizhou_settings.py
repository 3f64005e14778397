"""Group ``guizhou`` of ``hbgz.toml``: the services of V1.4, chapter 2."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hbgz_desktop.model.image_push_settings import ImagePushSettings
from hbgz_desktop.model.setting_group import Seconds

Names = list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]]
"""Names a person writes one a line, ``*`` for any text."""


IndexField = Literal["hiImgIndx", "hiImgIdx", "hilmgIdx"]
"""Spellings the document prints (G016)."""
DeleteName = Literal["deleteExamRpotImgIndxInfo", "deleteExamRpotImgIdxInfo"]
"""Spellings of 2.5 the document prints (G018)."""
SendOrder = Literal["record_images_report", "record_report_images", "images_record_report"]
"""In which order the parts of one examination go (G046, G071)."""


class GuizhouSettings(ImagePushSettings):
    """贵州省医保影像云 V1.4."""

    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$")] = (
        Field(
            "", title="平台地址", description="医保前置机的地址，写到 /mie/api/mie 为止（G050）。"
        )
    )
    institution_code: Annotated[str, StringConstraints(max_length=30)] = Field(
        "",
        title="交易机构编号（infCode）",
        description="医疗机构代码或检查检验机构编号，最长 30 位；不填就不发（G020、G076、X003）。",
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
    upload_ultrasound: bool = Field(
        False,
        title="超声也上传",
        description="平台收四类：X 线、CT、磁共振、核医学；超声默认不传（G012）。",
    )
    skip_modalities: Names = Field(
        default_factory=lambda: ["ECG", "EPS", "ES", "GM", "HD", "OP", "OPT", "SM", "XC"],
        title="不传的设备类型",
        description="图像里写的 Modality，每行一个；默认是不属于那四类的（心电、内镜、病理、眼科等，G012）。",
    )
    only_modalities: Names = Field(
        default_factory=list,
        title="只传这些设备类型",
        description="空着就不限；填了以后，别的设备类型都不传。",
    )
    skip_departments: Names = Field(
        default_factory=list,
        title="不传的检查科室",
        description="和记录里的检查科室（examDeptName）一样写，每行一个；* 代表任意字，例如 体检*。",
    )
    only_departments: Names = Field(
        default_factory=list,
        title="只传这些检查科室",
        description="空着就不限；填了以后，别的科室都不传。记录里没写科室的照传。",
    )
    skip_sources: Names = Field(
        default_factory=list,
        title="不传的记录来源",
        description="记录文件的名字，每行一个；* 代表任意字，例如 体检中心*.csv。",
    )
    only_sources: Names = Field(
        default_factory=list,
        title="只传这些记录来源",
        description="空着就不限；填了以后，别的来源都不传。",
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
    index_collision: Literal["advance", "refuse"] = Field(
        "advance",
        title="索引已被占用时",
        description="同一人同一秒有两份检查时：往后推一秒，或者列入待处理（G010）。",
    )
    index_field_2_1: IndexField = Field(
        "hiImgIndx", title="2.1 的索引字段名", description="一般不用改（G016）。"
    )
    index_field_2_2: Literal["hiImgIndx", "hiImgIdx"] = Field(
        "hiImgIndx",
        title="2.2 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    index_field_2_3: IndexField = Field(
        "hiImgIndx",
        title="2.3 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    index_field_2_4: Literal["hiImgIndx", "hiImgIdx"] = Field(
        "hiImgIndx",
        title="2.4 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    index_field_2_5: IndexField = Field(
        "hiImgIndx",
        title="2.5 的索引字段名",
        description="只在删除按对象发时用到；印刷不一致（G016、G051）。",
    )
    index_field_2_7: IndexField = Field(
        "hiImgIndx",
        title="2.7 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    index_field_2_8: IndexField = Field(
        "hiImgIndx",
        title="2.8 的索引字段名",
        description="印刷不一致，按前置机实际要求选（G016）。",
    )
    delete_path: DeleteName = Field(
        "deleteExamRpotImgIndxInfo",
        title="2.5 的接口路径",
        description="文档里有两种写法，删除时报路径不对就换另一种（G018）。",
    )
    delete_infno: DeleteName = Field(
        "deleteExamRpotImgIndxInfo",
        title="2.5 的交易编号（infno）",
        description="和路径分开选，按前置机实际要求（G018）。",
    )
    delete_input: Literal["strings", "objects"] = Field(
        "strings",
        title="删除时索引怎么发",
        description="例子是一串索引，表格是带字段名的对象（G051）。",
    )
    send_info_too: bool = Field(
        False, title="同时发 info", description="infno 之外再发 info（G017）。"
    )
    send_both_codes: bool = Field(
        False,
        title="同时发两种机构编号",
        description="infCode 和 fixmedinsCode 都发，同一个值（G020）。",
    )
    send_key_in_queries: bool = Field(
        False, title="查询也发密钥", description="2.6 到 2.8 的表里没有 key，默认不发（G023）。"
    )
    query_certno: Literal["plain", "sm4_hex", "sm4_HEX", "sm4_base64"] = Field(
        "plain",
        title="查询时证件号码怎么发",
        description="默认明文。平台要求密文时选 SM4（ECB、PKCS#7）的一种写法，并填密钥（G055）。",
    )
    upload_shape: Literal["array", "object"] = Field(
        "array",
        title="2.1、2.3 的输入（input）",
        description="例子是数组；前置机只收单个对象时改（G024）。",
    )
    query_shape: Literal["object", "array"] = Field(
        "object",
        title="2.6 到 2.8 的输入（input）",
        description="例子是单个对象；前置机要数组时改（G024）。",
    )
    input_as_text: bool = Field(
        False,
        title="输入（input）按字符串发",
        description="表里写的是字符型：把 JSON 装进字符串再发（G024）。",
    )
    total_as_text: bool = Field(
        False, title="2.3 的总张数按文本发", description="默认按数字发，例子是文本（G046）。"
    )
    send_order: SendOrder = Field(
        "record_images_report",
        title="上传顺序",
        description="前一种都送到了，才发后一种（G046、G071）。",
    )
    require_succ_flag: bool = Field(
        True,
        title="必须有成功标志",
        description="应答里没有 succFlag 就不算成功；前置机确实不给时才关（G026）。",
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
    charge_as_number: bool = Field(
        False, title="费用按数字发", description="默认按文本发，带两位小数（G037）。"
    )
    exam_type_by_modality: dict[str, Annotated[int, Field(ge=1, le=9)]] = Field(
        default_factory=dict,
        title="按设备类型的影像类别",
        description="例如 XA = 1；没写的：CR、DX、RF、XA、MG 是 1，CT 2，MR 3，US 4，NM、PT 5（G069）。",
    )
    date_pattern: Literal["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd"] = Field(
        "yyyy-MM-dd", title="日期写法", description="旧版前置机要别的写法时改（G073）。"
    )
    datetime_pattern: Literal["yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyyMMddHHmmss"] = (
        Field(
            "yyyy-MM-dd HH:mm:ss",
            title="日期时间写法",
            description="旧版前置机要别的写法时改（G073）。",
        )
    )
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
        10, title="连接超时（秒）", description="连不上平台这么久就算失败（G072）。"
    )
    read_timeout_s: Seconds = Field(
        300, title="等应答（秒）", description="发完以后等平台应答的时间，宁长勿短（G072）。"
    )
    query_timeout_s: Seconds = Field(
        60,
        title="查询等应答（秒）",
        description="查询和取图像时，平台这么久没有动静就算失败（G072）。",
    )
    repeat_msgid: bool = Field(
        False,
        title="没有应答时用原报文 ID 再发",
        description="默认每次换新的；前置机按报文 ID 去重时才开（G072）。",
    )
    verify_tls: bool = Field(
        True, title="校验证书", description="用 https 时校验平台证书（G072）。"
    )

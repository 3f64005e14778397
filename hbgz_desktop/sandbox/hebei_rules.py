"""The rules the simulated Hebei platform holds a request to, by the names its refusals begin with.

Written from the printed V1.5, 2.2.3, and the register of its gaps (H035 to H060, H075 to H077).
A refusal names the rule and the field, never a value: values are patients.
"""

from __future__ import annotations

from enum import Enum


class Rule(Enum):
    """One rule; its value is what a refusal says in words."""

    # the request as a whole
    PATH_UNKNOWN = "接口不存在"
    METHOD_NOT_POST = "请求方式应为 POST"
    CONTENT_TYPE_NOT_JSON = "请求体类型应为 application/json"
    BODY_NOT_JSON = "请求体不是合法的 UTF-8 JSON"
    BODY_NOT_OBJECT = "请求体应为 JSON 对象"
    BODY_NOT_EMPTY = "刷新 token 没有请求体参数"
    # 2.2.3.1 and 2.2.3.2
    ORG_UNKNOWN = "机构编码未登记"
    TOKEN_TOO_OFTEN = "不可频繁获取 token，应根据有效期缓存"  # noqa: S105 - words of a refusal
    HEADER_MISSING = "缺少请求头"
    TOKEN_PREFIX_WRONG = "认证令牌的前缀与约定不同"  # noqa: S105
    TOKEN_UNKNOWN = "认证令牌不存在"  # noqa: S105
    TOKEN_EXPIRED = "认证令牌已过期"  # noqa: S105
    TOKEN_REPLACED = "认证令牌已被刷新，旧令牌作废"  # noqa: S105
    TOKEN_OF_ANOTHER_USER = "认证令牌与授权 ID 不是同一用户的"  # noqa: S105
    # members of a body
    FIELD_MISSING = "必传项缺失"
    FIELD_EMPTY = "不能为空字符串，未知时不传"
    FIELD_UNKNOWN = "接口没有这个参数"
    FIELD_TWICE = "参数重复"
    FIELD_TYPE = "参数类型不对"
    FIELD_BLANKS = "前后不能有空格"
    FIELD_TOO_LONG = "长度超过限制"
    # 2.2.1
    FIELD_NOT_ENCRYPTED = "应加密传输，收到的不是密文"
    CIPHER_ENCODING = "密文的编码与约定不同"
    CIPHER_PADDING = "解密后填充不对（密钥、模式或填充与约定不同）"
    CIPHER_TEXT = "解密后不是 UTF-8 文字"
    # what is in them
    PATIENT_ID_IS_ID_NO = "应为医院自己的患者编号，证件号码不能明文传输"
    NAME_FORMAT = "姓名格式不对"
    ID_FORMAT = "证件号码格式不对"
    ID_BIRTH_DATE = "身份证号码中的出生日期不存在"
    ID_CHECK_DIGIT = "身份证号码校验位不对"
    PHONE_FORMAT = "手机号码应为 11 位数字"
    VISIT_NO_FORMAT = "就诊号格式不对"
    VISIT_TIME_FORMAT = "格式应为 yyyy-MM-dd HH:mm:ss，且时间真实存在"
    ITEM_CODE_EMPTY = "多项用逗号分隔，其中有空值"
    ITEM_CODE_FORMAT = "项目代码格式不对"
    ITEM_CODE_TWICE = "项目代码重复"
    ORDER_NO_TWICE = "医嘱号重复"
    ORDER_EMPTY = "没有项目代码"
    # one visit through all calls
    PATIENT_NOT_AUTHORISED = "该患者未保存授权（2.2.3.3）"
    VISIT_UNKNOWN = "没有这次就诊"
    VISIT_TIME_DIFFERS = "就诊时间与这次就诊先前的不同"
    PATIENT_DIFFERS = "与这次就诊先前的不同"
    PAGE_NOT_REQUESTED = "这次就诊未调用过共享调阅页面（2.2.3.4）"
    NOTHING_SHARED = "这次就诊没有共享数据，无需调用后续接口"
    # the page
    TICKET_UNKNOWN = "页面地址不存在或被改动"
    TICKET_USED = "页面地址只能打开一次"
    PAGE_NOT_OPENED = "页面还没有打开"
    PAGE_FINISHED = "页面已经提交过"
    DECISION_MISSING = "还有项目没有选择"
    DECISION_UNKNOWN = "没有这个项目"
    REASON_MISSING = "不互认应选择理由"
    REASON_UNKNOWN = "没有这个理由"


class RuleBrokenError(Exception):
    """A request is refused.

    Attributes:
        rule: Which rule it broke.
        message: ``RULE_NAME: words``, with the field where one is at fault.
    """

    def __init__(self, rule: Rule, subject: str = "") -> None:
        """Refuse by ``rule``; ``subject`` is the field, header or service, never a value."""
        self.rule = rule
        self.message = (
            f"{rule.name}: {subject}：{rule.value}" if subject else (f"{rule.name}: {rule.value}")
        )
        super().__init__(self.message)

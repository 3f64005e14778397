"""Group ``hebei`` of ``hbgz.toml``: the REST calls of V1.5, section 2.2."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hbgz_desktop.model.setting_group import Group, Seconds
from hbgz_desktop.model.visit import HospitalUser

Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
PathPrefix = Annotated[str, StringConstraints(pattern=r"^/[^\s?#]*[^\s?#/]$")]


class HebeiSettings(Group):
    """河北省检查检验结果互认共享系统 V1.5."""

    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/?#@]+/?)?$")] = Field(
        "",
        title="互认平台地址",
        description="省互认系统的地址，只写协议、主机和端口，后面不带路径。",
    )
    org_code: Code = Field(
        "", title="机构编码（orgCode）", description="平台给本院的机构编码（X003）。"
    )
    his_org_code: Code = Field(
        "", title="HIS 机构编码（hisOrgCode）", description="可以不填，不填就不发（H049）。"
    )
    his_dept_code: Code = Field(
        "",
        title="默认 HIS 科室编码",
        description="没有说明是哪个科室时用它；令牌按科室和医生分开（H046）。",
    )
    his_user_code: Code = Field(
        "",
        title="默认 HIS 医生编码",
        description="没有说明是哪位医生时用它；令牌按科室和医生分开（H046）。",
    )
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        180,
        title="图像至少留多久（天）",
        description="平台自己来取图像，这么多天以内不清理，空间不够也不清。",
    )
    sm4_mode: Literal["ecb", "cbc"] = Field(
        "ecb", title="SM4 模式", description="文档没有写，按平台实际要求选（H035）。"
    )
    sm4_padding: Literal["pkcs7", "zero"] = Field(
        "pkcs7", title="SM4 补位", description="文档没有写，默认 PKCS#7（H035）。"
    )
    sm4_encoding: Literal["hex", "HEX", "base64"] = Field(
        "hex", title="密文写法", description="小写十六进制、大写十六进制或 Base64（H035）。"
    )
    sm4_iv: Annotated[str, StringConstraints(pattern=r"^([0-9A-Fa-f]{32}|[\x21-\x7e]{16})?$")] = (
        Field(
            "",
            title="SM4 初始向量（IV）",
            description="只有 CBC 要填：32 位十六进制或 16 个字符（H035）。",
        )
    )
    encrypt_name: bool = Field(True, title="加密姓名", description="关掉后姓名按明文发（H037）。")
    encrypt_id_no: bool = Field(
        True, title="加密证件号码", description="关掉后证件号码按明文发（H037）。"
    )
    encrypt_phone: bool = Field(
        True, title="加密手机号", description="关掉后手机号按明文发（H037）。"
    )
    encrypt_visit_no: bool = Field(
        True, title="加密就诊号", description="关掉后就诊号按明文发（H037）。"
    )
    decrypt_name: bool = Field(
        True, title="应答里解密姓名", description="看起来是密文才解，否则照原样（H037）。"
    )
    decrypt_id_no: bool = Field(
        True, title="应答里解密证件号码", description="看起来是密文才解，否则照原样（H037）。"
    )
    decrypt_phone: bool = Field(
        True, title="应答里解密手机号", description="看起来是密文才解，否则照原样（H037）。"
    )
    decrypt_visit_no: bool = Field(
        True, title="应答里解密就诊号", description="看起来是密文才解，否则照原样（H037）。"
    )
    token_prefix: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]*$")] = Field(
        "",
        title="令牌前缀",
        description="默认只发令牌；平台要求时填 Bearer 加一个空格（H048）。",
    )
    token_renewal: Annotated[float, Field(ge=0.1, le=1.0)] = Field(
        0.9, title="令牌用到几成就换", description="0.9 表示有效期过了九成就换新的（H050）。"
    )
    patient_id_length: Annotated[int, Field(ge=1, le=512)] = Field(
        64, title="患者 ID 最长", description="医院自己的患者编号，明文发送（H077）。"
    )
    oauth_path: PathPrefix = Field(
        "/basic-api/oauth", title="令牌接口路径", description="平台改名时再改（H007）。"
    )
    service_path: PathPrefix = Field(
        "/basic-api/api/jcjyrest", title="互认接口路径", description="平台改名时再改（H007）。"
    )
    hr_page_name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")] = Field(
        "hrPage", title="共享调阅接口名", description="V1.5 改过一次名，平台再改时填新的（H007）。"
    )
    page_hosts: list[str] = Field(
        default_factory=list,
        title="允许打开的页面主机",
        description="共享调阅页面不在平台自己的主机上时，把主机名写在这里。",
    )
    connect_timeout_s: Seconds = Field(
        10, title="连接超时（秒）", description="连不上平台这么久就算失败（H006）。"
    )
    read_timeout_s: Seconds = Field(
        60, title="等应答（秒）", description="发完以后等平台应答的时间（H006）。"
    )
    verify_tls: bool = Field(True, title="校验证书", description="用 https 时校验平台证书。")

    def user(self, his_dept_code: str = "", his_user_code: str = "") -> HospitalUser:
        """On whose behalf to call: department and physician when known, else the defaults (H046)."""
        return HospitalUser(
            org_code=self.org_code,
            his_org_code=self.his_org_code,
            his_dept_code=his_dept_code or self.his_dept_code,
            his_user_code=his_user_code or self.his_user_code,
        )

    def encrypted_fields(self) -> frozenset[str]:
        """Parameter codes that are encrypted in requests (H037)."""
        switches = {
            "patientName": self.encrypt_name,
            "idNo": self.encrypt_id_no,
            "phoneNo": self.encrypt_phone,
            "visitNo": self.encrypt_visit_no,
        }
        return frozenset(name for name, is_on in switches.items() if is_on)

    def decrypted_fields(self) -> frozenset[str]:
        """Parameter codes that are decrypted in answers (H037)."""
        switches = {
            "patientName": self.decrypt_name,
            "idNo": self.decrypt_id_no,
            "phoneNo": self.decrypt_phone,
            "visitNo": self.decrypt_visit_no,
        }
        return frozenset(name for name, is_on in switches.items() if is_on)

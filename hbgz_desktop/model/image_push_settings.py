"""Where images go by DICOM (Guizhou 2.3): nothing of it is in the document, so all is set here (G048)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from hbgz_desktop.model.setting_group import Group, Seconds

_AeTitleOrNone = Annotated[
    str,
    StringConstraints(
        pattern=r"^([\x21-\x5b\x5d-\x7e]([\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?)?$"
    ),
]


class ImagePushSettings(Group):
    """The part of group ``guizhou`` that counts only while ``image_transport`` is ``dicom``."""

    dicom_host: Annotated[str, StringConstraints(pattern=r"^[^\s/]*$", max_length=255)] = Field(
        "", title="影像接收地址", description="医保前置机收影像的 IP 或主机名（2.3，G048）。"
    )
    dicom_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        104, title="影像接收端口", description="医保前置机 C-STORE 的端口（2.3，G048）。"
    )
    dicom_called_ae: _AeTitleOrNone = Field(
        "",
        title="医保前置机的 AE 标题",
        description="前置机的 AE TITLE，区分大小写（2.3，G048）。",
    )
    dicom_calling_ae: _AeTitleOrNone = Field(
        "",
        title="本机用的 AE 标题",
        description="前置机那边登记的本机名称；不填时用接收用的本机 AE 标题（G048）。",
    )
    dicom_timeout_s: Seconds = Field(
        60,
        title="等影像应答（秒）",
        description="连接、协商和每张影像的应答最多等这么久；大影像按大小再多等（G048）。",
    )
    dicom_tls: bool = Field(
        False, title="影像加密传输（TLS）", description="前置机要求时才打开；两边要一致（G048）。"
    )
    dicom_tls_verify: bool = Field(
        True,
        title="校验影像接收方的证书",
        description="关掉以后仍然加密，但不核对对方是谁（G048）。",
    )
    dicom_tls_ca_file: str = Field(
        "",
        title="签发方证书文件",
        description="PEM 文件的完整路径；不填时用系统信任的证书（G048）。",
    )
    dicom_tls_certificate_file: str = Field(
        "",
        title="本机证书文件",
        description="对方要核对本机时才填：PEM 文件的完整路径（G048）。",
    )
    dicom_tls_key_file: str = Field(
        "",
        title="本机私钥文件",
        description="PEM 文件的完整路径，不能带口令；和证书在同一个文件里时不填（G048）。",
    )

"""Every setting of ``hbgz.toml``: type, default, limits, title and help text.

Shown in 设置 and by ``hbgz config show``. Decision ids name the entry of ``docs/DECISIONS.md`` (G…/X…) that
made it a setting. Secrets are not here: see ``SECRET_KEYS``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hbgz_desktop.model.console_settings import ConsoleSettings
from hbgz_desktop.model.guizhou_settings import GuizhouSettings
from hbgz_desktop.model.hebei_settings import HebeiSettings
from hbgz_desktop.model.other_hospitals_settings import OtherHospitalsSettings
from hbgz_desktop.model.setting_group import Group, Seconds
from hbgz_desktop.model.storage_settings import StorageSettings

__all__ = [
    "CERTNO_KEY",
    "DELIVERY_PLATFORMS",
    "IMAGE_STORAGE",
    "PLATFORMS",
    "SECRET_KEYS",
    "SM4_KEY",
    "DicomSettings",
    "GuizhouSettings",
    "HebeiSettings",
    "OtherHospitalsSettings",
    "Settings",
    "StorageSettings",
]

SM4_KEY = "hebei.sm4_key"
CERTNO_KEY = "guizhou.certno_key"
SECRET_KEYS: dict[str, str] = {
    "guizhou.key": "贵州平台密钥（key，G023）",
    CERTNO_KEY: "查询证件号的 SM4 密钥（G055）",
    SM4_KEY: "河北平台 SM4 密钥（H035）",
}
"""Dotted key → title of the settings that are sealed in the database and never written to the TOML."""

PLATFORMS = ("guizhou", "hebei")
"""Platforms this version can talk to."""
DELIVERY_PLATFORMS = ("guizhou",)
"""Those that examinations are uploaded to."""
PULLING_PLATFORMS = ("hebei",)
"""Those that fetch images themselves when they want them: files stay ``keep_days`` of their group (DESIGN 5.7)."""

AeTitle = Annotated[
    str,
    StringConstraints(
        pattern=r"^[\x21-\x5b\x5d-\x7e]([\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$"
    ),
]
Port = Annotated[int, Field(ge=0, le=65535)]
IMAGE_STORAGE = "image"
"""Value of ``upload.sop_classes`` that stands for every image storage class."""


class HospitalSettings(Group):
    """Who we are."""

    name: str = Field(
        "", title="医院名称", description="显示在左上角；平台要的机构名称没有另填时也用它。"
    )


class PlatformsSettings(Group):
    """Which platforms this hospital reports to."""

    enabled: list[Literal["guizhou", "hebei"]] | None = Field(
        None, title="启用的平台", description="不填时，填了平台地址的就算启用。"
    )


class DicomSettings(Group):
    """The receiver."""

    ae_title: AeTitle = Field(
        "HBGZ", title="本机 AE 标题", description="设备和 PACS 发图像时填的 Called AE。"
    )
    port: Port = Field(
        11112, title="接收端口", description="0 表示由系统选一个空闲端口（仅测试用）。"
    )
    bind_address: str = Field("", title="监听地址", description="不填时监听本机所有地址。")
    quiet_time_s: Seconds = Field(
        60, title="安静时间（秒）", description="一份检查这么久没有新图像，就认为收齐了。"
    )
    quiet_time_by_modality: dict[str, Seconds] = Field(
        default_factory=dict,
        title="按设备类型的安静时间",
        description="例如 US = 300；没写的用上面的值。",
    )
    check_called_ae: bool = Field(
        True, title="核对被叫 AE", description="对方填的 AE 不是本机的就拒绝。"
    )
    unknown_callers: Literal["accept", "refuse", "ask"] = Field(
        "accept", title="没登记过的设备", description="接受、拒绝，或拒绝并列出等人确认。"
    )
    max_associations: Annotated[int, Field(ge=50, le=500)] = Field(
        60, title="最多同时连接数", description="其中一个留给连通测试（C-ECHO）。"
    )
    network_timeout_s: Seconds = Field(
        60, title="网络超时（秒）", description="对方停止发送这么久就断开。"
    )
    idle_timeout_s: Seconds = Field(
        300, title="空闲超时（秒）", description="连接空闲这么久就断开。"
    )
    fallback_charset: Literal["gb18030", "utf-8", "latin-1"] = Field(
        "gb18030", title="缺字符集时按", description="图像没写字符集（0008,0005）时，用它读姓名。"
    )


class MatchingSettings(Group):
    """How images meet their record (DESIGN 5.3)."""

    window_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        30, title="检查号对上的时限（天）", description="只在这么多天以内的记录里按检查号找。"
    )


class ReportsSettings(Group):
    """Where report PDFs may come from (DESIGN 11)."""

    allowed_folders: list[str] = Field(
        default_factory=list,
        title="允许的报告文件夹",
        description="导入文件自己的文件夹和投递文件夹总是允许。",
    )
    allowed_hosts: list[str] = Field(
        default_factory=list,
        title="允许的报告主机",
        description="只从这些主机按 http/https 取报告。",
    )
    max_mb: Annotated[int, Field(ge=1, le=1024)] = Field(
        50, title="报告大小上限（MB）", description="超过的报告不取，列入待处理。"
    )


class RecordsSettings(Group):
    """Where records come from."""

    drop_folder: str = Field(
        "",
        title="投递文件夹",
        description="RIS 把记录文件放进这里，程序自动导入；不填时用数据文件夹里的 drop。",
    )


class UploadSettings(Group):
    """How deliveries run."""

    parallel: Annotated[int, Field(ge=1, le=16)] = Field(
        3, title="并行上传数", description="同时上传的项数。"
    )
    sop_classes: list[str] = Field(
        default_factory=lambda: [IMAGE_STORAGE],
        title="上传的图像种类",
        description="image 表示所有图像类；也可以写 SOP Class UID。张数（imageTotalNum）只数这些。",
    )
    lease_s: Seconds = Field(
        60, title="占用时限（秒）", description="上传进程这么久没有报到，别的进程可以接手。"
    )
    breaker_failures: Annotated[int, Field(ge=1, le=100)] = Field(
        3, title="断路前失败次数", description="平台连续这么多次不应答就先停下，只轻轻试探。"
    )
    probe_delay_s: Seconds = Field(
        30, title="试探间隔（秒）", description="平台不应答时，多久试一次。"
    )
    keep_answers_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        90, title="应答保留（天）", description="平台原始应答（已遮盖）保留多久。"
    )


class RetrySettings(Group):
    """Back-off of transient failures."""

    first_delay_s: Seconds = Field(
        30, title="第一次重试等（秒）", description="之后每次加倍，带随机抖动。"
    )
    max_delay_s: Seconds = Field(3600, title="重试最多等（秒）", description="加倍到这里为止。")
    max_attempts: Annotated[int, Field(ge=1, le=1000)] = Field(
        20, title="最多自动试几次", description="用完后变成“失败”，可以手工重试（G072）。"
    )


class Settings(Group):
    """The whole of ``hbgz.toml``; immutable, a changed file makes a new object."""

    hospital: HospitalSettings = HospitalSettings()
    platforms: PlatformsSettings = PlatformsSettings()
    dicom: DicomSettings = DicomSettings()
    storage: StorageSettings = StorageSettings()
    matching: MatchingSettings = MatchingSettings()
    records: RecordsSettings = RecordsSettings()
    reports: ReportsSettings = ReportsSettings()
    upload: UploadSettings = UploadSettings()
    retry: RetrySettings = RetrySettings()
    console: ConsoleSettings = ConsoleSettings()
    guizhou: GuizhouSettings = GuizhouSettings()
    other_hospitals: OtherHospitalsSettings = OtherHospitalsSettings()
    hebei: HebeiSettings = HebeiSettings()

    def enabled_platforms(self) -> tuple[str, ...]:
        """Platforms of this hospital: the list when given, else those with an address."""
        if self.platforms.enabled is not None:
            return tuple(self.platforms.enabled)
        addresses = {"guizhou": self.guizhou.base_url, "hebei": self.hebei.base_url}
        return tuple(one for one in PLATFORMS if addresses[one])

    def delivery_platforms(self) -> tuple[str, ...]:
        """The enabled platforms that examinations are uploaded to."""
        return tuple(one for one in self.enabled_platforms() if one in DELIVERY_PLATFORMS)

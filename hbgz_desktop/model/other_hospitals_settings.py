"""Group ``other_hospitals`` of ``hbgz.toml``: 跨院调阅 (V1.4, 2.6–2.8)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hbgz_desktop.model.setting_group import Group


class OtherHospitalsSettings(Group):
    """Other hospitals' images: what is fetched, how much of it is kept, and what may be opened."""

    link_hosts: list[str] = Field(
        default_factory=list,
        title="允许的主机",
        description="报告页、影像页和取图地址只在这些主机上才打开或连接；平台自己的主机总是允许（G056）。",
    )
    parallel: Annotated[int, Field(ge=1, le=8)] = Field(
        3, title="同时取几幅", description="取其他医院的图像时，同时下载的幅数。"
    )
    max_image_mb: Annotated[int, Field(ge=1, le=4096)] = Field(
        512, title="一幅图像的上限（MB）", description="超过的不取，也不留在本机（G061）。"
    )
    max_images: Annotated[int, Field(ge=1, le=100_000)] = Field(
        10_000, title="一份检查最多几幅", description="平台列出的比这还多，就不取这一份。"
    )
    cache_mb: Annotated[int, Field(ge=1, le=10_000_000)] = Field(
        4096,
        title="缓存上限（MB）",
        description="取回的图像只放在缓存里，绝不上传；超过时先清最久没看的，正在看的不清。",
    )
    cache_days: Annotated[int, Field(ge=1, le=365)] = Field(
        7, title="缓存保留（天）", description="这么多天没有再看的图像和查询结果会清掉。"
    )
    fresh_minutes: Annotated[int, Field(ge=1, le=1440)] = Field(
        30, title="查询结果多久算新（分钟）", description="这段时间内再看同一位患者，不用再问平台。"
    )
    default_range: Literal["1", "3", "all"] = Field(
        "3", title="默认查多久", description="打开页面时选好的检查日期范围，可以当场改（G058）。"
    )

"""Group ``storage`` of ``hbgz.toml``: how much of the disk is used, and when images are cleared (DESIGN 5.7).

A new installation clears nothing: whether the PACS still holds the images is for the hospital to say, and
until it has, a full disk costs less than a missing image (receiving stops with A700, announced days before).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hbgz_desktop.model.setting_group import Group

Days = Annotated[int, Field(ge=1, le=3650)]
DaysOrNever = Annotated[int, Field(ge=0, le=3650)]
Megabytes = Annotated[int, Field(ge=0, le=10_000_000)]


class StorageSettings(Group):
    """Disk."""

    auto_clear: bool = Field(
        False,
        title="自动清理图像",
        description="只清平台已逐幅确认的图像；账本、记录和报告都留着。打开前请确认 PACS 里还有这些图像。",
    )
    keep_days: Days = Field(
        180, title="确认后保留（天）", description="一份检查全部确认满这么多天，图像才能清理。"
    )
    keep_unsent_days: DaysOrNever = Field(
        0,
        title="不上传的图像保留（天）",
        description="没有平台要的图像，以及人已决定不传的版本；0 表示一直留着。",
    )
    reserve_mb: Megabytes = Field(
        2048, title="磁盘保留（MB）", description="剩余空间少于它就停止接收，清出空间后自动恢复。"
    )
    clear_below_mb: Megabytes = Field(
        10_240,
        title="低水位（MB）",
        description="剩余空间比磁盘保留只多这些时，不等天数，从最早确认的开始清；0 表示不看空间。",
    )
    clear_until_mb: Megabytes = Field(
        20_480, title="高水位（MB）", description="清到剩余空间比磁盘保留多这些为止。"
    )
    pressure_days: Days = Field(
        1, title="空间不够时至少保留（天）", description="再缺空间，确认不满这么多天的也不清。"
    )
    forecast_days: Annotated[int, Field(ge=0, le=90)] = Field(
        7,
        title="提前几天提醒磁盘将满",
        description="按最近 7 天收图像的快慢估算；0 表示不提醒。",
    )
    thumbnails: bool = Field(True, title="生成缩略图", description="关掉后检查页不显示图像小样。")
    keep_thumbnails: bool = Field(
        True, title="清理后留着缩略图", description="图像清理后，检查页还能看到小样。"
    )

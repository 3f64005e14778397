"""The group ``console``: who sits there, and how long what they did is kept (DESIGN 11)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hbgz_desktop.model.setting_group import Group


class ConsoleSettings(Group):
    """The window at the desk."""

    lock_after_min: Annotated[int, Field(ge=0, le=480)] = Field(
        0,
        title="没人操作就锁上（分钟）",
        description="这么久没有动键盘和鼠标，就要再输 PIN；0 表示不锁。没有设 PIN 时不起作用。",
    )
    audit_keep_days: Annotated[int, Field(ge=0, le=36500)] = Field(
        0,
        title="操作记录保留（天）",
        description="更早的自动删掉，删了多少也会记下；0 表示一直保留。",
    )

"""Who acts, in words of the console."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.operator import Role


def role_word(role: Role) -> str:
    """登记员 or 信息科."""
    if role is Role.IT:
        return QCoreApplication.translate("OperatorWords", "信息科")
    return QCoreApplication.translate("OperatorWords", "登记员")

"""Why an image is not shown, in words for the clerk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def failure_words(reason: str) -> tuple[str, str]:
    """(what, why and what of it) of a ``FrameFailure``."""
    translate = QCoreApplication.translate
    what = translate("FailureWords", "这幅图像不能显示")
    safe = translate("FailureWords", "接收和上传不受影响。")
    words = {
        "gone": translate("FailureWords", "文件已不在本机：按保存期限清理了，或者被移走了。"),
        "unreadable": translate("FailureWords", "文件读不出来。请信息科检查磁盘和文件夹权限。"),
        "no_pixels": translate("FailureWords", "这个对象里没有图像，例如结构化报告或波形。"),
        "broken": translate("FailureWords", "图像数据不完整，或者与文件头写的不符。"),
        "too_large": translate("FailureWords", "图像太大，本机不展开。"),
        "unsupported_syntax": translate("FailureWords", "这种压缩方式（例如视频）本机不能显示。"),
        "unsupported_pixels": translate("FailureWords", "这种像素格式本机不能显示。"),
        "out_of_memory": translate("FailureWords", "本机内存不够展开这幅图像。"),
        "timeout": translate("FailureWords", "展开这幅图像用时太长，已经放弃。"),
        "crashed": translate("FailureWords", "这幅图像让读图程序出错，已经跳过。"),
    }
    why = words.get(reason, words["broken"])
    return what, why if reason in ("gone", "unreadable") else f"{why}{safe}"

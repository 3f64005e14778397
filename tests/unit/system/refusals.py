"""Errors as the systems raise them."""

from __future__ import annotations

import sys


def windows_refusal(code: int, number: int = 22) -> OSError:
    """What a call of Windows raises; on other systems its number is put in by hand."""
    error = OSError(number, "refused", None, code)
    if sys.platform != "win32":
        error.__dict__["winerror"] = code
    return error

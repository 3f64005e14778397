"""Windows: a window nobody sees, by which a process without windows hears that the session ends.

Console handlers are not called for sign-out and shutdown in a process that has no console (the engine) or
has loaded the library of windows; a window is asked always.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

CLASS_NAME = "hbgz_session_end"
QUERY_END_SESSION, END_SESSION, CLOSE, DESTROY = 0x0011, 0x0016, 0x0010, 0x0002


def answer_message(kind: int, wparam: int, on_end: Callable[[], None]) -> int | None:
    """What to answer to a message; None: as every window does.

    QUERY_END_SESSION asks whether we mind: we do not, and may hear later that another program did.
    """
    if kind == QUERY_END_SESSION:
        return 1
    if kind != END_SESSION:
        return None
    if wparam:
        on_end()
    return 0


if sys.platform == "win32":
    from ctypes import wintypes

    _RESULT = ctypes.c_ssize_t
    _PROCEDURE = ctypes.WINFUNCTYPE(
        _RESULT, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM
    )
    _USER = ctypes.WinDLL("user32", use_last_error=True)

    class _WindowClass(ctypes.Structure):
        _fields_ = (
            ("style", wintypes.UINT),
            ("procedure", _PROCEDURE),
            ("class_extra", ctypes.c_int),
            ("window_extra", ctypes.c_int),
            ("instance", wintypes.HINSTANCE),
            ("icon", wintypes.HANDLE),
            ("cursor", wintypes.HANDLE),
            ("background", wintypes.HANDLE),
            ("menu_name", wintypes.LPCWSTR),
            ("class_name", wintypes.LPCWSTR),
        )

    _USER.RegisterClassW.argtypes = [ctypes.POINTER(_WindowClass)]
    _USER.RegisterClassW.restype = wintypes.ATOM
    _USER.UnregisterClassW.argtypes = [wintypes.LPCWSTR, wintypes.HINSTANCE]
    _USER.CreateWindowExW.restype = wintypes.HWND
    _USER.CreateWindowExW.argtypes = [
        *(wintypes.DWORD, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD),
        *(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int),
        *(wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, wintypes.LPVOID),
    ]
    _MESSAGE = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
    _USER.DefWindowProcW.restype = _RESULT
    _USER.DefWindowProcW.argtypes = _MESSAGE
    _USER.PostMessageW.argtypes = _MESSAGE
    _USER.GetMessageW.argtypes = [
        *(ctypes.POINTER(wintypes.MSG), wintypes.HWND, wintypes.UINT, wintypes.UINT)
    ]
    _USER.DispatchMessageW.argtypes = [ctypes.POINTER(wintypes.MSG)]

    class SessionWindow:
        """Calls ``on_end`` on a thread of its own; the system waits some seconds for its return."""

        def __init__(self, on_end: Callable[[], None]) -> None:
            """Prepare."""
            self._on_end = on_end
            self._procedure = _PROCEDURE(self._on_message)
            self._window: int | None = None
            self._is_ready = threading.Event()
            self._thread = threading.Thread(target=self._run, name="session-end", daemon=True)

        @property
        def is_there(self) -> bool:
            """False where the system lets this process have no window."""
            return bool(self._window)

        def __enter__(self) -> Self:
            """Make the window."""
            self._thread.start()
            self._is_ready.wait()
            return self

        def __exit__(self, *_error: object) -> None:
            """Take the window away."""
            if self._window:
                _USER.PostMessageW(self._window, CLOSE, 0, 0)
            self._thread.join()

        def _run(self) -> None:
            name = f"{CLASS_NAME}_{threading.get_ident()}"  # one procedure a class
            described = _WindowClass(procedure=self._procedure, class_name=name)
            _USER.RegisterClassW(ctypes.byref(described))
            place = (0, 0, 0, 0)
            self._window = _USER.CreateWindowExW(0, name, name, 0, *place, None, None, None, None)
            self._is_ready.set()
            message = wintypes.MSG()
            while self._window and _USER.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                _USER.DispatchMessageW(ctypes.byref(message))
            _USER.UnregisterClassW(name, None)

        def _on_message(self, window: int, kind: int, wparam: int, lparam: int) -> int:
            answer = answer_message(kind, wparam, self._on_end)
            if answer is not None:
                return answer
            if kind == DESTROY:
                _USER.PostQuitMessage(0)
            return int(_USER.DefWindowProcW(window, kind, wparam, lparam))

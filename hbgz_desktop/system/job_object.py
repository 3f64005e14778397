"""Windows: a job that ends its processes when the last handle to it closes, that is with this process."""

from __future__ import annotations

import ctypes
import sys
import threading

if sys.platform == "win32":
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _KILL_ON_JOB_CLOSE = 0x2000
    _SET_QUOTA_AND_TERMINATE = 0x0101
    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.CreateJobObjectW.restype = wintypes.HANDLE
    _KERNEL.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
    _KERNEL.SetInformationJobObject.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    ]
    _KERNEL.OpenProcess.restype = wintypes.HANDLE
    _KERNEL.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
    _KERNEL.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    _KERNEL.GetCurrentProcess.restype = wintypes.HANDLE
    _KERNEL.IsProcessInJob.argtypes = [
        wintypes.HANDLE,
        wintypes.HANDLE,
        ctypes.POINTER(wintypes.BOOL),
    ]
    _KERNEL.CloseHandle.argtypes = [wintypes.HANDLE]

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("smallest_working_set", ctypes.c_size_t),
            ("largest_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class _Job:
        """One a process, made when it is first needed; the handle is never closed by us."""

        def __init__(self) -> None:
            self._lock = threading.Lock()
            self._handle: int | None = None

        def take(self, pid: int) -> None:
            """Put a process into the job."""
            process = _KERNEL.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, pid)  # noqa: FBT003 - not inherited
            if not process:
                raise ctypes.WinError(ctypes.get_last_error())
            try:
                if not _KERNEL.AssignProcessToJobObject(self._opened(), process):
                    raise ctypes.WinError(ctypes.get_last_error())
            finally:
                _KERNEL.CloseHandle(process)

        def _opened(self) -> int:
            with self._lock:
                if self._handle is None:
                    self._handle = _made()
                return self._handle

    def _made() -> int:
        handle = _KERNEL.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.basic.flags = _KILL_ON_JOB_CLOSE
        size = ctypes.sizeof(limits)
        if not handle or not _KERNEL.SetInformationJobObject(
            handle, _EXTENDED_LIMITS, ctypes.byref(limits), size
        ):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(handle)

    _OURS = _Job()

    def end_with_us(pid: int) -> None:
        """Let the system end a child of ours when we end, however we end.

        Raises:
            OSError: The system refused; the child runs on.
        """
        _OURS.take(pid)

    def is_in_a_job() -> bool:
        """Whether whoever started us holds us in a job of their own."""
        answer = wintypes.BOOL()
        _KERNEL.IsProcessInJob(_KERNEL.GetCurrentProcess(), None, ctypes.byref(answer))
        return bool(answer.value)

"""One console a data folder and account: who opens the program again gets the window that is there already.

The window may be minimized or put away beside the clock; a clerk who has lost sight of it opens the program
once more and must not end with two of them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

ANSWER_LIMIT_S = 10.0
"""As long a console may take from its start until it answers; one that hangs keeps nobody from a new one."""
_TRY_EVERY_S = 0.05
_CLAIM_AGAIN_MS = 5000


class OneWindow(QObject):
    """The claim to be the one console; in the GUI thread.

    The claim is a lock of this account, which ends with the process however it ends. The call to come
    forward is a connection to a local socket; one byte back says that somebody is there who heard it.

    Signals:
        called: The person opened the program again: come forward.
    """

    called = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        """Name the claim; nothing is claimed yet.

        Args:
            root: The data folder; it need not exist.
            parent: Owner, or none.
        """
        super().__init__(parent)
        place = f"{QDir.homePath()}|{root.resolve()}".encode()
        digest = QCryptographicHash.hash(place, QCryptographicHash.Algorithm.Sha256)
        self._name = f"hbgz-{bytes(digest.toHex().data()).decode()[:32]}"
        self._lock = QLockFile(QDir(QDir.tempPath()).filePath(f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # however old: it is ours as long as we live
        self._server: QLocalServer | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_CLAIM_AGAIN_MS)
        self._again.timeout.connect(self.listen)

    def claim(self, limit_s: float = ANSWER_LIMIT_S) -> bool:
        """Become the one console, or call the one there is; blocks until one of both has happened.

        Args:
            limit_s: How long to wait for a console that has only begun, or is about to end.

        Returns:
            False: another one was called and comes forward. True: this one opens, also when another holds
            the claim and does not answer, or the claim cannot be kept on this machine.
        """
        limit = time.monotonic() + limit_s
        while not self._lock.tryLock(0):
            left_ms = int((limit - time.monotonic()) * 1000)
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return True
            if self._call(max(left_ms, 0)):
                return False
            if left_ms <= 0:
                return True
            time.sleep(_TRY_EVERY_S)
        return True

    def _call(self, limit_ms: int) -> bool:
        """Ask the console there is to come forward; False when nobody hears it."""
        from PySide6.QtNetwork import QLocalSocket  # only whoever comes second needs it now

        from hbgz_desktop.system.foreground import allow_foreground  # the same

        allow_foreground()
        connection = QLocalSocket()
        connection.connectToServer(self._name)
        return connection.waitForConnected(limit_ms) and connection.waitForReadyRead(limit_ms)

    def listen(self) -> None:
        """Be there for whoever comes second, as soon as the claim is ours."""
        from PySide6.QtNetwork import QLocalServer  # not before the first paint

        if not self._lock.isLocked() and not self._lock.tryLock(0):
            self._again.start()  # one that hangs has it: ours when that is over
            return
        QLocalServer.removeServer(self._name)  # what a killed one of ours left
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)
        self._server.listen(self._name)

    def _on_call(self) -> None:
        server = self._server
        while server is not None and server.hasPendingConnections():
            connection = server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            connection.write(b"1")
            connection.flush()
            connection.disconnectFromServer()
        self.called.emit()

    def give_up(self) -> None:
        """Another may claim it from now on."""
        self._again.stop()
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

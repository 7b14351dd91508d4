"""HTTP connections that can be broken off from another thread, so that closing never waits."""

import contextlib
import socket
import threading
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Lines:
    """The connections that are open now."""

    def __init__(self) -> None:
        self._open: WeakSet[HTTPConnection] = WeakSet()
        self._lock = threading.Lock()

    def adapter(self) -> HTTPAdapter:
        """Give an adapter whose connections are known here."""
        return _Adapter(self)

    def opened(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._open.add(connection)

    def hang_up(self) -> None:
        """Break off whatever waits: its reader finds the end of the stream at once."""
        with self._lock:
            held = list(self._open)
        for connection in held:
            if isinstance(connection.sock, socket.socket):
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        super().__init__()

    def init_poolmanager(self, *args: Any, **rest: Any) -> None:
        super().init_poolmanager(*args, **rest)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pools(self._lines)


def _pools(lines: Lines) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class Sealed(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            lines.opened(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain  # pyright: ignore[reportAssignmentType] - as urllib3 itself does

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed  # pyright: ignore[reportAssignmentType]

    return {"http": PlainPool, "https": SealedPool}

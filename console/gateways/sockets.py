"""HTTP connections that can be broken off from another thread, so that closing never waits."""

import contextlib
import socket
import threading
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter


class Lines:
    """The connections that are open now."""

    def __init__(self) -> None:
        # Sockets, not connections: a connection that is to be closed lets go of its socket while
        # the answer is still being read.
        self._open: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def adapter(self) -> HTTPAdapter:
        """Give an adapter whose connections are known here."""
        return _Adapter(self)

    def opened(self, line: object) -> None:
        if isinstance(line, socket.socket):
            with self._lock:
                self._open.add(line)

    def hang_up(self) -> None:
        """Break off whatever waits: its reader finds the end of the stream at once."""
        for line in self._all():
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def patience(self, seconds: float) -> None:
        """Wait longer, or less long, for what comes next on these lines."""
        for line in self._all():
            with contextlib.suppress(OSError):
                line.settimeout(seconds)

    def _all(self) -> list[socket.socket]:
        with self._lock:
            return list(self._open)


class _Adapter(HTTPAdapter):
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        super().__init__()

    def init_poolmanager(self, *args: Any, **rest: Any) -> None:
        super().init_poolmanager(*args, **rest)
        manager: Any = self.poolmanager
        pools: dict[str, Any] = manager.pool_classes_by_scheme
        manager.pool_classes_by_scheme = {s: _known(p, self._lines) for s, p in pools.items()}


def _known(pool: Any, lines: Lines) -> Any:
    """Give a class of pools whose connections tell of their sockets."""
    plain = pool.ConnectionCls

    def connect(connection: Any) -> None:
        plain.connect(connection)
        lines.opened(connection.sock)

    told = type(plain.__name__, (plain,), {"connect": connect})
    return type(pool.__name__, (pool,), {"ConnectionCls": told})

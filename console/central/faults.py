"""Why the centre does not do what was asked of it over HTTP: a status and a Problem."""

from typing import Any

from console.wire import Problem


class Fault(Exception):
    """An answer that is not a success."""

    def __init__(
        self, status: int, error: str, key: str = "", *, retry_ms: int = 0, **args: Any
    ) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.problem = Problem(error=error, key=key, args=args, retry_ms=retry_ms)

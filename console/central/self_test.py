"""Tries an installation: a centre on a free port, a sign-in, one case through it, and an end."""

import asyncio
import socket
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from console.base.clock import SystemClock
from console.base.ids import new_id
from console.central.build import Built, build
from console.central.serve import serve
from console.domain.access import Access
from console.domain.record import Act, Step
from console.wire import APPLIED, HEAD_EPOCH, Acts, Hello, Session, SignIn, Verdicts, pack

_USER, _WORD = "self-test", "not-a-secret"


def self_test(say: Callable[[str], object]) -> int:
    """Run it; 0 when all went well. A failure is an error with its trace."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        built = build(Path(folder), SystemClock())
        try:
            built.people.put(Access(user=_USER, roles=("intake",), scopes=("",)), _WORD)
            verdict = asyncio.run(_tried(built))
        finally:
            built.close()
    say(f"centre: {verdict}\n")
    return 0 if verdict == APPLIED else 1


def free_port() -> int:
    """Ask the system for a port that no one uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


async def _tried(built: Built) -> str:
    port, stopping, ready = free_port(), asyncio.Event(), asyncio.Event()

    async def when_ready() -> str:
        await ready.wait()
        try:
            return await asyncio.to_thread(_case, f"http://127.0.0.1:{port}")
        finally:
            stopping.set()

    found, _ = await asyncio.gather(
        when_ready(), serve(built, "127.0.0.1", port, stopping, ready.set)
    )
    return found


def _case(url: str) -> str:
    session = _ask(f"{url}/auth/v1/sign-in", Session, SignIn(user=_USER, password=_WORD))
    hello = _ask(f"{url}/sync/v1/hello", Hello)
    args = {"title": "self-test", "scope": hello.city, "limit": "30m"}
    step = Step(kind="incident", record=new_id(), verb="create", args=args)
    act = Act(id=new_id(), steps=(step,), by=_USER)
    heads = {HEAD_EPOCH: hello.epoch, "Authorization": f"Bearer {session.access_token}"}
    answer = _ask(f"{url}/sync/v1/acts", Verdicts, Acts(acts=[act]), heads)
    return answer.verdicts[0].verdict


def _ask(url: str, shape: Any, body: Any = None, heads: dict[str, str] | None = None) -> Any:
    data = None if body is None else pack(body)
    asked = urllib.request.Request(url, data, heads or {})  # noqa: S310 - this machine alone
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(asked, timeout=10) as answer:
        return msgspec.json.decode(answer.read(), type=shape)

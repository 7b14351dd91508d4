"""A line between real sockets that fails as told: it stands between a console and a centre.

It knows requests from answers, so it can lose an answer, send a request twice, or deliver one late.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fault:
    """What is wrong with the line; ``times`` requests long (0: until told otherwise)."""

    latency_s: float = 0.0
    refuses: bool = False
    silent: bool = False  # half-open: takes everything, says nothing
    cut_after: int = -1  # bytes of the answer, then the connection is reset
    twice: bool = False
    loses_answer: bool = False
    late_s: float = 0.0  # the request arrives after its sender was cut off
    says: bytes = b""  # somebody else answers
    holds_streams: bool = False  # a proxy that gathers an event stream before it passes it on
    path: str = ""  # only requests whose first line holds this
    times: int = 0


GOOD = Fault()


class FaultLine:
    """Listens on a port of its own and passes on to another, with faults."""

    def __init__(self, host: str, port: int) -> None:
        self._up = (host, port)
        self._fault = GOOD
        self._left = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: list[bytes] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-line")
        self._thread.start()
        server = asyncio.start_server(self._client, "127.0.0.1", 0)
        self._server = self._wait(server)
        self.port = int(self._server.sockets[0].getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def set(self, fault: Fault, *, cut: bool = False) -> None:
        """Be like this from now on; ``cut``: also break off what is open."""

        def change() -> None:
            self._fault, self._left = fault, fault.times
            if cut or fault.refuses:
                self._cut_all()

        self._do(change)

    def moved(self, host: str, port: int) -> None:
        """Pass on to another place from now on."""
        self._up = (host, port)

    def heal(self) -> None:
        self.set(GOOD)

    def close(self) -> None:
        self._do(self._cut_all)
        self._wait(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _shut(self) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _do(self, job: Callable[[], None]) -> None:
        async def run() -> None:
            job()

        self._wait(run())

    def _wait(self, job):
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(10)

    def _cut_all(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    def _current(self, line: str) -> Fault:
        fault = self._fault
        if fault.path and fault.path not in line:
            return replace(GOOD, latency_s=fault.latency_s)
        if fault.times:
            self._left -= 1
            if self._left <= 0:
                self._fault = GOOD
        return fault

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault.refuses:
            _reset(writer)
            return
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        try:
            while request := await _request(reader):
                if not await self._serve(request, writer):
                    break
        except (OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            self._open.discard(writer)
            writer.close()

    async def _serve(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Serve one request on a connection upstream of its own; tell whether to go on."""
        line = request.split(b"\r\n", 1)[0].decode("latin-1")
        self.requests.append(request)
        fault = self._current(line)
        if fault.refuses:
            _reset(writer)
            return False
        while fault.silent and self._fault is fault:
            await asyncio.sleep(0.05)
        if fault.latency_s:
            await asyncio.sleep(fault.latency_s)
        if fault.says:
            writer.write(fault.says)
            await writer.drain()
            return False
        if fault.late_s:
            _reset(writer)
            await asyncio.sleep(fault.late_s)
            await self._ask(request)
            return False
        if fault.twice or fault.loses_answer:
            await self._ask(request)
        if fault.loses_answer:
            _reset(writer)
            return False
        return await self._pass(request, writer, fault)

    async def _ask(self, request: bytes) -> None:
        """Have a request done, and drop its answer."""
        async with self._upstream(request) as (reader, _):
            with contextlib.suppress(TimeoutError, OSError):
                await asyncio.wait_for(reader.read(), 5)

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter, fault: Fault) -> bool:
        passed = 0
        async with self._upstream(request) as (reader, _):
            while part := await reader.read(65_536):
                if fault.holds_streams and b"text/event-stream" in part:
                    await reader.read()
                    return False
                if fault.latency_s:
                    await asyncio.sleep(fault.latency_s)
                if 0 <= fault.cut_after <= passed + len(part):
                    writer.write(part[: fault.cut_after - passed])
                    await writer.drain()
                    _reset(writer)
                    return False
                while self._fault.silent:
                    await asyncio.sleep(0.05)
                writer.write(part)
                passed += len(part)
                await writer.drain()
        return False

    @contextlib.asynccontextmanager
    async def _upstream(self, request: bytes):
        reader, writer = await asyncio.open_connection(*self._up)
        self._open.add(writer)
        try:
            writer.write(_closing(request))
            await writer.drain()
            yield reader, writer
        finally:
            self._open.discard(writer)
            writer.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    """Read one whole request; nothing at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + await reader.readexactly(length)


def _closing(request: bytes) -> bytes:
    """Ask upstream to close after its answer: so the end of an answer is the end of a stream."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [each for each in head.split(b"\r\n") if not each.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def _reset(writer: asyncio.StreamWriter) -> None:
    """Reset a connection, as a cut cable and a restarted router do."""
    held = writer.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError):
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def answer(
    body: bytes = b"", status: str = "200 OK", kind: str = "application/json", **headers: str
) -> bytes:
    """Give an answer as the centre would send it; a header that is "" is left out."""
    said = {
        "content-type": kind,
        "content-length": str(len(body)),
        "x-server-time": "1767225600000",
    }
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in said.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "connection: close", "", ""]).encode() + body


@contextlib.contextmanager
def fault_line(port: int, host: str = "127.0.0.1") -> Iterator[FaultLine]:
    """Give a line to a port of this machine."""
    line = FaultLine(host, port)
    try:
        yield line
    finally:
        line.close()

"""Runs a centre on a port until it is told to stop: the web, and the watch over what is due."""

import asyncio
import errno
import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server
from sqlalchemy.exc import SQLAlchemyError

from console.base.errors import Refused
from console.base.work import Tasks, Work
from console.central.alarms import Alarms
from console.central.build import Built
from console.central.centre import Centre
from console.central.outages import outages_of
from console.central.showings import Showings
from console.central.spotting import Spots
from console.central.web import build_app

OUTAGES_EACH, SHOWINGS_EACH = 15, 600
"""Beats from one look for silent sources, and for old pushes to walls, to the next."""
HEADERS_MS = 5_000
"""A request whose head is not there by then is hung up."""
ROUND_S = 5.0
GLANCE_S = 0.25
BEAT_S = 1.0
"""Readings are written, and their alarms looked at, so often."""
# Its own lines are ours to write; it warns each time that it is embedded.
_LOGS = {"handlers": {}, "loggers": {"_granian": {"level": "ERROR"}}}
_log = logging.getLogger(__name__)


async def serve(
    built: Built, host: str, port: int, stopping: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Serve until told to stop; ``ready`` is called once, when somebody can come in.

    Refused when the port cannot be had.
    """
    ask_for(host, port)
    app = build_app(
        built.centre, built.tokens, built.limits, built.steering, built.health, built.gate
    )
    server = Server(
        app, address=host, port=port, interface=Interfaces.ASGI, http=HTTPModes.http1,
        websockets=False, http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MS),
        log_level=LogLevels.error, log_dictconfig=_LOGS,
    )  # fmt: skip
    tasks = Tasks(failed=lambda error: _log.error("the server failed", exc_info=error))
    serving = tasks.spawn(server.serve())
    try:
        if await _listening(host, port, serving):
            ready()
            told = tasks.spawn(stopping.wait())
            await asyncio.wait([serving, told], return_when=asyncio.FIRST_COMPLETED)
        app.state.news.stop()
        await asyncio.sleep(0.05)  # streams say goodbye
        server.stop()
        await serving
    finally:
        await tasks.close()


def ask_for(host: str, port: int) -> None:
    """Refuse a port that another program listens on, or that this account may not have.

    The server itself would share it: two centres would answer by turns.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as asked:
            if os.name == "posix":  # elsewhere this would share the port, here it only forgets
                asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind(address)
            asked.listen(1)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES if os.name == "nt" else None)
        key = "refused.port_taken" if taken else "refused.port"
        raise Refused(key, host=host, port=port, why=error.strerror or error) from None


def look_after(centre: Centre, work: Work) -> None:
    """Start what goes on beside the web: what time makes due, and what other processes wrote."""

    def tend(stopping: threading.Event) -> None:
        while not stopping.is_set():
            while centre.tend():
                pass
            stopping.wait(ROUND_S)

    def look(stopping: threading.Event) -> None:
        while not stopping.wait(GLANCE_S):
            centre.look()

    work.follow("centre watch", tend)
    work.follow("centre readings", lambda stopping: _beat(centre, stopping))
    # On SQLite too: `import` and `replay --data` write to the ledger of a centre that is at work.
    work.follow("centre look", look)


def _beat(centre: Centre, stopping: threading.Event) -> None:
    alarms, outages, spots = Alarms(centre), outages_of(centre), Spots(centre)
    showings = Showings(centre)
    for n in count():
        if stopping.wait(BEAT_S):
            return
        try:
            centre.beat()
            alarms.tend()
            spots.tend()
            if n % SHOWINGS_EACH == 0:
                showings.tend()
            if outages and n % OUTAGES_EACH == 0:
                outages.tend()
        except SQLAlchemyError as error:  # they are kept, and written with a later beat
            _log.error("the ledger took no readings: %s", error)


async def _listening(host: str, port: int, serving: "asyncio.Task[None]") -> bool:
    """Wait until the port answers; tell whether it does."""
    while not serving.done():
        with suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            return True
        await asyncio.sleep(0.02)
    return False

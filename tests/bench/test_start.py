"""A start with 100,000 incidents in the cache: the queue stands before the network is asked."""

import socket
import sys
import time

import pytest
from msgspec.structs import replace

from console.app import build
from console.base.settings import Settings
from console.base.work import Inline, Threads
from console.central.drill_scale import make_incidents
from console.store import files
from console.wire import Snapshot, put_of
from tests.ui.conftest import Named
from tests.ui.desk import CHEN, Desk
from ui.kit import icons, theme
from ui.kit.icons import Icons
from ui.kit.outfit import Outfit
from ui.kit.theme import Look
from ui.models import columns
from ui.views.queue import QueueView

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

COUNT = 100_000
TIMES = 4
"""Opening, judging what waits, reading and drawing, beside reading the same rows bare."""


def filled(settings: Settings) -> None:
    core = build(settings, Inline())
    now = core.clock.now()
    puts = (put_of(replace(i, version=1)) for i in make_incidents(COUNT, 7, now))
    head = Snapshot(epoch="e1", next="c0", rows=COUNT, time=now)
    core._store.fill(head, puts, lambda _done, _total: None)
    core.close()


def bare(folder) -> float:
    """Give the seconds that reading every row with the cipher alone takes."""
    key = bytes.fromhex((folder / "store" / "key").read_text())
    engine = files.engine(folder / "store" / "cache.db", key, full=False, cache_mb=32)
    began = time.perf_counter()
    with engine.connect() as line:
        rows = line.exec_driver_sql("SELECT * FROM incident").fetchall()
    took = time.perf_counter() - began
    engine.dispose()
    assert len(rows) == COUNT
    return took


def test_the_queue_is_there_before_the_network_is_asked(tmp_path, qapp, qtbot):
    door = socket.create_server(("127.0.0.1", 0))
    door.setblocking(False)
    port = door.getsockname()[1]
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "key").write_text("00" * 32)
    settings = Settings(
        centre=f"http://127.0.0.1:{port}", data=str(tmp_path), city="nanjing", log_level="ERROR"
    )
    filled(settings)
    limit = bare(tmp_path)
    began = time.perf_counter()
    core = build(settings, Threads())
    core._parts.sessions.person = lambda user: CHEN if user == CHEN.user else None
    core._sit(CHEN)
    opened = time.perf_counter() - began
    look = Look(qapp, icons.draw, theme.read("night"))
    sheet = columns.read()
    named = Named(Desk(core, None))
    outfit = Outfit(look, Icons(look), sheet, columns.setting(sheet, named, core.clock.now))
    view = QueueView(core, outfit, lambda error: pytest.fail(str(error)))
    qtbot.addWidget(view)
    view.resize(1400, 800)
    view.show()
    view.open(core.queues["all"])
    qtbot.waitUntil(lambda: view.grid.table.rowCount() > 0, timeout=120_000)
    view.grab()
    took = time.perf_counter() - began
    shown = view.grid.table.rowCount()
    with pytest.raises(BlockingIOError):
        door.accept()
    view.close_feed()
    core.close()
    door.close()
    qapp.setStyleSheet("")
    sys.stdout.write(
        f"\nstart with {COUNT} in the cache: {shown} rows drawn after {took:.2f} s"
        f" (opened after {opened:.2f} s); bare read {limit:.2f} s: {took / limit:.1f} times;"
        " asked of the network: nothing\n"
    )
    assert shown > COUNT // 3
    assert took / limit <= TIMES

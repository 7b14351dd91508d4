"""What the benches of the store share: 100,000 incidents, and how time is taken and told."""

import gc
import random
import re
import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from console.domain.record import Incident, Note
from console.store import files
from console.wire import Snapshot
from tests.console.store.seat import AT, KEY

COUNT = 100_000
WORDS = re.findall(
    r"\w+",
    "井盖,路灯,积水,噪音,施工,扰民,占道,经营,火灾,燃气,泄漏,停水,停电,垃圾,堆放,违章,建筑,电动车,"
    "充电,消防,通道,堵塞,树木,倒伏,路面,破损,下水道,反映,市民,来电,小区,门口,严重,影响,出行,希望,"
    "尽快,处理,部门,核实,投诉,物业,管理",
)
DISTRICTS = re.findall(r"\w+", "玄武,秦淮,建邺,鼓楼,浦口,栖霞,雨花台,江宁,六合,溧水,高淳,江北")


def say(ratio: str) -> None:
    sys.stdout.write(f"\n{ratio}\n")


def made(n: int, chance: random.Random) -> Incident:
    words = "".join(chance.choices(WORDS, k=60))
    return Incident(
        id=f"{n:032x}", no=f"20260101{n:08d}", title="".join(chance.choices(WORDS, k=5)),
        detail=words, state=chance.choice(("reported", "accepted", "dispatched", "closed")),
        version=1, scope=f"3201{n % 12:02d}.3201{n % 12:02d}{n % 9:03d}", scene="DMUM", type="0301",
        address=f"南京市{DISTRICTS[n % 12]}区中山路{n % 400}号", reported_at=AT + n * 1000,
        updated_at=AT + n * 1000, lon=118.7, lat=32.0, handler="li", lead="D07",
        notes=(Note(AT, "li", "".join(chance.choices(WORDS, k=20))),),
    )  # fmt: skip


def head() -> Snapshot:
    return Snapshot(epoch="e", next="c0", rows=COUNT, time=AT)


@contextmanager
def bare(path: Path, *, full: bool = False):
    """Lend one plain connection to an encrypted file, set as the store sets it."""
    engine = files.engine(path, KEY, full=full, cache_mb=64)
    with files.borrowed(engine) as db:
        yield db
    engine.dispose()


def timed(job) -> float:
    gc.collect()
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def timed_once(job) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]

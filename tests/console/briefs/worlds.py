"""A desk with a day behind it, as what briefs are written from."""

from types import MappingProxyType
from zoneinfo import ZoneInfo

from console.briefs.facts import Facts
from console.domain.indicator import Indicator
from console.domain.measured import Sensing
from console.domain.query import Query
from tests.desks import MONDAY_TEN, Bench

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = 60_000


class Now:
    """An indicator that is out of band."""

    value, state, freshness, since, at, sources = 9.1, "alarm", "live", MONDAY_TEN, MONDAY_TEN, 1


class Signs:
    score, completeness, domains = 81.5, 0.9, ()


STAGE = Indicator(id="X.stage", name="长江水位", name_en="Yangtze", unit="m", direction="up",
                  normal=(2.0, 8.0), warn=8.7, alarm=9.0, source="", refresh_s=60)  # fmt: skip
SENSING = Sensing(
    MappingProxyType({"X.stage": STAGE}), {"X.stage": Now()}, lambda _of, _since: (), Signs()
)  # fmt: skip


class Held:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def find(self, query: Query, view) -> list:
        return self._bench.store.find(query, view)

    def get(self, kind: str, id: str):
        return self._bench.store.get(kind, id)

    def history(self, kind: str, id: str) -> list:
        return self._bench.store.history(kind, id)

    def names(self, kind: str, code: str) -> str:
        city = self._bench.desk.around.city
        tables = {"district": city.districts, "dept": city.departments, "street": city.streets}
        found = tables.get(kind, {}).get(code)
        return found.name if found else ""


def facts_of(bench: Bench, language: str = "zh_CN", sensing=SENSING) -> Facts:
    now = bench.clock.now()
    return Facts(
        held=Held(bench), counting=bench.store.counting, machines=bench.judge.machines, zone=ZONE,
        city="南京市", now=now, as_of=now, language=language, sensing=sensing,
    )  # fmt: skip


def days_work(bench: Bench) -> None:
    """Let a grave case be dispatched and reported back, another wait, and a leader speak."""
    bench.incident("I1", title="下穿通道积水", level="II")
    bench.incident("I2", title="井盖破损")
    bench.run("incident.accept I1", "incident.dispatch I1 市水务局")
    task = bench.tasks("I1")[0].id
    bench.clock.turn(12 * MINUTE)
    bench.run(f"task.sign {task}", f"task.arrive {task}", f"task.start {task}")
    bench.clock.turn(60 * MINUTE)
    bench.run(f"task.feedback {task} 水已排空", '批示 cgj "查清全市井盖" --leader 市长')

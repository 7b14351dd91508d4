"""A real core with a city's morning in it, off line: what the tests of the panels look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from console.app import Core, build
from console.base.ids import new_id
from console.base.settings import Settings
from console.base.work import Work
from console.domain.access import Access, system
from console.domain.changes import Changes
from console.domain.judge import Judge
from console.domain.record import Act, Incident, Record, Step
from console.domain.rows import split
from console.wire import REFUSED, Entry, Page, Snapshot, Verdict, put_of

MINUTE, HOUR = 60_000, 3_600_000
CHEN = Access(
    user="chen", name="陈立新", roles=("dispatch", "duty_lead", "intake", "district"), scopes=("",)
)
LIU = Access(user="liu", name="刘芳", roles=("intake",), scopes=("",))
ZHAO = Access(
    user="zhao", name="赵国强", roles=("unit",), scopes=("",), depts=("cgj", "wat", "fire")
)
PEOPLE = {p.user: p for p in (CHEN, LIU, ZHAO)}
SEATS = {"chen": "分拨1", "liu": "接报3", "zhao": "水务2", "system": ""}


class Town:
    """A centre in a few lines: holds records, judges acts by the real judge, writes their log."""

    def __init__(self, judge: Judge, now: int) -> None:
        self.judge = judge
        self.now = now
        self.records: dict[tuple[str, str], Record] = {}
        self.entries: list[Entry] = []
        self._n = 0

    def get(self, kind: str, id: str) -> Record | None:
        return self.records.get((kind, id))

    def open_tasks_of(self, unit: str) -> Iterable[Any]:
        opened = self.judge.machines["task"].opened
        return [
            r for r in self.records.values() if getattr(r, "unit", "") == unit and r.state in opened
        ]

    def number(self, scope: str, at: int) -> str:
        self._n += 1
        return f"{split(scope)[0] or '320100'}20261122{1000 + self._n:06d}"

    def did(
        self, by: str, ago: int, *steps: tuple[str, str, str, dict[str, Any]], late: int = 0
    ) -> None:
        """Let a person do something, so many minutes ago."""
        at = self.now - ago * MINUTE
        actor = PEOPLE.get(by) or system()
        made = tuple(Step(kind=k, record=r, verb=v, args=a, base=10**6) for k, r, v, a in steps)
        act = Act(id=new_id(), steps=made, by=by, seat=SEATS[by], at=at)
        after = self.judge.act(act, actor, self, at)
        self.records |= after
        for step in made:
            record = after[step.kind, step.record]
            home = step.record if step.kind == "incident" else getattr(record, "incident", "")
            n = sum(e.kind == step.kind and e.id == step.record for e in self.entries) + 1
            entry = Entry(
                kind=step.kind,
                id=step.record,
                n=n,
                verb=step.verb,
                by=by,
                seat=SEATS[by],
                at=at,
                device_at=at - late,
                act=act.id,
                incident=home,
                args=step.args,
                state=record.state,
            )
            self.entries.append(entry)

    def snapshot(self) -> tuple[Snapshot, list[Any]]:
        puts = [put_of(r) for r in self.records.values()]
        return Snapshot(epoch="e1", next="c0", rows=len(puts), time=self.now), puts


@dataclass
class Desk:
    core: Core
    town: Town

    def close(self) -> None:
        self.core.close()

    def send_back(self, act: str, key: str, verdict: str = REFUSED, **args: Any) -> Changes:
        """Let the centre refuse an act."""
        self.core._store.mark_sent([act])
        return self.core._store.settle([Verdict(id=act, verdict=verdict, key=key, args=args)])

    def hears(self, *records: Record) -> Changes:
        """Let the seat hear of records from the centre."""
        puts = [put_of(replace(r, version=r.version + 1)) for r in records]
        return self.core._store.absorb(Page(next="c9", head=9, puts=puts))

    def incident(self, id: str) -> Incident:
        found = self.core.get("incident", id)
        assert isinstance(found, Incident)
        return found


def desk(folder: Path, work: Work, person: Access = CHEN) -> Desk:
    """Give a seat on which a person works on a morning's incidents."""
    settings = Settings(
        centre="http://127.0.0.1:9",
        data=str(folder),
        maps=str(folder / "maps"),
        city="nanjing",
        seat="分拨1",
        log_level="ERROR",
    )
    (folder / "store").mkdir(parents=True, exist_ok=True)
    (folder / "store" / "key").write_text("00" * 32)
    core = build(settings, work)
    town = Town(core.judge, core.clock.now())
    morning(town)
    head, puts = town.snapshot()
    core._store.fill(head, puts, lambda _done, _total: None)
    core._store.absorb(Page(next="c1", head=1, entries=town.entries))
    sessions = core._parts.sessions
    sessions.person = PEOPLE.get  # type: ignore[method-assign]
    core._sit(person)
    return Desk(core, town)


def morning(town: Town) -> None:
    """Let things happen: a leak, a flood, a duplicate, rubbish, units on the way."""
    _units(town)
    _flood(town)
    _others(town)


def _units(town: Town) -> None:
    units = (
        ("u1", "水务抢险01", "南京水务抢险一队", "wat", "320102", 8),
        ("u2", "水务抢险02", "", "wat", "320104", 6),
        ("u3", "城管机动03", "", "cgj", "320102", 5),
        ("u4", "城管机动05", "", "cgj", "320106", 5),
        ("u5", "消防玄武一站", "", "fire", "320102", 14),
        ("u6", "交管铁骑12", "", "pol", "320102", 2),
        ("u7", "环卫洒水07", "", "cgj", "320115", 3),
        ("u8", "排涝泵车04", "", "wat", "320111", 4),
    )
    for unit, call, name, dept, scope, people in units:
        given = {"scope": scope, "call_sign": call, "name": name, "dept": dept, "people": people}
        town.did("system", 900, ("unit", unit, "enrol", given))
        if unit != "u7":
            town.did("system", 600, ("unit", unit, "ready", {}))
    town.did("chen", 300, ("unit", "u8", "retire", {"reason": "水泵检修"}))


def _told(
    town: Town, ago: int, id: str, report: str, facts: dict[str, Any], told: dict[str, Any]
) -> None:
    born = {
        "scope": facts["scope"],
        "source": facts.get("source", "hotline"),
        "at": town.now - ago * MINUTE,
    }
    town.did(
        "liu",
        ago,
        (
            "incident",
            id,
            "create",
            {"limit": "30m", "reported_at": town.now - ago * MINUTE, **facts},
        ),
        ("report", report, "receive", {**born, **told}),
        ("report", report, "attach", {"incident": id}),
    )


def _flood(town: Town) -> None:
    facts = {
        "title": "龙蟠中路下穿通道积水约三十厘米，两车熄火",
        "scope": "320102.320102003",
        "scene": "DMUM",
        "type": "DMUM-01",
        "level": "II",
        "urgency": "flash",
        "source": "hotline",
        "address": "南京市玄武区新街口街道龙蟠中路218号下穿通道北口",
        "detail": "车辆熄火被困，水位仍在上涨，来电人电话13851234567，已自行撤到路边。",
        "lon": 118.80,
        "lat": 32.04,
    }
    told = {
        "number": "NJ20261122004518",
        "caller": "王建国",
        "phone": "13851234567",
        "purpose": "help",
        "words": "通道里水已经没过车轮，我的车打不着了，后面还有一辆白车，麻烦尽快来人。",
    }
    _told(town, 74, "i1", "r1", facts, told)
    town.did("chen", 71, ("incident", "i1", "accept", {"limit": "15m"}))
    town.did(
        "chen",
        68,
        (
            "incident",
            "i1",
            "dispatch",
            {"lead": "wat", "sign": "15m", "arrive": "45m", "handle": "4h"},
        ),
        (
            "task",
            "t1",
            "issue",
            {
                "incident": "i1",
                "scope": facts["scope"],
                "dept": "wat",
                "unit": "u1",
                "part": "lead",
                "order": "立即排水，先救人",
                "sign": "15m",
                "arrive": "45m",
                "handle": "4h",
            },
        ),
        ("incident", "i1", "assist", {"dept": "pol"}),
        (
            "task",
            "t2",
            "issue",
            {
                "incident": "i1",
                "scope": facts["scope"],
                "dept": "pol",
                "unit": "u6",
                "part": "assist",
                "order": "封闭通道两端",
                "sign": "15m",
                "arrive": "60m",
            },
        ),
    )
    town.did(
        "zhao", 60, ("incident", "i1", "sign", {}), ("task", "t1", "sign", {}), late=9 * MINUTE
    )
    town.did("zhao", 41, ("incident", "i1", "arrive", {}), ("task", "t1", "arrive", {}))
    town.did("zhao", 33, ("incident", "i1", "start", {}), ("task", "t1", "start", {}))
    town.did(
        "chen", 20, ("incident", "i1", "urge", {"note": "市领导询问进度，请每十五分钟反馈一次"})
    )
    town.did(
        "zhao",
        6,
        ("incident", "i1", "ask_extend", {"by": "2h", "reason": "下游河道水位高，需架设移动泵车"}),
    )


def _others(town: Town) -> None:
    near = {
        "title": "龙蟠中路下穿通道积水，车辆熄火",
        "scope": "320102.320102003",
        "scene": "DMUM",
        "type": "DMUM-01",
        "level": "III",
        "address": "南京市玄武区新街口街道龙蟠中路218号下穿通道北口",
        "lon": 118.8004,
        "lat": 32.0402,
    }
    _told(
        town,
        12,
        "i2",
        "r2",
        near,
        {
            "number": "NJ20261122004733",
            "caller": "李晓梅",
            "phone": "18912345678",
            "words": "龙蟠中路隧道口被淹了，好几辆车堵在里面。",
            "purpose": "alarm",
        },
    )
    _told(
        town,
        55,
        "i3",
        "r3",
        {**near, "title": "龙蟠路隧道进水", "level": "IV"},
        {
            "number": "NJ20261122004601",
            "caller": "周敏",
            "phone": "025-84567890",
            "words": "隧道口水很深，过不去。",
            "purpose": "help",
        },
    )
    town.did("chen", 50, ("incident", "i3", "merge", {"parent": "i1", "reason": "同一处积水"}))
    rubbish = {
        "title": "珠江路农贸市场东门垃圾满溢，占用盲道",
        "scope": "320102.320102005",
        "scene": "DMUM",
        "type": "DMUM-01-01",
        "address": "南京市玄武区珠江路88号",
        "source": "citizen",
    }
    _told(
        town,
        200,
        "i4",
        "r4",
        rubbish,
        {
            "number": "SSP-88213",
            "caller": "吴先生",
            "phone": "13700001111",
            "words": "垃圾三天没清，味道很大。",
            "purpose": "complain",
            "source": "citizen",
        },
    )
    town.did("chen", 190, ("incident", "i4", "accept", {"limit": "60m"}))

"""The figures of a page are worked out on the seat's own store, all of one moment."""

import random
from collections.abc import Iterator

import pytest

from console.domain.deadline import Deadline
from console.domain.figure import Behind, Figure
from console.domain.measured import Sensing
from console.domain.page import Source, Tile, read_pages
from console.domain.query import Viewpoint, parse_query
from console.domain.record import (
    Correction,
    Forewarning,
    Incident,
    Instruction,
    Record,
    Report,
    StartedPlan,
    Task,
    Unit,
)
from console.services.figures import Figures, Standing
from console.wire import Page as Changed
from console.wire import put_of
from tests.desks import MONDAY_TEN, Bench

EMPTY = Sensing({}, {}, lambda _of, _since: (), None)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def tile(key: str, **of) -> Tile:
    return Tile(key=key, name="", name_en="", draw="number", of=Source(kind="incident", **of))


def test_every_tile_gets_its_figure(bench):
    for n in range(3):
        bench.incident(f"I{n}")
    bench.run("incident.accept I1")
    standing = Standing(MONDAY_TEN, up=True)
    figures = Figures(bench.store, bench.clock, "Asia/Shanghai", lambda: standing, lambda: EMPTY)
    tiles = (tile("all"), tile("new", where="state:reported"), tile("mine", where="handler:@me"))
    found = figures.work_out(tiles, "wang")
    assert {key: figure.value for key, figure in found.items()} == {"all": 3, "new": 2, "mine": 1}
    assert len({figure.at for figure in found.values()}) == 1


@pytest.mark.logs_trouble
def test_a_tile_that_fails_is_broken_and_the_others_stand(bench):
    standing = Standing(MONDAY_TEN, up=True)
    figures = Figures(bench.store, bench.clock, "Asia/Shanghai", lambda: standing, lambda: EMPTY)
    found = figures.work_out((tile("all"), tile("bad", where="nosuch:1")))
    assert (found["bad"].fresh, found["bad"].why) == ("broken", "page.why.broken")
    assert found["all"].value == 0


DAY, MINUTE = 86_400_000, 60_000
DISTRICTS = ("320100", "320102", "320104.320104001", "320106", "320111.320111003")
MANY = 400


def world(machines) -> Iterator[Record]:
    """Give records of every kind that pages are of, in all states, over five weeks."""
    dice = random.Random(7)

    def some(kind: str, n: int, **facts):
        at = MONDAY_TEN - dice.randrange(35 * DAY if n % 3 else 360 * MINUTE)
        state = dice.choice(sorted(machines[kind].states))
        changed = min(MONDAY_TEN, at + dice.randrange(2 * DAY))
        return {"id": f"{kind}{n}", "version": 1, "state": state, "scope": dice.choice(DISTRICTS),
                "updated_at": changed, **facts}, at  # fmt: skip

    def clocks(at: int, *names: str):
        made = {}
        for name in names:
            due, end = at + dice.randrange(1, 400) * MINUTE, at + dice.randrange(1, 400) * MINUTE
            stopped = end if dice.random() < 0.6 and end < MONDAY_TEN else 0
            made[name] = Deadline(limit="2h", started=at, due=due, soon=due - MINUTE,
                                  stopped=stopped)  # fmt: skip
        return made

    for n in range(MANY):
        facts, at = some("incident", n)
        scene = dice.choice(("DMSW", "DMUM", "ECDR", "EMFV"))
        yield Incident(
            **facts, reported_at=at, scene=scene, source="iot",
            type=dice.choice((f"{scene}-01", "DMHL-06")),
            advised=dice.choice(("heeded", "overruled", "")),
            units_advised=dice.choice(("heeded", "overruled", "")),
            level=dice.choice(("I", "II", "III", "IV", "routine")), supervised=n % 3,
            deadlines=clocks(at, "handle"),
        )  # fmt: skip
        facts, at = some("report", n)
        answers = {"contacted": ("yes", "no", ""), "solved": ("yes", "partly", "no", ""),
                   "satisfied": ("very", "no", "")}  # fmt: skip
        yield Report(
            **facts, at=at, source=dice.choice(("hotline", "citizen")), type="DMHL-01",
            **{name: dice.choice(said) for name, said in answers.items()},
        )  # fmt: skip
        facts, at = some("task", n)
        yield Task(
            **facts, issued_at=at, dept=dice.choice(("wat", "cgj")), plan=f"plan{n % 9}",
            part=dice.choice(("lead", "plan")), deadlines=clocks(at, "sign", "handle"),
        )  # fmt: skip
    for n in range(60):
        facts, at = some("instruction", n)
        yield Instruction(
            **facts, issued_at=at, dept="wat", words="x", deadlines=clocks(at, "sign", "feedback")
        )
        yield StartedPlan(**some("plan", n)[0], plan="EMFV-P1", scene="EMFV", level="II")
        yield Unit(**some("unit", n)[0], call_sign="x")
        yield Forewarning(**some("warning", n)[0], level="II", headline="x")
        yield Correction(**some("correction", n)[0], said="x")


def behind_all(figure: Figure) -> Iterator[tuple[Behind, int]]:
    """Give what stands behind a figure and each of its points, with how many there are to be."""
    yield figure.behind, figure.n
    yield from ((point.behind, point.n) for point in figure.points)


def test_every_number_of_every_page_has_as_many_rows_behind_it_as_it_says(bench):
    machines = bench.judge.machines
    puts = [put_of(record) for record in world(machines)]
    bench.store.absorb(Changed(next="c1", head=1, puts=puts))
    standing = Standing(MONDAY_TEN, up=True)
    figures = Figures(bench.store, bench.clock, "Asia/Shanghai", lambda: standing, lambda: EMPTY)
    view, seen, empty = Viewpoint(me="wang", now=bench.clock.now()), 0, []
    for page in read_pages().values():
        found = figures.work_out(page.tile, "wang")
        for tile in page.tile:
            figure = found[tile.key]
            if not figure.behind.kind:
                continue
            if not figure.n:
                empty.append((page.key, tile.key))
            for behind, n in behind_all(figure):
                rows = bench.store.find(parse_query(behind.kind, behind.where), view)
                assert len(rows) == n, (page.key, tile.key, behind)
                seen += 1
    assert seen > 100
    # The world holds something of everything, or nothing would have been compared.
    assert empty == []

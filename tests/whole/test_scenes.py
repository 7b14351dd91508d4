"""Each of the 28 scenes is fed by its doors and has an event, its indicators, a plan at work.

A real demo centre, its city handed in over real HTTP in simulated time, and a real desk that
follows it; whatever is missing is told with its scene.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.app import Core, build
from console.base.clock import ManualClock, SystemClock
from console.base.settings import Settings
from console.base.work import Inline
from console.central import drill
from console.central.centre_line import CentreLine
from console.central.drill_city import Dice
from console.central.drill_live import Life as Colleagues
from console.central.life.courier import Courier
from console.central.life.life import Life
from console.central.life.script import read_script
from console.central.life.simulate import account, sealing
from console.domain.access import Access
from console.domain.query import parse_query
from console.domain.record import Act, Step
from tests.centre_driver import PASSWORD, Running
from ui.models.scene import SceneFacts, read, read_lore

pytestmark = pytest.mark.timeout(600)
BEATS, BEAT_S = 36, 10.0
MORE = 20
"""Six minutes of the city."""
DESK = Access(user="wang", name="王敏", roles=("duty_lead", "dispatch"), scopes=("",))
LEADER = Access(user="he", name="何领导", roles=("leader",), scopes=("",))
INCIDENTS = "-state:closed,archived,void,merged,transferred"


class City:
    """The demo city at a centre that serves, its time in one's own hands, and a desk."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(SystemClock().now())
        self.running = Running(folder / "centre", self.clock).welcome(DESK, LEADER).start()
        self.centre = self.running.built.centre
        drill.populate(self.centre, self.clock, incidents=40)
        line = CentreLine(self.running.url, *account(self.running.built))
        line.sign_in()
        script = read_script()
        self.courier = Courier(line, self.centre.place, script.sheet)
        self._life = Life(
            self.centre.place, script, self.courier, sealing(self.centre), seed=5,
            began=self.clock.now(),
        )  # fmt: skip
        stage = drill.stage_of(self.centre, Dice(5), self.clock.now())
        self._colleagues = Colleagues(self.centre, self.clock, stage, arrivals=False)
        settings = Settings(centre=self.running.url, data=str(folder / "desk"), seat="s1")
        self.core: Core = build(settings, Inline())
        self.core.sign_in("wang", PASSWORD).result()

    def live(self, beats: int) -> None:
        """Let time pass, and the city with it."""
        for _ in range(beats):
            self.clock.turn(int(BEAT_S * 1_000))
            self._life.beat(self.clock.now())
            self._colleagues.beat()
            self.centre.beat()
        self.core.sync_once()

    def unseal(self, scene: str) -> None:
        args = {"scope": "*", "order": "宁疫指〔2026〕1号", "reason": "演练"}
        step = Step(kind="scene", record=scene, verb="unseal", args=args)
        now = self.clock.now()
        act = Act(id=f"unseal-{scene}", steps=(step,), by=LEADER.user, at=now, device_at=now)
        assert self.centre.judge_acts([act], LEADER).verdicts[0].verdict == "applied"

    def close(self) -> None:
        self.core.close()
        self.running.close()

    # ---- what a desk sees

    def facts(self, scene: str) -> SceneFacts:
        found = read(self.core, read_lore(self.core), scene)
        assert found is not None
        return found

    def incidents(self, scene: str) -> int:
        return self.core.count(parse_query("incident", f"scene:{scene} {INCIDENTS}"))

    def missing(self, scene: str) -> list[str]:
        """Name what a scene's page lacks."""
        facts = self.facts(scene)
        live = [g for g in facts.gauges if g.value != "—" and g.fresh and g.limits]
        at_work = [p for p in facts.plans if p.id and p.steps]
        doors = {door for of, door in self.courier.by if of == scene}
        declared = set(self.core.scenes[scene].feed.doors)
        wants = {
            "an open incident": self.incidents(scene) > 0,
            "its indicators with their hour": len(live) > len(facts.gauges) / 2,
            "a live source": any(chip.glyph == "disc" for chip in facts.systems),
            "a plan at work": bool(at_work),
            "steps with their hour": all(s.due and s.dept for p in at_work for s in p.steps),
            "something by a door that it declares": bool(doors) and doors <= declared,
            "not to be sealed": not facts.sealed,
        }
        return [f"{scene}: {what}" for what, there in wants.items() if not there]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    made = City(tmp_path_factory.mktemp("city"))
    try:
        yield made
    finally:
        made.close()


def test_each_of_the_28_scenes_shows_an_event_its_indicators_and_a_plan_at_work(city: City) -> None:
    scenes = city.core.scenes
    assert len(scenes) == 28
    city.live(BEATS)
    active = [s for s in scenes if scenes[s].lifecycle == "active"]
    sealed = [s for s in scenes if scenes[s].lifecycle == "dormant"]
    assert [line for scene in active for line in city.missing(scene)] == []
    assert all(city.facts(scene).sealed for scene in sealed)
    assert [scene for scene in sealed if city.incidents(scene)] == []

    # An order opens the epidemic's scenes: from then on their departments are heard.
    for scene in sealed:
        city.unseal(scene)
    city.live(BEATS)
    assert [line for scene in sealed for line in city.missing(scene)] == []
    assert not city.courier.refused
    doors = {"reports", "readings", "sensorthings", "sheet", "open311", "eido"}
    for _ in range(MORE):  # by the hour a citizen's picture comes sooner or later
        if doors <= {door for _, door in city.courier.by}:
            break
        city.live(BEATS)
    assert doors <= {door for _, door in city.courier.by}

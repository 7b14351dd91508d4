"""What the people of the demo city report, and the warnings that are given when it rains."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from console.central.drill_city import Dice, Told, Town
from console.central.drill_stage import CALLED
from console.central.life.script import Script, Step
from console.central.life.sky import HOUR, MINUTE, Sky
from console.wire import PostedReport

LASTS_MS = 3 * HOUR
AGAIN_MS = 30 * MINUTE


class People:
    """Calls that come by chance, more of them when it rains, some of what was told just now.

    ``sealed``: tells whether a scene is sealed; it has no reports until an order opens it.
    """

    def __init__(
        self, town: Town, script: Script, sky: Sky, dice: Dice, run: str,
        sealed: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._town = town
        self._script = script
        self._sky = sky
        self._dice = dice
        self._run = run
        self._sealed = sealed
        self._made = 0
        self._last: tuple[int, Told] | None = None

    def wait_s(self, model: int) -> float:
        """Give how long it is until the next call, in seconds of the model's time."""
        said = self._script.reports
        calls = self._sky.calls(model)
        calm = said.calm_s - (said.calm_s - said.peak_s) * min(1.0, calls)
        return self._dice.wait(calm / max(1.0, calls))

    def report(self, model: int, at: int) -> PostedReport:
        """Give the next report, dated ``at``."""
        last = self._last
        rhythm = self._script.rhythm
        if last and model - last[0] < AGAIN_MS and self._dice.chance(rhythm.again):
            words = self._town.again(self._dice, last[1])["words"]
            return self._posted(last[1], at, words)
        if self._dice.chance(self._script.reports.wide):
            scenes = self._town.place.scenes
            return self.of_scene(
                self._dice.pick([s for s in scenes if not self._sealed(s)]), at
            )  # fmt: skip
        wet = self._sky.rain(model) > self._dice.between(2, 25)
        cases = [c for c in self._town.demo.case if c.burst] if wet else []
        told = self._town.told(self._dice, self._dice.pick(cases) if cases else None)
        self._last = (model, told)
        return self._posted(told, at, told.report["words"])

    def of_scene(self, scene: str, at: int, on: Collection[str] = ()) -> PostedReport:
        """Give a report of a scene, if there is one of these types; dated ``at``."""
        told = self._town.told(self._dice, self._dice.pick(self._town.cases(scene, on)))
        return self._posted(told, at, told.incident["detail"])

    def _posted(self, told: Told, at: int, words: str) -> PostedReport:
        self._made += 1
        case, said = told.incident, told.report
        who = said if case["source"] in CALLED else {"caller": "", "phone": ""}
        return PostedReport(
            source=case["source"], number=f"LIFE-{self._run}-{self._made:06d}", words=words,
            at=iso(at), title=case["title"], purpose=said["purpose"], caller=who["caller"],
            phone=who["phone"], address=case["address"], district=told.spot.district.code,
            street=told.spot.street.code, community=told.spot.community, type=case["type"],
            level=case["level"], urgency=case["urgency"], lon=told.spot.lon, lat=told.spot.lat,
        )  # fmt: skip


class Weatherman:
    """Gives a warning when it has rained so hard, and one of a higher level above it."""

    def __init__(self, script: Script, sky: Sky, run: str, division: str) -> None:
        self._script = script
        self._sky = sky
        self._run = run
        self._division = division
        self._given: tuple[int, int] = (-1, 0)

    def warning(self, model: int, at: int) -> bytes | None:
        """Give a CAP message that is due now, or None."""
        steps = self._script.warning
        reached = [n for n, s in enumerate(steps) if self._sky.rained(model, s.over_h) >= s.mm]
        level, until = self._given
        if not reached or (reached[-1] <= level and model < until):
            return None
        self._given = (reached[-1], model + LASTS_MS)
        return self._cap(steps[reached[-1]], at)

    def _cap(self, step: Step, at: int) -> bytes:
        said = self._script.wording
        headline = said.headline.format(colour=said.colours[step.colour])
        rows = (
            ("language", "zh-CN"), ("category", "Met"), ("event", said.event),
            ("urgency", "Expected"), ("severity", step.level), ("certainty", "Likely"),
            ("effective", iso(at)), ("expires", iso(at + LASTS_MS)),
            ("senderName", said.source), ("headline", headline), ("description", said.description),
        )  # fmt: skip
        info = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows)
        area = (
            f"<area><areaDesc>{escape(said.area)}</areaDesc><geocode><valueName>GB/T2260"
            f"</valueName><value>{self._division}</value></geocode></area>"
        )
        identifier = f"life.{self._run}.{at}"
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
            f"<identifier>{identifier}</identifier><sender>weather@{self._division}</sender>"
            f"<sent>{iso(at)}</sent><status>Actual</status><msgType>Alert</msgType>"
            f"<scope>Public</scope><info>{info}{area}</info></alert>"
        ).encode()


def iso(at: int) -> str:
    """Give an instant with its zone, as CAP asks: never with a Z."""
    return datetime.fromtimestamp(at // 1000, UTC).isoformat()

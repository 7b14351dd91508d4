"""日报: one day of the city, for its leaders: volume, limits, districts, hotline, what is grave."""

from collections.abc import Iterator

from console.briefs.brief import Brief, Picture, Section, Table
from console.briefs.facts import NOTHING, Facts, written
from console.domain.counting import Group
from console.domain.figure import ALARM, LIVE, WARN

HOUR = 3_600_000
TOPICS, GRAVE = 10, 40
OUT = (ALARM, WARN)


def daily(facts: Facts, date: str) -> Brief:
    """Write the brief of a day (2026-11-25), as far as it has gone."""
    first, last = facts.day(date)
    day = _Day(facts, first, min(last, facts.now + 1))
    sections = (_whole(day), _districts(day), _hotline(day), _grave(day), _instructions(day))
    signs = _signs(day) if first <= facts.now < last else None
    return Brief(
        name=f"{facts.say('daily.file')}-{date.replace('-', '')}",
        title=facts.say("daily.title", city=facts.city),
        office=facts.say("daily.of", day=f"{facts.local(first):%Y-%m-%d}"),
        made=facts.say("made", at=f"{facts.local(facts.now):%Y-%m-%d %H:%M}"),
        language=facts.language, sections=(*sections, *((signs,) if signs else ())),
        warning=facts.say("secret"),
    )  # fmt: skip


class _Day:
    """A day of the facts: lines of queries that are of it, and of the day before."""

    def __init__(self, facts: Facts, first: int, until: int) -> None:
        self.facts = facts
        self.first = first
        self.until = until

    def within(self, field: str, back: int = 0) -> str:
        shift = back * 24 * HOUR
        return f"{field}>={self.first - shift} {field}<{self.until - shift}"

    def note(self, n: int) -> str:
        """Say as of when figures are, and of how many."""
        facts = self.facts
        at = min(self.until, facts.as_of or self.until)
        return facts.say("note", at=f"{facts.local(at):%Y-%m-%d %H:%M}", n=f"{n:,}")


def _whole(day: _Day) -> Section:
    facts = day.facts
    came, before = (facts.count("incident", day.within("reported_at", n)) for n in (0, 1))
    ended = f"handle_kept:met,missed {day.within('updated_at')}"
    kept, of = facts.part("incident", ended, "handle_kept:met")
    opened = facts.count("incident", f"state:{facts.opened()}")
    late = facts.count("incident", f"state:{facts.opened()} due<{facts.now} paused:0")
    p50, p90 = facts.took(ended, 0.5), facts.took(ended, 0.9)
    words = (
        facts.say("daily.came", n=f"{came:,}", change=f"{came - before:+,}"),
        facts.say("daily.kept", kept=written(kept, 1, "%"), n=f"{of:,}",
                  p50=written(p50, 1), p90=written(p90, 1)),
        facts.say("daily.open", n=f"{opened:,}", late=f"{late:,}"),
    )  # fmt: skip
    hours = facts.steps(
        "incident", day.within("reported_at"), Group("reported_at", day.first, HOUR)
    )
    bars = _hours(day, hours)
    picture = Picture(bars=bars, unit=facts.say("cases"), caption=facts.say("daily.by_hour"))
    return Section(
        title=facts.say("daily.whole"), words=words, picture=picture, note=day.note(came)
    )


def _districts(day: _Day) -> Section:
    facts = day.facts
    ended = f"handle_kept:met,missed {day.within('updated_at')}"
    came = facts.groups("incident", day.within("reported_at"), "district")
    before = facts.groups("incident", day.within("reported_at", 1), "district")
    late = facts.groups("incident", f"state:{facts.opened()} due<{facts.now} paused:0", "district")
    rows: list[tuple[str, ...]] = []
    for code in sorted({*came, *before, *late} - {""}):
        kept, of = facts.part("incident", f"{ended} district:{code}", "handle_kept:met")
        p90 = facts.took(f"{ended} district:{code}", 0.9)
        n = came.get(code, 0)
        rows.append((
            facts.name("district", code), f"{n:,}", f"{n - before.get(code, 0):+,}",
            f"{written(kept, 1, '%')} ({of:,})", written(p90, 1), f"{late.get(code, 0):,}",
        ))  # fmt: skip
    rows.sort(key=lambda row: -int(row[1].replace(",", "")))
    keys = ("district", "came", "change", "kept", "p90", "late")
    head = tuple(facts.say(f"column.{key}") for key in keys)
    return Section(
        title=facts.say("daily.districts"),
        table=Table(head, tuple(rows), (1.4, 1, 1, 1.5, 1.2, 1)),
        note=day.note(sum(came.values())),
    )  # fmt: skip


def _hotline(day: _Day) -> Section:
    facts = day.facts
    calls = f"source:hotline {day.within('at')}"
    n = facts.count("report", calls)
    rates = (
        ("contacted", "contacted:yes,no,unreached", "contacted:yes"),
        ("solved", "solved:yes,partly,no", "solved:yes"),
        ("satisfied", "satisfied:very,yes,fair,no", "satisfied:very,yes"),
    )
    said: list[str] = []
    for key, asked, met in rates:
        value, of = facts.part("report", f"{asked} {day.within('at')}", met)
        said.append(facts.say(f"rate.{key}", value=written(value, 1, "%"), n=f"{of:,}"))
    topics = facts.groups("report", day.within("at"), "type")
    top = sorted((t for t in topics.items() if t[0]), key=lambda t: (-t[1], t[0]))[:TOPICS]
    rows = tuple((str(i), facts.name("type", code), f"{k:,}") for i, (code, k) in enumerate(top, 1))
    hours = facts.steps("report", calls, Group("at", day.first, HOUR))
    head = tuple(facts.say(f"column.{key}") for key in ("rank", "topic", "calls"))
    return Section(
        title=facts.say("daily.hotline"),
        words=(facts.say("daily.calls", n=f"{n:,}"), facts.say("and").join(said)),
        table=Table(head, rows, (0.5, 4, 1)) if rows else None,
        picture=Picture(bars=_hours(day, hours), unit=facts.say("calls"),
                        caption=facts.say("daily.calls_by_hour")),
        note=day.note(n),
    )  # fmt: skip


def _grave(day: _Day) -> Section:
    facts = day.facts
    line = f"level:I,II,III {day.within('reported_at')} sort:reported_at"
    fields = ("level", "reported_at", "title", "district", "lead", "state")
    found = facts.rows("incident", line, *fields, most=GRAVE)
    rows = tuple(
        (facts.said(f"level.{level}"), facts.moment(at), title, facts.name("district", district),
         facts.name("dept", lead), facts.said(f"state.incident.{state}"))
        for level, at, title, district, lead, state in found
    )  # fmt: skip
    head = tuple(
        facts.say(f"column.{key}")
        for key in ("level", "reported", "title", "district", "lead", "state")
    )
    none = (facts.say("daily.no_grave"),) if not rows else ()
    n = facts.count("incident", line.replace(" sort:reported_at", ""))
    return Section(
        title=facts.say("daily.grave"), words=none, note=day.note(n),
        table=Table(head, rows, (0.9, 1.2, 3.6, 1.1, 2, 1)) if rows else None,
    )  # fmt: skip


def _instructions(day: _Day) -> Section:
    facts = day.facts
    line = f"state:{facts.opened('instruction')} sort:due"
    found = facts.rows(
        "instruction", line, "words", "leader", "dept", "state", "issued_at", "due", "urged"
    )
    rows = tuple(
        (words, leader or NOTHING, facts.name("dept", dept),
         facts.said(f"state.instruction.{state}"),
         facts.moment(issued), _limit(facts, due), str(urged))
        for words, leader, dept, state, issued, due, urged in found[:GRAVE]
    )  # fmt: skip
    keys = ("words", "leader", "dept", "state", "issued", "due", "urged")
    head = tuple(facts.say(f"column.{key}") for key in keys)
    none = (facts.say("daily.no_instruction"),) if not rows else ()
    return Section(
        title=facts.say("daily.instructions"), words=none, note=day.note(len(found)),
        table=Table(head, rows, (3, 1, 1.8, 1, 1.2, 1.6, 0.6)) if rows else None,
    )  # fmt: skip


def _limit(facts: Facts, due: int) -> str:
    said = facts.moment(due)
    return f"{said} {facts.say('over')}" if 0 < due < facts.now else said


def _signs(day: _Day) -> Section | None:
    """Give the indicators that are out of band now, and how much of the data there is."""
    facts, sensing = day.facts, day.facts.sensing
    if sensing is None or sensing.vitals is None:
        return None
    out = list(_out_of_band(facts))
    keys = ("indicator", "value", "normal", "standing", "since")
    head = tuple(facts.say(f"column.{key}") for key in keys)
    score = facts.say(
        "daily.score", score=written(sensing.vitals.score, 1),
        part=written(100 * sensing.vitals.completeness, 0, "%"),
    )  # fmt: skip
    said = facts.say("daily.out" if out else "daily.none_out", n=len(out))
    return Section(
        title=facts.say("daily.signs"), words=(score, said), note=day.note(len(sensing.now)),
        table=Table(head, tuple(out), (2.4, 1.2, 1.4, 1, 1.2)) if out else None,
    )  # fmt: skip


def _out_of_band(facts: Facts) -> Iterator[tuple[str, ...]]:
    sensing = facts.sensing
    assert sensing is not None  # noqa: S101 - asked only then
    for of, now in sensing.now.items():
        known = sensing.known.get(of)
        if known is None or now.freshness != LIVE or now.state not in OUT:
            continue
        name = known.name_en if facts.language == "en" and known.name_en else known.name
        low, high = known.normal
        yield (
            name, written(now.value, known.decimals, f" {known.unit}"), f"{low:g} – {high:g}",
            facts.said(f"page.standing.{now.state}"), facts.moment(now.since),
        )  # fmt: skip


def _hours(day: _Day, counts: dict[int, int]) -> tuple[tuple[str, float | None], ...]:
    """Give each hour of a day; those that are still to come are not known."""
    gone = (day.until - day.first + HOUR - 1) // HOUR
    return tuple((f"{n:02}", float(counts.get(n, 0)) if n < gone else None) for n in range(24))

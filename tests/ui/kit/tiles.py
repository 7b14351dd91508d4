"""Tiles for tests, and figures to show in them: calm, in alarm, stale, lost, unknown."""

from msgspec.structs import replace

from console.domain.figure import NO_COURSE, Behind, Figure, Point, course_of
from console.domain.page import Source, Tile
from ui.models.columns import Cell
from ui.models.writing import Line

NOON = 1_781_236_800_000
HOUR = 3_600_000
ROWS = Behind("incident", "state:reported")
OF = {
    "number": Source(kind="incident", met="state:closed"),
    "lines": Source(indicator="x"),
    "bars": Source(kind="incident", time="reported_at", step="1h"),
    "distribution": Source(kind="incident", measure="took"),
    "heat": Source(kind="incident", time="reported_at", window="7d"),
    "ranked": Source(kind="incident", by="district"),
    "multiples": Source(indicators=("a", "b", "c")),
    "vitals": Source(vital="domains"),
    "list": Source(kind="incident", show=("level", "title")),
    "beyond": Source(vital="beyond"),
    "plans": Source(kind="plan"),
}
POINTS = {
    "bars": [Point(key=str(NOON + n * HOUR), value=n, n=n, behind=ROWS) for n in range(24)],
    "distribution": [Point(key=repr(n / 2), value=20 - n, n=20 - n, behind=ROWS)
                     for n in range(20)],
    "heat": [Point(key=str(n), value=n, n=n, behind=ROWS) for n in range(168)],
    "ranked": [Point(key=f"3201{n:02}", value=99 - n, n=9, before=90 + n, behind=ROWS)
               for n in range(12)],
    "multiples": [Point(key=k, value=3.5, series=course_of([(0, 1.0), (1, 2.0)]),
                        behind=Behind(indicator=k)) for k in "abc"],
    "vitals": [Point(key=f"d{n}", value=50.0 + n * 8, low=100.0 - n,
                     behind=Behind(indicator=f"d{n}")) for n in range(7)],
    "beyond": [
        Point(key="a", value=9.0, state="alarm", since=NOON, behind=Behind(indicator="a")),
        Point(key="b", value=3.0, fresh="lost", since=NOON, at=NOON, behind=Behind(indicator="b")),
    ],
}  # fmt: skip
LINES = tuple(
    Line(f"i{n}", (Cell("较大", "severity.III", "disc"), Cell("下穿通道积水", "text")))
    for n in range(9)
)


COURSE = course_of((NOON + n * HOUR, 90.0 + n % 7) for n in range(24))


def tile(draw: str, **more) -> Tile:
    facts = {"unit": "%", "target": 95.0, "better": "up"} | more
    return Tile(key=draw, name="按期处置率", name_en="In time", draw=draw, of=OF[draw], **facts)


def figure(draw: str, fresh: str = "live", **more) -> Figure:
    facts = {
        "at": NOON, "value": 94.3, "n": 1_234, "low": 3.0, "high": 7.5, "before": 91.0, "unit": "%",
        "points": tuple(POINTS.get(draw, ())), "behind": ROWS,
        "series": COURSE if draw == "lines" else NO_COURSE,
    }  # fmt: skip
    if draw == "multiples":
        facts["points"] = tuple(replace(p, fresh=fresh, at=NOON) for p in facts["points"])
    return Figure(fresh=fresh, **(facts | more))

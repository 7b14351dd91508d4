"""A small town for the tests of maps: streets every 500 m, a river with one bridge, a way out."""

import shapely

from console.maps.features import Feature, Harvest

STEP = 0.005
WEST, SOUTH = 118.70, 32.00
NAMES = "ABCDEFGHIJK"


def at(column: float, row: float) -> tuple[float, float]:
    return round(WEST + column * STEP, 7), round(SOUTH + row * STEP, 7)


def road(*points, sort="local", name="", oneway=False):
    line = shapely.LineString([at(*p) for p in points])
    return Feature("road", line, sort, name, oneway=oneway)


def grid(columns=range(11), rows=range(11)):
    """Give streets along every row and column, with a vertex where they meet."""
    for r in rows:
        yield road(*((c, r) for c in columns), name=f"{r}街")
    for c in columns:
        yield road(*((c, r) for r in rows), name=f"{NAMES[c]}路")


def town(*more, rows=range(11)):
    return Harvest([*grid(rows=rows), *more], "试验", "2026-11-03", name="小城")

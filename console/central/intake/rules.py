"""The rules of a warning standard as data: the order of elements, their values, their profiles."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.central.intake.frame import Finding, finding
from console.central.intake.markup import Node
from console.domain.warning import Circle, Point

POINTS = 4
"""A ring has at least so many points, the last being the first again."""
MOST_POINTS = 10_000
FARTHEST_KM = 20_100.0
_NUMBER = r"[-+]?\d{1,5}(?:\.\d{1,15})?"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})")
_CIRCLE = re.compile(rf"({_NUMBER}),({_NUMBER})\s+({_NUMBER})")


class Element(Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand in an element: ``order`` as "name", "name?", "name*" or "name+".

    ``empty``: those that must be there, and may still say nothing.
    """

    order: tuple[str, ...]
    instants: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    empty: tuple[str, ...] = ()


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """What a message that names this profile must hold beside what all must: "info.expires"."""

    code: str
    needs: tuple[str, ...]


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """One standard: its namespaces, its elements, how its severities are levels I to IV.

    ``events``: code → what it is called; ``headline``: the pattern that finds it in a headline.
    """

    spaces: tuple[str, ...]
    levels: dict[str, str]
    elements: dict[str, Element]
    colours: dict[str, str] = {}
    profile: tuple[Profile, ...] = ()
    events: dict[str, str] = {}
    headline: str = ""


@cache
def rules_of(standard: str) -> Rules:
    """Read the rules of `cap` or `12379`; BadData names what is wrong in the file."""
    file = f"intake/{standard}.toml"
    return shaped(
        resources.table(file), Rules, file, resources.path(file).read_text("utf-8")
    )  # fmt: skip


def broken(
    rules: Rules, node: Node, instant: "re.Pattern[str]", path: str = ""
) -> Iterator[Finding]:
    """Give every rule of form that an element and those in it break, in the document's order."""
    where = f"{path}/{node.name}".lstrip("/")
    known = rules.elements.get(node.name)
    if known is None:
        return
    own = [child for child in node.children if child.space == node.space]
    yield from _ordered(known, node, own, where)
    for child in own:
        allowed = known.values.get(child.name)
        if allowed is not None and child.text not in allowed:
            yield finding("cap.value", f"{where}/{child.name}", child.line, value=child.text)
        if child.name in known.instants and child.text and not instant.fullmatch(child.text):
            yield finding("cap.instant", f"{where}/{child.name}", child.line, value=child.text)
        yield from broken(rules, child, instant, where)


def _ordered(known: Element, node: Node, own: list[Node], where: str) -> Iterator[Finding]:
    names = [each.rstrip("?*+") for each in known.order]
    last = 0
    for child in own:
        if child.name not in names:
            yield finding("cap.extra", f"{where}/{child.name}", child.line)
            continue
        at = names.index(child.name)
        if at < last:
            yield finding("cap.order", f"{where}/{child.name}", child.line, after=names[last])
        last = max(at, last)
    for each, name in zip(known.order, names, strict=True):
        found = [child for child in own if child.name == name]
        said = found and (found[0].text or found[0].children or name in known.empty)
        if each[-1] not in "?*" and not said:
            yield finding("cap.missing", f"{where}/{name}", found[0].line if found else node.line)
        if each[-1] not in "*+" and len(found) > 1:
            yield finding("cap.twice", f"{where}/{name}", found[1].line)


def ring(node: Node, where: str) -> tuple[tuple[Point, ...], Finding | None]:
    """Give the ring of a polygon element ("lat,lon lat,lon …") as (lon, lat), or what is wrong."""
    words = node.text.split()
    if len(words) > MOST_POINTS:
        return (), finding("cap.polygon_long", where, node.line, most=MOST_POINTS)
    points: list[Point] = []
    for word in words:
        found = _PAIR.fullmatch(word)
        point = (float(found[2]), float(found[1])) if found else (999.0, 0.0)
        if not _on_earth(point):
            return (), finding("cap.point", where, node.line, value=word)
        points.append(point)
    if len(points) < POINTS or points[0] != points[-1]:
        return (), finding("cap.polygon_open", where, node.line)
    return tuple(points), None


def circle(node: Node, where: str) -> tuple[Circle | None, Finding | None]:
    """Give a circle element ("lat,lon km") as (lon, lat, metres), or what is wrong."""
    found = _CIRCLE.fullmatch(node.text)
    if found is None or not _on_earth((float(found[2]), float(found[1]))):
        return None, finding("cap.circle", where, node.line, value=node.text)
    radius = float(found[3])
    if not 0 <= radius <= FARTHEST_KM:
        return None, finding("cap.circle", where, node.line, value=node.text)
    return (float(found[2]), float(found[1]), radius * 1000), None


def _on_earth(point: Point) -> bool:
    return -180 <= point[0] <= 180 and -90 <= point[1] <= 90

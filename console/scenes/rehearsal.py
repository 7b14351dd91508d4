"""A plan walked through on paper (推演): who would get what and by when; nothing is written.

Also of a file that somebody is still editing: it is read as the real ones are, and all that is
wrong with it is told before it is put among them.
"""

from dataclasses import dataclass
from pathlib import Path

from console.base import resources
from console.base.errors import BadData
from console.domain.city import City
from console.domain.record import Incident
from console.scenes.lists import read_lists
from console.scenes.read import read_scene
from console.scenes.scene import Scene, ScenePlan
from console.scenes.starting import CENTRE, Due, Limits, dues


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A plan on paper. ``gaps``: the numbers of the steps that nobody answers for at this place.

    The operations centre would have to do these.
    """

    scene: Scene
    plan: ScenePlan
    given: tuple[Due, ...]
    gaps: frozenset[int]


def edited(file: str, city: City) -> Scene:
    """Read a scene's file from anywhere; BadData names the line and key that is wrong."""
    place = Path(file).expanduser()
    if not place.is_absolute() or place.suffix != ".toml":
        raise BadData(file, "", "an absolute path to a .toml file is asked for")
    table = resources.table(str(place))
    return read_scene(table, str(place), city, read_lists(), place.read_text("utf-8"))


def rehearse(
    scene: Scene, plan: ScenePlan, city: City, limits: Limits, incident: Incident | None = None,
    scope: str = "",
) -> Rehearsal:  # fmt: skip
    """Walk a plan through: for an incident, or for a place alone."""
    scope = incident.scope if incident else scope
    lead = incident.lead if incident else ""
    given = tuple(dues(plan, city, limits, scope, lead))
    gaps = frozenset(d.step for d in given if d.dept == CENTRE and d.said.owner != CENTRE)
    return Rehearsal(scene, plan, given, gaps)

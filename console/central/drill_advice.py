"""What became of advice in the demo city: a kind or a unit that was offered, taken or overruled."""

from console.central.drill_city import Demo, Told
from console.central.drill_stage import CALLED, Yard
from console.domain.record import Step

HEEDED = 19
"""Of so many kinds and units that are offered people take another than one of them."""


def on_kind(incident: str, told: Told, demo: Demo) -> list[Step]:
    """Give what became of the kind that was offered to whoever took a call down; [] of others."""
    kind = told.case.type
    if told.incident["source"] not in CALLED:
        return []
    if _below(incident, HEEDED):
        return [_step(incident, "heed", about="type", offered=kind)]
    others = [c.type for c in demo.case if c.type != kind]
    offered = others[_below(incident, len(others))]
    return [_step(incident, "overrule", about="type", offered=offered, taken=kind)]


def on_unit(incident: str, unit: str, yard: Yard, at: int) -> list[Step]:
    """Give what became of the unit that was offered; [] where none is sent."""
    if not unit:
        return []
    if _below(incident, HEEDED):
        return [_step(incident, "heed_units", offered=unit)]
    idle = yard.idle(at)
    offered = idle[_below(incident, len(idle))]
    return [_step(incident, "overrule_units", offered=offered, taken=unit)]


def _step(incident: str, verb: str, **args: str) -> Step:
    return Step(kind="incident", record=incident, verb=verb, args=args)


def _below(incident: str, many: int) -> int:
    """Give a number below another by an incident's id: no throw that would move all later ones."""
    return int(incident[-6:], 16) % many

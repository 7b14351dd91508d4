"""Draws a machine as a Mermaid state diagram, for the README and the command line."""

from console.domain.machine import ANY, BEFORE, Machine

START = "[*]"


def mermaid(machine: Machine) -> str:
    """Give the diagram of a machine: an arrow for each move, all verbs of it in one label."""
    lines = ["stateDiagram-v2", "    direction LR"]
    arrows: dict[tuple[str, str], list[str]] = {}
    for verb in machine.verbs.values():
        if verb.births:
            arrows.setdefault((START, verb.to or machine.initial), []).append(verb.name)
        for source in verb.sources:
            target = _target(machine, verb.name, source)
            if target and source != ANY:
                arrows.setdefault((source, target), []).append(verb.name)
    lines += [f"    {a} --> {b}: {', '.join(verbs)}" for (a, b), verbs in arrows.items()]
    lines += [f"    {s.name} --> {START}" for s in machine.states.values() if s.final]
    return "\n".join(lines) + "\n"


def _target(machine: Machine, name: str, source: str) -> str:
    verb = machine.verbs[name]
    if verb.to != BEFORE:
        return "" if verb.to == source else verb.to
    # Back to where it was set aside from: the states of the verb that saves and comes here.
    saved = [v for v in machine.verbs.values() if v.saves and v.to == source]
    return saved[0].sources[0] if saved else ""

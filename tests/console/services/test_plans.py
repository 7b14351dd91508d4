"""Every declared command that works on records has a verb to do it by, and every plan a command."""

from console.base import resources
from console.parts import read_machines
from console.services.plans import PLANS
from tests.desks import REGISTRY

MACHINES = read_machines()


def test_every_command_has_a_plan_a_verb_or_a_window():
    for command in REGISTRY.commands.values():
        alone = bool(command.verb) and command.target
        assert command.name in PLANS or alone or command.window or command.name == "queue.next"


def test_a_declared_command_that_takes_more_than_its_verb_has_a_plan():
    declared = resources.table("commands/commands.toml")["command"]
    said = [d for d in declared if not d.get("window") and d["name"] != "queue.next"]
    more = {d["name"] for d in said if set(d.get("takes", {})) - _verb_takes(d["name"])}
    assert "incident.send" in more
    assert more <= PLANS.keys()


def _verb_takes(name):
    kind, _, verb = name.partition(".")
    machine = MACHINES.get(kind)
    return set(machine.verbs[verb].takes) if machine and verb in machine.verbs else set()

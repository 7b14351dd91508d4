"""Every declared command that works on records has a verb to do it by, and every plan a command."""

from console.base import resources
from console.services.plans import PLANS
from tests.desks import REGISTRY


def test_every_command_has_a_plan_a_verb_or_a_window():
    for command in REGISTRY.commands.values():
        alone = bool(command.verb) and command.target
        assert command.name in PLANS or alone or command.window or command.name == "queue.next"


def test_a_declared_command_that_takes_more_than_its_verb_has_a_plan():
    declared = resources.table("commands/commands.toml")["command"]
    named = {d["name"] for d in declared if not d.get("window")} - {"queue.next"}
    assert named <= PLANS.keys()

"""Every machine file is whole: states reachable, ends final, verbs named; wrong ones are said."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.base.text import LANGUAGES, table
from console.commands import build_registry
from console.domain.guards import GUARDS
from console.domain.machine import ANY, BEFORE, Machine, read_machine
from console.domain.record import KINDS
from console.parts import read_machines
from console.services.plans import PLANS

MACHINES = read_machines()
VERBS = [(m.kind, v.name) for m in MACHINES.values() for v in m.verbs.values()]

# The moves that the city's event machine must know, by its codes.
MOVES = """
REPORTED accept ACCEPTED · REPORTED void VOID · REPORTED merge MERGED
REPORTED transfer TRANSFERRED
ACCEPTED dispatch DISPATCHED · ACCEPTED merge MERGED · ACCEPTED transfer TRANSFERRED
DISPATCHED sign SIGNED · DISPATCHED return RETURNED · SIGNED return RETURNED
RETURNED dispatch DISPATCHED · RETURNED void VOID · SIGNED arrive EN_ROUTE · SIGNED start HANDLING
EN_ROUTE start HANDLING · HANDLING feedback FEEDBACK · HANDLING suspend SUSPENDED
SUSPENDED resume HANDLING · FEEDBACK verify VERIFYING · VERIFYING rework REWORK
REWORK start HANDLING · VERIFYING close CLOSED · CLOSED archive ARCHIVED · CLOSED reopen REWORK
"""
ROLES = {
    "accept": "intake", "dispatch": "dispatch", "sign": "unit", "return": "unit",
    "urge": "dispatch",
    "supervise": "duty_lead", "assist": "dispatch", "escalate": "duty_lead", "merge": "intake",
    "transfer": "intake", "suspend": "duty_lead", "ask_suspend": "unit", "verify": "callback",
    "callback": "callback", "close": "dispatch", "archive": "system", "extend": "dispatch",
    "ask_extend": "unit",
}  # fmt: skip


def reached(machine: Machine) -> set[str]:
    found = {machine.initial}
    found |= {v.to for v in machine.verbs.values() if v.births and v.to}
    while True:
        more = {
            v.to for v in machine.verbs.values()
            if v.to not in ("", BEFORE) and (ANY in v.sources or found & set(v.sources))
        }  # fmt: skip
        if more <= found:
            return found
        found |= more


def test_every_kind_of_record_has_its_machine():
    assert MACHINES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", MACHINES)
def test_every_state_can_be_reached(kind):
    assert reached(MACHINES[kind]) == set(MACHINES[kind].states)


@pytest.mark.parametrize("kind", MACHINES)
def test_no_verb_moves_a_record_out_of_a_final_state(kind):
    machine = MACHINES[kind]
    out = [
        (v.name, s) for v in machine.verbs.values() for s in v.sources
        if s in machine.states and machine.states[s].final and v.to not in ("", s)
    ]  # fmt: skip
    assert out == []


@pytest.mark.parametrize("kind", MACHINES)
def test_every_state_that_is_not_final_has_a_way_out(kind):
    machine = MACHINES[kind]
    if len(machine.states) == 1:
        return
    stuck = [
        s.name for s in machine.states.values() if not s.final and not any(
            v.to not in ("", s.name) and machine.allows(s.name, v.name)
            for v in machine.verbs.values())
    ]  # fmt: skip
    assert stuck in ([], ["answered"])


@pytest.mark.parametrize("kind", MACHINES)
def test_there_is_one_verb_that_a_record_is_born_by(kind):
    assert len([v for v in MACHINES[kind].verbs.values() if v.births]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_verb_clock_role_field_and_argument_has_a_text(language):
    texts = table(language)
    wanted = {f"kind.{kind}" for kind in KINDS}
    for m in MACHINES.values():
        wanted |= {f"state.{m.kind}.{s}" for s in m.states}
        wanted |= {f"verb.{m.kind}.{v}" for v in m.verbs}
        wanted |= {f"clock.{d}" for d in m.deadlines}
        wanted |= {f"role.{r}" for v in m.verbs.values() for r in v.roles}
        wanted |= {f"argument.{a}" for v in m.verbs.values() for a in v.takes}
        wanted |= {f"field.{f}" for f in KINDS[m.kind].__struct_fields__}
    assert wanted - texts.keys() == set()


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_every_verb_has_a_command_or_belongs_to_one(kind, verb):
    commands = build_registry(MACHINES).commands
    assert f"{kind}.{verb}" in commands or MACHINES[kind].verbs[verb].hidden


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_every_rule_that_a_verb_names_exists(kind, verb):
    found = MACHINES[kind].verbs[verb]
    assert set(found.needs) <= GUARDS.keys()
    fields = set(KINDS[kind].__struct_fields__)
    assert found.debounce is None or found.debounce.field in fields & set(found.sets)
    assert found.within is None or found.within.deadline in MACHINES[kind].deadlines
    assert not found.grants or any(v.asks == found.grants for v in MACHINES[kind].verbs.values())
    assert not found.notes or {"note", "reason"} & found.takes.keys()


def test_the_incident_makes_every_move_of_the_city_s_event_machine():
    machine = MACHINES["incident"]
    codes = {s.code: s.name for s in machine.states.values()}
    for move in MOVES.replace("\n", "·").split("·"):
        if move.strip():
            source, verb, target = move.split()
            assert machine.allows(codes[source], verb), move
            assert machine.verbs[verb].to == codes[target], move
    assert len(codes) == 16


@pytest.mark.parametrize(("verb", "role"), ROLES.items())
def test_the_role_that_answers_for_a_step_may_take_it(verb, role):
    assert role in MACHINES["incident"].verbs[verb].roles


def test_the_plans_are_of_commands_that_exist():
    assert PLANS.keys() <= build_registry(MACHINES).commands.keys()


def test_only_verbs_that_save_the_state_are_undone_to_it():
    for machine in MACHINES.values():
        for verb in machine.verbs.values():
            if verb.to == BEFORE:
                assert all(any(v.saves and v.to == s for v in machine.verbs.values())
                           for s in verb.sources)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"initial": "nowhere"}, "initial"),
        ({"verb": [{"name": "go", "from": ["nowhere"], "roles": []}]}, "verb go"),
        (
            {"verb": [{"name": "go", "from": ["a"], "roles": [], "sets": {"no_field": 1}}]},
            "verb go",
        ),
        ({"verb": [{"name": "go", "from": ["a"], "roles": [], "takes": {"x": "odd"}}]}, "verb go"),
        ({"verb": [{"name": "go", "from": ["a"], "roles": [], "stops": ["sign"]}]}, "verb go"),
        ({"verb": [{"name": "go", "from": ["a"], "roles": [], "undo": "back"}]}, "verb go"),
        ({"verb": [{"name": "go", "from": ["a"], "roles": [], "surprise": 1}]}, "state/verb"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(change, where):
    good = {"kind": "unit", "initial": "a", "state": [{"name": "a"}], "verb": []}
    with pytest.raises(BadData) as raised:
        read_machine(good | change, "x.toml")
    assert (raised.value.file, raised.value.where) == ("x.toml", where)


def test_the_files_are_named_after_their_kinds():
    assert {f.split("/")[1].removesuffix(".toml") for f in resources.names("machines")} == set(
        KINDS
    )

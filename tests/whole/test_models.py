"""A model learnt from decisions, put into service by a person, reaches the seats, and goes again.

Real centre over real HTTP, two real seats with their caches, a line that can be cut and spoilt.
"""

import json
from hashlib import sha256

import pytest

from console.advise.model import read_model
from console.app import build
from console.base.clock import SystemClock
from console.base.errors import BadData, Unreachable
from console.base.settings import Settings
from console.base.work import Inline
from console.central.delivering import PART, SERVICE
from console.central.retrain import LOG, put_back, put_in_service, retrain
from tests.centre_driver import PASSWORD, STREET, Running, act, birth, step
from tests.fault_line import Fault, FaultLine
from ui.models.advice import read

pytestmark = pytest.mark.timeout(300)  # it trains a model
DOOR = "/sync/v1/model"
TYPE = "DMUM-01-01"
SAID = ("灰斗子豁了口", "灰斗子歪在道上", "灰斗子没盖", "灰斗子响得慌")
"""What people here say of a thing, in words that no made message has."""


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    """Give a centre at which people decided sixty cases, and its candidate."""
    running = Running(tmp_path_factory.mktemp("models") / "centre", SystemClock()).welcome()
    people = running.built.people
    for n in range(60):
        case = birth(STREET, title=f"{SAID[n % 4]}，第{n}处", type=TYPE)
        taken = step("incident", case.record, "accept", base=10**15)
        found = running.built.centre.judge_acts(
            [act("intake", case), act("intake", taken)], people.get("intake")
        )
        assert {v.verdict for v in found.verdicts} == {"applied"}
    found = retrain(running.built, running.built.centre.models)
    yield running, found
    running.close()


@pytest.fixture
def seats(learnt, tmp_path):
    """Give two seats that have signed in, each on a line of its own, and what they were told."""
    running, _ = learnt
    running.start()
    made = []
    for name in ("lead", "dispatcher"):
        line = FaultLine("127.0.0.1", running.port)
        settings = Settings(
            centre=line.url, data=str(tmp_path / name), maps=str(tmp_path / "maps"), seat=name
        )
        core = build(settings, Inline())
        core.told = []
        core.listen(core.told.append)
        core.sign_in(name, PASSWORD).result()
        core.sync_once()
        made.append((core, line))
    yield made
    for core, line in made:
        core.close()
        line.close()
    running.stop()
    (running.built.centre.models / SERVICE).unlink(missing_ok=True)


def used(core):
    """Give what the panel says of the model, and which type it gives to words of this city."""
    facts = read(core, {"title": f"{SAID[2]}没人管"})
    return facts.judge, facts.offers[0].type if facts.offers else ""


def follow(core):
    return core._delivery.pull()


def test_the_candidate_did_better_on_cases_that_neither_had_seen(learnt):
    _, found = learnt
    assert (found.learnt_from, found.held_back, found.better) == (48, 12, True)


def test_a_person_puts_it_in_service_both_seats_follow_and_follow_back(learnt, seats):
    running, found = learnt
    models = running.built.centre.models
    assert used(seats[0][0])[0] == "随产品发布的模型"
    name = put_in_service(models, "李某")
    whole = (models / SERVICE).read_bytes()
    assert name == found.candidate.model
    for core, line in seats:
        assert follow(core)
        held = core.adviser.file.read_bytes()
        assert sha256(held).digest() == sha256(whole).digest()
        said, type_ = used(core)
        assert said.startswith(f"模型 {name}，")
        assert said.endswith("起用")
        assert type_ == TYPE
        parts = [r for r in line.requests if DOOR.encode() in r]
        assert len(parts) == -(-len(whole) // PART) > 1
        assert not follow(core)
    assert put_back(models, "李某") == "shipped"
    for core, _ in seats:
        assert follow(core)
        assert used(core)[0] == "随产品发布的模型"
        assert [n.key for n in core.told if n.topic == "model"] == [
            "delivery.taken",
            "delivery.shipped",
        ]
    log = [json.loads(row) for row in (models / LOG).read_text().splitlines()]
    assert [(c["by"], c["what"]) for c in log[-2:]] == [
        ("李某", "in_service"),
        ("李某", "put_back"),
    ]


def test_a_line_cut_in_the_middle_goes_on_where_it_was(learnt, seats):
    running, found = learnt
    (core, line), _ = seats
    models = running.built.centre.models
    put_in_service(models, "李某")
    # The first part comes; of the second some bytes, and then nothing.
    whole = (models / SERVICE).read_bytes()
    pulled = core._parts.api.model

    def second_is_cut(have, start, of):
        if start:
            line.set(Fault(cut_after=9_000, path=DOOR))
        return pulled(have, start, of)

    core._delivery._source = type("Line", (), {"model": staticmethod(second_is_cut)})()
    with pytest.raises(Unreachable):
        follow(core)
    assert used(core)[0] == "随产品发布的模型"
    (part,) = core.adviser.file.parent.glob("*.part")
    assert part.read_bytes() == whole[:PART]
    line.heal()
    before = len(line.requests)
    core._delivery._source = core._parts.api
    assert follow(core)
    assert f"start={PART}&".encode() in line.requests[before].split(b"\r\n")[0]
    assert read_model(core.adviser.file).about.name == found.candidate.model
    put_back(models, "李某")


def test_a_damaged_model_is_refused_and_said_and_the_seat_goes_on_with_its_own(learnt, seats):
    running, found = learnt
    (core, _), (other, _) = seats
    models = running.built.centre.models
    put_in_service(models, "李某")
    follow(core)
    good = (models / SERVICE).read_bytes()
    # Whole by its hash, but no model: a disk that lost half of it.
    (models / SERVICE).write_bytes(good[: len(good) // 2])
    for seat in (core, other):
        with pytest.raises(BadData):
            follow(seat)
        assert seat.told[-1].key == "delivery.refused"
    assert used(core)[0].startswith(f"模型 {found.candidate.model}，")
    assert used(other)[0] == "随产品发布的模型"
    (models / SERVICE).write_bytes(good)
    assert follow(other)
    put_back(models, "李某")


@pytest.mark.logs_trouble
def test_a_model_that_is_damaged_on_the_seats_own_disk_is_fetched_anew(learnt, seats):
    running, found = learnt
    (core, _), _ = seats
    models = running.built.centre.models
    put_in_service(models, "李某")
    follow(core)
    core.adviser.file.write_bytes(b"spoilt")
    core.adviser.renew()
    assert used(core)[0] == "随产品发布的模型"
    assert follow(core)
    assert used(core)[0].startswith(f"模型 {found.candidate.model}，")
    put_back(models, "李某")

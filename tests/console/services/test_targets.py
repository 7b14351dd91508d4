"""A record is named by its id, the last digits of its number, a call sign or its title."""

import pytest
from msgspec.structs import replace

from console.base.errors import Refused
from console.commands import Word
from console.services.targets import Targets
from console.wire import Page, put_of
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    for n, (title, state) in enumerate(
        [("井盖破损", "reported"), ("路灯不亮", "reported"), ("旧事", "closed")], 1
    ):
        record = replace(
            made.incident(f"I{n}", title=title), no=f"3201022026010500{n}234", state=state,
            version=n,
        )  # fmt: skip
        acts = [w.act.id for w in made.store.outbox()]
        made.store.absorb(Page(next=f"c{n}", head=n, puts=[put_of(record)], acts=acts))
    yield made
    made.store.close()


def named(bench, kind, said):
    return Targets(bench.desk.around).named(kind, Word(said, 0))


def ids(record):
    return record.id if record else None


def test_an_id_names_its_record(bench):
    assert ids(named(bench, "incident", "I2")) == "I2"


def test_the_last_digits_name_an_incident(bench):
    assert ids(named(bench, "incident", "1234")) == "I1"
    assert ids(named(bench, "incident", "02234")) == "I2"
    assert ids(named(bench, "incident", "#002234")) == "I2"
    assert named(bench, "incident", "9999") is None


def test_the_short_form_tells_two_districts_apart(bench):
    twin = replace(bench.incident("I4", title="异区同号"), no="32010620260105001234", version=4)
    acts = [w.act.id for w in bench.store.outbox()]
    bench.store.absorb(Page(next="c4", head=4, puts=[put_of(twin)], acts=acts))
    assert ids(named(bench, "incident", "02-0105-001234")) == "I1"
    assert ids(named(bench, "incident", "06-0105-001234")) == "I4"
    with pytest.raises(Refused):
        named(bench, "incident", "0105-001234")


def test_digits_of_several_are_refused_with_the_candidates(bench):
    with pytest.raises(Refused) as raised:
        named(bench, "incident", "234")
    assert raised.value.key == "refused.ambiguous"
    assert "井盖破损" in str(raised.value.args_by_name["found"])


def test_an_open_record_is_meant_before_a_closed_one(bench):
    assert ids(named(bench, "incident", "3234")) == "I3"


def test_a_title_names_an_incident(bench):
    assert ids(named(bench, "incident", "路灯不亮")) == "I2"
    assert ids(named(bench, "incident", "路灯")) == "I2"


def test_a_call_sign_names_a_unit(bench):
    bench.unit("U1", "cgj", "城管01")
    assert ids(named(bench, "unit", "城管01")) == "U1"


def test_a_task_is_named_by_its_incident(bench):
    bench.run("受理 I1", "派单 I1")
    assert named(bench, "task", "I1").incident == "I1"
    assert named(bench, "task", "1234").incident == "I1"


def test_a_number_that_nothing_has_is_refused_though_something_is_selected(bench):
    with pytest.raises(Refused) as raised:
        bench.desk.run("受理 9999", ("incident", "I1"))
    assert raised.value.key == "refused.no_such"


def test_a_selected_record_of_another_kind_leads_to_the_one_that_is_meant(bench):
    bench.run("受理 I1", "派单 I1")
    with pytest.raises(Refused) as raised:
        bench.desk.run("report.note x", ("incident", "I1"))
    assert raised.value.key == "refused.no_such"
    bench.desk.run("关注", ("task", bench.tasks()[0].id))
    assert bench.held().watchers == ("wang",)

"""The table of what was tried."""

from console.advise.features import Spec
from console.advise.trials import IN_SERVICE, compare, service
from tests.console.advise.messages import cases, messages


def test_every_way_is_tried_on_the_same_folds_beside_the_baselines():
    rows = messages()[:120]
    heard = []
    table = compare(
        rows, Spec(text=("text",), label="label"), groups=[r["mould"] for r in rows], folds=3,
        told=heard.append,
    )  # fmt: skip
    assert heard == table.rows
    names = [t.name for t in table.rows]
    assert sum(n.startswith("baseline") for n in names) == 2
    assert len(set(names)) == len(names) == 30
    by_name = {t.name: t for t in table.rows}
    assert by_name[IN_SERVICE].accuracy > 0.8
    assert all(0 <= t.macro_f1 <= 1 for t in table.rows)


def test_cells_alone_can_be_compared_too():
    spec = Spec(cells=("type", "street"), label="unit")
    table = compare(cases(), spec, folds=3)
    assert max(t.accuracy for t in table.rows) > 0.9


def test_by_time_the_latest_fifth_is_tested_and_learnt_from_by_nobody():
    rows = cases()
    spec = Spec(cells=("type", "street"), label="unit")
    table = compare(rows, spec, times=[f"{n:05}" for n in range(len(rows))])
    assert table.tested == round(len(rows) * 0.2)
    assert not any(t.name.startswith("stack") for t in table.rows)


def test_why_it_stops_there_is_told_from_messages_that_say_the_same():
    rows = [*messages()[:80], {"text": messages()[0]["text"], "label": "别的", "mould": "other"}]
    groups = [str(n) for n in range(len(rows))]
    found = compare(rows, Spec(text=("text",), label="label"), groups=groups, folds=2).ceiling
    assert found.alike > 0
    assert 0 < found.split < 1
    assert 0 < found.noise < 1
    assert 0 <= found.second <= 1


def test_what_the_way_in_service_takes_is_measured():
    found = service(messages()[:120], Spec(text=("text",), label="label"))
    assert 0 < found.ms <= found.ms_p99
    assert found.mib > 0
    assert found.load_s > 0

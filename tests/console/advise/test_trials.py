"""The table of what was tried."""

from console.advise.features import Spec
from console.advise.trials import compare
from tests.console.advise.messages import cases, messages


def test_every_way_is_tried_on_the_same_folds_beside_the_baselines():
    rows = messages()[:120]
    heard = []
    table = compare(
        rows, Spec(text=("text",), label="label"), groups=[r["mould"] for r in rows], folds=3,
        told=heard.append,
    )  # fmt: skip
    assert heard == table
    names = [t.name for t in table]
    assert sum(n.startswith("baseline") for n in names) == 2
    assert len(set(names)) == len(names) == 18
    by_name = {t.name: t for t in table}
    assert by_name["runs, words and head, linear SVM (in service)"].accuracy > 0.8
    assert all(0 <= t.macro_f1 <= 1 for t in table)


def test_cells_alone_can_be_compared_too():
    table = compare(cases(), Spec(cells=("type", "street"), label="unit"), folds=3)
    assert max(t.accuracy for t in table) > 0.9

"""A place chosen by hand moves the case and is kept for the data owners."""

import pytest

from console.base.errors import Refused
from tests.desks import STREET, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def kept(bench, line):
    changes = bench.desk.run(line).plan.changes
    return next(c.after for c in changes if c.after.kind == "correction")


def test_the_case_is_moved_and_what_was_said_chosen_and_offered_is_kept(bench):
    bench.incident("I1", address="老槐树底下")
    line = "correction.record 老槐树底下 云芷路12号 118.79 32.04 --incident=I1 --offered=槐树巷"
    made = kept(bench, line)
    held = bench.held("I1")
    assert (held.address, held.lon, held.lat, held.crs) == ("云芷路12号", 118.79, 32.04, "CGCS2000")
    assert (made.incident, made.said, made.offered, made.by) == (
        "I1",
        "老槐树底下",
        "槐树巷",
        "wang",
    )
    assert (made.scope, made.state) == (STREET, "recorded")


def test_without_an_incident_it_is_kept_by_itself(bench):
    assert kept(bench, "correction.record 老槐树底下 云芷路 118.79 32.04").scope == "*"


def test_a_correction_without_a_place_is_refused(bench):
    with pytest.raises(Refused) as refused:
        bench.run("correction.record 老槐树底下 云芷路 0 0")
    assert refused.value.key == "refused.no_point"


def test_the_data_owners_adopt_it(bench):
    made = kept(bench, "correction.record 老槐树底下 云芷路 118.79 32.04")
    bench.run(f"correction.adopt {made.id}")
    assert bench.store.get("correction", made.id).state == "adopted"

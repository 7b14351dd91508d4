"""The store counts by groups what counting row by row gives."""

import pytest

from console.base.errors import Refused
from console.domain.counting import Group, RowCounting
from console.domain.query import Query, Viewpoint, parse_query
from tests.console.store.seat import AT, incident, opened, page

VIEW = Viewpoint("wang", AT)
HOUR = 3_600_000


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = opened(tmp_path_factory.mktemp("counting"))
    made.absorb(page(*(
        incident(n, scope="320102" if n % 3 else "320104", state="closed" if n % 2 else "void",
                 reported_at=AT - n * 17 * 60_000 if n > 1 else 0)
        for n in range(1, 30)
    )))  # fmt: skip
    yield made
    made.close()


@pytest.mark.parametrize(
    "by",
    [
        None,
        Group("district"),
        Group("reported_at", AT - 5 * HOUR, HOUR),
        Group("reported_at", 7, HOUR),
    ],
)
@pytest.mark.parametrize("line", ["", "state:closed", f"reported_at>={AT - 4 * HOUR}"])
def test_sql_and_rows_agree(store, line, by):
    query = parse_query("incident", line)
    rows = RowCounting(lambda kind: store.find(Query(kind), VIEW))
    assert store.counting.tally(query, VIEW, by) == rows.tally(query, VIEW, by)
    mine = store.counting.measured(query, VIEW, "reported_at", by)
    assert mine == rows.measured(query, VIEW, "reported_at", by)


def test_a_field_that_no_row_has_is_refused(store):
    with pytest.raises(Refused):
        store.counting.tally(parse_query("incident", ""), VIEW, Group("nonsense"))

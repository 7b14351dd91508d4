"""A query asks the same of the database as ``matches`` asks of one row."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import Refused
from console.domain.query import Query, Term, Viewpoint, matches, parse_query
from console.domain.rows import SHAPES
from console.store import sql
from tests.console.store.seat import AT, WANG, ids, incident, note, opened, page, report, unit

VIEW = Viewpoint("wang", AT)
WRITTEN = datetime.fromtimestamp(AT // 1000, UTC).isoformat()
NAMES = {
    "state": ["reported", "accepted", "void", "x"],
    "level": ["I", "II", "routine"],
    "handler": ["wang", "@me", "li", ""],
    "watchers": ["wang", "li", "@me"],
    "assists": ["D01", "D02"],
    "district": ["320102", "320104", ""],
    "version": ["1", "2", "01", "+1", "1.0", "x", "9" * 30],
    "reported_at": [
        str(AT),
        str(AT + 2),
        WRITTEN,
        "@now",
        "@now+2m",
        "@now-1h",
        "0",
        f"{AT}..{AT + 2}",
        f"{WRITTEN}..@now+2m",
        "@now-2h..@now",
        "0..9",
        "x..1",
        "..",
    ],
    "due": ["0", str(AT), "@now+30m"],
    "urged": ["0", "1"],
    "lon": ["118.5", "0.0", "0", "118", "118..119", "118.5..118.6", "0..1"],
    "pending": ["0", "1"],
}


@st.composite
def terms(draw):
    field = draw(st.sampled_from(sorted(NAMES)))
    text = SHAPES["incident"].types[field] == "TEXT"
    sign = draw(st.sampled_from([":", "~"] if text else [":", "<", "<=", ">", ">="]))
    values = draw(st.lists(st.sampled_from(NAMES[field]), max_size=3))
    if sign[0] in "<>":
        number = (lambda v: v.replace(".", "", 1).isdigit()) if field == "lon" else str.isdigit
        values = [
            v for v in values
            if number(v) or (v.startswith(("@", "2026-")) and ".." not in v)
        ]  # fmt: skip
    return Term(field, sign, tuple(values), draw(st.booleans()))


queries = st.builds(
    lambda terms, order: Query("incident", tuple(terms), (), tuple(order)),
    st.lists(terms(), max_size=3),
    st.lists(st.tuples(st.sampled_from(sorted(NAMES)), st.booleans()), max_size=2),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = opened(tmp_path_factory.mktemp("sql"))
    made.absorb(page(
        incident(1, handler="wang", watchers=("li", "wang"), lon=118.5, level="I"),
        incident(2, state="accepted", assists=("D01", "D02"), scope="320104.320104001"),
        incident(3, state="void", version=2, urged=1, reported_at=AT - 3_600_000),
        incident(4, scope="*", reported_at=0, handler="li", watchers=("lili",)),
        unit(1), report(1, "I1"),
    ))  # fmt: skip
    made.enqueue(note("I1"), WANG)
    yield made
    made.close()


@given(query=queries)
def test_sql_and_matches_agree(store, query):
    every = store.find(Query("incident"), VIEW)
    wanted = {row[0] for row in every if matches(query, row, VIEW)}
    found = [row[0] for row in store.find(query, VIEW)]
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert store.count(query, VIEW) == len(wanted)


@given(query=queries)
def test_rows_come_in_the_order_asked_for_with_unset_deadlines_last(store, query):
    names = SHAPES["incident"].names
    rows = store.find(query, VIEW)
    for name, ascending in query.order[:1]:
        values = [row[names.index(name)] for row in rows]
        if name in ("due", "soon") and ascending:
            values = [v or 2**63 for v in values]
        assert values == sorted(values, reverse=not ascending)


def test_without_an_order_what_was_learned_last_comes_first(store):
    assert ids(store, "") == ["I4", "I3", "I2", "I1"]


def test_words_terms_and_order_go_together(store):
    assert ids(store, "井盖 state:reported sort:handler") == ["I4", "I1"]
    assert ids(store, "井盖 state:void") == ["I3"]
    assert ids(store, "中山 破损2") == ["I2"]
    assert ids(store, "，") == ["I4", "I3", "I2", "I1"]
    limited = Query("incident", words=("井",), limit=2)
    assert [row[0] for row in store.find(limited, VIEW)] == ["I4", "I3"]
    assert [row[0] for row in store.find(limited, VIEW, ids=["I1", "I3"])] == ["I3", "I1"]


def test_small_kinds_are_searched_in_their_own_words(store):
    assert ids(store, "一队", "unit") == ["U1"]
    assert ids(store, "楼下 1380000", "report") == ["R1"]
    assert ids(store, "二队", "unit") == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (Query("dragon"), "query_kind"),
        (Query("unit", (Term("nope", ":", ("1",)),)), "query_field"),
        (Query("unit", order=(("nope", True),)), "query_field"),
        (Query("unit", (Term("people", "<", ("x",)),)), "query_value"),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused(query, why):
    with pytest.raises(Refused, match=why):
        sql.select(query, VIEW)


def test_values_never_become_sql():
    asked = parse_query("incident", "state:'x');drop 井'盖")
    line, given = sql.select(asked, VIEW)
    assert "drop" not in line
    assert "'x');drop" in given

"""Any part of a text is found, of an incident and of its reports, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.query import Query
from console.store import search
from console.store.search import joined, normal, phrases, tokens
from console.wire import Leave
from tests.console.store.seat import VIEW, WANG, ids, incident, note, noted, opened, page, report

CHARS = "井盖路灯积水南京市0123456789aBc，。 -囧𬀩"
text = st.text(alphabet=CHARS, max_size=14)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = opened(tmp_path_factory.mktemp("search"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "TOGETHER", 1)
        yield made
    made.close()


@pytest.fixture
def store(tmp_path):
    made = opened(tmp_path)
    made.absorb(page(
        incident(1, title="滨河路火灾", detail="３楼有烟，电话１３８", address="中山北路101号"),
        incident(2, title="路灯不亮", detail="ETC门架旁 苏A·12345"),
        report(1, "I1", words="着火了", caller="欧阳娜", phone="13851234567"),
    ))  # fmt: skip
    yield made
    made.close()


@given(
    texts=st.lists(st.tuples(text, text, text), min_size=1, max_size=4), word=text,
    index=st.booleans(),
)  # fmt: skip
def test_a_word_is_found_where_it_stands_and_nowhere_else(shared, texts, word, index):
    version = test_a_word_is_found_where_it_stands_and_nowhere_else.__dict__
    version["n"] = version.get("n", 0) + 1
    made = [
        incident(n, title=a, detail=b, address="", no="", version=version["n"])
        for n, (a, b, _) in enumerate(texts)
    ]
    calls = [
        report(n, f"I{n}", words=c, caller="", phone="", number="", version=version["n"])
        for n, (_, _, c) in enumerate(texts)
    ]
    shared.absorb(page(*made, *calls))
    while index and shared.index():
        continue
    if not normal(word):
        return
    found = [
        row[0] for row in shared.find(Query("incident", words=(word,)), VIEW,
                                      ids=[r.id for r in made])
    ]  # fmt: skip
    wanted = {
        f"I{n}" for n, fields in enumerate(texts) if any(normal(word) in normal(f) for f in fields)
    }
    assert set(found) == wanted


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("火", ["I1"]), ("火灾", ["I1"]), ("滨河", ["I1"]), ("路", ["I2", "I1"]), ("河灯", []),
        ("101号", ["I2", "I1"]), ("3楼", ["I1"]), ("138", ["I1"]), ("13851234567", ["I1"]),
        ("5123456", ["I1"]), ("13851234568", []), ("欧阳", ["I1"]), ("着火", ["I1"]),
        ("etc", ["I2"]), ("tc门", ["I2"]), ("苏a12345", ["I2"]), ("2026010100", ["I2", "I1"]),
        ("北路101号1", []),
    ],
)  # fmt: skip
def test_parts_of_words_numbers_and_names_are_found(store, word, found):
    assert ids(store, word) == found


def test_the_index_follows_every_change_of_a_text(store):
    store.absorb(page(noted(store.get("incident", "I2"), "已派电工"), cursor="c2"))
    assert ids(store, "电工") == ["I2"]
    store.absorb(page(incident(2, version=9, title="树倒"), cursor="c3"))
    assert ids(store, "路灯") == []
    assert ids(store, "树倒") == ["I2"]


def test_a_report_is_found_with_the_incident_that_it_moved_to(store):
    moved = replace(store.get("report", "R1"), incident="I2", version=2)
    store.absorb(page(moved, cursor="c2"))
    assert ids(store, "欧阳") == ["I2"]
    store.absorb(page(cursor="c3", leaves=[Leave(kind="report", id="R1")]))
    assert ids(store, "欧阳") == []


def test_a_note_that_waits_is_found_and_gone_when_it_is_taken_back(store):
    said = note("I1", "消防已到")
    store.enqueue(said, WANG)
    assert ids(store, "消防") == ["I1"]
    store.take_back(said.id)
    assert ids(store, "消防") == []


def test_a_report_that_came_before_its_incident_is_found(store):
    store.absorb(page(report(7, "I7", words="钥匙掉了"), cursor="c2"))
    store.absorb(page(incident(7), cursor="c3"))
    assert ids(store, "钥匙") == ["I7"]


def test_words_without_letters_ask_nothing():
    assert phrases(["，", " "]) is None
    assert tokens(joined(["，"])) == ("", "", "")


def beside(store):
    return store._cache.rows("SELECT count(*) FROM unindexed")[0][0]


def test_a_text_is_found_before_it_is_indexed_and_no_more_by_what_it_was(store, monkeypatch):
    monkeypatch.setattr(search, "TOGETHER", 1)
    while store.index():
        continue
    assert beside(store) == 0
    store.absorb(page(incident(2, version=9, title="树倒"), cursor="c3"))
    assert beside(store) == 1
    assert (ids(store, "路灯"), ids(store, "树倒"), ids(store, "河路")) == ([], ["I2"], ["I1"])
    assert ids(store, "北路101号 state:reported sort:no") == ["I1", "I2"]
    assert store.count(Query("incident", words=("中山",), limit=1), VIEW) == 2
    assert store.index()
    assert not store.index()
    assert (ids(store, "路灯"), ids(store, "树倒"), beside(store)) == ([], ["I2"], 0)


def test_texts_are_indexed_some_together_and_the_last_few_wait(store, monkeypatch):
    monkeypatch.setattr(search, "TOGETHER", 3)
    store.absorb(page(*(incident(n, title=f"井盖{n}") for n in range(3, 8)), cursor="c2"))
    assert [store.index(), store.index(), store.index()] == [True, True, False]
    assert beside(store) == 1
    assert ids(store, "井盖") == [f"I{n}" for n in range(7, 2, -1)]


def test_what_is_erased_is_not_beside_the_index_either(store):
    store.absorb(page(cursor="c2", leaves=[Leave(kind="incident", id="I2")]))
    assert ids(store, "路灯") == []
    assert beside(store) == 1

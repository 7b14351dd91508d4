"""The outbox of every released form is opened; it is migrated forward, after a copy, never back."""

import shutil

import pytest

from console.base.errors import Refused
from console.domain.record import Act
from console.store import files, schema
from console.store.outbox import Outbox, row_of, waiting_of
from console.store.overlay import Waiting
from tests.console.store.seat import KEY, WANG, incident, note, opened, page
from tests.drivers import ROOT

RELEASED = sorted((ROOT / "tests/files/outbox").glob("v*.db"))


@pytest.mark.parametrize("file", RELEASED, ids=lambda f: f.stem)
def test_a_released_outbox_is_opened_with_all_that_it_holds(tmp_path, file):
    shutil.copy(file, tmp_path / "outbox.db")
    store = opened(tmp_path)
    assert [(w.n, w.state, w.tries, w.key) for w in store.outbox()] == [
        (1, "queued", 0, ""), (2, "sent", 1, ""), (3, "refused", 1, "refused.state"),
        (4, "conflict", 1, "conflict.stale"), (5, "held", 1, "refused.by"),
    ]  # fmt: skip
    assert [(w.n, w.reason) for w in store.let_gone()] == [(6, "不再需要")]
    first = store.outbox()[0]
    assert isinstance(first.act, Act)
    assert (first.act.steps[0].args, first.actor.user) == ({"note": "第1步"}, "wang")
    assert store.kept("draft.1") == "草稿".encode()
    assert store.trouble() == ()
    store.absorb(page(incident(1)))
    store.enqueue(note("I1"), WANG)
    assert store.outbox()[-1].n == 7
    store.close()


def test_every_form_has_its_released_file():
    assert len(RELEASED) == len(schema.OUTBOX_STEPS)


def test_an_outbox_is_migrated_forward_after_a_copy(tmp_path):
    path = tmp_path / "outbox.db"
    shutil.copy(RELEASED[0], path)
    steps = (*schema.OUTBOX_STEPS, ("ALTER TABLE outbox ADD COLUMN extra TEXT",))
    newer = Outbox(path, KEY, steps)
    newer.start()
    assert len(newer.all()) == 5
    newer.close()
    copy = Outbox(tmp_path / f"outbox.v{len(schema.OUTBOX_STEPS)}.db", KEY)
    copy.start()
    assert len(copy.all()) == 5
    copy.close()
    older = Outbox(path, KEY)
    with pytest.raises(Refused, match="newer_outbox"):
        older.start()
    older.close()


def test_a_folder_with_a_newer_outbox_is_refused_and_left_as_it_is(tmp_path):
    opened(tmp_path).close()
    made = Outbox(tmp_path / "outbox.db", KEY, (*schema.OUTBOX_STEPS, ("SELECT 1",)))
    made.start()
    made.close()
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Refused, match="newer_outbox"):
        opened(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_waiting_act_is_the_same_in_its_row():
    waiting = Waiting(
        act=note("I1"), actor=WANG, state="refused", tries=3, key="k", args={"id": "I1", "n": 2},
        queued_at=5, verdict_at=6, reason="r", n=9,
    )  # fmt: skip
    assert waiting_of(row_of(waiting)) == waiting


def test_places_are_given_once_even_when_all_acts_are_gone(tmp_path):
    outbox = Outbox(tmp_path / "outbox.db", KEY)
    outbox.start()
    said = Waiting(act=note("I1"), actor=WANG, n=outbox.next_n())
    outbox.save([said])
    outbox.remove([said.act.id])
    outbox.close()
    again = Outbox(tmp_path / "outbox.db", KEY)
    again.start()
    assert again.next_n() == 2
    again.close()


def test_an_error_of_the_file_is_known_as_its_own(tmp_path):
    outbox = Outbox(tmp_path / "outbox.db", KEY)
    with pytest.raises(files.DatabaseError) as caught:
        outbox.all()
    assert outbox.failed is caught.value
    outbox.close()

"""Every queue of queues.toml can be asked, shows columns that there are, and has a name."""

import tomllib

import pytest

from console.base import resources
from console.base.errors import BadData
from console.base.text import LANGUAGES, table
from console.domain.queue import read_queues
from tests.worlds import JUDGE

QUEUES = read_queues(resources.table("queues.toml"), "queues.toml")
COLUMNS = tomllib.loads(resources.path("columns.toml").read_text("utf-8"))["columns"]


def test_the_queues_of_a_dispatcher_are_there():
    assert list(QUEUES)[:9] == [
        "pending", "to_dispatch", "to_sign", "handling", "to_verify", "due_soon", "overdue", "mine",
        "watched",
    ]  # fmt: skip


@pytest.mark.parametrize("key", QUEUES)
def test_a_queue_is_named_and_its_states_and_columns_exist(key):
    queue = QUEUES[key]
    assert all(f"queue.{key}" in table(language) for language in LANGUAGES)
    assert set(queue.columns) <= COLUMNS[queue.kind].keys()
    states = {v for t in queue.query.terms if t.field == "state" for v in t.values}
    assert states <= JUDGE.machines[queue.kind].states.keys()


def test_every_open_state_of_an_incident_is_in_a_queue_of_its_own():
    shown = {
        v for key in ("pending", "to_dispatch", "to_sign", "handling", "to_verify", "suspended")
        for t in QUEUES[key].query.terms for v in t.values
    }  # fmt: skip
    assert shown == JUDGE.machines["incident"].opened


@pytest.mark.parametrize(
    "queue",
    [
        {"key": "a", "where": "nonsense:1"},
        {"key": "a", "where": "sort:due"},
        {"key": "a", "rank": ["nonsense"]},
        {"key": "a", "kind": "dragon"},
    ],
)
def test_a_wrong_queue_is_named(queue):
    with pytest.raises(BadData) as raised:
        read_queues({"queue": [queue]}, "queues.toml")
    assert raised.value.where == "a"


def test_a_key_is_given_once():
    with pytest.raises(BadData):
        read_queues({"queue": [{"key": "a"}, {"key": "a"}]}, "queues.toml")

"""The map's model reads when it is seen, keeps up with news, and can go back in time."""

import pytest

from console.base.errors import Refused
from console.domain.changes import Changes
from ui.models.map import MapModel
from ui.models.mapmarks import Patch


@pytest.fixture
def model(seat, qtbot):
    made = MapModel(seat.core, pytest.fail)
    yield made
    made.end()


def first(model, qtbot):
    with qtbot.waitSignal(model.shown) as shown:
        model.begin()
    return shown.args[0]


def test_everything_is_read_when_it_is_seen(model, qtbot):
    shown = first(model, qtbot)
    assert any(m.layer == "incidents" for m in shown.marks)


def test_news_of_the_map_are_shown_and_others_are_not(model, qtbot):
    first(model, qtbot)
    with qtbot.assertNotEmitted(model.shown, wait=400):
        model.refresh(Changes(touched=frozenset({("duty", "d")})))
    with qtbot.waitSignal(model.shown):
        model.refresh(Changes(touched=frozenset({("incident", "i")})))


def test_a_hidden_map_reads_nothing(model, qtbot):
    first(model, qtbot)
    model.end()
    with qtbot.assertNotEmitted(model.shown, wait=400):
        model.refresh(Changes(everything=True))


def test_a_layer_is_turned_and_lifted(model, qtbot):
    first(model, qtbot)
    with qtbot.waitSignals([model.turned, model.shown]):
        model.turn("cameras")
    with qtbot.waitSignal(model.turned):
        model.lift("incidents", 1)
    assert model.seen.order[-1] == "incidents"


def test_it_is_narrowed_to_an_incident_and_says_which(model, seat, qtbot):
    first(model, qtbot)
    incident = next(i for k, i in seat.town.records if k == "incident")
    with qtbot.waitSignal(model.shown) as shown:
        model.narrow(incident)
    assert shown.args[0].filtered
    with qtbot.waitSignal(model.shown) as shown:
        model.narrow("")
    assert not shown.args[0].filtered


def test_what_a_hand_drew_is_shown(model, qtbot):
    first(model, qtbot)
    with qtbot.waitSignal(model.shown) as shown:
        model.add_patches((Patch("closure", "0", "", (), "danger"),))
    assert shown.args[0].patches[0].kind == "closure"


def test_long_ago_nothing_had_happened_yet(model, seat, qtbot):
    now = first(model, qtbot)
    model.show_at(seat.core.clock.now() - 23 * 3_600_000)
    then = None
    with qtbot.waitSignal(model.shown, check_params_cb=lambda s: s.units == ()) as shown:
        pass
    then = shown.args[0]
    count = {m.layer: len(m) for m in then.marks}
    assert count["incidents"] <= {m.layer: len(m) for m in now.marks}["incidents"]
    assert model.then > 0
    model.show_at(0)
    assert model.then == 0


def test_a_scene_shows_its_layers_and_the_seat_keeps_its_own(model, seat):
    own = model.seen
    model.open_scene("EMFV")
    assert "fire_stations" in model.seen.shown
    model.turn("fire_stations")
    model.open_scene("")
    assert model.seen == own
    with pytest.raises(Refused):
        model.open_scene("NONE")

"""What was put into a layout is there again; an unknown layout is filled from all over."""

import pytest

from console.base.clock import ManualClock
from console.video.choose import Budget
from console.video.layout import Cell, Layout
from tests.ui.pictures import Pictures, eye
from ui.models.catalogue import Catalogue
from ui.models.wall import WallModel
from ui.windows.arranged import Arranged

CELL = Cell(x=0, y=0, width=1, height=1)
LAYOUT = Layout(name="t", number=1, cells=(CELL,) * 3)


@pytest.fixture
def begun(seat, qapp):
    catalogue = Catalogue(seat.core)
    catalogue.take([eye("a"), eye("b", district="320104"), eye("c"), eye("d", main="", sub="")])

    def begin():
        model = WallModel(Pictures(), ManualClock(), Budget(1_000.0, 1_000.0))
        model.know(catalogue.eyes.values())
        model.lay_out(LAYOUT)
        return model, Arranged(seat.core, model, catalogue)

    return begin


def test_at_first_every_district_has_its_turn(begun):
    model, arranged = begun()
    arranged.restore(LAYOUT)
    assert [t.home for t in model.tiles] == ["a", "b", "c"]


def test_what_was_put_there_is_there_again_and_pinned(begun):
    model, arranged = begun()
    model.put(1, "c")
    model.pin(1, on=True)
    arranged.keep(LAYOUT)
    again, arranged = begun()
    arranged.restore(LAYOUT)
    assert [(t.home, t.pinned) for t in again.tiles] == [("", False), ("c", True), ("", False)]

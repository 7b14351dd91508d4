"""A layout is found by number or name: those that ship, one's own, those that all share."""

import pytest

from console.base.errors import Refused
from console.domain.record import SharedLayout
from console.video.layout import Cell, Layout, saved
from ui.models.shelves import OWN, Layouts

MINE = Layout(name="早班", number=8, cells=(Cell(x=0, y=0, width=1, height=1),), dwell_s=9.0)


@pytest.fixture
def layouts(seat):
    return Layouts(seat.core)


def test_those_that_ship_are_found_by_name_and_number(layouts):
    assert layouts.find("grid9")[0] is layouts.find("2")[0]
    assert layouts.find("2")[1] is None


def test_one_s_own_are_kept_with_their_cameras(layouts):
    layouts.keep(8, "早班", MINE, {0: "cam-1"})
    found, homes = layouts.find("8")
    assert found == MINE
    assert homes == {0: "cam-1"}


def test_shared_ones_are_there_for_all_and_one_s_own_goes_first(layouts, seat):
    content = saved(MINE, {0: "cam-2"}).decode()
    seat.hears(SharedLayout(id="layout-8", number=8, name="共用", content=content, state="kept",
                            scope="*", version=1))  # fmt: skip
    assert layouts.find("8")[0].name == layouts.find("共用")[0].name == "共用"
    layouts.keep(8, "早班", MINE, {})
    assert layouts.find("8")[0].name == "早班"
    assert layouts.line(9, "晚」班", MINE, {}).startswith("layout.share 9 「晚班」 「{")


@pytest.mark.parametrize("said", ["99", "nothing"])
def test_what_is_not_there_is_refused(layouts, said):
    with pytest.raises(Refused, match="no_such"):
        layouts.find(said)


def test_bad_ones_are_refused_with_the_reason(layouts, seat):
    with pytest.raises(Refused, match="layout_number"):
        layouts.keep(3, "x", MINE, {})
    for content in (b"no json", b'{"cells":[]}',
                    b'{"cells":[{"x":0.5,"y":0,"width":0.9,"height":1}]}'):  # fmt: skip
        seat.core.keep(f"{OWN}8", b"x\n" + content)
        with pytest.raises(Refused, match="layout_bad"):
            layouts.find("8")

"""The large display: every page at every size can be read from the last row, calm or not."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from shiboken6 import delete

from console.base import resources
from console.base.text import text
from console.domain.access import Access
from console.domain.display import displays
from console.domain.figure import Behind
from console.domain.query import parse_query
from console.domain.words import Words
from console.services.figures import Standing
from ui.kit import fonts, theme
from ui.kit.notices import Notices
from ui.kit.sound import Sounds
from ui.models.news import News
from ui.models.rotation import Alarm
from ui.windows.cockpit import Cockpit
from ui.windows.station import Given, Options

USUAL = QSize(1920, 1080)
SIZES = {f"{d.width_px}x{d.height_px}": d for d in displays() if not d.touch}


@pytest.fixture
def open_display(seat, outfit, qapp, monkeypatch, tmp_path):
    fonts.dress(qapp)
    now = seat.core.clock.now
    monkeypatch.setattr(seat.core, "_standing", lambda: Standing(now(), up=True))
    made: list[Cockpit] = []

    def open_display(size=USUAL, **options) -> Cockpit:
        notices = Notices(now, Words(seat.core).notice)
        given = Given(
            seat.core, outfit, News(), notices, Sounds(on=False), Options(**options)
        )  # fmt: skip
        window = Cockpit(given)
        window.resize(size)
        window.show()
        window.begin()
        made.append(window)
        return window

    yield open_display
    for window in made:
        window.end()
        delete(window)


def stands(qtbot, window, key) -> None:
    qtbot.waitUntil(lambda: window.page == key)


def marks(window):
    """Give everything that is written: with the widget it stands in."""
    yield from ((window.strip, mark) for mark in window.strip.ink.marks)
    page = window.view(window.page)
    yield from ((page, mark) for mark in page.ink.marks)
    for tile in page.shown:
        yield from ((tile, mark) for mark in tile.ink.marks)


def contrast(one: QColor, other: QColor) -> float:
    def light(colour: QColor) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
                 for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("name", ["night", "day"])
@pytest.mark.parametrize("size", SIZES)
def test_every_word_of_every_page_can_be_read_at_the_farthest_viewer(
    open_display, qtbot, outfit, size, name
):
    display = SIZES[size]
    outfit.look.wear(theme.read(name))
    window = open_display(QSize(display.width_px, display.height_px))
    for key in window.pages:
        window.run(f"page.open {key}")
        stands(qtbot, window, key)
        for widget, mark in marks(window):
            measure = fonts.measure(mark.px, bold=mark.bold)
            assert measure.tightBoundingRect(fonts.HAN).height() >= display.han_px - 1
            assert measure.tightBoundingRect(fonts.LATIN).height() >= display.latin_px - 1
            assert mark.x + mark.width <= widget.width() + 1, (key, mark)
            colours = outfit.look.theme
            assert contrast(colours.colour(mark.role), colours.colour(mark.ground)) >= 4.5
        for tile in window.view(key).shown:
            assert all(chart.px >= window.type_().body for chart in tile.charts)


def test_what_is_painted_is_as_high_as_was_worked_out(open_display, qtbot):
    """Measured in the picture itself: rows of pixels that hold anything but the ground."""
    window = open_display()
    stands(qtbot, window, "vitals")
    strip = window.strip
    mark = next(m for m in strip.ink.marks if m.words == text("page.line.up") or "同步" in m.words)
    picture = strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = picture.pixel(0, 0)
    left, right = int(mark.x), int(mark.x + mark.width)
    rows = [
        y for y in range(picture.height())
        if any(picture.pixel(x, y) != ground for x in range(left, right))
    ]  # fmt: skip
    assert rows[-1] - rows[0] + 1 >= SIZES["1920x1080"].han_px - 1


def test_no_colour_of_severity_stands_without_a_shape(open_display, qtbot):
    coloured = {"danger", "warning", "lost", "severity.I", "severity.II", "severity.III"}
    window = open_display()
    for key in window.pages:
        window.run(f"page.open {key}")
        stands(qtbot, window, key)
        for tile in window.view(key).shown:
            signs = [s for s in tile.ink.signs if s.name]
            for mark in tile.ink.marks:
                if mark.role in coloured:
                    near = [s for s in signs if abs(s.y - (mark.y - mark.px)) < mark.px]
                    assert near, (key, mark)


def test_a_page_is_drawn_before_it_is_shown(open_display, qtbot, monkeypatch):
    window = open_display()
    stands(qtbot, window, "vitals")
    held = []
    monkeypatch.setattr(window._feed, "ask", held.append)
    window.run("page.open water")
    assert window.page == "vitals"
    assert held
    window._came(window._feed.work_out(window.pages["water"]))
    assert window.page == "vitals"
    stands(qtbot, window, "water")
    view = window.view("water")
    assert view.ready
    assert all(tile.ink.marks for tile in view.shown)


def test_an_alarm_takes_the_display_over_and_says_why(open_display, qtbot, seat):
    window = open_display()
    stands(qtbot, window, "vitals")
    now = seat.core.clock.now()
    window.rotation._since = now - 60_000
    window._take_alarms([Alarm("a", "water", "I", now, "特别重大 玄武区 积水")])
    window._take_step()
    stands(qtbot, window, "water")
    words = " ".join(mark.words for mark in window.strip.ink.marks)
    assert "告警接管：特别重大 玄武区 积水" in words


def test_a_page_that_was_asked_for_stays(open_display, qtbot, seat):
    window = open_display(page="hotline")
    stands(qtbot, window, "hotline")
    now = seat.core.clock.now()
    window._take_alarms([Alarm("a", "water", "I", now, "x")])
    window.rotation._since = now - 10**7
    window._take_step()
    assert window.page == "hotline"
    window.run("page.pin")
    window.rotation._since = now - 10**7
    window._take_step()
    stands(qtbot, window, "water")


def test_keys_turn_pages(open_display, qtbot):
    window = open_display()
    stands(qtbot, window, "vitals")
    qtbot.keyClick(window, Qt.Key.Key_Right)
    stands(qtbot, window, "districts")
    qtbot.keyClick(window, Qt.Key.Key_Left)
    stands(qtbot, window, "vitals")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.rotation.pinned


def test_every_number_of_every_page_has_rows_or_readings_behind_it(open_display, qtbot, seat):
    window = open_display()
    for key in window.pages:
        window.run(f"page.open {key}")
        stands(qtbot, window, key)
        for tile in window.view(key).shown:
            for spot in tile.spots:
                assert spot.behind, (key, tile.tile.key, spot.name)
                if spot.behind.kind:
                    rows = seat.core.find(parse_query(spot.behind.kind, spot.behind.where))
                    whole = spot is tile.spots[0] and tile.figure.value is not None
                    assert not whole or len(rows) == tile.figure.n, (key, tile.tile.key)
            held = {spot.behind for spot in tile.spots}
            charted = tile.tile.draw in ("bars", "distribution", "heat")
            assert not charted or {p.behind for p in tile.figure.points} <= held


def test_a_touch_lists_the_rows_with_the_line_for_the_desk(open_display, qtbot):
    window = open_display()
    stands(qtbot, window, "vitals")
    window.open_behind(Behind("incident", "level:II"), "重大")
    assert window.glass.isVisible()
    assert 'queue.open all --where "level:II"' in window.sheet.line.text()
    qtbot.waitUntil(lambda: window.sheet.grid.table.rowCount() == 1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.glass.isVisible()


def test_an_instruction_on_a_number_says_which_and_of_when(open_display, qtbot):
    window = open_display()
    stands(qtbot, window, "vitals")
    window.open_behind(Behind("incident", "level:II district:320102"), "重大 1 件")
    window.sheet.instruct.click()
    assert not window.glass.isVisible()
    assert window.instruct.about.text().startswith("重大 1 件（截至 ")
    assert window.instruct.districts.checkedButton().objectName() == "320102"


def test_what_no_display_does_is_refused_and_told(open_display, qtbot):
    window = open_display()
    stands(qtbot, window, "vitals")
    told = []
    window._given.notices.told.connect(told.append)
    for line in ("page.open nosuch", "queue.open all", "nonsense"):
        window.run(line)
    qtbot.waitUntil(lambda: len(told) == 3)


def test_a_hand_on_a_touch_display_gives_an_instruction(open_display, qtbot, seat):
    seat.core._sit(Access(user="mayor", name="市长", roles=("leader", "duty_lead"), scopes=("",)))
    window = open_display(profile=resources.path("displays/table.toml"))
    stands(qtbot, window, "vitals")
    assert window.hand.isVisible()
    qtbot.mouseClick(window.hand, Qt.MouseButton.LeftButton)
    assert window.instruct.isVisible()
    window.instruct.asked.emit('instruction.give wat "先救人"')
    qtbot.waitUntil(lambda: seat.core.count(parse_query("instruction", "dept:wat")) == 1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.instruct.isVisible()
    assert not open_display().hand.isVisible()


@pytest.mark.logs_trouble
def test_a_tile_that_fails_is_broken_and_the_page_stands(open_display, qtbot, monkeypatch):
    window = open_display()
    stands(qtbot, window, "vitals")
    monkeypatch.setattr("ui.models.planlines.PlanLines.written", lambda *_: 1 / 0)
    window.run("page.open plans")
    stands(qtbot, window, "plans")
    tiles = window.view("plans").tiles
    words = " ".join(mark.words for mark in tiles["list"].ink.marks)
    assert "故障" in words
    assert "本格出错" in words
    assert tiles["late"].figure.fresh == "live"


def test_a_page_that_is_not_worked_out_any_more_says_so(open_display, qtbot, seat, monkeypatch):
    window = open_display()
    stands(qtbot, window, "vitals")
    late = seat.core.clock.now() + 16_000
    monkeypatch.setattr(window._feed, "ask", lambda _page: None)
    monkeypatch.setattr(seat.core.clock, "now", lambda: late)
    window._take_beat()
    assert any("停止更新" in mark.words for mark in window.strip.ink.marks)


def test_a_clock_set_back_does_not_stop_the_turn(open_display, qtbot, seat):
    window = open_display()
    stands(qtbot, window, "vitals")
    now = seat.core.clock.now()
    window.rotation._since = now + 10**9
    window._take_step()
    window.rotation._since = now - 41_000
    window._take_step()
    stands(qtbot, window, "districts")

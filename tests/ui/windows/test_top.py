"""The bar along the top keeps the line in reach; a narrow window leaves out what has no room."""


def test_the_clock_is_the_citys(station):
    station.top.tick()
    assert station.top._clock.text().count(":") == 2
    assert station.top._day.text()


def test_a_narrow_window_leaves_out_day_and_person(station, frame, qtbot):
    frame.resize(1_366, 768)
    qtbot.waitUntil(station.top._person.isHidden)
    assert station.panels.line.isVisible()
    frame.resize(1_920, 1_080)
    qtbot.waitUntil(lambda: not station.top._person.isHidden())


def test_the_bell_says_whether_sounds_are_on(station):
    station.top.show_sound(on=False)
    off = station.top._bell.toolTip()
    station.top.show_sound(on=True)
    assert off != station.top._bell.toolTip()


def test_the_person_and_seat_are_named(station, seat):
    assert seat.core.person.name in station.top._person.text()
    assert seat.core.seat in station.top._person.text()

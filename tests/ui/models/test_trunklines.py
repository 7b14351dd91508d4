"""Lines are said with use and limit, the ones that hold something back first."""

import pytest

from console.base.text import speak
from console.video.choose import Ask, Budget, Shares, share
from console.video.trunks import Way, read_trunks
from ui.models.trunklines import TrunkLines

WIDE = Budget(10_000.0)
NEAR, FAR = Way("district", "320102"), Way("public")


def lines():
    return TrunkLines(read_trunks(), lambda _kind, code: {"320102": "玄武区"}.get(code, ""))


def shares():
    asks = [Ask(f"n{n}", 400.0, False, way=NEAR, limit=40.0) for n in range(4)]
    asks += [Ask(f"f{n}", 400.0, False, way=FAR, limit=1.0) for n in range(3)]
    return share(asks, WIDE)


def test_each_line_is_said_and_what_it_holds_back():
    full, near = lines().of(shares())
    assert (full.name, full.use, full.streams) == ("互联网", "1.0/1 Mbit/s", "2 路")
    assert (full.held, full.role) == ("1 路等待", "warning")
    assert (near.name, near.use, near.held) == ("玄武区专线", "2.0/40 Mbit/s", "")
    assert near.role == "accent"
    assert "互联网" in full.words


def test_a_strip_says_the_fullest_and_how_many_hold_back():
    said, role = lines().strip(shares())
    assert said == "1 条线路不够：互联网 1.0/1 Mbit/s"
    assert role == "warning"
    free = share([Ask("a", 400.0, False, way=NEAR, limit=40.0)], WIDE)
    assert lines().strip(free)[0] == "线路 1 条 · 最忙 玄武区专线 0.5/40 Mbit/s"
    assert lines().strip(Shares({}, 0.0, {}))[0] == ""


def test_a_tile_is_told_which_line_is_full():
    assert lines().full(shares(), FAR) == "互联网 1.0/1 Mbit/s"


@pytest.mark.parametrize(("language", "name"), [("zh_CN", "本机线路"), ("en", "machine")])
def test_where_no_lines_are_told_apart_it_is_this_machine_s(language, name):
    speak(language)
    try:
        assert name in TrunkLines(None, lambda _kind, _code: "").full(shares(), None)
        assert "玄武区" in lines().full(shares(), NEAR)
    finally:
        speak("zh_CN")

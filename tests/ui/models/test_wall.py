"""The wall plays what is to be seen, within its budget, and judges it by its frames."""

import pytest

from console.base.clock import ManualClock
from console.base.notice import Level, Notice
from console.video.choose import COSTS, Budget
from console.video.event_wall import Alarm
from console.video.layout import Cell, Layout
from console.video.stream import Look, Trouble
from console.video.trunks import read_trunks
from console.video.truth import Standing
from tests.ui.pictures import Pictures, eye
from ui.models.wall import WallModel

ROLES = ("spot", "spot", "plain", "plain", "alarm", "carousel")
WHY = (Notice(Level.said, "wall.why.sees"),)


def layout(*roles, dwell=0.0):
    cells = tuple(Cell(x=0, y=0, width=1, height=1, role=role) for role in roles)
    return Layout(name="t", number=1, cells=cells, dwell_s=dwell)


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def model(qapp, clock, pictures):
    made = WallModel(pictures, clock, Budget(1_000.0, 1_000.0))
    made.know([eye(name) for name in "abcdefgh"])
    made.lay_out(layout(*ROLES))
    return made


def sub(name):
    return f"rtsp://x/{name}/sub"


def test_a_camera_that_is_put_in_a_tile_plays_and_one_that_is_taken_out_stops(model, pictures):
    model.put(2, "a")
    assert pictures.playing == [sub("a")]
    model.put(2, "")
    assert pictures.playing == []


def test_a_large_tile_plays_the_main_stream_and_the_sub_stream_again_when_it_is_small(
    model, pictures
):
    model.put(2, "a")
    pictures.come(sub("a"))
    model.glance()
    model.resized({2: (1920, 1080)})
    assert pictures.playing == ["rtsp://x/a/main", sub("a")]
    pictures.come("rtsp://x/a/main")
    model.glance()
    assert pictures.playing == ["rtsp://x/a/main"]
    model.resized({2: (320, 180)})
    assert pictures.playing == ["rtsp://x/a/main", sub("a")]


def test_new_pictures_are_told_by_tile(model, pictures):
    told = []
    model.fresh.connect(told.append)
    model.put(2, "a")
    model.put(3, "b")
    pictures.come(sub("b"))
    model.glance()
    model.glance()
    assert told == [[3]]


def test_a_picture_is_judged_by_its_frames_and_the_turn_is_told(model, pictures, clock):
    model.put(2, "a")
    now = clock.monotonic()
    pictures.come(sub("a"), frame=now, asked=now)
    model.glance()
    model.judge()
    assert model.tiles[2].standing is Standing.LIVE
    told, stood = [], []
    model.turned.connect(told.append)
    model.stood.connect(lambda camera, standing: stood.append((camera, standing)))
    clock.turn(4_500)
    model.judge()
    assert model.tiles[2].standing is Standing.FROZEN
    assert told == [[2]]
    assert stood == [("a", Standing.FROZEN)]


def test_what_one_tile_knows_of_a_camera_s_picture_another_knows_too(model, pictures, clock):
    model.put(2, "a")
    now = clock.monotonic()
    pictures.come(sub("a"), frame=now, asked=now, look=Look.CONSTANT)
    model.judge()
    model.put(3, "a")
    pictures.come(sub("a"), frame=now, asked=now)
    model.judge()
    assert [t.standing for t in model.tiles[2:4]] == [Standing.CONSTANT] * 2


def test_an_alarm_covers_a_tile_says_why_and_gives_it_back(model, pictures):
    model.put(4, "a")
    alarm = Alarm("i1", "II", ("b",), 0.0)
    model.alarm([alarm], {("i1", "b"): WHY})
    tile = model.tiles[4]
    assert (tile.camera, tile.alarm, tile.level, tile.why) == ("b", "i1", "II", WHY)
    assert pictures.playing == [sub("b")]
    model.alarm_over("i1")
    assert (tile.camera, tile.alarm, tile.why) == ("a", "", ())
    assert pictures.playing == [sub("a")]


def test_a_pinned_tile_is_left_to_the_operator(model):
    model.put(4, "a")
    model.pin(4, on=True)
    model.alarm([Alarm("i1", "I", ("b",), 0.0)], {})
    assert model.tiles[4].camera == "a"
    model.pin(4, on=False)
    assert model.tiles[4].camera == "b"


def test_the_spot_keeps_what_it_shows_and_counts_what_has_no_room(model):
    assert model.put_all("spot", [("a", WHY), ("b", ())]) == 0
    before = [t.camera for t in model.tiles[:2]]
    assert model.put_all("spot", [("b", ()), ("c", ()), ("d", ())]) == 1
    after = [t.camera for t in model.tiles[:2]]
    assert after[before.index("b")] == "b"
    assert set(after) == {"b", "c"}
    model.put_all("spot", [])
    assert [t.camera for t in model.tiles[:2]] == ["", ""]


def round_of(model, clock, names, seconds=20.0):
    """Let cameras go round in two tiles; give a way to let time pass."""
    model.lay_out(layout("carousel", "carousel", dwell=seconds))
    model.rotate(names)
    model.glance()

    def after(seconds):
        for _ in range(round(seconds * 2)):
            clock.turn(500)
            model.glance()
            model.judge()

    return after


def shown(model):
    return [t.camera for t in model.tiles]


def test_a_carousel_s_next_camera_plays_unseen_and_takes_its_place_with_its_picture(
    model, pictures, clock
):
    after = round_of(model, clock, ("a", "b", "c", "d"))
    for name in "ab":
        pictures.come(sub(name), frame=clock.monotonic(), asked=clock.monotonic())
    after(11)
    assert pictures.playing == [sub("a"), sub("b")]
    after(1)
    assert pictures.playing == [sub(name) for name in "abcd"]
    assert shown(model) == ["a", "b"]
    now = clock.monotonic()
    for name in "cd":
        pictures.come(sub(name), frame=now + 8, asked=now)
    after(7.5)
    assert shown(model) == ["a", "b"], "not before its turn"
    turned = []
    model.turned.connect(turned.append)
    after(0.5)
    assert shown(model) == ["c", "d"]
    assert [t.standing for t in model.tiles] == [Standing.LIVE] * 2
    assert [0, 1] in turned
    assert pictures.playing == [sub("c"), sub("d")]
    assert all(t.picture() is not None for t in model.tiles)
    assert pictures.began.count(sub("c")) == 1, "it goes on in its place"


def test_a_camera_whose_picture_does_not_come_leaves_the_tile_to_the_other_for_a_while(
    model, pictures, clock
):
    after = round_of(model, clock, ("a", "b", "c", "d"))
    after(12)
    pictures.come(sub("c"), frame=clock.monotonic() + 8, asked=clock.monotonic())
    pictures.tell(sub("d"), asked=clock.monotonic())
    after(8)
    assert shown(model) == ["c", "b"]
    after(3)
    assert shown(model) == ["c", "d"]
    assert model.tiles[1].standing is Standing.LOST, "and then it is shown as what it is"


def test_what_a_carousel_has_no_room_for_is_not_played_ahead_and_counts_for_nothing(
    qapp, clock, pictures
):
    pixels, bits = COSTS["sub"]
    model = WallModel(pictures, clock, Budget(pixels * 3.01, bits * 3.01))
    model.know([eye(name) for name in "abcd"])
    after = round_of(model, clock, ("a", "b", "c", "d"))
    after(12)
    assert pictures.playing == [sub("a"), sub("b"), sub("c")]
    use = model.shares.lines[model.way("a")]
    assert (use.streams, use.waiting) == (3, 0)
    assert all(t.granted for t in model.tiles)
    after(8)
    assert model.tiles[1].camera == "d"
    assert pictures.playing == [sub("a"), sub("c"), sub("d")]


def test_a_carousel_rests_while_the_wall_is_locked_or_one_of_its_tiles_is_looked_at(
    model, pictures, clock
):
    after = round_of(model, clock, ("a", "b", "c", "d"))
    after(12)
    assert len(pictures.playing) == 4
    model.enlarge(0)
    after(30)
    assert shown(model) == ["a", "b"]
    assert len(pictures.playing) == 2
    model.enlarge(None)
    model.lock(on=True)
    after(30)
    assert shown(model) == ["a", "b"]
    model.lock(on=False)
    after(1)
    assert len(pictures.playing) == 4
    after(12)
    assert shown(model) == ["c", "d"]


def test_a_pinned_tile_of_a_carousel_keeps_its_camera(model, pictures, clock):
    after = round_of(model, clock, ("a", "b", "c"))
    after(12)
    model.pin(0, on=True)
    assert pictures.playing == [sub("a"), sub("a"), sub("b")], "b is followed by a"
    after(12)
    assert shown(model) == ["a", "a"]


def test_news_of_the_same_cameras_lets_a_carousel_go_on(model, pictures, clock):
    after = round_of(model, clock, ("a", "b", "c", "d"))
    after(25)
    assert shown(model) == ["c", "d"]
    model.rotate(("a", "b", "c", "d"))
    assert shown(model) == ["c", "d"]
    after(12)
    assert len(pictures.playing) == 4
    model.know([eye("a", sub="rtsp://y/a/sub"), *(eye(n) for n in "bcd")])
    assert pictures.playing == [sub("b"), sub("c"), sub("d")]
    model.stop()
    assert pictures.playing == []


def test_what_is_beyond_the_budget_is_not_played_and_says_so(qapp, clock, pictures):
    pixels, bits = COSTS["sub"]
    model = WallModel(pictures, clock, Budget(pixels * 2.01, bits * 2.01))
    model.know([eye(name) for name in "abc"])
    model.lay_out(layout("plain", "plain", "spot"))
    for number, name in enumerate("abc"):
        model.put(number, name)
    assert [t.granted for t in model.tiles].count(False) == 1
    assert model.tiles[2].granted, "the spot goes before the others"
    assert model.shares.decoding <= 1.0
    assert len(pictures.playing) == 2


def test_a_full_line_holds_back_its_own_tiles_and_what_streams_really_weigh_counts(
    qapp, clock, pictures
):
    model = WallModel(pictures, clock, Budget(1_000.0), trunks=read_trunks())
    eyes = [eye(n, code=f"320102000013{n}7000001", district="320102") for n in "12"]
    model.know([*eyes, eye("3", code="32010200001336000001")])
    model.lay_out(layout("spot", "plain", "plain"))
    for number, name in enumerate("123"):
        model.put(number, name)
    assert not any(t.full for t in model.tiles)
    now = clock.monotonic()
    for name in "123":
        pictures.come(sub(name), frame=now, asked=now, kbits=12_000)
    clock.turn(5_000)
    model.judge()
    assert [(t.full, t.granted) for t in model.tiles] == [(False, True), (True, False),
                                                          (False, True)]  # fmt: skip
    use = model.shares.lines[model.way("1")]
    assert (use.used, use.limit, use.waiting) == (12.0, 20.0, 1)


def test_without_a_free_slot_a_tile_says_that_it_is_not_played(qapp, clock):
    model = WallModel(Pictures(slots=1), clock, Budget(1_000.0, 1_000.0))
    model.know([eye("a"), eye("b")])
    model.lay_out(layout("plain", "plain"))
    model.put(0, "a")
    model.put(1, "b")
    assert [t.granted for t in model.tiles] == [True, False]


def test_another_layout_keeps_what_the_operator_put_there(model, pictures):
    model.put(0, "a")
    pictures.come(sub("a"))
    model.lay_out(layout("plain"))
    assert model.tiles[0].camera == "a"
    assert pictures.began == [sub("a")], "the stream goes on"


def test_a_camera_with_another_address_is_begun_anew_and_one_that_is_gone_stops(model, pictures):
    model.put(2, "a")
    model.know([eye("a", sub="rtsp://y/a/sub")])
    assert pictures.playing == ["rtsp://y/a/sub"]
    model.know([])
    assert pictures.playing == []


def test_a_wall_that_is_not_to_be_seen_plays_nothing(model, pictures):
    model.put(2, "a")
    model.start()
    model.stop()
    assert pictures.playing == []
    model.put(3, "b")
    assert not model.replay(3, (0, 60_000))
    assert pictures.playing == [], "what is put here meanwhile waits until it can be seen"
    model.start()
    assert pictures.playing == [sub("a"), sub("b")]
    model.close()
    assert pictures.closed


def test_an_alarm_that_comes_when_the_wall_was_left_begins_nothing(model, pictures):
    model.close()
    model.alarm([Alarm("n1", "I", ("a",), 0.0)], {("n1", "a"): WHY})
    assert model.tiles[4].camera == "a"
    assert pictures.playing == []


def test_a_tile_is_seen_again_while_its_stream_goes_on_and_returns_by_itself(
    model, pictures, qtbot
):
    model.put(2, "a")
    pictures.come(sub("a"), frame=1.0)
    model.glance()
    assert model.replay(2, (0, 60_000))
    assert pictures.playing == ["", sub("a")]
    assert model.tiles[2].picture() is None, "what is now is not shown as if it were then"
    pictures.come("", taken_ms=5)
    with qtbot.waitSignal(model.fresh):
        model.glance()
    assert model.tiles[2].taken_ms == 5
    model.resized({2: (640, 360)})
    pictures.come("", trouble=Trouble.ENDED)
    with qtbot.waitSignal(model.played) as played:
        model.judge()
    assert played.args == [2, True]
    assert model.tiles[2].playback is None
    assert pictures.playing == [sub("a")]


def test_a_replay_ends_with_the_camera_in_its_tile_and_needs_a_free_slot(model, pictures):
    model.put(2, "a")
    assert model.replay(2, (0, 60_000))
    model.put(2, "b")
    assert pictures.playing == [sub("b")]
    pictures._slots = 1
    assert not model.replay(2, (0, 60_000))
    model.live(2)

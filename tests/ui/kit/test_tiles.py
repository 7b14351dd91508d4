"""One surface paints all tiles; a click, a key, the wheel and a drop each mean one thing."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtTest import QTest

from console.video.board import Board, Slot
from console.video.layout import Cell, read_layouts
from console.video.memory import plain
from console.video.truth import Standing
from ui.kit.tiles import GAP, MIME, WHOLE_EVERY, ZOOM_MOST, Tiles
from ui.models.face import Face

PIXELS = bytes([200, 120, 60, 0]) * (320 * 180)
OTHERS = bytes([60, 120, 200, 0]) * (320 * 180)


@pytest.fixture
def tiles(outfit, qtbot):
    made = Tiles(
        outfit.look, lambda n: (memoryview(PIXELS), 320, 180) if n < 8 else None,
        lambda n: Face(name=f"{n}号", standing=Standing.LIVE), lambda n: f"cam{n}", str,
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.lay_out(read_layouts()["grid9"].cells)
    made.show()
    return made


def test_tiles_fill_the_surface_without_lying_over_each_other(tiles):
    rects = [tiles.rect_of(n) for n in range(9)]
    assert all(not a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])
    assert rects[0].topLeft() == QPoint(0, 0)
    assert rects[8].right() >= 960 - GAP
    assert [tiles.at(rect.center()) for rect in rects] == list(range(9))


def test_sizes_are_told_in_pixels_of_the_screen(tiles):
    told = []
    tiles.sized.connect(told.append)
    tiles.resize(1200, 675)
    wide, high = told[-1][0]
    assert wide == 399
    assert 224 * 2 / 3 < high < 224, "its words have the rest"
    tiles.enlarge(4)
    assert told[-1][4][0] == 1200
    assert 600 < told[-1][4][1] < 675


def test_a_click_chooses_a_tile_and_presses_it(tiles):
    pressed = []
    tiles.pressed.connect(pressed.append)
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles.rect_of(5).center())
    assert pressed == [5]
    assert tiles.current == 5


def test_arrows_go_to_the_next_tile_and_return_presses_it(tiles):
    pressed = []
    tiles.pressed.connect(pressed.append)
    tiles.choose(4)
    for key, wanted in ((Qt.Key.Key_Right, 5), (Qt.Key.Key_Down, 8), (Qt.Key.Key_Left, 7),
                        (Qt.Key.Key_Up, 4)):  # fmt: skip
        QTest.keyClick(tiles, key)
        assert tiles.current == wanted
    QTest.keyClick(tiles, Qt.Key.Key_Return)
    assert pressed == [4]


def test_escape_asks_to_step_out(tiles, qtbot):
    with qtbot.waitSignal(tiles.left):
        QTest.keyClick(tiles, Qt.Key.Key_Escape)


def wheel(tiles, number, by):
    at = QPointF(tiles.rect_of(number).center())
    event = QWheelEvent(
        at, tiles.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    tiles.wheelEvent(event)


def test_the_wheel_zooms_into_one_tile_within_bounds_and_a_pull_moves_the_picture(tiles):
    for _ in range(30):
        wheel(tiles, 4, 120)
    assert tiles.zoom_of(4) == ZOOM_MOST
    assert tiles.zoom_of(3) == 1.0
    before = tiles._picture(4).part
    centre = tiles.rect_of(4).center()
    QTest.mousePress(tiles, Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseMove(tiles, centre + QPoint(60, 0))
    tiles._pull(4, centre + QPoint(60, 0))
    QTest.mouseRelease(tiles, Qt.MouseButton.LeftButton, pos=centre + QPoint(60, 0))
    assert tiles._picture(4).part.x() < before.x()
    for _ in range(40):
        wheel(tiles, 4, -120)
    assert tiles.zoom_of(4) == 1.0
    assert tiles._picture(4).part.width() == 320


def test_keys_zoom_the_tile_that_is_chosen(tiles):
    tiles.choose(2)
    QTest.keyClick(tiles, Qt.Key.Key_Plus)
    QTest.keyClick(tiles, Qt.Key.Key_Equal)
    assert tiles.zoom_of(2) > 1.5
    for _ in range(3):
        QTest.keyClick(tiles, Qt.Key.Key_Minus)
    assert tiles.zoom_of(2) == 1.0


def test_a_camera_that_is_let_go_over_a_tile_is_told_with_where_it_came_from(tiles):
    told = []
    tiles.dropped.connect(lambda *words: told.append(words))
    for said in (b"cam7 2", b"cam7"):
        mime = QMimeData()
        mime.setData(MIME, said)
        tiles.dropEvent(QDropEvent(
            QPointF(tiles.rect_of(6).center()), Qt.DropAction.MoveAction, mime,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        ))  # fmt: skip
    assert told == [(6, "cam7", 2), (6, "cam7", -1)]


def test_one_enlarged_tile_covers_all_others(tiles):
    tiles.enlarge(2)
    assert tiles.rect_of(2) == tiles.rect()
    assert tiles.at(QPoint(5, 5)) == 2
    image = tiles.grab().toImage()
    assert image.pixelColor(480, 100).blue() > 150


def test_new_pictures_are_painted(tiles):
    tiles.show_fresh([1])
    tiles.show_fresh(list(range(9)))
    image = tiles.grab().toImage()
    ratio = image.devicePixelRatio()
    for number in (0, 8):
        at = tiles.rect_of(number).center() * ratio
        assert (image.pixelColor(at).blue() > 150) == (number < 8)


def test_a_picture_s_surround_is_dark_by_day_too(tiles, outfit):
    from ui.kit import theme  # noqa: PLC0415

    outfit.look.wear(theme.read("day"))
    image = tiles.grab().toImage()
    corner = tiles.rect_of(8).bottomLeft() * image.devicePixelRatio()
    assert image.pixelColor(corner.x() + 3, corner.y() - 3).lightness() < 80


class Changing:
    """Tiles whose one picture and words a test changes; ``asked``: how often for its words."""

    def __init__(self, outfit, qtbot):
        self.pixels, self.words, self.asked = PIXELS, "一号", 0
        self.more = {}
        self.tiles = Tiles(
            outfit.look, lambda _n: (memoryview(self.pixels), 320, 180), self._face,
            lambda _n: "", str,
        )  # fmt: skip
        qtbot.addWidget(self.tiles)
        self.tiles.resize(320, 180)
        self.tiles.lay_out((Cell(x=0, y=0, width=1, height=1),))
        self.tiles.show()
        qtbot.waitExposed(self.tiles)
        qtbot.waitUntil(lambda: bool(self.tiles._drawn))

    def _face(self, number):
        self.asked += 1
        return Face(name=self.words, standing=Standing.LIVE, **self.more)

    def seen(self):
        return self.tiles.backingStore().paintDevice().copy()


def test_a_new_picture_leaves_the_words_and_the_frame_as_they_are_painted(outfit, qtbot):
    wall = Changing(outfit, qtbot)
    before, asked = wall.seen(), wall.asked
    wall.pixels = OTHERS
    wall.tiles.show_fresh([0])
    qtbot.waitUntil(lambda: wall.seen().pixelColor(160, 40).red() > 150)
    after = wall.seen()
    assert wall.asked == asked
    assert after.pixelColor(0, 0) == before.pixelColor(0, 0)
    wall.tiles.repaint()
    assert wall.seen() == after, "as if all of it were painted anew"
    assert wall.asked == asked + 1


def test_words_that_take_another_line_leave_the_picture_less_room_and_that_is_told(outfit, qtbot):
    wall = Changing(outfit, qtbot)
    told = []
    wall.tiles.sized.connect(told.append)
    before = wall.tiles.room_of(0).height()
    wall.more = {"above": "燃气泄漏"}
    wall.tiles.repaint()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [{0: (320, wall.tiles.room_of(0).height())}]
    assert told[0][0][1] < before
    wall.tiles.repaint()
    qtbot.wait(0)
    assert len(told) == 1


def test_words_that_nobody_told_of_are_asked_for_now_and_then(outfit, qtbot):
    wall = Changing(outfit, qtbot)
    before, asked = wall.seen(), wall.asked
    wall.words = "二号机位"
    for n in range(WHOLE_EVERY):
        wall.tiles.show_fresh([0])
        assert wall.asked == asked, n
    qtbot.waitUntil(lambda: wall.asked > asked)
    assert wall.seen() != before


def test_a_picture_of_another_size_is_painted_with_all_around_it(outfit, qtbot):
    wall = Changing(outfit, qtbot)
    wall.tiles._pixels = lambda _n: (memoryview(OTHERS)[: 160 * 180 * 4], 160, 180)
    wall.tiles.show_fresh([0])
    qtbot.waitUntil(lambda: wall.seen().pixelColor(160, 40).red() > 150)
    qtbot.waitUntil(lambda: wall.seen().pixelColor(40, 40).lightness() < 60)


def at_once(wall, pixels):
    """Give what is seen once a picture has come."""
    wall.tiles._pixels = lambda _n: pixels
    wall.tiles.show_fresh([0])
    return wall.seen().pixelColor(160, 40).getRgb()[:3]


def test_each_picture_of_a_stream_is_seen_and_what_comes_after_it_is_not_mixed_in(outfit, qtbot):
    wall, numbers = Changing(outfit, qtbot), Board(plain(Board.size()))
    numbers.clear(0)
    slot = Slot(numbers, 0, plain(Slot.bytes_for(320 * 180)))
    for value in (90, 120, 150, 180, 210, 240, 100):
        slot.write(np.full((180, 320 * 4), value, np.uint8), 320, 180)
        shown = slot.picture()
        assert at_once(wall, shown) == (value,) * 3
        held = wall.seen()
        for later in (1, 2, 3):
            slot.write(np.full((180, 320 * 4), later, np.uint8), 320, 180)
        wall.tiles._pixels = lambda _n, shown=shown: shown
        wall.tiles.repaint()
        assert wall.seen() == held, "painted again, it is whole"


def test_a_tile_follows_its_stream_into_other_memory_and_another_size(outfit, qtbot):
    wall, numbers = Changing(outfit, qtbot), Board(plain(Board.size()))
    for number, value in enumerate((90, 150, 210)):
        numbers.clear(number)
        slot = Slot(numbers, number, plain(Slot.bytes_for(320 * 180)))
        for width, height, grey in ((320, 180, value), (160, 90, value + 9), (318, 178, value + 5)):
            slot.write(np.full((height, width * 4), grey, np.uint8), width, height)
            at_once(wall, slot.picture())
            qtbot.waitUntil(lambda grey=grey: wall.seen().pixelColor(160, 40).red() == grey)


def test_a_tile_that_is_painted_whole_each_time_leaves_its_neighbour_alone(outfit, qtbot):
    tiles = Tiles(
        outfit.look, lambda _n: (memoryview(PIXELS), 320, 180),
        lambda n: Face(name=f"{n}", standing=Standing.LIVE, figures="15" if n else ""), str, str,
    )  # fmt: skip
    qtbot.addWidget(tiles)
    tiles.resize(642, 180)
    tiles.lay_out([Cell(x=n / 2, y=0, width=0.5, height=1) for n in range(2)])
    tiles.show()
    qtbot.waitUntil(lambda: len(tiles._drawn) == 2)
    QTest.qWait(50)  # whatever else showing it has brought about is painted
    before = dict(tiles._drawn)
    tiles.show_fresh([0, 1])
    qtbot.waitUntil(lambda: tiles._drawn[1] is not before[1])
    assert tiles._drawn[0] is before[0]


def test_a_tile_that_is_drawn_otherwise_takes_its_new_pictures_where_it_is_now(outfit, qtbot):
    wall = Changing(outfit, qtbot)
    wall.tiles.show_fresh([0])
    wall.tiles.resize(400, 300)
    wall.tiles.repaint()
    wall.pixels = OTHERS
    wall.tiles.show_fresh([0])
    after = wall.seen()
    assert after.pixelColor(200, 100).red() > 150
    wall.tiles.repaint()
    assert wall.seen() == after, "as if all of it were painted anew"

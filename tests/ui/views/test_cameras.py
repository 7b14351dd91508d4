"""The tree shows cameras by jurisdiction, finds them as one types, marks the lost ones."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.pictures import eye
from ui.kit.tiles import MIME
from ui.models.catalogue import Catalogue
from ui.views.cameras import ID, CameraTree


@pytest.fixture
def catalogue(seat):
    made = Catalogue(seat.core)
    made.take(
        [eye("a", name="云芷路口"), eye("b", name="白露卡口", type="gate", district="320104")]
    )
    return made


@pytest.fixture
def tree(catalogue, outfit, seat, qtbot):
    made = CameraTree(catalogue, outfit, seat.core.names)
    qtbot.addWidget(made)
    made.show()
    return made


def words(tree):
    return [tree.tree.topLevelItem(n).text(0) for n in range(tree.tree.topLevelItemCount())]


def test_groups_are_filled_when_they_are_opened(tree):
    assert words(tree) == ["玄武区  1", "秦淮区  1"]
    group = tree.tree.topLevelItem(1)
    assert group.childCount() == 0
    group.setExpanded(True)
    sort = group.child(0)
    assert sort.text(0) == "卡口  1"
    assert sort.child(0).data(0, ID) == "b"


def test_typing_finds_cameras_with_their_place(tree):
    tree.search.setText("bl")
    assert words(tree) == ["白露卡口  秦淮区"]


def test_favourites_stand_first(tree, catalogue):
    catalogue.favour("b")
    tree.rebuild()
    assert words(tree)[0] == "收藏  1"


def test_a_camera_that_is_opened_asks_for_the_wall(tree, qtbot):
    tree.search.setText("云芷")
    with qtbot.waitSignal(tree.asked) as asked:
        tree.tree.itemActivated.emit(tree.tree.topLevelItem(0), 0)
    assert asked.args == ["wall.show a"]


def test_a_camera_is_dragged_as_such_and_a_group_is_not(tree):
    group = tree.tree.topLevelItem(0)
    assert not group.flags() & Qt.ItemFlag.ItemIsDragEnabled
    tree.search.setText("云芷")
    mime = tree.tree.mimeData([tree.tree.topLevelItem(0)])
    assert bytes(mime.data(MIME).data()) == b"a"


def test_a_lost_camera_is_marked(tree, outfit):
    tree.search.setText("云芷")
    tree.show_health({"a": False})
    colour = tree.tree.topLevelItem(0).foreground(0).color()
    assert colour == outfit.look.theme.colour("lost")


def test_an_empty_catalogue_says_what_to_do(tree, catalogue):
    catalogue.take([])
    tree.rebuild()
    assert not tree.tree.isVisible()
    assert tree._empty.isVisible()


def test_a_figure_sends_the_chosen_camera_to_the_tile_of_that_number(tree, qtbot):
    tree.search.setText("云芷")
    tree.tree.setCurrentItem(tree.tree.topLevelItem(0))
    with qtbot.waitSignal(tree.asked) as asked:
        qtbot.keyClick(tree.tree, Qt.Key.Key_3)
    assert asked.args == ["wall.show a 3"]

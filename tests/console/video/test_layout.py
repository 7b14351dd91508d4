"""Layouts are read from files: grids with spans fill the wall, and what is wrong is named."""

import tomllib

import pytest

from console.base.errors import BadData
from console.video import layout
from console.video.layout import Layout, read_layouts


@pytest.mark.parametrize("found", read_layouts().values(), ids=lambda each: each.name)
def test_tiles_fill_the_wall_and_do_not_lie_over_each_other(found: Layout):
    assert sum(c.width * c.height for c in found.cells) == pytest.approx(1.0, abs=0.001)
    for n, one in enumerate(found.cells):
        for other in found.cells[n + 1 :]:
            apart = (
                one.x + one.width <= other.x + 1e-9 or other.x + other.width <= one.x + 1e-9
                or one.y + one.height <= other.y + 1e-9 or other.y + other.height <= one.y + 1e-9
            )  # fmt: skip
            assert apart


def test_there_is_a_wall_of_36_with_all_roles():
    found = next(each for each in read_layouts().values() if len(each.cells) == 36)
    assert {cell.role for cell in found.cells} == {"plain", "spot", "alarm", "carousel"}
    assert found.dwell_s > 0
    assert len(found.of_role("alarm")) == 6


WRONG = {
    "over": "number = 1\ncolumns = 2\nrows = 2\n[[tile]]\nat = [0, 0]\nspan = [2, 1]\n"
            "[[tile]]\nat = [1, 0]\n",
    "out": "number = 1\ncolumns = 2\nrows = 2\n[[tile]]\nat = [2, 0]\n",
    "free": "number = 1\n[[tile]]\nfree = [0.5, 0.0, 0.6, 1.0]\n",
    "none": "number = 1\n",
    "role": 'number = 1\ncolumns = 1\nrows = 1\n[[tile]]\nrole = "spots"\n',
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_a_layout_that_cannot_be_is_refused(words, tmp_path, monkeypatch):
    file = tmp_path / "wrong.toml"
    file.write_text(words)
    monkeypatch.setattr(layout.resources, "names", lambda _folder: ["layouts/wrong.toml"])
    monkeypatch.setattr(layout.resources, "path", lambda _file: file)
    monkeypatch.setattr(layout.resources, "table", lambda _file: _table(words))
    with pytest.raises(BadData):
        read_layouts()


def _table(words):
    return tomllib.loads(words)


def test_two_layouts_with_one_number_are_refused(tmp_path, monkeypatch):
    words = "number = 1\ncolumns = 1\nrows = 1\n"
    file = tmp_path / "same.toml"
    file.write_text(words)
    both = ["layouts/a.toml", "layouts/b.toml"]
    monkeypatch.setattr(layout.resources, "names", lambda _folder: both)
    monkeypatch.setattr(layout.resources, "path", lambda _file: file)
    monkeypatch.setattr(layout.resources, "table", lambda _file: _table(words))
    with pytest.raises(BadData, match="same number"):
        read_layouts()

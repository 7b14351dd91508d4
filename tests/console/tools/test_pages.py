"""Page files are checked on the command line: each fault with its file, line and key."""

import pytest

from console.__main__ import main
from console.base import resources
from console.domain.page import NEEDS, Page, Tile


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def say(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    return say


def test_the_pages_that_come_with_the_program_are_right(run):
    assert run("pages", "check") == (0, "页面文件全部正确\n")
    status, said = run("pages", "list")
    assert status == 0
    assert len(said.splitlines()) == len(resources.names("pages")) >= 9


def test_every_wrong_file_is_told_not_just_the_first(run, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    words = resources.path("pages/30_hotline.toml").read_text("utf-8")
    (folder / "a.toml").write_text(words.replace('draw = "bars"', 'draw = "cake"'), "utf-8")
    (folder / "b.toml").write_text(words.replace("DMHL.rec_acc", "DMHL.nothing"), "utf-8")
    (folder / "c.toml").write_text("key =", "utf-8")
    status, said = run("pages", "check", str(folder))
    assert status == 1
    lines = said.splitlines()
    assert lines[0].startswith("a.toml: line ")
    assert "tile[0].draw" in lines[0]
    assert lines[1].startswith("b.toml: line ")
    assert "DMHL.nothing" in lines[1]
    assert lines[2].startswith("c.toml: ")
    assert "3" in lines[3]


def test_two_pages_of_one_key_and_an_empty_folder_are_told(run, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    assert run("pages", "check", str(folder))[0] == 1
    words = resources.path("pages/30_hotline.toml").read_text("utf-8")
    for name in ("a", "b"):
        (folder / f"{name}.toml").write_text(words, "utf-8")
    status, said = run("pages", "check", str(folder))
    assert (status, "hotline" in said) == (1, True)


def test_a_line_that_is_wrong_says_how(run):
    assert run("pages", "paint")[0] == 2


GUIDES = [resources.path(f"docs/{language}/pages.md") for language in ("zh_CN", "en")]
EXAMPLE = resources.path("docs/page.toml")


def test_the_example_of_the_guide_is_a_right_page(run, tmp_path):
    (tmp_path / "45_gas.toml").write_bytes(EXAMPLE.read_bytes())
    assert run("pages", "check", str(tmp_path)) == (0, "页面文件全部正确\n")


@pytest.mark.parametrize("guide", GUIDES, ids=["zh_CN", "en"])
def test_the_guide_tells_of_every_key_and_every_way_of_drawing(guide):
    words = guide.read_text("utf-8")
    assert "docs/page.toml" in words
    assert all(f"`{draw}`" in words for draw in NEEDS)
    for struct in (Page, Tile):
        told = [name for name in struct.__struct_fields__ if name != "tile"]
        assert all(f"`{name}`" in words for name in told), struct

"""Data files are found by their names; one that cannot be read is named with its place."""

import pytest

from console.base import resources
from console.base.errors import BadData


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    (tmp_path / "resources" / "parts").mkdir(parents=True)
    return tmp_path / "resources" / "parts"


def test_files_are_named_in_order_and_by_their_suffix(root):
    for name in ("b.toml", "a.toml", "c.svg"):
        (root / name).write_text("")
    assert resources.names("parts") == ["parts/a.toml", "parts/b.toml"]
    assert resources.names("parts", ".svg") == ["parts/c.svg"]


def test_a_table_is_read_by_its_name(root):
    (root / "a.toml").write_text('word = "水务"', "utf-8")
    assert resources.table("parts/a.toml") == {"word": "水务"}


def test_what_is_no_toml_is_named_with_its_line(root):
    (root / "a.toml").write_text("good = 1\nbad = = 2\n")
    with pytest.raises(BadData) as caught:
        resources.table("parts/a.toml")
    assert caught.value.file == "parts/a.toml"
    assert caught.value.where.startswith("line 2")
    assert "(at" not in caught.value.why


def test_what_is_not_utf_8_is_bad_data(root):
    (root / "a.toml").write_bytes('word = "水务"'.encode("gb18030"))
    with pytest.raises(BadData, match=r"parts/a\.toml"):
        resources.table("parts/a.toml")


def test_what_is_not_there_is_bad_data(root):
    with pytest.raises(BadData):
        resources.table("parts/none.toml")
    with pytest.raises(BadData):
        resources.names("none")

"""A package is plain MBTiles with parts of ours beside it; what is not one is named."""

import sqlite3
import threading

import pytest

from console.base.errors import BadData
from console.maps.package import About, Package, write

ABOUT = About(
    "小城", "试验", "2026-11-03", "pbf", 8, 13, (118.7, 32.0, 118.75, 32.05), schematic=True,
    licence="CC0",
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "maps" / "town.mbtiles"
    write(made, ABOUT, [((8, 212, 104), b"one"), ((9, 425, 208), b"two")], {"roads": b"R"})
    return made


def test_a_package_says_what_it_was_told(file):
    held = Package(file)
    assert held.about == ABOUT
    assert held.tiles() == {8: 1, 9: 1}
    assert held.tile((8, 212, 104)) == b"one"
    assert held.tile((8, 0, 0)) is None
    assert (held.part("roads"), held.part("places")) == (b"R", None)
    held.close()


def test_rows_count_from_the_south_as_mbtiles_says(file):
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT tile_row FROM tiles WHERE zoom_level=8").fetchone() == (151,)
    base.close()


def test_each_thread_reads_for_itself(file):
    held, found = Package(file), []
    threads = [
        threading.Thread(target=lambda: found.append(held.tile((9, 425, 208)))) for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [b"two"] * 4
    held.close()


def test_a_building_that_stops_halfway_leaves_what_was_there(file):
    def breaks():
        yield (8, 0, 0), b"x"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write(file, ABOUT, breaks(), {})
    assert Package(file).tile((8, 212, 104)) == b"one"


def test_plain_mbtiles_has_no_parts(tmp_path):
    plain = tmp_path / "plain.mbtiles"
    with sqlite3.connect(plain) as base:
        base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        base.execute("INSERT INTO metadata VALUES ('format', 'jpeg')")
    base.close()
    held = Package(plain)
    assert (held.about.form, held.about.name, held.part("roads")) == ("jpg", "plain", None)


@pytest.mark.parametrize("rows", [[], [("format", "svg")], [("format", "png"), ("bounds", "west")]])
def test_a_package_that_does_not_say_what_it_is_is_named(tmp_path, rows):
    odd = tmp_path / "odd.mbtiles"
    with sqlite3.connect(odd) as base:
        base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        base.executemany("INSERT INTO metadata VALUES (?, ?)", rows)
    base.close()
    with pytest.raises(BadData) as wrong:
        Package(odd)
    assert wrong.value.file == str(odd)


def test_what_is_no_database_is_named(tmp_path):
    odd = tmp_path / "odd.mbtiles"
    odd.write_bytes(b"hello")
    with pytest.raises(BadData, match="odd"):
        Package(odd)

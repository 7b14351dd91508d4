"""Tiles are kept on disk, the least used go when there is too much, a spoilt file is begun anew."""

from console.maps.cache import EACH, TileCache


def test_a_tile_comes_back_with_its_time(tmp_path):
    held = TileCache(tmp_path / "a" / "tiles.db")
    held.put((3, 1, 2), b"tile", 100)
    assert held.get((3, 1, 2), 200) == (b"tile", 100)
    assert held.get((3, 2, 1), 200) is None
    held.close()
    again = TileCache(tmp_path / "a" / "tiles.db")
    assert again.get((3, 1, 2), 300) == (b"tile", 100)
    again.close()


def test_there_is_never_much_more_than_it_may_hold(tmp_path):
    held = TileCache(tmp_path / "tiles.db", most_bytes=50_000)
    for n in range(EACH):
        held.put((10, n, 0), b"x" * 1_000, n)
        held.get((10, 0, 0), n)
    assert held.bytes() <= 50_000
    assert held.get((10, 0, 0), 999) is not None
    assert held.get((10, 1, 0), 999) is None
    held.close()


def test_a_spoilt_file_is_begun_anew(tmp_path):
    (tmp_path / "tiles.db").write_bytes(b"no database at all" * 100)
    held = TileCache(tmp_path / "tiles.db")
    held.put((1, 1, 1), b"tile", 1)
    assert held.get((1, 1, 1), 2) == (b"tile", 1)
    held.close()

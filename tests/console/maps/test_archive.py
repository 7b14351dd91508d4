"""PMTiles archives are read as they lie; what is none is named."""

import gzip

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from console.base.errors import BadData
from console.maps.archive import Archive


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "town.pmtiles"
    with made.open("wb") as out:
        writer = Writer(out)
        writer.write_tile(zxy_to_tileid(8, 212, 104), gzip.compress(b"tile"))
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
            "min_zoom": 8, "max_zoom": 8, "min_lon_e7": 1187000000, "min_lat_e7": 320000000,
            "max_lon_e7": 1188000000, "max_lat_e7": 321000000, "center_zoom": 8,
            "center_lon_e7": 1187500000, "center_lat_e7": 320500000,
        }  # fmt: skip
        writer.finalize(header, {"name": "小城", "version": "2026-11-03", "attribution": "谁"})
    return made


def test_an_archive_is_read(file):
    held = Archive(file)
    about = held.about
    assert (about.name, about.date, about.source, about.form) == ("小城", "2026-11-03", "谁", "pbf")
    assert about.bounds == (118.7, 32.0, 118.8, 32.1)
    body = held.tile((8, 212, 104))
    assert body is not None
    assert gzip.decompress(body) == b"tile"
    assert held.tile((8, 1, 1)) is None
    assert held.tile((8, 999, 1)) is None
    held.close()


@pytest.mark.parametrize("body", [b"", b"PMTiles", b"x" * 200])
def test_what_is_no_archive_is_named(tmp_path, body):
    odd = tmp_path / "odd.pmtiles"
    odd.write_bytes(body)
    with pytest.raises(BadData, match="odd"):
        Archive(odd)

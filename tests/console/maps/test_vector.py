"""Vector tiles come back as they were, and a foreign or spoilt one does no harm."""

import gzip
from itertools import pairwise

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.maps.vector import EXTENT, BadTile, Label, Shape, Tile, decode, encode

POINT = st.tuples(st.integers(-100, EXTENT + 100), st.integers(-100, EXTENT + 100))
LINE = st.lists(POINT, min_size=2, max_size=9).filter(
    lambda line: all(a != b for a, b in pairwise(line))
)


def shape(lines, kind="road", sort="local", area=False):
    xy = np.array([p for line in lines for p in line], np.float32) / EXTENT
    starts = np.cumsum([0, *(len(line) for line in lines)])[:-1]
    return Shape(kind, sort, area, xy, starts.astype(np.int64))


@given(st.lists(LINE, min_size=1, max_size=6))
def test_lines_come_back(lines):
    back = decode(encode(Tile((shape(lines),)))).shapes[0]
    assert (back.kind, back.sort, back.area) == ("road", "local", False)
    assert (back.xy * EXTENT).round().astype(int).tolist() == [list(p) for ln in lines for p in ln]
    assert back.starts.tolist() == np.cumsum([0, *(len(x) for x in lines)])[:-1].tolist()


def test_areas_keep_their_rings_and_labels_their_words():
    ring = [(0, 0), (4096, 0), (4096, 4096), (0, 0)]
    label = Label("玄武湖", "water", "", 0.25, 0.5, -30, 2)
    tile = decode(encode(Tile((shape([ring, ring], "water", "", area=True),), (label,))))
    assert tile.shapes[0].area
    assert tile.shapes[0].starts.tolist() == [0, 3]
    assert tile.labels == (label,)


def test_others_can_read_our_tiles():
    body = encode(Tile((shape([[(0, 0), (8192, 8192)]]),)))
    read = mapbox_vector_tile.decode(gzip.decompress(body))
    assert read["road"]["features"][0]["properties"] == {"sort": "local"}
    assert read["road"]["extent"] == EXTENT


def test_we_can_read_the_tiles_of_others():
    body = mapbox_vector_tile.encode(
        [
            {
                "name": "transportation",
                "features": [
                    {"geometry": "LINESTRING (0 0, 100 100)", "properties": {"class": "minor"}}
                ],
            },
            {"name": "place", "features": [
                {"geometry": "POINT (2048 1024)", "properties": {"name": "A", "name:zh": "甲"}}
            ]},
        ],
        default_options={"y_coord_down": True},
    )  # fmt: skip
    tile = decode(body)
    assert [(s.kind, s.sort) for s in tile.shapes] == [("road", "local")]
    assert [(n.text, n.kind, n.x, n.y) for n in tile.labels] == [("甲", "street", 0.5, 0.25)]


@pytest.mark.parametrize(
    "body", [b"hello", b"\x1f\x8b\x08broken", gzip.compress(b"\xff" * 90, mtime=0)]
)
def test_what_is_no_tile_is_refused(body):
    with pytest.raises(BadTile):
        decode(body)


def test_a_tile_that_unpacks_without_end_is_refused():
    with pytest.raises(BadTile, match="too large"):
        decode(gzip.compress(b"\0" * 40_000_000))


def test_an_empty_tile_shows_nothing():
    assert decode(b"") == Tile()

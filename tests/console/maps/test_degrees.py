"""The `c` matrix: where its rows lie under those of Web Mercator."""

import numpy as np
import pytest

from console.domain.datum import Cgcs2000
from console.maps.degrees import SIDE, matrix_of, rows_under
from console.maps.mercator import world


@pytest.mark.parametrize(
    ("address", "matrix"),
    [
        ("http://t{s}.tianditu.gov.cn/vec_w/wmts?TILEMATRIXSET=w&TILEMATRIX={z}&tk={key}", "w"),
        ("http://t{s}.tianditu.gov.cn/vec_c/wmts?TILEMATRIXSET=c&TILEMATRIX={z}&tk={key}", "c"),
        ("http://t0.tianditu.gov.cn/img_c/wmts?layer=img&tileMatrixSet=c&tk={key}", "c"),
        ("http://tiles.city/{z}/{x}/{y}.png", "w"),
    ],
)
def test_an_address_says_its_matrix(address, matrix):
    assert matrix_of(address) == matrix


@pytest.mark.parametrize("zoom", [1, 4, 10, 15, 18])
@pytest.mark.parametrize("lat", [-60.0, 0.3, 31.9, 32.04, 60.0])
def test_each_row_of_pixels_is_found_where_its_latitude_is(zoom, lat):
    y = float(world(Cgcs2000.of(118.8, lat))[1])
    row = int(y * 2**zoom)
    rows = rows_under((zoom, 0, row))
    assert rows.many in (1, 2, 3)
    assert (np.diff(rows.at) > 0).all()
    # The row of pixels that the latitude falls in, in one matrix and in the other.
    n = int((y * 2**zoom - row) * SIDE)
    wanted = (90 - lat) / 360 * 2**zoom * SIDE
    assert rows.first * SIDE + rows.at[n] == pytest.approx(wanted, abs=1.5)


def test_the_whole_world_at_its_first_zoom_is_one_row_of_two_tiles():
    top, foot = rows_under((1, 0, 0)), rows_under((1, 0, 1))
    assert (top.first, top.many, foot.first, foot.many) == (0, 1, 0, 1)
    assert top.at[-1] < SIDE / 2 < foot.at[0]

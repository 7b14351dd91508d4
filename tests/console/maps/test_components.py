"""Components on disk: what a view shows is found by its cells, and a spoilt file is told."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.base.errors import BadData
from console.maps.components import MAGIC, Component, Components
from console.maps.stocktaking import write

WEST, SOUTH = 118.70, 32.00


def made(lon, lat, n=0, **more):
    said = {"name": f"{n % 3}号路路灯", "owner": "城管局", "state": "完好", **more}
    return Component(f"32010201037{n:06d}", "01037", said["name"], lon, lat, said["owner"],
                     said["state"])  # fmt: skip


def stock(tmp_path, some):
    file = tmp_path / "a.components"
    write(file, some, "普查", "2026-11-03")
    return Components(file)


def scattered(count=2_000):
    dice = np.random.default_rng(5)
    lon, lat = WEST + dice.random(count) * 0.2, SOUTH + dice.random(count) * 0.1
    return [
        made(round(x, 7), round(y, 7), n) for n, (x, y) in enumerate(zip(lon, lat, strict=True))
    ]


@pytest.fixture
def held(tmp_path):
    return stock(tmp_path, scattered())


def test_a_view_gives_what_stands_in_it(held):
    box = (118.75, 32.03, 118.83, 32.06)
    cut = held.within(box, 10_000)
    wanted = {
        c.code for c in scattered() if box[0] <= c.lon <= box[2] and box[1] <= c.lat <= box[3]
    }
    assert {held.code(n) for n in cut.numbers.tolist()} == wanted
    assert cut.whole == len(wanted)


@given(box=st.tuples(*[st.floats(-0.05, 0.25)] * 4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_box_gives_what_looking_at_every_one_gives(held, box):
    west, east = sorted((WEST + box[0], WEST + box[1]))
    south, north = sorted((SOUTH + box[2], SOUTH + box[3]))
    cut, every = held.within((west, south, east, north), 9_999), held.within((0, 0, 180, 85), 9_999)
    lon, lat, edge = every.points.lon, every.points.lat, 1e-7
    sure = (lon > west + edge) & (lon < east - edge) & (lat > south + edge) & (lat < north - edge)
    near = (lon > west - edge) & (lon < east + edge) & (lat > south - edge) & (lat < north + edge)
    assert set(every.numbers[sure]) <= set(cut.numbers) <= set(every.numbers[near])


def test_more_than_asked_for_are_thinned_and_the_whole_is_told(held):
    cut = held.within((118, 31, 120, 33), 100)
    assert len(cut.numbers) == 100
    assert cut.whole == 2_000


def test_one_is_found_by_its_code_whole_or_its_beginning(held):
    first = scattered()[7]
    assert held.one(held.number(first.code)) == first
    assert held.number("32010201037") == -1
    assert [c.code for c in held.find("3201020103700000", 5)] == [
        f"3201020103700000{n}" for n in range(5)
    ]


def test_one_is_found_by_a_part_of_its_name(held):
    found = held.find("1号路", 30)
    assert len(found) == 30
    assert {c.name for c in found} == {"1号路路灯"}
    assert held.find("没有这样的", 5) == []
    assert held.find("  ", 5) == []


def test_no_component_at_all_is_no_fault(tmp_path):
    held = stock(tmp_path, [])
    assert len(held) == 0
    assert held.within((118, 31, 120, 33), 10).whole == 0
    assert held.find("路灯") == []


@pytest.mark.parametrize("spoil", [
    lambda body: b"",
    lambda body: b"PK" + body,
    lambda body: body[: len(body) // 2],
    lambda body: body[:16] + b"\xff" * 40 + body[56:],
    lambda body: MAGIC + (1 << 40).to_bytes(8, "little") + body[16:],
])  # fmt: skip
def test_a_spoilt_file_is_named(tmp_path, held, spoil):
    file = tmp_path / "spoilt.components"
    file.write_bytes(spoil(held.file.read_bytes()))
    with pytest.raises(BadData) as told:
        Components(file)
    assert "spoilt.components" in str(told.value)


def test_numbers_that_point_at_nothing_are_told(tmp_path, held):
    _, at, count = held.head.arrays["sort"]
    body = bytearray(held.file.read_bytes())
    body[at : at + 2 * count] = b"\xff\xff" * count
    file = tmp_path / "wild.components"
    file.write_bytes(bytes(body))
    with pytest.raises(BadData, match="sort"):
        Components(file)

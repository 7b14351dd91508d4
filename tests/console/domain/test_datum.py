"""Coordinates know their reference system, and come back from each to a centimetre."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import datum
from console.domain.datum import Bd09, Cgcs2000, Gcj02
from tests.drivers import ROOT

CENTIMETRE = 0.01
LON, LAT = st.floats(74, 134), st.floats(4, 53)


@given(LON, LAT)
def test_gcj02_comes_back_to_a_centimetre(lon, lat):
    here = Cgcs2000.of(lon, lat)
    assert datum.metres(here, datum.from_gcj02(datum.to_gcj02(here))) < CENTIMETRE


@given(LON, LAT)
def test_bd09_comes_back_to_a_centimetre(lon, lat):
    there = Gcj02.of(lon, lat)
    back = datum.from_bd09(datum.to_bd09(there))
    assert datum.metres(Cgcs2000.of(lon, lat), Cgcs2000(back.lon, back.lat)) < CENTIMETRE


@given(LON, LAT, st.sampled_from(datum.NAMES))
def test_what_goes_out_at_the_door_comes_in_again(lon, lat, crs):
    here = Cgcs2000.of(lon, lat)
    assert datum.metres(here, datum.enter(*datum.leave(here, crs), crs)) < CENTIMETRE


def test_gcj02_lies_half_a_kilometre_beside_nanjing():
    here = Cgcs2000.of(118.73163, 32.037067)
    lon, lat = datum.to_gcj02(here).one
    assert (lon, lat) == pytest.approx((118.736849, 32.035032), abs=5e-6)
    assert 500 < datum.metres(here, Cgcs2000.of(lon, lat)) < 600


def test_outside_china_gcj02_is_wgs84():
    assert datum.to_gcj02(Cgcs2000.of(2.35, 48.86)).one == (2.35, 48.86)


def test_many_points_at_once_are_each_as_alone():
    lon, lat = np.linspace(118.3, 119.2, 50), np.linspace(31.2, 32.6, 50)
    many = datum.from_bd09(Bd09.of(lon, lat))
    alone = [datum.from_bd09(Bd09.of(x, y)).one for x, y in zip(lon, lat, strict=True)]
    assert np.array(list(many)) == pytest.approx(np.array(alone), abs=1e-10)
    assert len(many[many.lon > 119]) < len(many)


@pytest.mark.parametrize("said", ["gcj02", "GCJ-02", "gcj_02"])
def test_a_system_may_be_written_in_several_ways(said):
    assert datum.named(said) == "GCJ-02"


def test_an_unknown_system_is_named():
    with pytest.raises(datum.UnknownDatum) as wrong:
        datum.enter(118, 32, "xian80")
    assert wrong.value.said == "xian80"


def test_mixing_systems_is_a_type_error(tmp_path):
    probe = tmp_path / "mixed.py"
    probe.write_text(
        "from console.domain.datum import Cgcs2000, Gcj02, metres, to_gcj02\n"
        "here: Cgcs2000 = Cgcs2000.of(118.8, 32.0)\n"
        "app: Gcj02 = to_gcj02(here)\n"
        "metres(here, app)\n"
    )
    line = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    said = subprocess.run([*line, str(probe)], cwd=ROOT, capture_output=True, text=True)
    assert '"errorCount": 1' in said.stdout, said.stdout
    assert "reportArgumentType" in said.stdout


def test_a_system_may_be_named_by_its_number_and_goes_out_with_it():
    assert datum.named("epsg:4490") == datum.CGCS2000
    assert datum.labelled("cgcs2000") == "CGCS2000 EPSG:4490"
    assert datum.labelled("gcj02") == "GCJ-02"

"""What the city has goes in by the doors that each scene declares, over real HTTP."""

from collections import defaultdict

import pytest

from console.central.centre_line import CentreLine
from console.central.life.courier import Courier
from console.central.life.people import iso
from console.central.life.script import read_script
from console.central.life.simulate import account
from console.domain.access import system
from console.domain.reading import Reading
from console.domain.record import Incident
from console.wire import PostedReport, record_of
from tests.centre_driver import running_centre


@pytest.fixture
def running(tmp_path):
    with running_centre(tmp_path / "centre") as served:
        yield served


@pytest.fixture
def courier(running):
    centre = running.built.centre
    line = CentreLine(running.url, *account(running.built))
    line.sign_in()
    return Courier(line, centre.place, read_script().sheet)


def told(centre, scene: str, n: int, **more) -> PostedReport:
    """Give a report of a scene's mildest type, by a source that every form can tell."""
    kinds = [t for t in centre.place.scenes[scene].types if t.level == "routine"]
    kind = more.pop("type", kinds[0].code)
    district = next(iter(centre.place.city.districts.values()))
    return PostedReport(
        source="hotline", number=f"COURIER-{scene}-{n}", words="井盖松动", title="井盖松动",
        at=iso(centre.clock.now()), type=kind, district=district.code, address="一号门前",
        lon=118.79, lat=32.05, **more,
    )  # fmt: skip


def test_each_scene_is_told_by_every_door_that_it_declares_for_reports(courier, running):
    centre = running.built.centre
    courier.reports([told(centre, "EMFV", n, type="EMFV-02", level="IV") for n in range(12)])
    courier.reports([told(centre, "DMHL", n, type="DMHL-02-01") for n in range(8)])
    courier.reports([told(centre, "COSP", n, type="COSP-02") for n in range(8)])
    courier.reports([told(centre, "DMTL", n, type="DMTL-01", level="III") for n in range(8)])
    assert not courier.refused
    by = defaultdict(set)
    for scene, door in courier.by:
        by[scene].add(door)
    assert by == {
        "EMFV": {"reports", "eido", "sheet"},
        "DMHL": {"reports", "sheet"},
        "COSP": {"reports", "open311"},
        "DMTL": {"reports", "cot"},
    }
    puts = centre.snapshot(system())[1]
    made = [record_of(p.kind, p.body) for p in puts if p.kind == Incident.kind]
    hazardous = [i for i in made if isinstance(i, Incident) and i.type == "DMTL-01"]
    assert len(hazardous) == 8
    assert {(i.scene, i.level) for i in hazardous} == {("DMTL", "III")}


def test_what_is_measured_goes_as_observations_where_the_scene_takes_them(courier, running):
    centre = running.built.centre
    now = centre.clock.now()
    levels = [
        Reading(topic="indicator", of="DMSW.ponding_depth", source="甲路下穿", at=now, value=4.5,
                scope="320102", lon=118.8, lat=32.06),
        Reading(topic="indicator", of="DMSW.yangtze_nj", at=now, value=7.1, scope="*"),
        Reading(topic="indicator", of="SOPO.volume_1h", at=now, value=2.0, scope="*"),
    ]  # fmt: skip
    courier.readings(levels)
    courier.readings(levels)
    assert not courier.refused
    assert set(courier.by) == {("DMSW", "sensorthings"), ("SOPO", "readings")}


def test_an_incident_comes_of_it_in_its_scene(courier, running):
    centre = running.built.centre
    courier.reports([told(centre, "DMUM", 1)])
    puts = centre.snapshot(system())[1]
    made = [record_of(p.kind, p.body) for p in puts if p.kind == Incident.kind]
    assert [i.scene for i in made] == ["DMUM"]
    assert courier.handed == 1

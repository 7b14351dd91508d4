"""A plan is walked through for a place; steps that nobody answers for are known as such."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.city import read_city
from console.domain.record import Incident
from console.scenes.read import read_scenes
from console.scenes.rehearsal import edited, rehearse
from console.scenes.scene import Scene
from console.scenes.starting import CENTRE, read_limits

FILE = "cities/nanjing.toml"
CITY = read_city(resources.table(FILE), FILE)


@pytest.fixture(scope="module")
def scenes() -> dict[str, Scene]:
    return read_scenes(CITY)


def test_a_place_gives_its_own_departments_and_none_gives_gaps(scenes: dict[str, Scene]) -> None:
    scene = scenes["DMCG"]
    limits = read_limits(CITY)
    nowhere = rehearse(scene, scene.plans[0], CITY, limits)
    assert nowhere.gaps
    assert {d.dept for d in nowhere.given if d.step in nowhere.gaps} == {CENTRE}
    street = next(iter(CITY.streets.values()))
    incident = Incident(id="i", scope=f"{street.district}.{street.code}", lead="cgj")
    assert not rehearse(scene, scene.plans[0], CITY, limits, incident).gaps


@pytest.mark.parametrize("file", ["EMCR.toml", "/no/such/EMCR.toml", "/etc/hostname"])
def test_a_file_that_cannot_be_read_says_so(file: str) -> None:
    with pytest.raises(BadData):
        edited(file, CITY)

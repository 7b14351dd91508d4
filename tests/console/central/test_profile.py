"""Every profile is right, and puts types only under types that exist."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.central.profile import read_profile
from console.domain.city import read_city
from console.scenes.read import read_scenes
from console.scenes.scene import types_of

NAMES = [n.removeprefix("profiles/").removesuffix(".toml") for n in resources.names("profiles")]


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_names_only_types_and_sources_that_exist(name: str):
    city = read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")
    types = types_of(read_scenes(city))
    profile = read_profile(name)
    for code in profile.code:
        for under in (*code.like.values(), *((code.default,) if code.default else ())):
            assert under in types
    for value in (v for v in profile.value if v.field == "source"):
        assert {*value.map.values(), value.default} <= set(city.sources)


def test_a_profile_that_is_not_there_is_said_so():
    with pytest.raises(BadData):
        read_profile("nowhere")

"""Every camera's stream comes by one declared line, and each line carries what is declared."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.video.trunks import Way, read_trunks
from tests.ui.pictures import eye

GOOD = """[[trunk]]
id = "yard"
name = "大院"
name_en = "Yard"
kbits = 9000
hosts = ["10.0.0.9"]
districts = ["320102"]
[[trunk]]
id = "rest"
name = "其余"
name_en = "Rest"
kbits = 1500
"""


def coded(network, **facts):
    return eye("a", code=f"3201020000131{network}000001", **facts)


def test_a_camera_goes_by_its_network_by_its_district_or_by_the_city_s_own():
    trunks = read_trunks()
    assert trunks.way(coded("1")) == Way("police")
    assert trunks.way(coded("7")) == Way("public")
    assert trunks.way(coded("6")) == Way("district", "320102")
    assert trunks.way(coded("6", district="")) == Way("city")


def test_each_district_has_a_line_of_its_own_and_some_carry_less():
    trunks = read_trunks()
    near, far = (trunks.way(coded("6", district=code)) for code in ("320102", "320117"))
    assert near != far
    assert trunks.mbits(near) > trunks.mbits(far) > 0
    assert "{district}" in trunks.name(near)
    assert trunks.name(Way("public"), english=True) == "Public network"


@pytest.fixture
def file(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "ROOT", tmp_path)

    def write(words):
        (tmp_path / "resources/trunks.toml").write_text(words, "utf-8")
        return read_trunks

    return write


def test_a_line_may_be_known_by_host_and_district_together(file):
    trunks = file(GOOD)()
    inside = eye("a", sub="rtsp://10.0.0.9/1")
    assert trunks.way(inside) == Way("yard")
    assert trunks.way(eye("a", sub="rtsp://10.0.0.9/1", district="320104")) == Way("rest")
    assert trunks.mbits(Way("rest")) == 1.5


@pytest.mark.parametrize(("words", "why"), [
    (GOOD.replace("1500", "0"), "more than nothing"), (GOOD.replace("rest", "yard"), "same id"),
    (GOOD.partition("[[trunk]]\nid = \"rest\"")[0], "all that is left"), ("trunk = []", "left"),
    (GOOD + "odd = 1", "odd"),
])  # fmt: skip
def test_what_is_wrong_is_told(file, words, why):
    with pytest.raises(BadData, match=why):
        file(words)()


def test_a_site_sets_what_its_own_lines_carry_and_the_others_stay():
    site = {"public": 1_500, "district": 30_000, "district-320102": 2_000}
    trunks = read_trunks(site, ("320102", "320104"))
    carried = {d: trunks.mbits(Way("district", d)) for d in ("320102", "320104", "320117")}
    assert carried == {"320102": 2.0, "320104": 30.0, "320117": 20.0}
    assert trunks.mbits(Way("public")) == 1.5
    assert trunks.mbits(Way("city")) == read_trunks().mbits(Way("city"))


@pytest.mark.parametrize(("key", "why"), [
    ("pubic", "no such line; there are police, public, district, district-DISTRICT, city"),
    ("public-320102", "no such line"), ("district-329999", "no such district: 329999"),
])  # fmt: skip
def test_a_line_that_a_site_names_and_there_is_not_is_told_with_its_key(key, why):
    with pytest.raises(BadData, match=why) as raised:
        read_trunks({key: 9}, ("320102",))
    assert (raised.value.file, raised.value.where) == ("settings", f"trunk_kbits.{key}")

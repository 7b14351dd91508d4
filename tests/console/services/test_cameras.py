"""The catalogue of cameras: a camera is entered once, by its code, and taken out of use."""

import pytest

from console.base.errors import Refused
from tests.desks import Bench

CODE = "32010200001310000001"
LINE = f"camera.enrol --scope 320102 --code {CODE} --name 云芷路口 --ptz yes --fov 80"


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.sit("yu", "video")
    yield made
    made.store.close()


def test_a_camera_is_entered_under_its_code(bench):
    bench.run(LINE)
    camera = bench.store.get("camera", f"cam-{CODE}")
    assert (camera.name, camera.ptz, camera.fov, camera.state) == (
        "云芷路口",
        True,
        80,
        "in_service",
    )


def test_a_camera_is_entered_once(bench):
    bench.run(LINE)
    with pytest.raises(Refused) as raised:
        bench.desk.run(LINE)
    assert raised.value.key == "refused.born"


@pytest.mark.parametrize("code", ["123", "3201020000131000000X", "３2010200001310000001"])
def test_a_code_is_twenty_digits(bench, code):
    with pytest.raises(Refused) as raised:
        bench.desk.run(LINE.replace(CODE, code))
    assert raised.value.key == "refused.camera_code"


def test_a_camera_is_taken_out_of_use_with_the_reason_and_put_back(bench):
    bench.run(LINE, "camera.retire 云芷路口 道路施工")
    camera = bench.store.get("camera", f"cam-{CODE}")
    assert (camera.state, camera.reason) == ("out_of_service", "道路施工")
    bench.run("恢复使用 云芷路口")
    assert bench.store.get("camera", f"cam-{CODE}").reason == ""


def test_facts_of_a_camera_are_amended(bench):
    bench.run(LINE, "camera.amend 云芷路口 fov=95 name=云芷路口东")
    camera = bench.store.get("camera", f"cam-{CODE}")
    assert (camera.fov, camera.name) == (95.0, "云芷路口东")

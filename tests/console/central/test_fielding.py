"""The demo's lower platform registers with the demo's centre and is in its catalogue."""

import threading

import pytest

from console.base.errors import BadData
from console.central import fielding
from console.domain.record import Camera
from tests.fieldwork import until


def test_the_demo_s_lower_platform_becomes_cameras_of_the_centre(lite):
    setup, passwords = fielding.demo_setup(lite, "127.0.0.1", 0)
    serving = fielding.serving_of(lite, setup, passwords)
    stopping, up = threading.Event(), threading.Event()
    threads = [threading.Thread(target=serving.run, args=(stopping, up.set))]
    threads[0].start()
    assert up.wait(20)
    lower = fielding.demo_lower(lite, serving, passwords)
    threads.append(threading.Thread(target=lower, args=(stopping,)))
    threads[1].start()
    first = fielding.demo.entries_below(fielding.demo.town_of(lite.centre))[0]
    try:
        until(lambda: lite.centre.get("camera", f"cam-{first.code}"))
        found = lite.centre.get("camera", f"cam-{first.code}")
        assert isinstance(found, Camera)
        assert found.main == serving.address(first.code)
        assert found.ptz
        assert serving.knows(first.code)
    finally:
        stopping.set()
        for each in threads:
            each.join(20)
    assert not any(each.is_alive() for each in threads)


def test_the_files_of_this_end_are_asked_for_together(tmp_path):
    file, passwords = tmp_path / "gb28181.toml", tmp_path / "passwords.toml"
    with pytest.raises(BadData, match="passwords"):
        fielding.setup_of(file, None)
    file.write_text('id = "32010000002000000001"\ndomain = "3201000000"\nrtsp_user = "yu"\n')
    passwords.touch(mode=0o600)
    with pytest.raises(BadData, match="rtsp"):
        fielding.setup_of(file, passwords)
    passwords.write_text('rtsp = "s3cret"\n')
    assert fielding.setup_of(file, passwords)[0].rtsp_user == "yu"

"""`cameras discover` says a line of JSON for each device, with its streams or why not."""

import json

from console.base.settings import Settings
from console.tools.cameras import main
from tests.onvif_device import PASSWORD, USER, device


def test_devices_are_said_as_json(tmp_path, capsys):
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n", "utf-8")
    with device() as (at, address, _asked):
        to = ["discover", "--seconds", "0.5", "--to", f"{at[0]}:{at[1]}"]
        known = main([*to, "--onvif-user", USER, "--onvif-password-file", str(file)], Settings())
        told = capsys.readouterr()
        unknown = main(to, Settings())
        refused = json.loads(capsys.readouterr().out)
    found = json.loads(told.out)
    assert (known, unknown) == (0, 1)
    assert (found["name"], found["address"]) == ("东门 球机", address)
    assert found["streams"][0]["address"] == "rtsp://127.0.0.1:554/main"
    assert found["streams"][0]["ptz"]
    assert PASSWORD not in told.out + told.err
    assert "not Authorized" in refused["why"]

"""A catalogue is brought in once and amended after that; a check says what streams deliver."""

import json

import pytest
from keyring.errors import KeyringError

from console.central.cameras.views import View
from console.domain.access import Access
from console.domain.record import Camera
from console.tools import cameras
from tests.cameras import CameraTown
from tests.ui.desk import desk

YU = Access(user="yu", name="俞明", roles=("video",), scopes=("",))
HEAD = "编码,名称,区划代码,视场角,子码流\n"
CODE = "32010200041320000001"


class Ring:
    """A key ring in memory."""

    def __init__(self) -> None:
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        if password == "broken":
            raise KeyringError
        self.held[service, username] = password


@pytest.fixture
def core(tmp_path, monkeypatch):
    from console.base.work import Inline  # noqa: PLC0415

    made = desk(tmp_path / "seat", Inline(), YU)
    monkeypatch.setattr(cameras, "build_aside", lambda _settings, _work: made.core)
    monkeypatch.setattr(cameras, "_sit", lambda *_: None)
    monkeypatch.setattr(cameras, "_sync", lambda _core: None)
    monkeypatch.setattr(made.core, "close", lambda: None)
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    made.core.ring = ring
    yield made.core
    monkeypatch.undo()
    made.close()


@pytest.fixture
def run(core, tmp_path, capsys):
    def run(*words, **files):
        paths = []
        for name, text in files.items():
            path = tmp_path / name
            path.write_text(text)
            paths.append(str(path))
        code = cameras.main([*words, *paths], core.settings)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def camera(core, code=CODE):
    found = core.get("camera", f"cam-{code}")
    assert isinstance(found, Camera)
    return found


def test_a_table_is_brought_in_and_again_changes_nothing(run, core):
    row = f"{CODE},云芷路口,玄武区,80,rtsp://10.0.0.5/2\n"
    assert run("import", cameras=HEAD + row)[0] == 0
    assert (camera(core).name, camera(core).scope, camera(core).fov) == ("云芷路口", "320102", 80)
    code, out, _ = run("import", cameras=HEAD + row)
    assert (code, "未变 1" in out) == (0, True)
    _, out, _ = run("import", cameras=HEAD + row.replace("80", "95"))
    assert "更正 1" in out
    assert camera(core).fov == 95


def test_a_password_goes_to_the_key_ring_and_nowhere_else(run, core):
    run("import", cameras=HEAD + f"{CODE},门,320102,,rtsp://yu:s3cret@10.0.0.5/2\n")
    assert camera(core).sub == "rtsp://yu@10.0.0.5/2"
    assert list(core.ring.held.values()) == ["s3cret"]


def test_what_cannot_be_taken_is_set_aside_by_name_and_the_rest_goes_in(run, core):
    rows = (
        f"123,坏,320102,,\n{CODE[:-1]}2,外市,999999,,\n"
        f"{CODE[:-1]}3,无匙,320102,,rtsp://yu:broken@10.0.0.5/2\n{CODE},好,320102,,\n"
    )
    code, out, err = run("import", cameras=HEAD + rows)
    assert code == 1
    assert "新增 1" in out
    assert "搁置 3" in out
    assert "broken" not in out + err
    assert camera(core).name == "好"


def test_a_catalogue_that_is_not_whole_says_so(run):
    page = (
        "<Response><CmdType>Catalog</CmdType><SumNum>24</SumNum><DeviceList>"
        f"<Item><DeviceID>{CODE}</DeviceID><Name>门</Name></Item></DeviceList></Response>"
    )
    code, _, err = run("import", page=page)
    assert (code, "24" in err) == (0, True)


def test_a_check_says_what_each_stream_delivers_and_tells_the_centre(run, core, monkeypatch):
    heard = []
    monkeypatch.setattr(cameras.build_aside(None, None).eyesight, "say", heard.append)
    town = CameraTown({0: View("云芷路口", 0)})
    try:
        rows = f"{CODE},云芷路口,320102,,{town.url(0)}\n{CODE[:-1]}2,没有,320102,,\n"
        run("import", cameras=HEAD + rows)
        code, out, _ = run("check", "云芷", "--seconds", "5", "--json")
        told = json.loads(out)
        assert (told["codec"], told["width"], told["standing"]) == ("h264", 640, "live")
        assert code == 0
        assert heard == [{f"cam-{CODE}": "live"}]
        code, out, _ = run("check", "state:in_service", "没有", "--seconds", "1")
        assert code == 1
    finally:
        town.close()

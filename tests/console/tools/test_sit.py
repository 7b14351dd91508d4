"""A program of one line sits down as the person at this seat, with or without the centre."""

import pytest

from console.app import build
from console.base.errors import Refused
from console.base.settings import Settings
from console.base.work import Inline
from console.tools.sit import sit
from tests.centre_driver import PASSWORD, Running


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome().start()
    yield running
    running.close()


def test_who_signed_in_once_sits_on_when_the_centre_is_away_and_it_is_said(
    centre, tmp_path, capsys
):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    settings = Settings(centre=centre.url, data=str(tmp_path / "seat"), user="lead")
    core = build(settings, Inline())
    try:
        with pytest.raises(Refused):
            sit(core, settings, None)
        sit(core, settings, tmp_path / "password")
        assert core.person.user == "lead"
        assert capsys.readouterr().err == ""
        centre.stop()
        sit(core, settings, None)
        assert "中心不可达" in capsys.readouterr().err
    finally:
        core.close()

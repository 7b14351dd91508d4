"""The demo city's script is whole, and speaks only of indicators that there are."""

import pytest

from console.base.errors import BadData
from console.central.life.script import read_script
from console.scenes.scene import indicators_of
from tests.desks import SCENES


def test_it_is_read_and_names_only_indicators_of_the_scenes():
    script = read_script()
    known = indicators_of(SCENES)
    named = {of for part in (*script.driver, *script.many, *script.place) for of in part.of}
    assert named - known.keys() == set()


def test_every_hour_and_month_has_its_rate():
    rhythm = read_script().rhythm
    for hours in (rhythm.calls, rhythm.crowd, rhythm.crowd_weekend, rhythm.air):
        assert len(hours) == 24
    assert len(rhythm.wet) == 12


def test_a_script_that_is_none_is_named(tmp_path, monkeypatch):
    from console.base import resources  # noqa: PLC0415

    (tmp_path / "wrong.toml").write_text('city = "x"\n', "utf-8")
    monkeypatch.setattr(resources, "path", lambda name: tmp_path / "wrong.toml")
    with pytest.raises(BadData):
        read_script("wrong.toml")

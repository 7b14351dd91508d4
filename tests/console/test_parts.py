"""The parts of a seat are opened from its settings, and its device keeps its name."""

import pytest

from console.base.errors import BadData
from console.base.settings import Settings
from console.base.work import Inline
from console.domain.record import KINDS
from console.parts import join, read_machines


def test_every_machine_is_read():
    assert read_machines().keys() == KINDS.keys()


def test_a_seat_keeps_its_device_s_name(tmp_path):
    settings = Settings(data=str(tmp_path), centre="http://127.0.0.1:9")
    names = []
    for _ in range(2):
        parts = join(settings, Inline())
        names.append(parts.store.kept("core.device"))
        parts.api.close()
        parts.store.close()
    assert names[0]
    assert names[0] == names[1]
    assert (tmp_path / "store" / "outbox.db").is_file()
    assert (tmp_path / "chengyun.log").is_file()


def test_a_line_that_settings_name_and_there_is_not_is_told_before_anything_is_opened(tmp_path):
    with pytest.raises(BadData, match="no such line") as raised:
        join(Settings(data=str(tmp_path), trunk_kbits={"pubic": 1_500}), Inline())
    assert raised.value.where == "trunk_kbits.pubic"
    assert not (tmp_path / "store").exists()

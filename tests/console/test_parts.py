"""The parts of a seat are opened from its settings, and its device keeps its name."""

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

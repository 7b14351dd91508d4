"""The program's own test builds a whole seat, draws it and leaves nothing behind."""

from tests.ui.programs import borrowed
from ui import self_test


def test_it_finds_this_copy_whole(qapp, capsys):
    with borrowed(qapp):
        assert self_test.run() == 0
    assert capsys.readouterr().out.endswith(": kept, judged, drawn\n")

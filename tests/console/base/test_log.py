"""The log goes to a file of the seat's folder and says which thread spoke."""

import logging

import pytest

from console.base import log


@pytest.fixture
def root():
    """Give the root logger, and put it back as it was."""
    found = logging.getLogger()
    handlers, level = found.handlers[:], found.level
    found.handlers = []  # the handlers of this session are not for `start` to close
    yield found
    for handler in found.handlers:
        handler.close()
    found.handlers, found.level = handlers, level


def test_a_line_is_written_to_the_folder_with_its_thread(tmp_path, root):
    log.start(tmp_path / "new")
    logging.getLogger("part").info("two words")
    said = (tmp_path / "new" / "chengyun.log").read_text("utf-8")
    assert "INFO MainThread part: two words" in said


def test_lines_below_the_level_are_left_out(tmp_path, root):
    log.start(tmp_path, logging.WARNING)
    logging.getLogger("part").info("too small")
    assert (tmp_path / "chengyun.log").read_text("utf-8") == ""


def test_without_a_folder_only_the_terminal_is_told(root):
    log.start()
    assert [type(each) for each in root.handlers] == [logging.StreamHandler]

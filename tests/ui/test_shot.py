"""A picture of the window is drawn without a screen, of the size asked for; a wrong start says so."""

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from tests.drivers import ROOT
from ui.shot import scale_of, size_of


def draw(tmp_path, *more: str):
    line = [sys.executable, "-m", "ui", "--data", str(tmp_path / "desk")]
    line += ["--centre", "http://127.0.0.1:9", "--after", "0"]
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    return subprocess.run([*line, *more], cwd=ROOT, env=env, capture_output=True, text=True)


def test_sizes_are_read_and_large_ones_are_drawn_twice_as_large():
    assert size_of("1920x1080") == (1920, 1080)
    assert scale_of((1920, 1080)) == 1
    assert scale_of((3840, 2160)) == 2


@pytest.mark.parametrize("size", ["1366x768", "3840x2160"])
def test_a_picture_has_the_size_asked_for(tmp_path, size):
    file = tmp_path / "window.png"
    said = draw(tmp_path, "--shot", str(file), "--size", size, "--theme", "day")
    assert said.returncode == 0, said.stderr
    assert said.stdout.strip() == str(file)
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == size_of(size)


def test_nobody_signed_in_is_no_picture_of_a_workstation(tmp_path):
    (tmp_path / "password").write_text("x")
    more = ("--user", "nobody", "--password-file", str(tmp_path / "password"))
    said = draw(tmp_path, "--shot", str(tmp_path / "window.png"), *more)
    assert said.returncode == 3
    assert said.stderr

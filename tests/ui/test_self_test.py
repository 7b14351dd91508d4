"""The program says whether it is whole: with a window, without a screen, without a centre."""

import os
import subprocess
import sys

from console import __version__
from tests.drivers import ROOT


def test_a_whole_program_says_so_and_leaves():
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    line = [sys.executable, "-m", "ui", "--self-test"]
    said = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert __version__ in said.stdout

"""A folder is held by one program at a time, and free again when that ends."""

import subprocess
import sys

import pytest

from console.base.errors import Refused
from console.store.lock import FolderLock
from tests.drivers import ROOT


def test_a_folder_is_held_by_one(tmp_path):
    held = FolderLock(tmp_path)
    with pytest.raises(Refused, match="folder_in_use"):
        FolderLock(tmp_path)
    held.let_go()
    FolderLock(tmp_path).let_go()


def test_a_killed_program_holds_no_folder(tmp_path):
    code = (
        "import sys, pathlib; from console.store.lock import FolderLock;"
        "held = FolderLock(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    line = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(
        line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="folder_in_use"):
            FolderLock(tmp_path)
        other.kill()
    FolderLock(tmp_path).let_go()

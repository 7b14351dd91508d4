"""One program at a time works in a folder."""

import os
import sys
from pathlib import Path

from console.base.errors import Refused

if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a folder until it is let go or the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _hold(self._file)
        except OSError:
            os.close(self._file)
            raise Refused("refused.folder_in_use", folder=str(folder)) from None

    def let_go(self) -> None:
        os.close(self._file)

"""Look through a frozen folder: every shared library must find what it links to."""

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def missing(folder: Path) -> dict[str, set[str]]:
    """Give the libraries found nowhere, and who wants each."""
    found: dict[str, set[str]] = defaultdict(set)
    # A frozen program starts with its own folder first in the loader's path.
    env = dict(os.environ, LD_LIBRARY_PATH=str(folder / "lib"))
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file() or not _is_elf(file):
            continue
        if re.search("wayland|WlShell", str(file), re.IGNORECASE):
            continue  # asked for only on a Wayland desktop, which has what it links to
        said = subprocess.run(
            ["ldd", str(file)], capture_output=True, text=True, check=False, env=env
        ).stdout
        for line in said.splitlines():
            if "not found" in line:
                found[line.split()[0]].add(str(file.relative_to(folder)))
    return found


def _is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def main() -> int:
    """Report; the exit status says whether anything is missing."""
    folder = Path(sys.argv[1])
    if not shutil.which("ldd"):
        sys.stdout.write("no ldd here: not looked\n")
        return 0
    found = missing(folder)
    for library, wanted in sorted(found.items()):
        sys.stdout.write(f"missing: {library}, wanted by {', '.join(sorted(wanted)[:3])}\n")
    size = sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())
    sys.stdout.write(f"{folder.name}: {size / 1e6:.0f} MB\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

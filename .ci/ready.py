"""Make this machine ready: system libraries by apt, and .venv from the hash-pinned locks."""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"

# What Qt's wheels expect of the system: soname and the Debian package that brings it.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What makes the program quicker, and what it does without where this is not to be had.
QUICKER = {"libyuv.so.0": "libyuv0"}


class Stop(Exception):
    """Something is missing that this script may not bring by itself."""


def say(*words: object) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(" ".join(("dev:", *map(str, words))) + "\n")
    sys.stderr.flush()


def make_ready(lock: str) -> None:
    """Bring what is missing for running (RUN) or for the tests as well (DEVELOP)."""
    if sys.platform.startswith("linux"):
        wanted = dict.fromkeys(missing(LIBRARIES))
        if lock == DEVELOP:
            wanted |= dict.fromkeys(missing_tools())
        install_system(list(wanted))
        install_system(list(missing(QUICKER)), needed=False)
    install_packages(lock)


def missing(libraries: dict[str, str]) -> Iterator[str]:
    """Name the packages whose shared library cannot be loaded."""
    return (package for soname, package in libraries.items() if not _loads(soname))


def missing_tools() -> Iterator[str]:
    """Name the packages that only the tests and the freezing need."""
    tools: dict[str, Callable[[], object]] = {
        "xvfb": lambda: shutil.which("Xvfb"),
        "xauth": lambda: shutil.which("xauth"),
        "binutils": lambda: shutil.which("objdump"),
        "postgresql": lambda: (
            any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")
        ),
        "mosquitto": lambda: shutil.which("mosquitto") or Path("/usr/sbin/mosquitto").exists(),
        "libpython3.11": _has_libpython,
        "libpulse0": lambda: _loads("libpulse.so.0"),  # Qt's own player, a peer in the benches
    }
    return (package for package, there in tools.items() if not there())


def _has_libpython() -> bool:
    name = str(sysconfig.get_config_var("INSTSONAME"))
    if (Path(str(sysconfig.get_config_var("LIBDIR"))) / name).exists():
        return True
    return _loads("libpython3.11.so.1.0")


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def install_system(packages: list[str], *, needed: bool = True) -> None:
    """Install packages by apt; where that is not ours to do, say the exact line."""
    if not packages or os.environ.get("CHENGYUN_NO_APT"):
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        say("going on without these system packages; please install what equals them:", *packages)
        return
    root = as_root()
    if root is None:
        _lacking("as root, please run: " + " ".join(line), needed)
        return
    say("installing", len(packages), "system packages:", *packages)
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    if not any(Path("/var/lib/apt/lists").glob("*Packages*")):
        subprocess.run([*root, "apt-get", "update", "-qq"], env=env, check=False)
    if _quietly([*root, *line], env):
        return
    # An old list names files that the archive no longer has.
    subprocess.run([*root, "apt-get", "update", "-qq"], env=env, check=False)
    if not _quietly([*root, *line], env):
        _lacking("that failed; as root, please run: apt-get update && " + " ".join(line), needed)


def _lacking(words: str, needed: bool) -> None:
    if needed:
        raise Stop(words)
    say("going on, only slower:", words)


def as_root() -> list[str] | None:
    """Give the words before a command that needs root; None when there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    able = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if able else None


def _quietly(line: list[str], env: dict[str, str]) -> bool:
    done = subprocess.run(
        line, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout[-1000:] + done.stderr[-2000:])
    return done.returncode == 0


def install_packages(lock: str) -> None:
    """Fill .venv from a lock; a stamp makes the next time cost nothing."""
    if any(
        _stamp(each).is_file() and _stamp(each).read_text() == _print_of(each)
        for each in {lock, DEVELOP}
    ):
        return
    uv = shutil.which("uv")
    if not _usable():
        say("making .venv")
        venv.create(VENV, clear=True, with_pip=not uv)
    say("installing the pinned packages of", lock, "with", "uv" if uv else "pip")
    hashes = ["--require-hashes", "--only-binary=:all:", "-r", str(ROOT / lock)]
    if uv:
        line = [uv, "pip", "install", "-q", "--python", str(PYTHON), *hashes]
    else:
        subprocess.run([str(PYTHON), "-m", "ensurepip"], check=True, capture_output=True)
        line = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *hashes]
    # In a root's own .venv pip's warning about root means nothing.
    done = subprocess.run(line, env=dict(os.environ, PIP_ROOT_USER_ACTION="ignore"), check=False)
    if done.returncode:
        raise Stop(f"the packages of {lock} could not be installed")
    _stamp(lock).write_text(_print_of(lock))


def _usable() -> bool:
    ask = "import sys; sys.exit(sys.version_info[:2] != (3, 11))"
    try:
        return subprocess.run([str(PYTHON), "-c", ask], check=False).returncode == 0
    except OSError:
        return False


def _stamp(lock: str) -> Path:
    return VENV / f".{lock}.sha"


def _print_of(lock: str) -> str:
    words = (ROOT / lock).read_bytes() + f"{sys.version}{VENV}".encode()
    return hashlib.sha256(words).hexdigest()

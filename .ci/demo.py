"""A centre with a demo city, and a workstation on it: in a window, or drawn to a picture."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from ready import PYTHON, ROOT, Stop, say

PICTURE = ROOT / "chengyun.png"
PATIENCE = 120  # seconds for a first start, which makes the city


def home() -> Path:
    """Give the folder of the demo, in the person's own data folder."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "chengyun" / "demo"


CENTRE = home() / "centre"
SIGN_IN = CENTRE / "demo-sign-in.json"
RUNNING = home() / "running.json"
PASSWORD = home() / "password"
LOG = home() / "centre.log"
MAPS = home() / "maps"
STOCK = MAPS / "nanjing.components"


def has_screen() -> bool:
    """Tell whether a window can be opened here."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(rest: list[str]) -> int:
    """Open a window where there is a screen; else draw a picture and leave the centre at work."""
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    running = at_work()
    facts = running or start()
    user = remember_password()
    line = ["-m", "ui", "--window", "workstation", "--centre", facts["url"], "--user", user]
    line += ["--password-file", str(PASSWORD), "--data", str(home() / "desk")]
    os.environ["CHENGYUN_MAPS"] = str(MAPS)
    stock()
    if has_screen():
        try:
            return subprocess.run([str(PYTHON), *line, *rest], cwd=ROOT, check=False).returncode
        finally:
            if not running:
                stop()
    return draw(line, facts, user, rest)


def stock() -> None:
    """Put components along the roads of the demo city, once; the map does without if it cannot."""
    if not STOCK.is_file():
        words = ["-m", "console", "map", "components", "--demo", "--out", str(STOCK)]
        subprocess.run([str(PYTHON), *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def draw(line: list[str], facts: dict[str, Any], user: str, rest: list[str]) -> int:
    """Draw the workstation to a picture; say where it is and how to go on."""
    say("no screen here: drawing the workstation to a picture")
    line += ["--shot", str(PICTURE), "--size", "1920x1080", "--after", "8", *rest]
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    code = subprocess.run(
        [str(PYTHON), *line], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False
    ).returncode
    if code:
        say("the picture could not be drawn: exit", code)
    else:
        sys.stdout.write(f"picture    {PICTURE}\n")
    python = PYTHON.relative_to(ROOT)
    place = f"--centre {facts['url']} --user {user} --password-file {PASSWORD}"
    sys.stdout.write(
        f"centre     {facts['url']}   (pid {facts['pid']}, log {LOG})\n"
        f"sign in    {user}, password in {PASSWORD}; everyone else in {SIGN_IN}\n"
        f'by lines   {python} -m console {place} --data {home() / "desk"} "help"\n'
        f"stop it    ./dev stop\n"
    )
    return code


def at_work() -> dict[str, Any] | None:
    """Give the facts of the demo centre that was left at work, if it still answers."""
    try:
        facts: dict[str, Any] = json.loads(RUNNING.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return facts if SIGN_IN.is_file() and answers(facts["url"]) else None


def start() -> dict[str, Any]:
    """Start the centre on a free port, wait until it answers."""
    SIGN_IN.unlink(missing_ok=True)
    port = free_port()
    words = ["-m", "console.central", "serve", "--demo", "--data", str(CENTRE), "--port", str(port)]
    say("starting a centre with the demo city; the first time takes a little longer")
    with LOG.open("ab") as log:
        child = subprocess.Popen(
            [str(PYTHON), *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    facts: dict[str, Any] = {"url": f"http://127.0.0.1:{port}", "pid": child.pid}
    RUNNING.write_text(json.dumps(facts), "utf-8")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if child.poll() is not None:
            raise Stop(
                f"the centre ended (exit {child.returncode}); its last words:\n{last_words()}"
            )
        if SIGN_IN.is_file() and answers(facts["url"]):
            return facts
        time.sleep(0.1)
    child.terminate()
    raise Stop(f"the centre did not answer in {PATIENCE} s; its last words:\n{last_words()}")


def free_port() -> int:
    """Ask the system for a port that no one uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Tell whether a centre answers there; no proxy is asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{url}/healthz", timeout=3) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def remember_password() -> str:
    """Put the first demo person's password into a file that only this person can read."""
    first = json.loads(SIGN_IN.read_text("utf-8"))["users"][0]
    PASSWORD.unlink(missing_ok=True)
    with os.fdopen(
        os.open(PASSWORD, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(first["password"])
    return str(first["user"])


def last_words() -> str:
    """Give the end of the centre's log."""
    return LOG.read_text("utf-8", "replace")[-2000:] if LOG.is_file() else ""


def stop() -> int:
    """Ask the demo centre to end, and wait until it has."""
    facts = at_work()
    if facts is None:
        say("no demo centre is at work")
        return 0
    os.kill(facts["pid"], signal.SIGTERM)
    until = time.monotonic() + 20
    while answers(facts["url"]) and time.monotonic() < until:
        time.sleep(0.1)
    if answers(facts["url"]):
        raise Stop(f"the centre (pid {facts['pid']}) is still at work")
    RUNNING.unlink(missing_ok=True)
    say("the demo centre has ended")
    return 0

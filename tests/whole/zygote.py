"""A process that has everything loaded and forks one console or centre after the other, to be
killed: `python -m tests.whole.zygote console|centre`, an order a line as JSON on its input.
"""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from console.base.ids import new_id
from console.central.__main__ import main as centre_main
from tests.drivers import ROOT
from tests.whole.processes import WAIT, RealDesk


def console(order: dict[str, str]) -> None:
    """Work without a pause at a desk: open an incident, then note and note; tell what was taken."""
    folder = Path(order["folder"])
    taken = os.open(folder / "accepted.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    desk = RealDesk(folder / "desk", order["url"], order["user"])
    if trouble := desk.store.trouble():
        os.write(taken, f"TROUBLE {trouble}\n".encode())
    if desk.sessions.me() != order["user"] or not desk.sessions.knows(order["user"]):
        desk.sign_in()
    while not desk.is_filled():
        WAIT.wait(0.02)
    chance = random.Random(order["n"])
    incident = new_id()
    said = desk.take(incident, "create", title="kill", scope="320102", type="EC01")
    os.write(taken, f"{said} {incident} create\n".encode())
    for n in range(100_000):
        said = desk.take(incident, "note", note=f"n{order['n']}-{n}")
        os.write(taken, f"{said} {incident} n{order['n']}-{n}\n".encode())
        WAIT.wait(chance.uniform(0.0, 0.02))


def centre(order: dict[str, str]) -> None:
    centre_main(["serve", "--data", order["folder"], "--port", order["port"]])


class Zygote:
    """Starts and kills its children."""

    def __init__(self, what: str, log: Path) -> None:
        surroundings = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.whole.zygote", what], cwd=ROOT, env=surroundings,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip
        self._child = 0

    def start(self, **order: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        self._child = int(self._said())

    def kill(self) -> None:
        """Kill the child as a power cut does; it must not have ended by itself."""
        os.kill(self._child, signal.SIGKILL)
        ended = self._said()
        assert ended == f"signal {signal.SIGKILL.value}", f"it ended by itself: {ended}"

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()


def _main(what: str) -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os.close(0)
            os.dup2(2, 1)  # what it says is for the log
            {"console": console, "centre": centre}[what](order)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {status}"
        sys.stdout.write(f"{how}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])

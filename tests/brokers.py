"""A real MQTT broker (mosquitto) on a free port, with accounts and an access list."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.central.self_test import free_port


class Mosquitto:
    """The broker: stop it and start it again on the same port and the same store."""

    def __init__(self, program: str, folder: Path) -> None:
        self.port = free_port()
        self._line = [program, "-c", str(folder / "conf")]
        self._log = folder / "log"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(self._line, stdout=log, stderr=log)
        for _ in range(400):
            assert self._running.poll() is None, self._log.read_text("utf-8")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
                continue
            return
        raise AssertionError("the broker did not come up")

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(20)
            self._running = None


@contextmanager
def mosquitto(accounts: Mapping[str, str]) -> Iterator[Mosquitto]:
    """Give a broker that lets these accounts in; each writes under its own name alone."""
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("mosquitto is not installed, and these tests are never skipped in CI")
        pytest.skip("mosquitto is not installed: ./dev test brings it")
    folder = Path(tempfile.mkdtemp(prefix="chengyun-mqtt-"))
    broker = Mosquitto(program, folder)
    words = folder / "words"
    words.write_text("".join(f"{user}:{word}\n" for user, word in accounts.items()), "utf-8")
    words.chmod(0o600)
    # Next to the program, or wherever its package put it.
    hashed = shutil.which("mosquitto_passwd") or str(Path(program).with_name("mosquitto_passwd"))
    subprocess.run([hashed, "-U", str(words)], check=True, capture_output=True)
    (folder / "acl").write_text("user centre\ntopic read sta/#\npattern write sta/%u/#\n", "utf-8")
    (folder / "conf").write_text(
        f"listener {broker.port} 127.0.0.1\nallow_anonymous false\npassword_file {words}\n"
        f"acl_file {folder / 'acl'}\npersistence true\npersistence_location {folder}/\n"
        "user root\n",
        "utf-8",
    )
    try:
        broker.start()
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)

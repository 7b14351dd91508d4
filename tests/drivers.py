"""What several tests drive the real parts with: shared sample files, a PostgreSQL of their own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """Give a folder or file of the sample data that lies beside the tree; skip without it."""
    place = ROOT.parent / "shared" / "data" / name
    if not place.exists():
        pytest.skip(f"the sample data {name} does not lie beside this tree (../shared/data)")
    return place


class Postgres:
    """A PostgreSQL server that answers on a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, database: str = "postgres") -> str:
        """Give SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://chengyun@/{database}?host={quote(str(self.folder), safe='')}"

    def new_database(self) -> str:
        """Make an empty database; give its address."""
        name = f"t{uuid4().hex}"
        self._say(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, whoever still uses it."""
        self._say(f"DROP DATABASE {url.partition('@/')[2].partition('?')[0]} WITH (FORCE)")

    def answers(self) -> bool:
        """Tell whether the server takes connections yet."""
        try:
            self._say("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _say(self, line: str) -> None:
        place = {"host": str(self.folder), "user": "chengyun", "dbname": "postgres"}
        with psycopg.connect(autocommit=True, **place) as line_to_server:
            line_to_server.execute(line.encode())


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Start a PostgreSQL of our own; it refuses to run as root, so another account runs it."""
    programs = _postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="chengyun-pg-"))
    account = _unprivileged()
    if account:
        shutil.chown(folder, account["user"], account["group"])
    data = folder / "data"
    make = [programs / "initdb", "-D", data, "-U", "chengyun", "-A", "trust"]
    make += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **account)
    serve = [programs / "postgres", "-D", data, "-k", folder, "-F", "-c", "listen_addresses="]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(serve, stdout=log, stderr=log, cwd=folder, **account)
    try:
        postgres = Postgres(folder)
        while not postgres.answers():
            assert server.poll() is None, (folder / "log").read_text("utf-8", "replace")
            try:
                server.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        yield postgres
    finally:
        server.send_signal(2)  # fast shutdown: no waiting for clients
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    beside = shutil.which("initdb")
    place = found[-1] if found else Path(beside) if beside else None
    if place is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and these tests are never skipped in CI")
        pytest.skip("PostgreSQL is not installed: ./dev test brings it")
    return place.parent


def _unprivileged() -> dict[str, str]:
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import grp  # noqa: PLC0415 - not on Windows
    import pwd  # noqa: PLC0415

    for user, group in (("postgres", "postgres"), ("nobody", "nogroup")):
        try:
            pwd.getpwnam(user), grp.getgrnam(group)
        except KeyError:
            continue
        return {"user": user, "group": group}
    return {}

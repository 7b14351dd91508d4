"""What holds for every test: no troubled log lines, no threads left at work, no screen."""

import logging
import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from console.base import text
from tests.drivers import Postgres, postgres_server

_CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_CALM)
settings.register_profile(
    "ci",
    max_examples=500,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=_CALM,
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class _Trouble(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_trouble_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked `logs_trouble`."""
    trouble = _Trouble()
    logging.getLogger().addHandler(trouble)
    yield
    logging.getLogger().removeHandler(trouble)
    if trouble.lines and not request.node.get_closest_marker("logs_trouble"):
        pytest.fail("logged: " + "\n".join(trouble.lines), pytrace=False)


@pytest.fixture(autouse=True)
def spoken_as_at_the_start() -> Iterator[None]:
    """Let no test leave another language to the next."""
    yield
    if text.TEXTS.language != text.LANGUAGES[0]:
        text.speak(text.LANGUAGES[0])


@pytest.fixture(autouse=True)
def no_thread_left_at_work() -> Iterator[None]:
    """Fail a test that leaves a thread behind; one that is just ending gets its time."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(5)
    names = [thread.name for thread in left if thread.is_alive()]
    if names:
        pytest.fail(f"threads left at work: {', '.join(names)}", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give a PostgreSQL server of this session."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """Give the address of one database that lasts for the session."""
    return postgres.url()


@pytest.fixture
def fresh_postgres_url(postgres: Postgres) -> Iterator[str]:
    """Give the address of an empty database of this test."""
    url = postgres.new_database()
    yield url
    postgres.drop_database(url)

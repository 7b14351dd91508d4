"""Tables: made whole for a new ledger, brought forward for an old one, never backwards."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
    text,
)

from console.central import grown, migrations, tables
from console.central.build import build
from console.central.ledger import Ledger
from console.domain.access import system
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.wire import pack

OLD_ASIDE = Table(
    "set_aside",
    MetaData(),
    Column("id", String(128), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
ASIDE = {"id": "a1", "at": 5, "body": b"{"}


def test_the_tables_in_the_database_are_those_of_the_code(centre):
    with centre.ledger.reading() as line:
        assert compare_metadata(MigrationContext.configure(line), tables.META) == []


def test_an_old_ledger_takes_each_step_once(centre):
    taken: list[int] = []

    def first(op):
        taken.append(1)
        op.add_column("person", Column("phone", Text))

    def second(_op):
        taken.append(2)

    known = migrations.STEPS
    for steps in ((first,), (first, second), (first, second)):
        with centre.ledger.writing() as line:
            migrations.upgrade(line, (*known, *steps))
    with centre.ledger.writing() as line:
        assert "phone" in {c["name"] for c in inspect(line).get_columns("person")}
        assert migrations.taken_by(line) == len(known) + 2
    assert taken == [1, 2]


def test_a_step_that_fails_leaves_nothing_behind(centre):
    def half(op):
        op.add_column("person", Column("phone", Text))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), centre.ledger.writing() as line:
        migrations.upgrade(line, (*migrations.STEPS, half))
    with centre.ledger.reading() as line:
        assert migrations.taken_by(line) == len(migrations.STEPS)
        assert "phone" not in {c["name"] for c in inspect(line).get_columns("person")}


def test_tables_of_a_newer_program_are_left_alone(tmp_path):
    ledger = Ledger.in_folder(tmp_path)
    with ledger.writing() as line:
        migrations.upgrade(line, (*migrations.STEPS, lambda _: None))
        with pytest.raises(RuntimeError, match="newer"):
            migrations.upgrade(line, ())
    ledger.close()


@pytest.fixture
def old(place):
    """Give an empty ledger as the first release made it."""
    ledger = Ledger.in_folder(place) if isinstance(place, Path) else Ledger(place)
    with ledger.writing() as line:
        tables.META.drop_all(line)
        first = (
            tables.META.tables.keys()
            - grown.FIRST.tables.keys()
            - grown.SECOND.tables.keys()
            - {"steered"}
        )
        tables.META.create_all(line, [tables.META.tables[name] for name in first])
        columns = ("source", "number", "field", "why")
        OLD_ASIDE.create(line)
        line.execute(tables.meta.insert().values(name="tables", value="0"))
        line.execute(OLD_ASIDE.insert().values({c: c for c in columns} | ASIDE))
        line.execute(tables.counter.insert().values(name="reading.n", value=0))
    yield ledger
    ledger.close()


def test_a_centre_opens_a_ledger_of_the_first_release_and_nothing_is_lost(old, clock):
    with old.writing() as line:
        line.execute(tables.meta.insert().values(name="epoch", value="e" * 16))
        line.execute(tables.meta.insert().values(name="secret", value="00" * 32))
        line.execute(
            tables.person.insert().values(user="li", access=b"{}", password="x", barred=False)
        )
    old.close()
    built = build(
        Path(old.url.removeprefix("sqlite:///")).parent if "sqlite" in old.url else old.url, clock
    )
    centre = built.centre
    with centre.ledger.reading() as line:
        assert compare_metadata(MigrationContext.configure(line), tables.META) == []
        kept = line.execute(select(tables.set_aside)).one()
        assert line.execute(select(tables.person.c.user)).scalars().all() == ["li"]
    assert (kept.door, kept.source, kept.why, kept.times, kept.body) == (
        "reports", "source", "why", 1, b"{",
    )  # fmt: skip
    assert centre.epoch == "e" * 16
    indicator = next(iter(centre.readings._indicators))
    reading = Reading(topic="indicator", of=indicator, source="s", at=clock.now(), value=1)
    assert centre.take_readings([reading], system()).taken == 1
    centre.beat()
    assert centre.readings.head == 1
    built.close()


def test_readings_written_before_there_was_a_journal_stand_as_they_stood(place, clock):
    built = build(place, clock)
    indicator = next(iter(built.centre.readings._indicators))
    reading = Reading(topic="indicator", of=indicator, source="s", at=clock.now(), value=1)
    row = {
        "topic": "indicator", "of": indicator, "source": "s", "series": 4, "n": 9, "node": "x",
        "at": reading.at, "scope": "", "depts": "", "turn": 2, "opened": False,
        "body": pack(Sensed(reading=reading)),
    }  # fmt: skip
    with built.centre.ledger.writing() as line:
        tables.journal.drop(line)
        line.execute(text("CREATE INDEX ix_reading_n ON reading (n)"))
        line.execute(tables.meta.update().where(tables.meta.c.name == "tables").values(value="2"))
        line.execute(tables.reading.insert().values(row))
    built.close()
    again = build(place, clock)
    readings = again.centre.readings
    assert readings.head == 9
    assert len(readings.page(0, "", system()).readings) == 1
    again.close()

"""Tables: made whole for a new ledger, brought forward for an old one, never backwards."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Text, inspect

from console.central import migrations, tables
from console.central.ledger import Ledger


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


def test_a_ledger_from_before_steering_gets_its_log(tmp_path):
    ledger = Ledger.in_folder(tmp_path)
    with ledger.writing() as line:
        tables.steered.drop(line)
        line.execute(tables.meta.update().where(tables.meta.c.name == "tables").values(value="0"))
    ledger.close()
    again = Ledger.in_folder(tmp_path)
    with again.reading() as line:
        assert compare_metadata(MigrationContext.configure(line), tables.META) == []
    again.close()

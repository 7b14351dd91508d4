"""Brings a centre's tables up to date: forward steps, in order, with what they changed."""

from collections.abc import Callable, Sequence

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, select, text

from console.central import grown, tables

Step = Callable[[Operations], object]


def _with_steering(op: Operations) -> None:
    tables.steered.create(op.get_bind(), checkfirst=True)


def _doors(op: Operations) -> None:
    """Add what departments' doors and readings need. Ledgers of several ages count as the first.

    What was set aside had fewer columns then; it is kept, as if it had come once, by `reports`.
    """
    line = op.get_bind()
    columns = {c["name"] for c in inspect(line).get_columns("set_aside")}
    old = "door" not in columns
    if old:
        op.rename_table("set_aside", "set_aside_before")
    grown.FIRST.create_all(line)
    if old:
        line.execute(
            text(
                "INSERT INTO set_aside (id, at, door, source, number, field, line, rule, why,"
                " times, size, body) SELECT id, at, 'reports', substr(source, 1, 128), number,"
                " field, 0, '', why, 1, length(body), body FROM set_aside_before"
            )
        )
        op.drop_table("set_aside_before")


def _journal(op: Operations) -> None:
    """Add the journal of readings; followers are told from memory, not by the place in a row."""
    grown.SECOND.create_all(op.get_bind())
    op.drop_index("ix_reading_n", "reading", if_exists=True)


def _tracks(op: Operations) -> None:
    """Add where units were: what was before nobody wrote down."""
    grown.THIRD.create_all(op.get_bind())


STEPS: tuple[Step, ...] = (_with_steering, _doors, _journal, _tracks)
"""What has changed since the first release. A step that was released is never changed again."""


def upgrade(line: Connection, steps: Sequence[Step] = STEPS) -> None:
    """Make the tables where there are none; else take every step that they have not yet taken."""
    if not inspect(line).has_table(tables.meta.name):
        tables.META.create_all(line)
        _note(line, len(steps))
        return
    taken = taken_by(line)
    if taken > len(steps):
        raise RuntimeError(f"these tables are newer ({taken}) than this program ({len(steps)})")
    op = Operations(MigrationContext.configure(line))
    for step in steps[taken:]:
        step(op)
    if taken < len(steps):
        _note(line, len(steps))


def taken_by(line: Connection) -> int:
    """Tell how many steps these tables have taken."""
    query = select(tables.meta.c.value).where(tables.meta.c.name == "tables")
    return int(line.execute(query).scalar() or 0)


def _note(line: Connection, taken: int) -> None:
    line.execute(tables.meta.delete().where(tables.meta.c.name == "tables"))
    line.execute(tables.meta.insert().values(name="tables", value=str(taken)))

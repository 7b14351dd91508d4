"""Brings a centre's tables up to date: forward steps, in order, with what they changed."""

from collections.abc import Callable, Sequence

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, select

from console.central import tables

Step = Callable[[Operations], object]


def _with_steering(op: Operations) -> None:
    tables.steered.create(op.get_bind(), checkfirst=True)


STEPS: tuple[Step, ...] = (_with_steering,)
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

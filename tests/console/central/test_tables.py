"""The tables hold what PostgreSQL and SQLite both can: long ids, large numbers, any bytes."""

from sqlalchemy import select

from console.central import tables

LONG = "漢" * tables.ID
LARGE = 2**62


def test_both_databases_keep_what_the_columns_promise(centre):
    row = {
        "kind": "incident", "id": LONG, "version": LARGE, "pos": LARGE, "scope": "x" * 5000,
        "depts": " a ", "open": True, "incident": LONG, "unit": LONG, "watch_at": LARGE,
        "body": bytes(range(256)),
    }  # fmt: skip
    with centre.ledger.writing() as line:
        line.execute(tables.record.insert(), [row])
    with centre.ledger.reading() as line:
        assert line.execute(select(tables.record)).one()._asdict() == row

"""The ledger: one writer, readers who see one state, an SQLite without the known fault."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select, text

from console.central import tables
from console.central.ledger import Ledger


def add(line, name):
    line.execute(insert(tables.counter).values(name=name, value=1))


def count(line):
    return line.execute(select(func.count()).select_from(tables.counter)).scalar()


def test_a_reader_sees_one_state_from_beginning_to_end(centre):
    with centre.ledger.reading() as line:
        assert count(line) == 0
        with centre.ledger.writing() as other:
            add(other, "a")
        assert count(line) == 0
    with centre.ledger.reading() as line:
        assert count(line) == 1


def test_what_fails_half_way_is_undone(centre):
    def half():
        with centre.ledger.writing() as line:
            add(line, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with centre.ledger.reading() as line:
        assert count(line) == 0


def test_writers_come_one_after_the_other(centre):
    def turn(n):
        with centre.ledger.writing() as line:
            held = count(line)
            add(line, f"{n}")
            return held

    with ThreadPoolExecutor(6) as many:
        assert sorted(many.map(turn, range(30))) == list(range(30))


def test_the_sqlite_in_use_has_no_wal_reset_fault(tmp_path):
    ledger = Ledger.in_folder(tmp_path)
    with ledger.reading() as line:
        version = line.execute(text("SELECT sqlite_version()")).scalar()
        assert tuple(map(int, version.split("."))) >= (3, 51, 3)
        assert line.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert line.execute(text("PRAGMA synchronous")).scalar() == 2
    assert stat.S_IMODE((tmp_path / "centre.db").stat().st_mode) == 0o600
    ledger.close()

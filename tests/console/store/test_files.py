"""Every connection is keyed and set the same way, and failures are told apart."""

import pytest

from console.store import files
from tests.console.store.seat import KEY


def test_a_connection_is_encrypted_and_set(tmp_path):
    path = tmp_path / "a.db"
    engine = files.engine(path, KEY, full=True, cache_mb=3)
    with files.transaction(engine) as db:
        db.execute("CREATE TABLE t(a)")
        db.execute("INSERT INTO t VALUES (?)", ("秘密",))
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "mmap_size": 0, "temp_store": 2,
        "secure_delete": 1, "cache_size": -3072, "busy_timeout": "5000",
    }  # fmt: skip
    with files.borrowed(engine) as db:
        for name, value in wanted.items():
            found = db.execute(f"PRAGMA {name}").fetchone()
            assert str((found or (0,))[0]) == str(value), name
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    data = path.read_bytes()
    assert "秘密".encode() not in data
    assert not data.startswith(b"SQLite format")


def test_the_library_is_free_of_the_wal_fault():
    assert tuple(map(int, files.sqlite_version().split("."))) >= (3, 51, 3)


def test_a_transaction_is_all_or_nothing(tmp_path):
    engine = files.engine(tmp_path / "a.db", KEY, full=False, cache_mb=1)
    with files.transaction(engine) as db:
        db.execute("CREATE TABLE t(a)")

    def fails(*lines):
        with files.transaction(engine) as db:
            for line in lines:
                db.execute(line)

    with pytest.raises(files.DatabaseError):
        fails("INSERT INTO t VALUES (1)", "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(files.DatabaseError):  # as when SQLite rolls back by itself
        fails("INSERT INTO t VALUES (1)", "ROLLBACK", "INSERT INTO nowhere VALUES (1)")
    with files.borrowed(engine) as db:
        assert db.execute("SELECT count(*) FROM t").fetchone() == (0,)
    engine.dispose()


def test_readers_cannot_write(tmp_path):
    path = tmp_path / "a.db"
    writer = files.engine(path, KEY, full=False, cache_mb=1)
    with files.transaction(writer) as db:
        db.execute("CREATE TABLE t(a)")
    reader = files.engine(path, KEY, full=False, cache_mb=1, reads_only=True)
    with pytest.raises(files.DatabaseError) as caught, files.borrowed(reader) as db:
        db.execute("INSERT INTO t VALUES (1)")
    assert files.no_room(caught.value)
    writer.dispose()
    reader.dispose()


@pytest.mark.parametrize(
    ("number", "damaged", "no_room"),
    [
        (files.CORRUPT, True, False), (files.NOT_A_FILE, True, False), (files.FULL, False, True),
        (files.IO | 3 << 8, False, True), (1, False, False), (None, False, False),
    ],
)  # fmt: skip
def test_errors_are_told_apart_by_their_number(number, damaged, no_room):
    error = files.DatabaseError("x")
    error.sqlite_errorcode = number
    assert files.damaged(error) == damaged
    assert files.no_room(error) == no_room
    assert not files.damaged(ValueError())


def test_a_file_goes_with_what_lies_beside_it(tmp_path):
    for name in ("a.db", "a.db-wal", "a.db-shm"):
        (tmp_path / name).write_bytes(b"x")
    files.set_aside(tmp_path / "a.db", tmp_path / "b.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.db", "b.db-shm", "b.db-wal"]
    files.remove(tmp_path / "b.db")
    assert list(tmp_path.iterdir()) == []

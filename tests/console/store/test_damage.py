"""Spoilt files, a full disk, a killed process: what was said is kept, and what is wrong is told."""

import os
import random
import resource
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from console.base.errors import Refused
from console.base.notice import Level
from console.domain.query import parse_query
from console.store import damage, files, keys
from console.store.damage import RESERVE_BYTES, Reserve
from console.store.overlay import Waiting
from tests.console.store.seat import (
    KEY,
    VIEW,
    WANG,
    accept,
    incident,
    note,
    opened,
    page,
    silent,
    snapshot,
)
from tests.drivers import ROOT

PAGE = 4096


def spoil(path: Path, *pages: int) -> None:
    """Flip a few bytes in pages of a file."""
    data = bytearray(path.read_bytes())
    for number in pages:
        for at in range(number * PAGE + 100, number * PAGE + 116):
            data[at] ^= 0xFF
    path.write_bytes(data)


def filled(folder: Path, records: int = 300) -> None:
    store = opened(folder)
    store.fill(*snapshot(incident(n) for n in range(records)), silent)
    store.enqueue(accept("I7"), WANG)
    store.close()


@pytest.mark.logs_trouble
@pytest.mark.parametrize("seed", range(6))
def test_a_cache_with_flipped_bytes_is_set_aside_and_what_waits_is_kept(tmp_path, seed):
    filled(tmp_path)
    pages = (tmp_path / "cache.db").stat().st_size // PAGE
    spoil(tmp_path / "cache.db", *random.Random(seed).sample(range(pages), 1 + seed))
    heard = []
    store = opened(tmp_path, told=heard.append)
    for n in range(300):
        store.get("incident", f"I{n}")
    for word in ("井盖", "破损1"):
        store.find(parse_query("incident", word), VIEW)
    store.absorb(page(*(incident(n, version=9) for n in range(300)), cursor="c2"))
    if not heard:  # the page is one that nothing has read yet: a full check finds it
        assert store.flaws()
        store.close()
        return
    assert [n.key for n in heard] == ["store.cache_damaged"]
    assert list(tmp_path.glob("cache.bad-*.db"))
    assert not store.filled()
    assert len(store.outbox()) == 1
    store.fill(*snapshot(incident(n) for n in range(20)), silent)
    assert store.trouble() == ()
    assert store.get("incident", "I7").state == "accepted"
    store.close()


@pytest.mark.logs_trouble
def test_a_reader_that_meets_damage_reads_the_empty_cache_that_takes_its_place(tmp_path):
    filled(tmp_path)
    store = opened(tmp_path)
    store._cache.checkpoint()
    size = (tmp_path / "cache.db").stat().st_size // PAGE
    spoil(tmp_path / "cache.db", *range(1, size))
    store._cache._readers.dispose()
    assert store.get("incident", "I1") is None
    assert not store.filled()
    assert [w.act.steps[0].record for w in store.outbox()] == ["I7"]
    store.close()
    assert len(list(tmp_path.glob("cache.bad-*.db"))) == 1


@pytest.mark.logs_trouble
def test_a_writer_that_meets_damage_goes_on_with_an_empty_cache(tmp_path):
    filled(tmp_path)
    store = opened(tmp_path)
    store._cache.checkpoint()
    spoil(tmp_path / "cache.db", *range(1, (tmp_path / "cache.db").stat().st_size // PAGE))
    store._cache._writer.dispose()
    changes = store.absorb(page(incident(3), cursor="c9"))
    assert changes.everything
    assert store.get("incident", "I3") is not None
    assert not store.filled()
    store.close()


@pytest.mark.logs_trouble
def test_only_the_last_spoilt_cache_is_kept(tmp_path):
    for at in (1, 2):
        aside = damage.aside(tmp_path / "cache.db", at)
        aside.write_bytes(b"x")
    assert [p.name for p in tmp_path.glob("*.db")] == ["cache.bad-2.db"]


def said(folder: Path, count: int = 120) -> list[str]:
    """Take many acts, so that the outbox has many pages."""
    store = opened(folder)
    store.absorb(page(incident(1)))
    acts = [note("I1", f"{n}" + "字" * 300) for n in range(count)]
    for each in acts:
        store.enqueue(each, WANG)
    store.keep("draft", b"kept")
    store.close()
    return [each.id for each in acts]


@pytest.mark.logs_trouble
def test_a_spoilt_outbox_is_kept_and_nothing_is_lost_while_the_cache_knows_it(tmp_path):
    acts = said(tmp_path)
    pages = (tmp_path / "outbox.db").stat().st_size // PAGE
    spoil(tmp_path / "outbox.db", pages // 2, pages // 2 + 1)
    heard = []
    store = opened(tmp_path, told=heard.append)
    assert [w.act.id for w in store.outbox()] == acts
    notice = heard[0]
    assert (notice.key, notice.level) == ("store.outbox_damaged", Level.alarmed)
    assert notice.args["lost"] == 0
    assert notice.args["restored"] > 0
    assert notice.args["saved"] + notice.args["restored"] == len(acts)
    assert (tmp_path / str(notice.args["file"])).exists()
    assert store.kept("draft") == b"kept"
    # what came from the twin may have been sent: it is not taken back any more
    assert {w.state for w in store.outbox()} == {"queued", "sent"}
    store.close()
    again = opened(tmp_path)
    assert [w.act.id for w in again.outbox()] == acts
    assert again.trouble() == ()
    again.close()


@pytest.mark.logs_trouble
def test_with_the_cache_gone_too_what_can_be_read_is_saved_and_the_rest_is_listed(tmp_path):
    acts = said(tmp_path)
    pages = (tmp_path / "outbox.db").stat().st_size // PAGE
    spoil(tmp_path / "outbox.db", pages // 2)
    files.remove(tmp_path / "cache.db")
    store = opened(tmp_path)
    notice = store.trouble()[0]
    saved = [w.act.id for w in store.outbox()]
    assert notice.args["lost"] == len(acts) - len(saved) > 0
    assert saved == [a for a in acts if a in set(saved)]
    store.close()


@pytest.mark.logs_trouble
@pytest.mark.parametrize("how", ["first page", "gone", "empty"])
def test_an_outbox_that_cannot_be_read_at_all_is_never_silently_empty(tmp_path, how):
    acts = said(tmp_path, 5)
    outbox = tmp_path / "outbox.db"
    if how == "gone":
        files.remove(outbox)
    elif how == "empty":
        outbox.write_bytes(b"")
    else:
        spoil(outbox, 0)
    store = opened(tmp_path)
    assert [w.act.id for w in store.outbox()] == acts
    assert [n.key for n in store.trouble()] == ["store.outbox_damaged"]
    store.close()


@pytest.mark.logs_trouble
def test_an_outbox_that_is_spoilt_while_it_is_open_is_mended_from_memory(tmp_path):
    acts = said(tmp_path, 40)
    store = opened(tmp_path)
    store._w.outbox.close()
    spoil(tmp_path / "outbox.db", *range(1, (tmp_path / "outbox.db").stat().st_size // PAGE))
    extra = note("I1", "后来")
    store.enqueue(extra, WANG)
    assert [w.act.id for w in store.outbox()] == [*acts, extra.id]
    assert [n.key for n in store.trouble()] == ["store.outbox_damaged"]
    store.close()


@pytest.mark.logs_trouble
def test_a_rescue_that_a_crash_broke_off_is_finished(tmp_path):
    acts = said(tmp_path, 3)
    (tmp_path / "outbox.db").replace(tmp_path / "outbox.new.db")
    store = opened(tmp_path)
    assert [w.act.id for w in store.outbox()] == acts
    assert store.trouble() == ()
    store.close()


def test_a_wrong_key_is_refused_and_nothing_is_renamed(tmp_path):
    filled(tmp_path, 9)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Refused, match="wrong_key"):
        opened(tmp_path, key=bytes(32))
    (tmp_path / "key.check").unlink()
    with pytest.raises(Refused, match="wrong_key"):
        opened(tmp_path, key=bytes(32))
    opened(tmp_path).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_the_reserve_is_held_and_given_once(tmp_path):
    reserve = Reserve(tmp_path)
    assert (tmp_path / "reserve").stat().st_size == RESERVE_BYTES
    assert reserve.give()
    assert not reserve.give()
    reserve.hold()
    assert reserve.give()
    nowhere = Reserve(tmp_path / "nowhere")
    assert not nowhere.give()


def test_files_that_cannot_be_opened_at_all_are_neither_damage_nor_a_wrong_key(tmp_path):
    (tmp_path / "outbox.db").mkdir()
    with pytest.raises(Refused, match="disk_full"):
        opened(tmp_path)
    keys.note_key(tmp_path, KEY)
    with pytest.raises(Refused, match="disk_full"):
        opened(tmp_path)
    assert (tmp_path / "outbox.db").is_dir()


def test_a_cache_that_cannot_be_opened_is_said(tmp_path):
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(Refused, match="disk_full"):
        opened(tmp_path)


def child(code: str, folder: Path, **also) -> subprocess.Popen:
    """Start a program that works on a store."""
    lines = "from tests.console.store.seat import *\n" + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", lines, str(folder)],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **also,
    )  # fmt: skip


FILL_UP = """
import sys
from pathlib import Path
from console.base.errors import Refused
from console.domain.record import KINDS
store = opened(Path(sys.argv[1]))
store.absorb(page(*(incident(n) for n in range(40))))
said = []
try:
    for n in range(20000):
        each = note(f"I{n % 40}", "字" * 400)
        store.enqueue(each, WANG)
        said.append(each.id)
except Refused as refused:
    assert refused.key == "refused.disk_full", refused
    assert [w.act.id for w in store.outbox()] == said
    shown = sum(len(store.get("incident", f"I{n}").notes) for n in range(40))
    # The last one may be in the outbox while there is no room to show it: then that is said.
    unshown = [n.key for n in store.trouble()].count("store.unshown")
    assert len(said) - shown == unshown, (len(said), shown)
    print(len(said), [n.key for n in store.trouble()])
"""


def test_a_disk_that_takes_no_more_refuses_the_step_and_keeps_the_others(tmp_path):
    limit = 2_500_000

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    out, _ = child(FILL_UP, tmp_path, preexec_fn=limited).communicate(timeout=50)
    count = int(out.split()[0])
    assert count > 20
    store = opened(tmp_path)
    assert len(store.outbox()) == count
    store.close()


def test_on_a_full_disk_the_reserve_lets_more_acts_in(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root alone")
    try:
        out, _ = child(FILL_UP, disk).communicate(timeout=50)
        count = int(out.split()[0])
        assert count > 20
        assert "store.disk_full" in out
        assert not (disk / "reserve").exists()
        shutil.copytree(disk, tmp_path / "copy")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    store = opened(tmp_path / "copy")
    assert len(store.outbox()) == count
    store.close()


KILLED = """
import sys
from pathlib import Path
store = opened(Path(sys.argv[1]))
print("up", flush=True)
for n in range(10000):
    each = note("I1", f"n{n}")
    store.enqueue(each, WANG)
    print(each.id, flush=True)
    if n % 5 == 4:
        store.absorb(page(incident(2, version=n + 100), cursor=f"c{n}"))
"""


def test_a_killed_process_loses_no_act_that_it_said_was_taken(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(incident(1), incident(2)))
    store.close()
    taken = []
    moments = random.Random(3)
    for _ in range(5):
        program = child(KILLED, tmp_path)
        assert program.stdout is not None
        for _ in range(1 + moments.randint(2, 25)):
            line = program.stdout.readline().strip()
            taken += [line] if line != "up" else []
        program.kill()
        taken += [x for x in program.stdout.read().split() if len(x) == 36]
        program.wait()
        program.stdout.close()
        program.stdin.close()
    store = opened(tmp_path)
    waiting = [w.act.id for w in store.outbox()]
    assert [each for each in waiting if each in set(taken)] == taken
    assert len(waiting) - len(taken) <= 5
    assert len(store.get("incident", "I1").notes) == len(waiting)
    assert store.trouble() == ()
    store.close()


@pytest.mark.logs_trouble
def test_a_waiting_act_is_as_it_was_after_a_rescue(tmp_path):
    store = opened(tmp_path)
    store.absorb(page(incident(1)))
    store.enqueue(note("I1"), WANG)
    first = store.outbox()[0]
    store.close()
    notice = damage.rescue(tmp_path / "outbox.db", KEY, [first], 5)
    assert notice.args["restored"] == 0
    again = opened(tmp_path)
    assert again.outbox() == [first]
    assert isinstance(first, Waiting)
    again.close()

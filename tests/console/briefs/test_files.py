"""Briefs go into files whole, in the form of their ending; a folder holds so many and no more."""

import os

import pytest

from console.base.errors import Refused
from console.briefs.daily import daily
from console.briefs.files import bound, write_brief
from tests.console.briefs.worlds import facts_of


@pytest.mark.parametrize(("ending", "begins"), [(".pdf", b"%PDF"), (".DOCX", b"PK")])
def test_the_ending_says_the_form(bench, tmp_path, ending, begins):
    file = write_brief(daily(facts_of(bench), "2026-01-05"), tmp_path / "new" / f"a{ending}")
    assert file.read_bytes().startswith(begins)
    assert [f.name for f in file.parent.iterdir()] == [f"a{ending}"]


def test_another_ending_is_refused_and_nothing_is_written(bench, tmp_path):
    with pytest.raises(Refused):
        write_brief(daily(facts_of(bench), "2026-01-05"), tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()


def test_the_oldest_go_first_and_other_files_stay(tmp_path):
    for n in range(5):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(b"")
        os.utime(file, (n, n))
    (tmp_path / "notes.txt").write_bytes(b"")
    assert [f.name for f in bound(tmp_path, 2)] == ["0.pdf", "1.pdf", "2.pdf"]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["3.pdf", "4.pdf", "notes.txt"]
    assert bound(tmp_path, 2) == []

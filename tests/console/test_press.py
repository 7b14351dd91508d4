"""A seat writes briefs from what it holds; a timeline is fetched first, where that can be."""

import pytest

from console.base.errors import Refused
from console.base.work import Inline
from console.press import facts_of, write_daily, write_special
from tests.ui.desk import desk


@pytest.fixture
def seat(tmp_path):
    made = desk(tmp_path, Inline())
    yield made
    made.close()


def test_the_daily_brief_goes_into_the_seats_folder(seat):
    file = write_daily(seat.core)
    assert file.parent == seat.core.settings.folder / "briefs"
    assert file.read_bytes().startswith(b"%PDF")
    today = seat.core.clock.now()
    assert f"{facts_of(seat.core).local(today):%Y%m%d}" in file.name


def test_the_report_of_an_incident_has_its_timeline(seat, tmp_path):
    file = write_special(seat.core, "i1", tmp_path / "x.docx")
    assert file.read_bytes().startswith(b"PK")
    assert facts_of(seat.core).held.history("incident", "i1")
    with pytest.raises(Refused):
        write_special(seat.core, "nobody", tmp_path / "y.pdf")


def test_a_report_is_written_of_what_the_centre_told_of_it(seat, tmp_path, monkeypatch):
    asked = []
    told = seat.core.work.call(lambda: None)
    monkeypatch.setattr(seat.core, "ask_history", lambda *key: asked.append(key) or told)
    write_special(seat.core, "i1", tmp_path / "x.docx")
    assert asked == [("incident", "i1")]

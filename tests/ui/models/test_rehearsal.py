"""A plan on paper has real departments and hours; steps of nobody show, files are checked."""

from pathlib import Path

import pytest

from console.base import resources
from console.base.errors import BadData, Refused
from tests.ui.desk import Desk
from ui.models.rehearsal import walk

I1 = ("incident", "i1")


def test_it_names_departments_hours_and_the_incident_and_writes_nothing(seat: Desk) -> None:
    before = len(seat.core.outbox())
    scene, facts = walk(seat.core, "emcr-p1", I1)
    assert scene == "EMCR"
    assert facts.rehearsed
    assert [s.at for s in facts.steps][:4] == [0, 2, 5, 10]
    assert all(s.dept and s.due for s in facts.steps)
    assert "什么也没有写入" in facts.told
    assert len(seat.core.outbox()) == before


def test_without_a_place_the_steps_of_a_street_have_nobody(seat: Desk) -> None:
    _scene, facts = walk(seat.core, "街道吹哨、部门报到", None)
    assert "gap" in {s.stands for s in facts.steps}
    _scene, placed = walk(seat.core, "DMCG-P1", I1)
    assert "市中心" in placed.told


def test_no_such_plan_is_refused(seat: Desk) -> None:
    with pytest.raises(Refused):
        walk(seat.core, "NONE-P1", None)
    with pytest.raises(Refused):
        walk(seat.core, "", None)


def test_a_file_that_is_still_edited_is_walked_through_or_told_what_is_wrong(
    seat: Desk, tmp_path: Path
) -> None:
    words = resources.path("scenes/EMCR.toml").read_text("utf-8")
    file = tmp_path / "EMCR.toml"
    file.write_text(words.replace("at = 2\n", "at = 3\n", 1), "utf-8")
    _scene, facts = walk(seat.core, "EMCR-P1", I1, str(file))
    assert facts.steps[1].at == 3
    assert str(file) in facts.told
    file.write_text(words.replace('owner = "ccoc"', 'owner = "nobody"', 1), "utf-8")
    with pytest.raises(BadData, match="nobody"):
        walk(seat.core, "EMCR-P1", I1, str(file))

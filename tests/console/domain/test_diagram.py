"""The diagrams are drawn from the machines, and the README shows them as they are."""

import re

from console.domain.diagram import mermaid
from tests.drivers import ROOT
from tests.worlds import JUDGE


def test_every_state_and_every_move_is_drawn():
    drawn = mermaid(JUDGE.machines["incident"])
    assert "    [*] --> reported: create" in drawn
    assert "    reported --> accepted: accept" in drawn
    assert "    merged --> reported: unmerge" in drawn
    assert "    archived --> [*]" in drawn
    assert all(state in drawn for state in JUDGE.machines["incident"].states)


def test_the_readme_shows_the_machines_as_they_are():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"<!-- machine:(\w+) -->\n```mermaid\n(.*?)```", readme, re.DOTALL)
    assert shown
    for kind, drawn in shown:
        assert drawn == mermaid(JUDGE.machines[kind])

"""What was set aside, on the command line: each with who has taken it up; nothing runs there."""

from console.central.intake import asides
from console.central.intake.aside import Aside, Wrong
from console.central.intake.bounds import bounds
from console.wire import Posted

WHY = Posted(number="N-1", status="wrong", rule="intake.missing", field="words", line=7, why="空")


def run(place, *words) -> tuple[int, str]:
    said: list[str] = []
    return asides.main([*words, "--data", str(place)], said.append), "".join(said)


def test_they_are_listed_and_shown(lite, tmp_path):
    place = tmp_path / "lite"
    Aside(lite.centre, {}, bounds()).put("cap", "water", [Wrong("<坏>\x1b[2J".encode(), WHY)])
    status, said = run(place, "list")
    assert (status, "water" in said, "words:7" in said) == (0, True, True)
    name = said.split()[0]
    status, said = run(place, "show", name)
    assert (status, "<坏>" in said, "\x1b" in said) == (0, True, False)
    assert run(place, "show", "none")[0] == 1

"""The check that a department runs on its own files: what is wrong, where, and how it ends."""

import pytest

from console.central.__main__ import main as central
from console.central.intake import check
from tests.console.central.doors.words import ALERT
from tests.drivers import ROOT

EXAMPLES = ROOT / "resources/docs/examples"


def run(*words) -> tuple[int, str]:
    said: list[str] = []
    return check.main([str(word) for word in words], said.append), "".join(said)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("cap", "cap_warning.xml"), ("cap", "cap_cancel.xml"), ("12379", "12379_warning.xml"),
        ("12379", "12379_text.json"), ("reports", "reports.json"), ("table", "table.csv"),
        ("open311", "open311.json"), ("sensorthings", "sensorthings_thing.json"),
        ("sensorthings", "sensorthings_observation.json"), ("eido", "eido.json"),
        ("cot", "cot_position.xml"), ("cot", "cot_alert.xml"),
    ],
)  # fmt: skip
def test_every_example_of_the_guide_is_right(kind, name):
    status, said = run(kind, EXAMPLES / name)
    assert (status, "⟦" in said) == (0, False), said


def test_what_is_wrong_is_told_with_line_place_and_rule(tmp_path):
    file = tmp_path / "alert.xml"
    file.write_text(ALERT.replace("<scope>Public</scope>", ""), "utf-8")
    status, said = run("cap", file)
    assert status == 1
    assert f"{file}:2:" in said
    assert "alert/scope" in said
    assert "[cap.missing]" in said


@pytest.mark.parametrize("kind", [k for k in check.KINDS if k != "open311"])
def test_half_a_file_and_a_file_that_is_not_there_end_in_1(tmp_path, kind):
    half = tmp_path / "half"
    half.write_bytes(b'<a\xff{"')
    for file in (half, tmp_path / "none"):
        status, said = run(kind, file)
        assert (status, bool(said), "⟦" in said) == (1, True, False)


def test_several_files_end_as_the_worst_does(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('[{"source": "x"}]', "utf-8")
    assert run("reports", EXAMPLES / "reports.json", bad)[0] == 1


def test_forms_and_arrays_are_checked_too(tmp_path):
    form = tmp_path / "form"
    form.write_text("service_code=COSP-02&lat=32.05&long=118.79", "utf-8")
    assert run("open311", form)[0] == 0
    form.write_text("service_code=NO", "utf-8")
    assert run("open311", form)[0] == 1
    rows = tmp_path / "rows.json"
    rows.write_text('[{"Datastream": {"id": 1}, "components": ["result"], "dataArray": [[1], []]}]')
    status, said = run("sensorthings", rows)
    assert (status, "[0]/dataArray[1]" in said) == (1, True)
    thing = tmp_path / "thing.json"
    thing.write_text("{}", "utf-8")
    assert run("sensorthings", "--set", "Things", thing)[0] == 1


def test_a_profile_that_is_none_is_told():
    assert run("table", "--profile", "none", EXAMPLES / "table.csv")[0] == 2


def test_it_is_a_subcommand_of_the_centre():
    assert central(["check-source", "cap", str(EXAMPLES / "cap_warning.xml")]) == 0
    assert central(["check-source", "cap", str(EXAMPLES / "reports.json")]) == 1

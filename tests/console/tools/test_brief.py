"""A brief by one line, from a real centre: as PDF or DOCX, of a day or of an incident."""

import pytest

from console.__main__ import main
from console.domain.access import Access
from tests.centre_driver import PASSWORD, XUANWU, Running, act, birth

WANG = Access(user="wang", name="王敏", roles=("intake", "dispatch"), scopes=("",))


@pytest.fixture
def centre(tmp_path):
    running = Running(tmp_path / "centre").welcome(WANG).start()
    running.built.centre.judge_acts([act("wang", birth(XUANWU))], WANG)
    yield running
    running.close()


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "password").write_text(PASSWORD)

    def say(centre, *words):
        where = ["--centre", centre, "--data", str(tmp_path / "desk"), "--user", "wang"]
        status = main([*where, "brief", *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    return say


def test_a_brief_is_written_from_what_the_centre_said(run, centre, tmp_path):
    sign_in = f"--password-file={tmp_path / 'password'}"
    file = tmp_path / "a.pdf"
    assert run(centre.url, sign_in, f"--out={file}") == (0, f"{file}\n")
    assert file.read_bytes().startswith(b"%PDF")
    number = "000001"
    special = tmp_path / "b.docx"
    assert run(centre.url, f"--incident={number}", f"--out={special}")[0] == 0
    assert special.read_bytes().startswith(b"PK")


def test_without_the_centre_it_is_written_all_the_same_and_said(run, centre, tmp_path):
    run(centre.url, f"--password-file={tmp_path / 'password'}", f"--out={tmp_path / 'a.pdf'}")
    centre.stop()
    status, said = run(centre.url, "--date=2026-01-05", f"--out={tmp_path / 'b.pdf'}")
    assert status == 0
    assert "中心不可达" in said
    assert (tmp_path / "b.pdf").exists()


def test_nobody_and_a_wrong_ending_are_refused(run, tmp_path):
    assert run("http://127.0.0.1:9")[0] == 3

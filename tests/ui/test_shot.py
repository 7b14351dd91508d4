"""The picture is of the real window, of the size asked for, with the data of a real centre."""

import pytest
from PySide6.QtGui import QImage

from console.domain.access import Access
from tests.centre_driver import PASSWORD, XUANWU, Running, act, birth
from tests.ui.programs import borrowed
from ui.__main__ import main
from ui.shot import scale_of, size_of

WANG = Access(user="wang", name="王敏", roles=("intake", "dispatch"), scopes=("",))
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def draw(tmp_path, qapp, monkeypatch):
    """Give the program that draws into a file; it gives its exit status."""
    for name, value in {"QT_SCALE_FACTOR": "1", "XDG_CONFIG_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "password").write_text(PASSWORD)

    def run(centre, *words):
        options = {
            "centre": centre, "data": tmp_path / "desk", "site": tmp_path / "none",
            "password-file": tmp_path / "password", "shot": tmp_path / "a" / "shot.png",
            "size": "1280x720", "after": "0.2", "user": "wang",
        }  # fmt: skip
        with borrowed(qapp):
            return main([*(f"--{name}={value}" for name, value in options.items()), *words])

    run.file = tmp_path / "a" / "shot.png"
    return run


def test_a_size_is_read_and_a_large_one_is_of_a_screen_twice_as_dense():
    assert [scale_of(size_of(said)) for said in ("1920x1080", "3840X2160")] == [1.0, 2.0]


def test_the_seat_is_drawn_with_what_was_asked_for(draw, tmp_path, capsys):
    centre = Running(tmp_path / "centre").welcome(WANG).start()
    try:
        centre.built.centre.judge_acts([act("wang", birth(XUANWU))], WANG)
        assert draw(centre.url, "--queue=pending", "--select=0", "--do=theme day") == 0
    finally:
        centre.close()
    picture = QImage(str(draw.file))
    assert (picture.width(), picture.height()) == (1280, 720)
    colours = {picture.pixel(x, y) for x in range(0, 1280, 8) for y in range(0, 720, 8)}
    assert len(colours) > 8
    assert capsys.readouterr().out.strip() == str(draw.file)


def test_without_a_centre_the_picture_is_not_made_and_it_is_said(draw, capsys):
    assert draw("http://127.0.0.1:9") == 3
    assert capsys.readouterr().err.strip()
    assert not draw.file.exists()


def test_a_setting_that_is_wrong_is_named(draw, tmp_path, capsys):
    (tmp_path / "chengyun").mkdir()
    (tmp_path / "chengyun" / "chengyun.toml").write_text("theme = 'pink'")
    assert draw("http://127.0.0.1:9") == 2
    assert "theme" in capsys.readouterr().err

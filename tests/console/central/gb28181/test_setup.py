"""The settings of this end are read with the place of what is wrong; passwords stay unseen."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.central.gb28181.setup import Passwords, read_passwords, read_setup

ID = "32010000002000000001"
GOOD = f"""id = "{ID}"
domain = "3201000000"
host = "0.0.0.0"
said = "10.1.2.3"
ports = [30000, 30100]
[[upper]]
id = "32000000002000000001"
domain = "3200000000"
host = "10.9.9.9"
way = "tcp"
"""


def written(tmp_path, words, name="gb28181.toml", mode=0o600):
    file = tmp_path / name
    file.write_text(words, "utf-8")
    file.chmod(mode)
    return file


def test_a_whole_file_is_read(tmp_path):
    found = read_setup(written(tmp_path, GOOD))
    assert (found.address, found.ports, found.port) == ("10.1.2.3", (30_000, 30_100), 5060)
    assert found.upper[0].way == "tcp"


@pytest.mark.parametrize("words", [
    "", "id = 3", GOOD.replace(ID, "123"), GOOD.replace('"tcp"', '"pigeon"'), GOOD + "\nodd = 1",
    "no toml",
])  # fmt: skip
def test_what_is_wrong_is_named_with_its_file(tmp_path, words):
    with pytest.raises(BadData, match=r"gb28181\.toml"):
        read_setup(written(tmp_path, words))


def test_passwords_are_by_device_or_for_any_and_are_not_shown(tmp_path):
    found = read_passwords(written(tmp_path, f'{ID} = "one"\n"*" = "any"\n'))
    assert (found.of(ID), found.of("x"), found.own(ID), found.own("x")) == ("one", "any", "one", "")
    assert "one" not in repr(found)
    assert Passwords({}).of(ID) is None


def test_a_file_that_others_may_read_is_not_taken(tmp_path):
    with pytest.raises(BadData, match="600"):
        read_passwords(written(tmp_path, f'{ID} = "one"', mode=0o644))
    with pytest.raises(BadData, match="text"):
        read_passwords(written(tmp_path, f"{ID} = 1"))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_the_guide_shows_can_be_read(tmp_path, language):
    guide = resources.path(f"docs/{language}/gb28181.md").read_text("utf-8")
    setup, passwords = (part.partition("```")[0] for part in guide.split("```toml\n")[1:])
    found = read_setup(written(tmp_path, setup))
    held = read_passwords(written(tmp_path, passwords, "passwords.toml"))
    assert held.own(found.upper[0].id)
    assert held.own(found.rtsp_user and "rtsp")

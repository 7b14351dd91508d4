"""Settings are laid over each other in one order; what is wrong is said with its file and key."""

import tomllib
from dataclasses import fields

import pytest

from console.base.errors import BadData
from console.base.settings import Settings, read_settings, reference
from console.base.text import LANGUAGES, table


def read(tmp_path, arguments=None, environment=None, site="", user=""):
    places = []
    for name, words in (("site.toml", site), ("user.toml", user)):
        (tmp_path / name).write_text(words, "utf-8")
        places.append(tmp_path / name)
    return read_settings(arguments or {}, environment or {}, site=places[0], user=places[1])


def test_without_anything_the_defaults_stand(tmp_path):
    assert read_settings({}, {}, site=tmp_path / "none", user=tmp_path / "none") == Settings()


def test_arguments_stand_over_environment_over_user_over_site(tmp_path):
    site = 'centre = "s"\nseat = "s"\ntheme = "day"\nlanguage = "en"'
    user = 'seat = "u"\ntheme = "night"\nlanguage = "en"'
    environment = {"CHENGYUN_THEME": "day", "CHENGYUN_LANGUAGE": "en", "OTHER": "x"}
    found = read(tmp_path, {"language": "zh_CN", "seat": None}, environment, site, user)
    assert (found.centre, found.seat, found.theme, found.language) == ("s", "u", "day", "zh_CN")


def test_words_of_the_environment_become_values(tmp_path):
    environment = {"CHENGYUN_LOCK_MINUTES": "3", "CHENGYUN_SOUND": "off"}
    found = read(tmp_path, {}, environment)
    assert (found.lock_minutes, found.sound) == (3, False)


@pytest.mark.parametrize(
    ("site", "where"),
    [
        ("no_such = 1", "no_such"), ("lock_minutes = 'soon'", "lock_minutes"),
        ("sound = 'loud'", "sound"), ("theme = 'pink'", "theme"), ("seat = 5", "seat"),
        ("lock_minutes = true", "lock_minutes"), ("= 1", ""),
        ("trunk_kbits = 5", "trunk_kbits"), ("[trunk_kbits]\ncity = 0", "trunk_kbits.city"),
        ("[trunk_kbits]\ncity = 1.5", "trunk_kbits.city"), ("trunk_kbits = 'a'", "trunk_kbits.a"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_key(tmp_path, site, where):
    with pytest.raises(BadData) as raised:
        read(tmp_path, site=site)
    assert (raised.value.file, raised.value.where) == (str(tmp_path / "site.toml"), where)


def test_a_table_may_be_a_line_in_the_environment(tmp_path):
    environment = {"CHENGYUN_TRUNK_KBITS": "public=1500, district-320117=8000"}
    found = read(tmp_path, {}, environment, site="[trunk_kbits]\ncity = 9")
    assert found.trunk_kbits == {"public": 1500, "district-320117": 8000}


def test_names_without_a_map_to_lie_on_are_said(tmp_path):
    with pytest.raises(BadData) as raised:
        read(tmp_path, site='tiles_labels = "http://t.city/cva/{z}/{x}/{y}"')
    assert raised.value.where == "tiles_labels"


def test_an_unknown_name_in_the_environment_is_said(tmp_path):
    with pytest.raises(BadData) as raised:
        read(tmp_path, environment={"CHENGYUN_CENTER": "x"})
    assert (raised.value.file, raised.value.where) == ("environment", "center")


def test_the_reference_shows_no_secret():
    said = reference(Settings(tiles_key="hush-7"))
    assert "hush-7" not in said
    assert "tiles_key" in said


def test_the_reference_is_a_file_that_can_be_read_back(tmp_path):
    said = Settings(seat="s1", trunk_kbits={"city": 90_000, "district-320117": 8_000})
    assert read(tmp_path, site=reference(said)) == said
    assert read(tmp_path, site=reference(Settings())) == Settings()
    assert tomllib.loads(reference(Settings())).keys() == {f.name for f in fields(Settings)}


def test_every_setting_has_a_sentence():
    for language in LANGUAGES:
        assert {f"setting.{f.name}" for f in fields(Settings)} <= table(language).keys()


def test_the_folder_is_the_one_that_was_said(tmp_path):
    assert Settings(data=str(tmp_path)).folder == tmp_path
    assert Settings().folder.name == "desk"


def test_a_certificate_comes_with_its_key_and_both_are_there(tmp_path):
    cert, key = tmp_path / "seat.crt", tmp_path / "seat.key"
    cert.touch()
    nowhere = tmp_path / "no.toml"
    for said, where in (
        ({"client_cert": str(cert)}, "client_key"),
        ({"client_cert": str(cert), "client_key": str(key)}, "client_key"),
        ({"client_key": str(key)}, "client_cert"),
    ):
        with pytest.raises(BadData) as caught:
            read_settings(said, {}, site=nowhere, user=nowhere)
        assert caught.value.where == where
    key.touch()
    both = {"client_cert": str(cert), "client_key": str(key)}
    assert read_settings(both, {}, site=nowhere, user=nowhere).client_key == str(key)

"""Texts are looked up by key in the language spoken now; a missing one shows itself."""

import pytest

from console.base.text import LANGUAGES, Texts, speak, table


@pytest.fixture(params=LANGUAGES)
def texts(request):
    return Texts(request.param)


def test_a_key_gives_its_text_in_the_language(texts):
    assert (
        texts.text("level.II") == {"zh_CN": "重大", "en": table("en")["level.II"]}[texts.language]
    )
    assert texts.has("level.II")


def test_an_unknown_key_shows_itself(texts):
    assert texts.text("no.such") == "⟦no.such⟧"
    assert not texts.has("no.such")


def test_arguments_are_filled_in(texts):
    said = texts.text("refused.state", **dict.fromkeys(("state", "kind", "verb", "record"), "XX"))
    assert "⟦" not in said


def test_a_text_that_lacks_an_argument_is_shown_as_it_is_written(texts):
    key = next(key for key, said in table(texts.language).items() if "{amount}" in said)
    assert texts.text(key, other=1) == table(texts.language)[key]


def test_only_known_languages_are_spoken():
    with pytest.raises(ValueError, match="tlh"):
        speak("tlh")

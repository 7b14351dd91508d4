"""The eight bytes of steering are those of the standard, and come back as the wish they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.steering import Motion, Place
from console.video.gb28181.words import read_word, word_of

WAY = st.sampled_from((-1, 0, 1))


@pytest.mark.parametrize(("wish", "word"), [
    (Motion(), "A50F0100000000B5"),
    (Motion(pan=1, speed=8), "A50F0101FF0000B5"),
    (Motion(pan=-1, tilt=1, speed=8), "A50F010AFFFF00BD"),
    (Motion(zoom=1, speed=8), "A50F01100000F0B5"),
    (Motion(focus=1, speed=8), "A50F0141FF0000F5"),
    (Place(do="call", number=3), "A50F01820003003A"),
    (Place(do="save", number=1), "A50F018100010037"),
])  # fmt: skip
def test_words_are_those_of_the_standard(wish, word):
    assert word_of(wish) == word


@given(WAY, WAY, WAY, st.integers(1, 8))
def test_a_turn_comes_back_as_it_was(pan, tilt, zoom, speed):
    wish = Motion(pan=pan, tilt=tilt, zoom=zoom, speed=speed)
    found = read_word(word_of(wish))
    assert (found.pan, found.tilt, found.zoom) == (pan, tilt, zoom)
    assert wish.still or found.speed == speed


@given(WAY, WAY, st.integers(1, 8))
def test_a_lens_comes_back_as_it_was(focus, iris, speed):
    found = read_word(word_of(Motion(focus=focus, iris=iris, speed=speed)))
    assert (found.focus, found.iris) == (focus, iris)


@given(st.sampled_from(("call", "save", "drop")), st.integers(1, 255))
def test_a_place_comes_back_as_it_was(do, number):
    assert read_word(word_of(Place(do=do, number=number))) == Place(do=do, number=number)


@given(st.text(alphabet="0123456789ABCDEFG ", max_size=20))
def test_any_other_text_is_a_value_error(said):
    try:
        read_word(said)
    except ValueError:
        return


@pytest.mark.parametrize("word", ["A50F0101FF0000B6", "A50F01", "B50F0101FF0000C5", ""])
def test_a_wrong_sum_length_or_head_is_no_word(word):
    with pytest.raises(ValueError, match=word or "^$"):
        read_word(word)


@pytest.mark.parametrize("wish", [Motion(pan=2), Motion(speed=9), Place(do="call", number=0)])
def test_what_is_not_sound_is_not_sent(wish):
    with pytest.raises(ValueError, match="="):
        word_of(wish)

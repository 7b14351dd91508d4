"""What is on the screen stays there until what follows has come; sizes change without a gap."""

import pytest

from console.video.stream import Look, Trouble
from tests.ui.pictures import Pictures, eye
from ui.models.channel import AGAIN, Channel, Playback

SUB, MAIN = "rtsp://x/a/sub", "rtsp://x/a/main"


@pytest.fixture
def pictures():
    return Pictures()


@pytest.fixture
def channel(pictures):
    made = Channel(pictures, eye("a"), ("yu", "s3cret"))
    made.want("sub", 320, 180, keys_only=False)
    pictures.come(SUB)
    assert made.glance(pictures.seqs())
    return made


def test_a_stream_is_asked_for_with_its_door(channel, pictures):
    wish = pictures.wishes[channel.shown.slot]
    assert (wish.address, wish.user, wish.password) == (SUB, "yu", "s3cret")


def test_the_sub_stream_is_shown_until_the_main_stream_s_first_picture(channel, pictures):
    channel.want("main", 1920, 1080, keys_only=False)
    assert pictures.playing == [MAIN, SUB]
    assert not channel.glance(pictures.seqs())
    assert channel.shown.quality == "sub"
    assert channel.picture() is not None
    pictures.come(MAIN)
    assert channel.glance(pictures.seqs())
    assert channel.shown.quality == "main"
    assert pictures.playing == [MAIN]


def test_a_picture_that_does_not_change_is_not_taken_for_a_live_one_in_the_other_stream(
    channel, pictures
):
    pictures.come(SUB, look=Look.CONSTANT)
    assert channel.vitals().look is Look.CONSTANT
    channel.want("main", 1920, 1080, keys_only=False)
    pictures.come(MAIN)
    channel.glance(pictures.seqs())
    assert channel.shown.quality == "main"
    assert channel.vitals().look is Look.CONSTANT, "nothing has been seen to move"
    pictures.come(MAIN, look=Look.PLAIN)
    assert channel.vitals().look is Look.PLAIN
    pictures.come(MAIN)
    assert channel.vitals().look is Look.UNJUDGED


def test_whoever_shrinks_a_tile_at_once_goes_on_with_the_sub_stream(channel, pictures):
    channel.want("main", 1920, 1080, keys_only=False)
    channel.want("sub", 320, 180, keys_only=False)
    assert pictures.playing == [SUB]


def test_another_size_of_the_same_stream_needs_no_new_one(channel, pictures):
    channel.want("sub", 480, 270, keys_only=True)
    assert pictures.began == [SUB]
    assert pictures.wishes[channel.shown.slot].keys_only


def test_a_size_beyond_its_memory_does_and_the_picture_stays_meanwhile(channel, pictures):
    channel.want("sub", 1280, 720, keys_only=False)
    assert pictures.began == [SUB, SUB]
    assert channel.picture() is not None


def test_the_same_picture_is_not_new(channel, pictures):
    assert not channel.glance(pictures.seqs())


def test_nothing_plays_when_it_is_closed(channel, pictures):
    channel.want("main", 1920, 1080, keys_only=False)
    channel.close()
    assert pictures.playing == []
    assert channel.picture() is None
    assert channel.vitals().seq == 0


def test_kept_minutes_are_played_beside_the_stream_and_end(pictures):
    again = Playback(pictures, "cam-a", (320, 180), (1_000, 61_000))
    wish = pictures.wishes[0]
    assert (wish.camera, wish.span, wish.address) == ("cam-a", (1_000, 61_000), "")
    assert not again.glance(pictures.seqs())
    pictures.come("", taken_ms=2_000)
    assert again.glance(pictures.seqs())
    assert again.picture() is not None
    assert not again.ended
    again.fit((640, 360))
    again.fit((7_680, 4_320))
    wide, high = pictures.wishes[0].width, pictures.wishes[0].height
    assert wide * high <= AGAIN, "never more than it has memory for"
    pictures.come("", trouble=Trouble.ENDED)
    assert again.ended
    again.close()
    assert pictures.playing == []

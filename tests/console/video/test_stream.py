"""A wish tells nobody its password; streams are put where there is room for them."""

from console.video.stream import FULL, MAIN_WEIGHS, Wish, place, weight


def test_a_password_is_not_written_out():
    wish = Wish(address="rtsp://10.0.0.1/1", width=320, height=180, user="yu", password="s3cret")
    assert "s3cret" not in f"{wish} {wish!r}"


def test_one_place_is_filled_before_another_is_used_and_then_the_one_with_least_to_do():
    assert place([0, 0], 1) == 0
    assert place([FULL - 1, 0], 1) == 0
    assert place([FULL, 0], 1) == 1
    assert place([FULL - 1, 0], MAIN_WEIGHS) == 1
    assert place([FULL, FULL - 1], MAIN_WEIGHS) == 1
    assert place([FULL, FULL + 1], 1) == 0


def test_a_large_stream_weighs_as_much_as_several_small_ones():
    sub = Wish(address="rtsp://10.0.0.1/1", width=320, height=180, quality="sub")
    main = Wish(address="rtsp://10.0.0.1/0", width=320, height=180, quality="main")
    assert (weight(sub), weight(main)) == (1, MAIN_WEIGHS)

"""A tile's size chooses its stream; the budget is never overdrawn, and rank goes first."""

from hypothesis import given
from hypothesis import strategies as st

from console.video.choose import (
    BACK_AT,
    COSTS,
    KEYS_UNDER,
    MAIN_FROM,
    Ask,
    Budget,
    Grant,
    diagonal,
    quality_for,
    share,
)

ROOMY = Budget(10_000.0, 10_000.0)


def test_a_large_tile_gets_the_main_stream_and_a_small_one_the_sub_stream():
    assert quality_for(Ask("a", diagonal(1920, 1080), True)) == "main"
    assert quality_for(Ask("a", diagonal(320, 180), True)) == "sub"


def test_a_tile_at_the_edge_keeps_what_it_has():
    between = (MAIN_FROM + BACK_AT) / 2
    assert quality_for(Ask("a", between, True, had="main")) == "main"
    assert quality_for(Ask("a", between, True, had="sub")) == "sub"


def test_a_camera_with_one_stream_shows_that_one():
    assert quality_for(Ask("a", 100.0, True, has_sub=False)) == "main"
    assert quality_for(Ask("a", 2_000.0, False)) == "sub"


def test_a_very_small_tile_gets_key_frames_alone():
    assert share([Ask("a", KEYS_UNDER - 1, True)], ROOMY).grants["a"] == Grant("a", "sub", True)


def test_where_the_main_stream_is_too_dear_the_sub_stream_comes():
    budget = Budget(COSTS["main"][0] - 1, 100.0)
    assert share([Ask("a", 2_000.0, True)], budget).grants["a"] == Grant("a", "sub")


def test_what_comes_first_is_served_first_and_the_rest_gets_less_or_nothing():
    pixels, bits = COSTS["sub"]
    budget = Budget(pixels * 1.1, bits * 2.5)
    asks = [Ask("late", 400.0, False, rank=1), Ask("spot", 400.0, False), Ask("third", 400.0,
            False, rank=2)]  # fmt: skip
    found = share(asks, budget).grants
    assert found["spot"] == Grant("spot", "sub")
    assert found["late"] == Grant("late", "sub", True)
    assert found["third"] == Grant("third", None)


def test_the_budget_of_a_machine_grows_with_its_cores():
    assert Budget.of_this_machine().decoding > 0


sizes = st.floats(20, 4_000)
asks = st.lists(
    st.builds(Ask, st.uuids().map(str), sizes, st.booleans(), st.just(True), st.integers(0, 3)),
    max_size=60,
)


@given(asks, st.floats(1, 500), st.floats(1, 500))
def test_the_budget_is_never_overdrawn_and_every_tile_is_answered(asked, decoding, link):
    shared = share(asked, Budget(decoding, link))
    assert shared.decoding <= 1.0
    assert shared.link <= 1.0
    assert shared.grants.keys() == {a.key for a in asked}

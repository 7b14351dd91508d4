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
    Use,
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
    assert found["third"] == Grant("third", None, full=True)


def test_each_line_has_its_own_limit_and_a_full_one_holds_back_only_its_own():
    main, sub = COSTS["main"][1], COSTS["sub"][1]
    asks = [Ask(f"a{n}", 2_000.0, True, way="a", limit=main + 1.5 * sub) for n in range(3)]
    asks += [Ask("b", 2_000.0, True, way="b", limit=main)]
    found = share(asks, ROOMY)
    assert [found.grants[f"a{n}"].quality for n in range(3)] == ["main", "sub", None]
    assert [found.grants[f"a{n}"].full for n in range(3)] == [False, True, True]
    assert found.grants["b"] == Grant("b", "main")
    assert found.lines["a"] == Use(main + sub, main + 1.5 * sub, 2, 1, 1)
    assert found.lines["b"].used == main


def test_key_frames_alone_spare_no_line():
    asks = [Ask("a", 400.0, False, way="a", limit=COSTS["sub"][1] - 0.1)]
    assert share(asks, ROOMY).grants["a"] == Grant("a", None, full=True)


def test_what_was_measured_goes_before_what_is_usual():
    light = Ask("a", 2_000.0, True, way="a", limit=1.0, weighs={"main": 0.8})
    assert share([light], ROOMY).grants["a"] == Grant("a", "main")
    heavy = Ask("a", 2_000.0, True, way="a", limit=10.0, weighs={"main": 12.0})
    assert share([heavy], ROOMY).grants["a"] == Grant("a", "sub", full=True)


def test_the_budget_of_a_machine_grows_with_its_cores():
    assert Budget.of_this_machine().decoding > 0


sizes = st.floats(20, 4_000)
asks = st.lists(
    st.builds(
        Ask,
        st.uuids().map(str),
        sizes,
        st.booleans(),
        st.just(True),
        st.integers(0, 3),
        way=st.sampled_from("abc"),
        limit=st.sampled_from((0.0, 2.0, 30.0)),
    ),
    max_size=60,
)


@given(asks, st.floats(1, 500), st.floats(1, 500))
def test_the_budget_is_never_overdrawn_and_every_tile_is_answered(asked, decoding, link):
    shared = share(asked, Budget(decoding, link))
    assert shared.decoding <= 1.0
    assert all(use.used <= use.limit for use in shared.lines.values())
    assert shared.grants.keys() == {a.key for a in asked}

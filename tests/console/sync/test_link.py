"""The line is a value: down after two failures, up after one answer, tried ever more rarely."""

from hypothesis import given
from hypothesis import strategies as st

from console.sync.link import DOWN, NEVER, PROBING, SIGNED_OUT, UP, Link, pause, worse


def failed(link: Link, now: int, chance: float = 0.5, retry_ms: int = 0) -> Link:
    return link.failed("sync.why.silent", now, now / 1000, chance, retry_ms)


def test_one_failure_makes_it_probing_and_the_next_makes_it_down_since_the_first():
    up = Link().heard(1_000)
    probing = failed(up, 5_000)
    down = failed(probing, 6_000)
    assert (up.state, probing.state, down.state) == (UP, PROBING, DOWN)
    assert probing.since == down.since == 5_000
    assert down.heard_at == 1_000
    assert down.why == "sync.why.silent"


def test_a_line_that_was_never_up_goes_down_too():
    assert Link().state == NEVER
    assert failed(failed(Link(), 1_000), 2_000).state == DOWN


def test_an_answer_makes_it_up_at_once_and_the_next_failure_is_tried_soon():
    down = Link()
    for n in range(9):
        down = failed(down, n * 1_000)
    up = down.heard(10_000)
    assert (up.state, up.since, up.tries, up.wait(10.0)) == (UP, 10_000, 0, 0.0)
    assert up.heard(11_000).since == 10_000
    assert failed(up, 12_000).wait(12.0) == 0.5


def test_what_the_centre_asks_for_is_obeyed():
    assert failed(Link().heard(0), 1_000, retry_ms=45_000).wait(1.0) == 45.0


def test_nothing_is_tried_before_a_sign_in_unless_asked():
    out = Link().heard(1_000).signed_out(2_000)
    assert (out.state, out.signed_out(9_000)) == (SIGNED_OUT, out)
    assert out.wait(1e9) == float("inf")
    assert out.asked().wait(0.0) == 0.0


@given(st.integers(0, 200), st.floats(0, 1, exclude_max=True))
def test_the_pause_doubles_up_to_a_limit_spread_by_half(tries, chance):
    middle = min(30.0, 0.5 * 2.0 ** min(tries, 16))
    assert middle * 0.5 <= pause(tries, chance) <= min(30.0, middle * 1.5)


def test_of_two_the_worse_is_shown():
    up = Link().heard(1_000)
    down = failed(failed(up, 2_000), 3_000)
    assert worse(up, down) is worse(down, up) is down
    assert worse(down, up.signed_out(1)).state == SIGNED_OUT

"""Several indicators each say how they stand; what is out of band is listed with since when."""

from console.domain.figuring import work_out
from console.domain.indicator import Indicator
from console.domain.measured import Sensing, measured_figure
from tests.console.domain.test_figuring import NOW, RATE, Judged, ground, tile

STAGE = Indicator(
    id="X.stage", name="水位", name_en="", unit="m", direction="up", normal=(0, 8.7), warn=8.7,
    alarm=9.7, source="", refresh_s=60,
)  # fmt: skip
MINUTE = 60_000


def sensing(**now) -> Sensing:
    known = {"X.rate": RATE, "X.stage": STAGE}
    held = {name.replace("_", ".", 1): each for name, each in now.items()}
    return Sensing(known, held, lambda _of, since: [(since, 1.0)], None)


def several(held: Sensing):
    return measured_figure(tile("multiples", indicators=("X.rate", "X.stage")), held, NOW)


def test_one_that_is_lost_is_lost_beside_one_that_is_live():
    found = several(sensing(
        X_rate=Judged(96.0, at=NOW - 1), X_stage=Judged(7.0, freshness="lost", at=NOW - 99 * MINUTE)
    ))  # fmt: skip
    assert [p.fresh for p in found.points] == ["live", "lost"]
    assert (found.fresh, found.at) == ("live", NOW - 1)
    assert found.points[1].at == NOW - 99 * MINUTE
    assert (found.points[1].normal, found.points[1].decimals) == ((0, 8.7), 1)
    assert found.behind.indicator == "X.rate,X.stage"


def test_several_of_which_none_is_live_are_as_old_as_the_newest():
    found = several(sensing(
        X_rate=Judged(96.0, freshness="lost", at=5), X_stage=Judged(7.0, freshness="lost", at=9)
    ))  # fmt: skip
    assert (found.fresh, found.at) == ("lost", 9)
    assert several(sensing()).fresh == "unknown"
    assert [p.fresh for p in several(sensing()).points] == ["unknown", "unknown"]


def test_what_is_out_of_band_comes_first_and_then_what_is_lost():
    held = sensing(
        X_rate=Judged(50.0, freshness="lost", at=NOW - 9, state="alarm"),
        X_stage=Judged(9.9, state="alarm", since=NOW - 5 * MINUTE),
    )
    found = measured_figure(tile("beyond", vital="beyond"), held, NOW)
    assert [(p.key, p.state, p.since) for p in found.points] == [
        ("X.stage", "alarm", NOW - 5 * MINUTE), ("X.rate", "normal", NOW - 9),
    ]  # fmt: skip
    assert (found.value, found.n, found.fresh) == (2.0, 2, "live")


def test_nothing_out_of_band_is_an_empty_list_and_nothing_measured_is_unknown():
    calm = measured_figure(
        tile("beyond", vital="beyond"), sensing(X_rate=Judged(99.0), X_stage=Judged(1.0)), NOW
    )
    assert (calm.points, calm.value, calm.fresh) == ((), 0.0, "live")
    none = work_out(tile("beyond", vital="beyond"), ground())
    assert (none.value, none.why, none.fresh) == (None, "page.why.no_reading", "unknown")

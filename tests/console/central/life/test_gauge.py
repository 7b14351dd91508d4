"""A gauge says the same of the same instant, stays in its bounds, and fails as it is told to."""

from statistics import mean

import pytest
from msgspec.structs import replace

from console.central.life.gauge import Gauge
from console.central.life.script import Driver, read_script
from console.central.life.sky import MINUTE, Sky
from console.domain.indicator import Sim
from tests.gauges import CONNECT, PONDING, STAGE

SCRIPT = read_script()
CALM = replace(SCRIPT.trouble, silent=0.0, out=0.0, bad=0.0)
BEGAN = 1_767_578_400_000
PLACE = ("320102", 118.8, 32.0)
SKY = Sky(SCRIPT.rhythm, replace(SCRIPT.staged, rain_after_min=60.0), "Asia/Shanghai", 1, BEGAN)


def gauge(of=STAGE, base=6.2, sd=0.3, seed=5, **driver) -> Gauge:
    indicator = replace(of, sim=Sim(base=base, sd=sd))
    return Gauge(indicator, "s", PLACE, Driver(**driver), seed)


def values(of: Gauge, trouble=CALM, count=200, first=BEGAN) -> list[float | None]:
    step = of.indicator.refresh_s * 1000
    said = (of.reading(SKY, trouble, first + n * step, 1) for n in range(count))
    return [r.value if r else None for r in said]


def test_it_wanders_around_its_base_and_is_the_same_again():
    found = values(gauge())
    assert found == values(gauge())
    assert found != values(gauge(seed=6))
    assert mean(found) == pytest.approx(6.2, abs=0.2)
    assert max(found) < 6.2 + 0.3 * 2
    assert len(set(found)) > 10


def test_rain_raises_it_and_a_share_stays_between_nothing_and_all():
    dry, wet = BEGAN, BEGAN + 90 * MINUTE
    ponding = gauge(PONDING, base=0.5, sd=0.5, rain=0.6, lag_h=0.5)
    assert values(ponding, count=1, first=wet)[0] > values(ponding, count=1, first=dry)[0] + 10
    assert all(0 <= v <= 100 for v in values(gauge(CONNECT, base=99.5, sd=5.0)))
    assert all(v >= 0 for v in values(gauge(PONDING, base=0.1, sd=5.0)))


@pytest.mark.parametrize(("kind", "said"), [("silent", None), ("out", "beyond"), ("bad", "bad")])
def test_it_fails_as_staged_and_recovers(kind, said):
    ponding = gauge(PONDING, base=0.5, sd=0.2)
    ponding.staged = (kind, BEGAN, BEGAN + 20 * MINUTE)
    middle = ponding.reading(SKY, CALM, BEGAN + 10 * MINUTE, 1)
    if said is None:
        assert middle is None
    elif said == "bad":
        assert middle.quality == "bad"
    else:
        assert ponding.indicator.band(middle.value) == "alarm"
    after = ponding.reading(SKY, CALM, BEGAN + 21 * MINUTE, 1)
    assert ponding.indicator.band(after.value) == "normal"


def test_by_itself_it_is_silent_out_and_bad_now_and_then():
    often = replace(SCRIPT.trouble, silent=0.3, out=0.3, bad=0.3)
    ponding = gauge(PONDING, base=0.5, sd=0.2)
    said = [ponding.reading(SKY, often, BEGAN + n * 2 * MINUTE, 1) for n in range(30 * 24 * 7)]
    assert any(r is None for r in said)
    assert any(r and r.quality == "bad" for r in said)
    assert any(r and r.quality == "good" and r.value > 27 for r in said)
    assert sum(r is None for r in said) < len(said) * 0.1

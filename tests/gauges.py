"""A few indicators, and readings of them: what tests of readings are made of."""

from console.domain.indicator import Indicator
from console.domain.reading import Reading

STAGE = Indicator(
    id="DMSW.stage", name="江水位", name_en="River stage", unit="m", direction="up",
    normal=(3.0, 8.7), warn=8.7, alarm=9.7, source="水文局", refresh_s=300, opens="DMSW-01",
    opens_at="warn",
)  # fmt: skip
PONDING = Indicator(
    id="DMSW.ponding", name="积水深度", name_en="Ponding", unit="cm", direction="up",
    normal=(0, 5), warn=15, alarm=27, source="积水计", refresh_s=60, opens="DMSW-02",
)  # fmt: skip
CONNECT = Indicator(
    id="DMHL.connect", name="接通率", name_en="Answered", unit="%", direction="down",
    normal=(95, 100), warn=92, alarm=88, source="12345", refresh_s=60,
)  # fmt: skip
SEALED = Indicator(
    id="EPIN.cases", name="病例", name_en="Cases", unit="例", direction="up", normal=(0, 0),
    warn=1, alarm=20, source="疾控", refresh_s=60, opens="EPIN-01",
)  # fmt: skip
INDICATORS = {each.id: each for each in (STAGE, PONDING, CONNECT, SEALED)}
TUNNEL = "320102.320102002"


def measured(of: Indicator, at: int, value: float, source: str = "s1", **more) -> Reading:
    """Give one reading of an indicator, in a street of 玄武 unless it says otherwise."""
    facts = {"scope": TUNNEL} | more
    return Reading(topic="indicator", of=of.id, source=source, at=at, value=value, **facts)

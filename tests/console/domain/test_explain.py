"""Why 70.6? Each point that is missing is told, with value, band and score, in both languages."""

import pytest

from console.base.text import TEXTS
from console.domain.explain import explain
from tests.console.domain.test_vitals import INDICATORS, worked_out


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    monkeypatch.setattr(TEXTS, "language", "zh_CN")


def test_every_point_lost_is_told_with_its_reason():
    said = list(explain(worked_out(S_a=80, S_b=20, S_c=50, W_a=0, W_b=0), INDICATORS))
    assert "70.6" in said[0]
    assert "100%" in said[0]
    told = "\n".join(said)
    # S.a: 0.6 x 3/6 x 80 = 24.0; S.c: 0.6 x 1/6 x 20 = 2.0; weak: 0.6 x 56.667 x 0.1 = 3.4.
    assert all(points in told for points in ("24.0", "2.0", "3.4", "告警", "80"))
    assert "S.b" not in told  # it costs nothing


def test_what_is_left_out_is_named_and_an_unknown_score_is_a_dash(monkeypatch):
    said = list(explain(worked_out(S_a=None), INDICATORS))
    assert "—" in said[0]
    assert any("S.a" in line for line in said)
    monkeypatch.setattr(TEXTS, "language", "en")
    assert "complete" in next(iter(explain(worked_out(S_a=0), INDICATORS)))

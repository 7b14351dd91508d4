"""The daily brief says what came, what was kept, what is grave, and what a leader asked for."""

import pytest

from console.briefs.daily import daily
from tests.console.briefs.worlds import facts_of


def words(brief) -> str:
    said = [brief.title]
    for section in brief.sections:
        said += [section.title, *section.words, section.note]
        said += [" ".join(row) for row in section.table.rows] if section.table else []
    return "\n".join(said)


def test_today_is_told_as_far_as_it_has_gone(bench):
    brief = daily(facts_of(bench), "2026-01-05")
    said = words(brief)
    assert brief.name == "日报-20260105"
    assert "受理事件 3 件，比前一日同时段 +3 件" in said
    assert "按期 100.0%" in said
    assert "下穿通道积水" in said
    assert "查清全市井盖" in said
    assert "体征总分 81.5，数据完整率 90%" in said
    assert "长江水位 9.1 m 2 – 8 告警" in said
    assert all("截至 2026-01-05 11:12" in section.note for section in brief.sections)


def test_hours_that_are_to_come_are_not_nought(bench):
    bars = daily(facts_of(bench), "2026-01-05").sections[0].picture.bars
    assert [bars[n][1] for n in (9, 10, 11, 12)] == [0.0, 2.0, 1.0, None]


def test_another_day_has_no_vital_signs_and_says_when_there_was_nothing(bench):
    brief = daily(facts_of(bench), "2026-01-04")
    said = words(brief)
    assert "体征" not in said
    assert "没有较大以上事件" in said
    assert "—" in said


@pytest.mark.parametrize(("language", "title"), [("zh_CN", "城市运行日报"), ("en", "daily brief")])
def test_it_is_written_in_two_languages(bench, language, title):
    said = words(daily(facts_of(bench, language), "2026-01-05"))
    assert title in said
    assert "⟦" not in said

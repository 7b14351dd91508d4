"""Working time is what a slow minute-by-minute model counts, and what people count by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base import resources
from console.base.errors import BadData
from console.domain.calendar import EPOCH, MILLISECOND, Calendar, Session, read_calendar

MINUTE = 60_000
HOUR = 60 * MINUTE
CN = read_calendar(resources.table("calendars/cn.toml"), "cn.toml")
# Around these days the years turn, holidays and make-up days lie, and summer time comes and goes.
PLACES = [date(2025, 12, 31), date(2026, 2, 15), date(2026, 3, 29), date(2026, 10, 25)]
ZONES = ["Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"]


def at(words, zone="Asia/Shanghai"):
    wall = datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    return (wall - EPOCH) // MILLISECOND


def slow(calendar, start, end):
    """Count the working time by asking for each minute whether people work."""
    total = 0
    minute = start - start % MINUTE
    while minute < end:
        wall = (EPOCH + timedelta(milliseconds=minute)).astimezone(ZoneInfo(calendar.zone))
        day, of_day = wall.date(), wall.hour * 60 + wall.minute
        works = day in calendar.workdays or (
            day.isoweekday() in calendar.weekdays and day not in calendar.holidays
        )
        if works and any(a <= of_day < b for a, b in calendar.sessions):
            total += min(end, minute + MINUTE) - max(start, minute)
        minute += MINUTE
    return total


@st.composite
def calendars(draw):
    zone = draw(st.sampled_from(ZONES))
    # Summer time comes and goes before five: the model of a minute says nothing of an hour twice.
    first = 0 if zone in ("Asia/Shanghai", "Asia/Kathmandu") else 300
    edges = draw(st.lists(st.integers(first, 1440), min_size=2, max_size=6, unique=True))
    edges = sorted(edges[: len(edges) // 2 * 2])
    near = st.builds(
        lambda p, n: p + timedelta(days=n), st.sampled_from(PLACES), st.integers(-3, 3)
    )
    holidays = draw(st.frozensets(near, max_size=8))
    return Calendar(
        zone=zone,
        sessions=tuple(Session(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)),
        weekdays=draw(st.frozensets(st.integers(1, 7), min_size=1)),
        holidays=holidays,
        workdays=draw(st.frozensets(near, max_size=6)) - holidays,
    )


@st.composite
def spans(draw):
    noon = datetime.combine(draw(st.sampled_from(PLACES)), datetime.min.time(), UTC)
    middle = (noon - EPOCH) // MILLISECOND
    start = middle + draw(st.integers(-48 * HOUR, 24 * HOUR))
    return start, start + draw(st.integers(0, 72 * HOUR))


@given(calendars(), spans())
def test_working_time_is_what_the_slow_model_counts(calendar, span):
    start, end = span
    work = slow(calendar, start, end)
    assert calendar.work_between(start, end) == work
    if work:
        assert start < calendar.work_after(start, work) <= end
        assert end - HOUR * 24 * 400 < calendar.work_after(end, -work) <= end
        assert calendar.work_between(calendar.work_after(end, -work), end) == work


@given(calendars(), spans(), st.integers(1, 400 * HOUR))
def test_so_much_work_later_there_was_so_much_work_and_not_a_moment_earlier(calendar, span, work):
    start = span[0]
    end = calendar.work_after(start, work)
    assert calendar.work_between(start, end) == work
    assert calendar.work_between(start, end - 1) == work - 1
    back = calendar.work_after(start, -work)
    assert calendar.work_between(back, start) == work
    assert calendar.work_between(back - 1, start) == work + 1


@given(
    st.lists(st.integers(at("2013-06-01 00:00"), at("2028-06-01 00:00")), min_size=3, max_size=3)
)
def test_working_time_adds_up_over_many_years(instants):
    a, b, c = sorted(instants)
    assert CN.work_between(a, b) + CN.work_between(b, c) == CN.work_between(a, c)
    assert CN.work_after(a, CN.work_between(a, c)) <= c


def test_nothing_passes_backwards_or_in_no_time():
    noon = at("2026-03-02 11:00")
    assert CN.work_between(noon, noon) == 0
    assert CN.work_between(noon, noon - HOUR) == 0
    assert CN.work_after(noon, 0) == noon
    saturday = at("2026-03-07 11:00")
    assert CN.work_after(saturday, 0) == saturday


def test_a_full_day_is_eight_hours():
    assert CN.day_length == 8 * HOUR


# Worked by hand from the announcement: off 15–23 February 2026; Saturdays 14 and 28 are worked.
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-02-13 17:00", 1, "2026-02-13 18:00"),  # Friday, to the end of the session
        ("2026-02-13 17:00", 2, "2026-02-14 09:00"),  # on into the Saturday that is worked
        ("2026-02-14 16:00", 4, "2026-02-24 10:00"),  # 2 h before nine days off, 2 h after
        ("2026-02-18 12:00", 8, "2026-02-24 18:00"),  # reported on a holiday
        ("2026-02-27 17:00", 9, "2026-02-28 18:00"),  # the second Saturday that is worked
        ("2026-02-28 17:00", 2, "2026-03-02 09:00"),  # and the Sunday after it is not
    ],
)
def test_spring_festival_2026_by_hand(start, hours, end):
    assert CN.work_after(at(start), hours * HOUR) == at(end)
    assert CN.work_between(at(start), at(end)) == hours * HOUR


# Off 25–27 September and 1–7 October 2026; Sunday 20 September and Saturday 10 October are worked.
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-09-19 10:00", 8, "2026-09-20 18:00"),
        ("2026-09-24 15:00", 4, "2026-09-28 09:00"),
        ("2026-09-30 13:00", 5, "2026-10-08 09:00"),  # in the noon break before the holiday
        ("2026-10-09 16:00", 10, "2026-10-10 18:00"),
        ("2026-10-10 17:59", 1, "2026-10-12 08:59"),
        ("2026-09-18 18:00", 8 * 15, "2026-10-15 18:00"),
    ],
)
def test_national_day_2026_by_hand(start, hours, end):
    assert CN.work_after(at(start), hours * HOUR) == at(end)
    assert CN.work_between(at(start), at(end)) == hours * HOUR


def test_a_year_without_a_table_has_weekends_alone_and_says_so():
    assert CN.covers(at("2026-12-31 23:59"))
    assert not CN.covers(at("2050-01-01 00:00"))
    assert not CN.covers(at("1990-01-01 00:00"))
    # 1 October 2049 is a Friday.
    assert CN.work_after(at("2049-09-30 17:00"), 2 * HOUR) == at("2049-10-01 09:00")
    assert CN.work_after(at("2049-10-01 17:00"), 2 * HOUR) == at("2049-10-04 09:00")


def test_the_way_back_ends_at_the_first_instant_even_across_new_year():
    # 1 January 2027, a Friday, is in no table yet.
    assert CN.work_after(at("2027-01-01 09:00"), -HOUR) == at("2026-12-31 18:00")


def test_a_year_of_holidays_has_no_working_time_and_is_passed_over():
    days = frozenset(date(2026, 1, 1) + timedelta(days=i) for i in range(365))
    calendar = Calendar("Asia/Shanghai", (Session(480, 720),), holidays=days)
    assert calendar.work_after(at("2025-12-31 11:00"), 2 * HOUR) == at("2027-01-01 09:00")
    assert calendar.work_after(at("2027-01-01 09:00"), -2 * HOUR) == at("2025-12-31 11:00")
    assert calendar.work_between(at("2026-02-01 00:00"), at("2026-06-01 00:00")) == 0


def test_a_session_in_the_hour_that_is_skipped_vanishes_and_one_that_is_repeated_is_longer():
    hours = tuple(Session(60 * hour, 60 * hour + 60) for hour in (1, 2, 3))
    nights = Calendar("Europe/Berlin", hours, frozenset({7}))

    def worked(day):
        start = at(f"{day} 00:00", "Europe/Berlin")
        return nights.work_between(start, start + 12 * HOUR)

    assert worked("2026-03-22") == 3 * HOUR
    assert worked("2026-03-29") == 2 * HOUR  # from 02:00 it is 03:00 at once
    assert worked("2026-10-25") == 4 * HOUR  # 02:00 to 03:00 comes twice


def test_a_session_moved_onto_the_next_one_is_counted_once():
    sessions = (Session(120, 150), Session(180, 240))
    nights = Calendar("Europe/Berlin", sessions, frozenset({7}))
    start = at("2026-03-29 00:00", "Europe/Berlin")
    assert nights.work_between(start, start + 12 * HOUR) == HOUR


def table(**other):
    return {
        "zone": "Asia/Shanghai",
        "sessions": ["09:00-12:00", "13:30-17:30"],
        "weekdays": [1, 2, 3, 4, 5, 6],
        "years": {"2026": {"source": "通知", "off": [date(2026, 1, 1)], "work": ["2026-01-04"]}},
    } | other


def test_a_calendar_is_read_from_a_table():
    calendar = read_calendar(table(), "x.toml")
    assert calendar.sessions == (Session(540, 720), Session(810, 1050))
    assert calendar.day_length == 7 * HOUR
    assert calendar.holidays == {date(2026, 1, 1)}
    assert calendar.workdays == {date(2026, 1, 4)}
    assert calendar.covers(at("2026-06-01 00:00"))
    assert calendar == read_calendar(table(), "y.toml")


def test_a_calendar_without_years_and_around_the_clock_is_read():
    data = table(sessions=["00:00-24:00"], weekdays=[1, 2, 3, 4, 5, 6, 7])
    del data["years"]
    calendar = read_calendar(data, "x.toml")
    assert calendar.work_after(at("2026-02-17 01:30"), 30 * HOUR) == at("2026-02-18 07:30")


def year(**other):
    return {"2026": {"source": "通知"} | other}


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"zones": 1}, "zones"),
        ({"zone": None}, "zone"),
        ({"zone": "Asia/Nowhere"}, "zone"),
        ({"zone": "/etc/passwd"}, "zone"),
        ({"sessions": "08:00-12:00"}, "sessions"),
        ({"sessions": []}, "sessions"),
        ({"sessions": ["8-12"]}, "sessions"),
        ({"sessions": [8]}, "sessions"),
        ({"sessions": ["12:00-08:00"]}, "sessions"),
        ({"sessions": ["08:00-08:00"]}, "sessions"),
        ({"sessions": ["08:00-24:30"]}, "sessions"),
        ({"sessions": ["14:00-18:00", "08:00-12:00"]}, "sessions"),
        ({"weekdays": None}, "weekdays"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [0]}, "weekdays"),
        ({"weekdays": [True]}, "weekdays"),
        ({"years": [2026]}, "years"),
        ({"years": {"2026": 1}}, "years.2026"),
        ({"years": {"26": {"source": "通知"}}}, "years.26"),
        ({"years": {"2026": {}}}, "years.2026.source"),
        ({"years": year(source=" ")}, "years.2026.source"),
        ({"years": year(odd=[])}, "years.2026.odd"),
        ({"years": year(off="2026-01-01")}, "years.2026.off"),
        ({"years": year(off=["1 January"])}, "years.2026.off"),
        ({"years": year(off=[datetime(2026, 1, 1, tzinfo=UTC)])}, "years.2026.off"),
        ({"years": year(work=[date(2027, 1, 1)])}, "years.2026.work"),
        ({"years": year(off=["2026-01-04"], work=["2026-01-04"])}, "years.2026"),
    ],
)
def test_what_is_wrong_in_a_table_is_named_with_its_place(wrong, where):
    with pytest.raises(BadData) as bad:
        read_calendar(table(**wrong), "x.toml")
    assert (bad.value.file, bad.value.where) == ("x.toml", where)


def test_make_up_days_of_the_table_are_weekends_and_each_year_holds_its_statutory_days():
    assert all(day.isoweekday() > 5 for day in CN.workdays)
    for number in sorted(CN.years):
        off = {day for day in CN.holidays if day.year == number}
        assert {date(number, 1, 1), date(number, 5, 1), date(number, 10, 1)} <= off
        # Some 11 days by law (13 from 2025), and those that make-up days pay for.
        weekdays = sum(1 for day in off if day.isoweekday() < 6)
        assert 14 <= weekdays <= 24

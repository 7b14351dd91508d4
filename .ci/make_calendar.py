"""Write resources/calendars/cn.toml again from the `holidays` library (development only).

    python .ci/make_calendar.py [SESSION ...]

Run it when the library knows a new year's arrangement (the State Council announces it in late
autumn), compare with the announcement, and commit. What a city adds by hand it keeps in a copy.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
from holidays.countries.china import China, ChinaStaticHolidays

FILE = Path(__file__).resolve().parents[1] / "resources/calendars/cn.toml"
FIRST_YEAR = 2014  # the first under the rules of December 2013
SESSIONS = ("08:00-12:00", "14:00-18:00")
# Some years were changed later by a second notice.
NOTICE = re.compile(r"\[(\d{4})(?: Extensions)?\]\(https://web\.archive\.org/web/\d+/([^)]+)\)")
WEEKEND = (6, 7)
DAY = timedelta(days=1)

HEAD = """\
# 中国大陆工作日历：工作时段、工作周、法定节假日与调休上班日。可直接编辑。
# The working calendar of mainland China. May be edited; checked when the program starts.
#
# off：放假日（含相连周末）  work：调休上班的周末  source：该年日期的出处
# 未列出的年份只按周末休息；国务院办公厅公布新一年安排后，在此增加一节。
# Made by .ci/make_calendar.py with holidays {version} (MIT licence).

zone = "Asia/Shanghai"
sessions = [{sessions}]
weekdays = [1, 2, 3, 4, 5]
"""

YEAR = """
[years.{year}]
source = "国务院办公厅关于{year}年部分节假日安排的通知 {address}"
off = [
{off}
]
work = [{work}]
"""


def announced() -> list[int]:
    """Name the years whose arrangement is known, not only the days that the law fixes."""
    return [
        year for year in sorted(ChinaStaticHolidays.special_public_holidays) if year >= FIRST_YEAR
    ]


def rest(named: Iterable[date], work: set[date]) -> set[date]:
    """Add to the named days the weekends that touch them, as the announcements do."""
    off = set(named)
    for step in (DAY, -DAY):
        for day in sorted(off):
            near = day + step
            while near.isoweekday() in WEEKEND and near not in work:
                off.add(near)
                near += step
    return off


def runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Split days into stretches without a gap."""
    run: list[date] = []
    for day in sorted(days):
        if run and day - run[-1] > DAY:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def written(year: int, off: set[date], work: set[date], address: str) -> str:
    lines = (f"    {', '.join(map(str, run))}," for run in runs(d for d in off if d.year == year))
    made_up = ", ".join(str(day) for day in sorted(work) if day.year == year)
    return YEAR.format(year=year, address=address, off="\n".join(lines), work=made_up)


def main(sessions: list[str]) -> None:
    years = announced()
    known = holidays.country_holidays("CN", years=years)
    work = set(known.weekend_workdays)
    off = rest(known, work)
    notices = NOTICE.findall(China.__doc__ or "")
    head = HEAD.format(
        version=holidays.__version__,
        sessions=", ".join(f'"{session}"' for session in sessions or SESSIONS),
    )
    body = "".join(
        written(
            year, off, work, " ".join(address for name, address in notices if name == str(year))
        )
        for year in years
    )
    FILE.write_text(head + body, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

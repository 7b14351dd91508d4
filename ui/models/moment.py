"""The city's time as people read it: the clock, the day, and which shift it is."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from console.base.text import TEXTS, text
from console.domain.city import City, Shift


def moment(at: int, city: City) -> datetime:
    """Give an instant as the city's clocks show it."""
    return datetime.fromtimestamp(at / 1_000, ZoneInfo(city.zone))


def day_words(when: datetime) -> str:
    """Write the day: 6月12日 周五."""
    weekday = text(f"moment.weekday.{when.isoweekday()}")
    return text("moment.day", t=when, month=when.month, day=when.day, weekday=weekday)


def shift_words(when: datetime, city: City) -> str:
    """Name the shift; nothing where the city has none at this time."""
    shift = shift_at(when.time(), city.shifts)
    if shift is None:
        return ""
    return shift.name_en if TEXTS.language == "en" and shift.name_en else shift.name


def shift_at(now: time, shifts: tuple[Shift, ...]) -> Shift | None:
    """Find the shift of a time of day; one may end after midnight."""
    for shift in shifts:
        start, end = time.fromisoformat(shift.start), time.fromisoformat(shift.end)
        inside = start <= now < end if start < end else now >= start or now < end
        if inside:
            return shift
    return None

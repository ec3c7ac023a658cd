"""What a value says: EDTF strings ↔ periods of the calendar, their bounds, and their TIMEX3 form.

EDTF (ISO 8601-2:2019) level 1 with seasons 21–24, quarters 33–36, halves 40–41; times `2020-05-04T15:00:00`; durations
as in ISO 8601 with `X` for an unknown number; years before Christ are negative and count a year 0 (480 BC is `-0479`).
A week has no EDTF form and is the interval from its Monday to its Sunday, a weekend from Saturday to Sunday.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from annotator.temporal.calendar import days_in_month, from_ordinal, iso_week, ordinal, weekday

SIZES = {
    "century": 0,
    "decade": 1,
    "year": 2,
    "half": 3,
    "quarter": 4,
    "season": 4,
    "month": 5,
    "week": 6,
    "weekend": 7,
    "day": 8,
}
"""Units from coarse to fine."""

SEASON_NAMES = {21: "SP", 22: "SU", 23: "FA", 24: "WI", 33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "H1", 41: "H2"}
UNIT_OF_CODE = {21: "season", 33: "quarter", 40: "half"}
FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 1, 33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}
MONTHS_OF_UNIT = {"season": 3, "quarter": 3, "half": 6}

POINT = re.compile(
    r"(-?)(?:(\d{2})XX|(\d{3})X|(\d{4})(?:-(0[1-9]|1[0-2]|2[1-4]|3[3-6]|4[01])(?:-(0[1-9]|[12]\d|3[01])"
    r"(T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:Z|[+-][01]\d:[0-5]\d)?)?)?)?)"
)
LENGTH = re.compile(r"P(?:(?:\d+(?:\.\d+)?|X)[YMWD]|T(?:\d+(?:\.\d+)?|X)[HMS])")


class Period(NamedTuple):
    """A stretch of the calendar: its unit, its (lowest) year, and within it the month or EDTF code and the day.

    A week and a weekend are placed by their first day.
    """

    unit: str
    year: int
    part: int = 0
    day: int = 0


def day_period(number: int) -> Period:
    """Return the day that is `number` days from 1970-01-01."""
    return Period("day", *from_ordinal(number))


def week_period(number: int) -> Period:
    """Return the week, Monday to Sunday, that holds the day `number` days from 1970-01-01."""
    return Period("week", *from_ordinal(number - weekday(number) + 1))


def month_period(months: int) -> Period:
    """Return the month that is `months` months from January of the year 0."""
    return Period("month", months // 12, months % 12 + 1)


def coded(year: int, code: int) -> Period:
    """Return the season, quarter or half of that EDTF code."""
    return Period(UNIT_OF_CODE[max(start for start in UNIT_OF_CODE if start <= code)], year, code)


@lru_cache(maxsize=65536)
def parse(value: str) -> Period | None:
    """Return the period of an EDTF value: of a time its day, of an interval its end; None for what names no period."""
    if "/" in value:
        left, _, right = value.partition("/")
        first, last = parse(left), parse(right)
        if first and last and first.unit == last.unit == "day":
            start, end = ordinal(*first[1:]), ordinal(*last[1:])
            if end - start == 6 and weekday(start) == 1:
                return Period("week", *first[1:])
            if end - start == 1 and weekday(start) == 6:
                return Period("weekend", *first[1:])
        return last if first else None
    found = POINT.fullmatch(value)
    if found is None:
        return None
    sign, century, decade, year, part, day, _ = found.groups()
    if year is None:
        unit, size = ("century", 100) if century else ("decade", 10)
        number = int(century or decade)
        return Period(unit, -(number * size + size - 1) if sign else number * size)
    number = int(sign + year)
    if part is None:
        return Period("year", number)
    if int(part) > 12:
        return None if day else coded(number, int(part))
    if day is None:
        return Period("month", number, int(part))
    return Period("day", number, int(part), int(day)) if int(day) <= days_in_month(number, int(part)) else None


def year_text(year: int) -> str:
    """Return a year as EDTF writes it.

    >>> year_text(-479)
    '-0479'
    """
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


@lru_cache(maxsize=65536)
def text_of(period: Period) -> str:
    """Return the EDTF value of a period; `parse` gives the period back.

    >>> text_of(Period("decade", 1980)), text_of(Period("week", 2022, 3, 21))
    ('198X', '2022-03-21/2022-03-27')
    """
    unit, year, part, day = period
    if unit == "century":
        return f"{year // 100:02d}XX" if year >= 0 else f"-{-year // 100:02d}XX"
    if unit == "decade":
        return f"{year // 10:03d}X" if year >= 0 else f"-{-year // 10:03d}X"
    if unit in ("week", "weekend"):
        last = from_ordinal(ordinal(year, part, day) + (6 if unit == "week" else 1))
        return text_of(Period("day", year, part, day)) + "/" + text_of(Period("day", *last))
    text = year_text(year)
    if part:
        text += f"-{part:02d}"
    return text + f"-{day:02d}" if day else text


@lru_cache(maxsize=65536)
def days_of(period: Period) -> tuple[int, int]:
    """Return the first and last day of a period, as days from 1970-01-01."""
    first, last = dates_of(period)
    start = ordinal(*first)
    return start, start if last == first else ordinal(*last)


def dates_of(period: Period) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return year, month and day of the first and last day of a period.

    Winter is placed at the start of its year, where most of it lies; `bounds` allows for both readings.
    """
    unit, year, part, day = period
    if unit == "day":
        return (year, part, day), (year, part, day)
    if unit in ("week", "weekend"):
        return (year, part, day), from_ordinal(ordinal(year, part, day) + (6 if unit == "week" else 1))
    if unit in ("century", "decade", "year"):
        return (year, 1, 1), (year + {"century": 99, "decade": 9, "year": 0}[unit], 12, 31)
    first = part if unit == "month" else FIRST_MONTH[part]
    end = first + MONTHS_OF_UNIT.get(unit, 1) - 1
    return (year, first, 1), (year, end, days_in_month(year, end))


def iso_day(number: int) -> str:
    """Return the day `number` days from 1970-01-01 as an ISO day."""
    return day_text(from_ordinal(number))


def day_text(day: tuple[int, int, int]) -> str:
    """Return year, month and day as an ISO day."""
    return f"{year_text(day[0])}-{day[1]:02d}-{day[2]:02d}"


def is_value(text: str) -> bool:
    """Return whether `text` is a value this package gives: a point, an interval of two, a time, a duration.

    >>> [is_value(value) for value in ("2013-04-15", "199X", "2012/2022", "PXY", "2013-13", "1999/1998")]
    [True, True, True, True, False, False]
    """
    if LENGTH.fullmatch(text):
        return True
    if "/" not in text:
        return parse(text) is not None
    left, _, right = text.partition("/")
    first, last = (parse(side) if "/" not in side else None for side in (left, right))
    return first is not None and last is not None and days_of(first)[0] <= days_of(last)[1]


@lru_cache(maxsize=65536)
def bounds(value: str | None, mod: str | None = None) -> tuple[str, str] | None:
    """Return the first and last ISO day that value and mod can mean; None where there is no value, or it is a length.

    `start`, `mid` and `end` take a third of the period's own parts (years of a century or decade, months of a year,
    days of anything shorter); `approx` gives one unit more on each side; winter can open or close the year it is named
    after.
    """
    first, last = ends(value or "")
    if first is None or last is None:
        return None
    winter = last.unit == "season" and last.part == 24
    if not winter and mod in (None, "more", "less"):  # most dates; nothing to reckon with
        return day_text(dates_of(first)[0]), day_text(dates_of(last)[1])
    low, high = days_of(first)[0], days_of(last)[1]
    if winter:
        high = ordinal(last.year + 1, 3, 1) - 1
    if first == last and mod in ("start", "mid", "end"):
        low, high = third(first, mod, low, high)
    if mod == "approx":
        low, high = 2 * low - days_of(first)[1] - 1, 2 * high - days_of(last)[0] + 1
    return iso_day(low), iso_day(high)


def ends(value: str) -> tuple[Period | None, Period | None]:
    """Return the periods at both ends of a value, twice the same where it is no interval of two."""
    period = parse(value)
    if "/" in value and period is not None and period.unit not in ("week", "weekend"):
        return parse(value.partition("/")[0]), period
    return period, period


def third(period: Period, mod: str, low: int, high: int) -> tuple[int, int]:
    """Return the days of the first, middle or last third of a period that runs from `low` to `high`."""
    parts = {"century": 100, "decade": 10, "year": 12}.get(period.unit, high - low + 1)
    size = -(-parts // 3)
    first = {"start": 0, "mid": (parts - size + 1) // 2, "end": parts - size}[mod]
    last = first + size - 1
    if period.unit in ("century", "decade"):
        return ordinal(period.year + first, 1, 1), ordinal(period.year + last, 12, 31)
    if period.unit == "year":
        return ordinal(period.year, first + 1, 1), ordinal(period.year, last + 1, days_in_month(period.year, last + 1))
    return low + first, low + last


@lru_cache(maxsize=65536)
def timex_of(value: str) -> str:
    """Return the TIMEX3 value of an EDTF point, time or interval.

    TIMEX3 has no interval: of a range, it is that of the first part. Years before Christ are `BC0480`.

    >>> [timex_of(value) for value in ("2022-03-21/2022-03-27", "2014-21", "-0479-04", "2012/2022")]
    ['2022-W12', '2014-SP', 'BC0480-04', '2012']
    """
    period = parse(value)
    if period is None:
        return value
    unit, year, part, _ = period
    if unit in ("week", "weekend"):
        iso_year, week = iso_week(days_of(period)[0])
        return f"{iso_year:04d}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    value = value.partition("/")[0]
    if "T" in value:
        day, _, time = value.partition("T")
        return timex_of(day) + "T" + (time[:5] + time[8:] if time[5:8] == ":00" else time)
    period = parse(value) or period
    unit, year, part, _ = period
    text = value
    if part > 12:
        text = text[:-2] + SEASON_NAMES[part]
    if year >= 0:
        return text
    if unit == "century":
        return f"BC{-year // 100:02d}"
    if unit == "decade":
        return f"BC{(1 - year) // 10:03d}"
    return f"BC{1 - year:04d}" + text[5:]

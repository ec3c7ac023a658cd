"""The places that words leave out, filled from an anchor: a month's year, a weekday's week, an ordinal's noun."""

from functools import cache

from annotator.model import Relation
from annotator.temporal.calendar import days_in_month, easter, ordinal, weekday
from annotator.temporal.expressions import Slot
from annotator.temporal.values import Period, coded, day_period, days_of, month_period, week_period
from annotator.temporal.words import HOLIDAYS


def fill(slot: Slot, base: Period | None, relation: Relation | None) -> Period | None:
    """Return the period of a slot, its missing part taken from the anchor."""
    if slot.unit == "short-year":
        return short_year(slot.a, base)
    if slot.unit == "short-decade":
        first = base.year // 100 * 100 if base else 2000 if slot.a < 2 else 1900
        return Period("decade", first + 10 * slot.a)
    if slot.unit == "nth" and base is not None and base.unit == "century":
        return Period("century", 100 * (slot.a - 1) if base.year >= 0 else 1 - 100 * slot.a)
    if base is None:
        return None
    if slot.unit == "year":
        return Period("year", 1 - slot.a if base.year < 0 else slot.a)
    if slot.unit == "day" and base.unit == "year":
        return short_year(slot.a, base)
    if slot.unit == "day" and slot.b:
        return day_of(slot.b, base.part, slot.a) if base.unit in ("day", "month") else None
    found = [one for one in candidates(slot, base) if one is not None]
    return chosen(slot, found, base, relation)


def short_year(short: int, base: Period | None) -> Period:
    """Return the year of two digits: in the anchor's century, without one in the century that ends in 2029."""
    if base is not None:
        return Period("year", base.year // 100 * 100 + short)
    return Period("year", short + (1900 if short >= 30 else 2000))


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return the day, None where the month does not have it."""
    return Period("day", year, month, day) if 1 <= day <= days_in_month(year, month) else None


def candidates(slot: Slot, base: Period) -> list[Period | None]:
    """Return the slot's periods around the anchor, in order."""
    years = (base.year - 1, base.year, base.year + 1)
    if base.unit in ("century", "decade"):
        return []
    if slot.unit == "month":
        return [Period("month", year, slot.a) for year in years]
    if slot.unit == "monthday":
        return [
            day_of(year, slot.a, slot.b)
            for year in (range(base.year - 8, base.year + 9) if (slot.a, slot.b) == (2, 29) else years)
        ]
    if slot.unit == "code":
        return [coded(year, slot.a) for year in years]
    if slot.unit == "holiday":
        return [holiday(slot.name, year) for year in years]
    if slot.unit in ("day", "nth"):
        if base.unit not in ("month", "day", "week", "weekend"):
            return []
        steps = range(-12, 13) if slot.name else (-1, 0, 1)
        months = [month_period(base.year * 12 + base.part - 1 + step) for step in steps]
        return [day_of(month.year, month.part, slot.a) for month in months]
    if slot.unit == "weekend" and base.unit in ("day", "week", "weekend"):
        monday = days_of(week_period(days_of(base)[0]))[0]
        return [Period("weekend", *day_period(monday + 5 + 7 * step)[1:]) for step in (-1, 0, 1)]
    if slot.unit == "weekday" and base.unit in ("day", "week", "weekend"):
        monday = days_of(week_period(days_of(base)[0]))[0]
        return [day_period(monday + slot.a - 1 + 7 * step) for step in (-1, 0, 1)]
    return []


def chosen(slot: Slot, found: list[Period], base: Period, relation: Relation | None) -> Period | None:
    """Return the candidate that turn and relation ask for."""
    if slot.unit == "day" and slot.name:
        found = [one for one in found if weekday(days_of(one)[0]) == int(slot.name)]
        return min(found, key=lambda one: abs(days_of(one)[0] - days_of(base)[0]), default=None)
    low, high = days_of(base)
    if base.unit == "season" and base.part == 24:
        low, high = ordinal(base.year, 12, 1), ordinal(base.year + 1, 3, 1) - 1
    if slot.turn > 0:
        return next((one for one in found if days_of(one)[0] > high), None)
    if slot.turn < 0:
        return next((one for one in reversed(found) if days_of(one)[1] < low), None)
    strict = base.unit == "year"
    if relation == "after":
        return next((one for one in found if (days_of(one)[0] > high if strict else days_of(one)[1] >= low)), None)
    if relation == "before":
        return next(
            (one for one in reversed(found) if (days_of(one)[1] < low if strict else days_of(one)[0] <= high)), None
        )
    if relation == "same":
        return next((one for one in found if shares(slot, one, base)), None)
    return None


def shares(slot: Slot, one: Period, base: Period) -> bool:
    """Return whether a candidate lies in the same month, week or year as the anchor, whichever the slot leaves out."""
    if slot.unit in ("day", "nth"):
        return (one.year, one.part) == (base.year, base.part)
    if slot.unit == "weekday":
        return week_period(days_of(one)[0]) == week_period(days_of(base)[0])
    return one.year == base.year


@cache
def holiday(name: str, year: int) -> Period | None:
    """Return the day of a holiday in a year; those that the law moves are asked of the holidays package."""
    entry = HOLIDAYS[name]
    if entry.easter is not None:
        return day_period(easter(year) + entry.easter)
    if entry.holiday is None:
        return day_of(year, entry.month, entry.day)
    from holidays import country_holidays

    days = country_holidays(entry.country or "US", years=year, observed=False, language="en_US")
    found = sorted(day for day, title in days.items() if entry.holiday in title)
    return Period("day", found[0].year, found[0].month, found[0].day) if found else None

"""From what words say, an anchor's value and a relation to a meaning: the arithmetic of relative and incomplete dates.

The anchor is another date's value or the document's. A place that the words leave out is filled from it: with relation
`same` the period that holds the anchor, with `before` the last one that does not begin after it, with `after` the first
one that does not end before it (from a bare year: that lies wholly before or after it). A shift moves the anchor, cut
to the shift's unit; an anchor coarser than that unit gives no value. These are the underspecified values of HeidelTime
(Strötgen and Gertz 2010, 2013) and the anchored offsets of TIMEX2 and WikiWars (Mazur and Dale 2010) with the choice of
anchor left to the caller.
"""

from functools import lru_cache
from typing import NamedTuple

from annotator.model import DateType, Mod, Relation
from annotator.temporal.calendar import weekday
from annotator.temporal.expressions import (
    Clock,
    Expression,
    Fixed,
    Marked,
    Nth,
    Range,
    Shift,
    Slot,
    This,
    Week,
    Within,
    type_of,
)
from annotator.temporal.filling import fill
from annotator.temporal.values import (
    Period,
    coded,
    day_period,
    days_of,
    ends,
    month_period,
    parse,
    text_of,
    timex_of,
    week_period,
)

YEARS_IN = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000, "5Y": 5, "25Y": 25, "50Y": 50}
UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}
UNIT_NAMES = {
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "DE": "decade",
    "CE": "century",
    "WE": "weekend",
    "Q": "quarter",
}


class Meaning(NamedTuple):
    """What a DATE record says besides its place."""

    type: DateType
    value: str | None
    mod: Mod | None
    timex: str | None


class Sense(NamedTuple):
    """A value with its TIMEX3 form, either None where it is unknown."""

    value: str | None
    timex: str | None


NOTHING = Sense(None, None)


@lru_cache(maxsize=65536)
def meaning(expression: Expression, anchor: str | None = None, relation: Relation | None = None) -> Meaning:
    """Return what the expression means from that anchor (an EDTF value) in that relation; both are None for none."""
    mod = None
    inner = expression
    if isinstance(expression, Marked):
        mod, inner = expression.mod, expression.inner
    value, timex = sense(inner, anchor, relation)
    return Meaning(type_of(expression), value, mod, timex)


def sense(expression: Expression, anchor: str | None, relation: Relation | None) -> Sense:
    """Return value and TIMEX3 value of an expression."""
    if isinstance(expression, Fixed):
        if expression.timex is None and expression.value is not None:
            return Sense(expression.value, timex_of(expression.value))
        return Sense(expression.value, expression.timex)
    if isinstance(expression, Marked):
        return sense(expression.inner, anchor, relation)
    if isinstance(expression, Range):
        return ranged(expression, anchor, relation)
    if isinstance(expression, Clock):
        return timed(expression, anchor, relation)
    start, end = ends(anchor) if anchor else (None, None)
    base = start if relation == "before" else end
    found = place(expression, base, relation)
    if found is not None:
        value = text_of(found)
        return Sense(value, timex_of(value))
    return Sense(None, unknown(expression))


def place(expression: Expression, base: Period | None, relation: Relation | None) -> Period | None:
    """Return the period of an expression that is one period, None where the anchor `base` does not give it."""
    if isinstance(expression, Slot):
        return fill(expression, base, relation)
    if isinstance(expression, Shift):
        return shift(expression, base)
    if isinstance(expression, This):
        return holding(expression.unit, base)
    if isinstance(expression, Within):
        outer = place(expression.period, base, relation)
        return fill(expression.slot, outer, "same") if outer else None
    if isinstance(expression, Week):
        return week(expression, base, relation)
    if isinstance(expression, Nth):
        return nth(expression, base, relation)
    if isinstance(expression, Fixed):
        return parse(expression.value or "")
    if isinstance(expression, Marked):
        return place(expression.inner, base, relation)
    return None


def unknown(expression: Expression) -> str | None:
    """Return the TIMEX3 value of an expression without a value: `PAST_REF`, `XXXX-05-03`, `XXXX-WXX-5`."""
    if isinstance(expression, Shift):
        return (
            ("FUTURE_REF" if expression.sign > 0 else "PAST_REF")
            if expression.amount is None
            else UNKNOWN.get(expression.unit)
        )
    if isinstance(expression, This):
        return "PRESENT_REF" if expression.deictic and expression.unit == "D" else UNKNOWN.get(expression.unit)
    if isinstance(expression, Within):
        return unknown(expression.slot)
    if isinstance(expression, Slot):
        if expression.unit == "month":
            return f"XXXX-{expression.a:02d}"
        if expression.unit == "monthday":
            return f"XXXX-{expression.a:02d}-{expression.b:02d}"
        if expression.unit == "weekday":
            return f"XXXX-WXX-{expression.a}"
        if expression.unit == "weekend":
            return "XXXX-WXX-WE"
        if expression.unit in ("day", "nth"):
            return f"XXXX-XX-{expression.a:02d}"
        if expression.unit == "code":
            return timex_of(text_of(coded(2000, expression.a))).replace("2000", "XXXX")
    return None


def ranged(expression: Range, anchor: str | None, relation: Relation | None) -> Sense:
    """Return the interval; the right side takes the anchor, the left side what it leaves out from the right one."""
    right = sense(expression.right, anchor, relation).value
    left = sense(expression.left, right, "before").value if right else None
    if left is None or right is None:
        return Sense(None, sense(expression.left, None, None).timex)
    return Sense(f"{left.partition('/')[0]}/{right.rpartition('/')[2]}", timex_of(left))


def timed(expression: Clock, anchor: str | None, relation: Relation | None) -> Sense:
    """Return the day with the time; a part of the day shows in the TIMEX3 value alone."""
    day = sense(expression.day, anchor, relation).value if expression.day else holding_day(anchor)
    found = parse(day) if day else None
    if found is None or found.unit != "day":
        return Sense(None, "XXXX-XX-XX" + expression.time.removesuffix(":00") if expression.time else None)
    text = text_of(found)
    if expression.time and expression.time[1].isdigit():
        value = text + expression.time
        return Sense(value, timex_of(value))
    return Sense(text, timex_of(text) + expression.time)


def holding_day(anchor: str | None) -> str | None:
    """Return the day of an anchor that is a day or a time of one."""
    period = parse(anchor) if anchor else None
    return text_of(period) if period and period.unit == "day" else None


def shift(expression: Shift, base: Period | None) -> Period | None:
    """Return the period that many units from the anchor, at the unit's granularity; None from a coarser anchor."""
    if base is None or expression.amount is None:
        return None
    unit, amount = expression.unit, expression.amount
    if unit == "2W":
        unit, amount = "W", 2 * amount
    if unit in YEARS_IN:
        return shifted_years(unit, amount * expression.sign, base, expression.whole and unit in ("DE", "CE"))
    if amount != int(amount):
        if unit != "M":
            return None
        amount = round(amount)
    steps = int(amount) * expression.sign
    if unit in ("M", "Q"):
        month = holding("M", base)
        moved = month_period(month.year * 12 + month.part - 1 + steps * (3 if unit == "Q" else 1)) if month else None
        return moved if unit == "M" or moved is None else coded(moved.year, 33 + (moved.part - 1) // 3)
    if unit in ("D", "W", "WE", "NI"):
        return shifted_days(unit, steps, base)
    return None


def shifted_years(unit: str, steps: float, base: Period, whole: bool) -> Period | None:
    """Return the year that many years, decades or centuries away: from a decade or century, that decade or century."""
    if whole:
        held = holding(unit, base)
        return Period(held.unit, held.year + round(steps * YEARS_IN[unit])) if held else None
    if base.unit in ("decade", "century"):
        size = 10 if base.unit == "decade" else 100
        years = steps * YEARS_IN[unit]
        return Period(base.unit, base.year + int(years)) if years % size == 0 else None
    return Period("year", base.year + round(steps * YEARS_IN[unit]))


def shifted_days(unit: str, steps: int, base: Period) -> Period | None:
    """Return the day, week or weekend that many of them away from a day, week or weekend."""
    if base.unit not in ("day", "week", "weekend"):
        return None
    first = days_of(base)[0]
    if unit in ("D", "NI"):
        return day_period(first + steps) if base.unit == "day" else None
    found = week_period(first + 7 * steps)
    return found if unit == "W" else Period("weekend", *day_period(days_of(found)[0] + 5)[1:])


def holding(unit: str, base: Period | None) -> Period | None:
    """Return the period of that unit which holds the anchor; None where the anchor is coarser."""
    if base is None:
        return None
    if unit in ("Y", "DE", "CE"):
        size = YEARS_IN[unit]
        coarse = {"century": 100, "decade": 10}.get(base.unit, 1)
        return Period(UNIT_NAMES[unit], base.year // size * size) if coarse <= size else None
    if unit in ("M", "Q"):
        if base.unit == "quarter" and unit == "Q":
            return base
        if base.unit not in ("month", "day", "week", "weekend"):
            return None
        return Period("month", base.year, base.part) if unit == "M" else coded(base.year, 33 + (base.part - 1) // 3)
    if base.unit not in ("day", "week", "weekend"):
        return None
    if unit == "D":
        return base if base.unit == "day" else None
    found = week_period(days_of(base)[0])
    return found if unit == "W" else Period("weekend", *day_period(days_of(found)[0] + 5)[1:]) if unit == "WE" else None


def week(expression: Week, base: Period | None, relation: Relation | None) -> Period | None:
    """Return the n-th week of a period, or the one that holds it; as in ISO 8601, weeks belong to their Thursdays.

    The weekend of a Monday or Tuesday is the one just before it.
    """
    outer = place(expression.period, base, relation)
    if outer is None or outer.unit in ("century", "decade"):
        return None
    low, high = days_of(outer)
    if expression.n is None:
        found = week_period(low - 2 if expression.weekend and outer.unit == "day" else low)
    elif expression.n < 0:
        found = week_period(high - (weekday(high) - 4) % 7)
    else:
        found = week_period(days_of(week_period(low + (4 - weekday(low)) % 7))[0] + 7 * (expression.n - 1))
    return Period("weekend", *day_period(days_of(found)[0] + 5)[1:]) if expression.weekend else found


def nth(expression: Nth, base: Period | None, relation: Relation | None) -> Period | None:
    """Return the n-th day, weekday, month or decade of a period, None where it has none."""
    outer, n = place(expression.period, base, relation), expression.n
    if outer is None:
        return None
    if expression.unit == "DE":
        fits = outer.unit == "century" and outer.year >= 0 and n <= 10
        return Period("decade", outer.year + 10 * (n - 1 if n > 0 else 9)) if fits else None
    low, high = days_of(outer)
    if expression.unit == "M":
        return Period("month", outer.year, n if n > 0 else 12) if outer.unit == "year" and n <= 12 else None
    if expression.unit == "D":
        day = low + n - 1 if n > 0 else high
    elif n > 0:
        day = low + (int(expression.unit) - weekday(low)) % 7 + 7 * (n - 1)
    else:
        day = high - (weekday(high) - int(expression.unit)) % 7
    return day_period(day) if low <= day <= high else None

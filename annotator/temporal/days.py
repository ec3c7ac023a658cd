"""Rules for expressions of several parts around a day: part of day, weekday, clock time, and a slot with its period."""

import re

from annotator.temporal import absolute, clock, relative
from annotator.temporal.expressions import (
    Clock,
    Expression,
    Fixed,
    Nth,
    Shift,
    Slot,
    This,
    Week,
    Within,
    is_date,
    is_day,
)
from annotator.temporal.reading import Hit, Parse, Rule, leaf
from annotator.temporal.words import (
    ANY_WEEKDAY,
    CLOCK_WORDS,
    DAY,
    NTH,
    ORDINAL_WORD,
    PART,
    PARTS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    any_of,
    ordinal_of,
)

PART_OF = re.compile(
    rf"(?:(early|late) )?(?:(?P<hours>hours of )(?:the )?)?({PART})(?: hours)?,? (?:of|on) (?:the )?(?=\w)"
)
WEEKDAY_PART = re.compile(rf"({WEEKDAY})(?:,| -)? (?:({PART})|({any_of('clock-word')}))(?!\w)")
PART_OF_DATE = re.compile(r",? (?:of|on) (?:the )?(?=\d|[a-z])|, (?=\d|[a-z])")
WEEKDAY_NTH = re.compile(rf"({ANY_WEEKDAY}) (?:(?:the )?({DAY}{NTH})|the ({ORDINAL_WORD}))(?!\w|-)")
WEEK_DAY = re.compile(rf" (?:- )?({WEEKDAY})(?!\w|-)")
WEEKDAY_ALONE = re.compile(rf"({WEEKDAY})(?!\w|-)")
AFTER_CLOCK = re.compile(r",?(?: on| of| in)? (?:the )?(?=\w)")
SLOT_OF = re.compile(r",? (?:of|in) (?:the )?(?=\w)|, (?=(?:that|this|the) )(?:the )?")
BESIDE = re.compile(r" (?:the )?(?=(?:last|this|that|next|same|following|previous) (?:year|week)(?![\w’'-]))")
"""What stands between a day or month and the year or week right behind it (`May last year`)."""
WEEK_OF = re.compile(
    rf"(?:(last|final|\d{{1,2}}{NTH}|{ORDINAL_WORD}) )?(week|weekend) "
    r"(?:of|in|(?:beginning|starting|commencing|ending)(?: on)?) (?:the )?(?=\w)"
)
WEEK_NUMBER = re.compile(r"week ([1-9]|[1-4]\d|5[0-3])(?![\w-]|[.,:/]\d)(?:(?:,? of|,| in)? (?=[\w']))?")
NTH_OF = re.compile(
    rf"(?P<n>last|final|\d{{1,2}}{NTH}|{ORDINAL_WORD}) (?P<what>day|month|decade|{WEEKDAY}),? (?:of|in) (?:the )?(?=\w)"
)
NTH_START = re.compile(rf"\d{{1,2}}{NTH}")
HOLDER = re.compile(r"(year|month|week|decade|century|quarter)(?!\w|-)")
DAY_OF_HOLDER = re.compile(r"(\d{1,2}(?:st|nd|rd|th)) of (?:the |that |this )?(?:same )?(month)(?!\w)")
DAY_OF_TURNED = re.compile(rf"({DAY}{NTH}) (?:of (?:the )?)?(?=th|[nlpfc])")
DATED = tuple(leaf(rule) for rule in (absolute.DAY_MONTH, absolute.MONTH_DAY, absolute.ISO, absolute.NUMERIC))
WORD_CLOCK = re.compile(
    rf"{any_of('clock-word')}|(?:half|quarter) (?:past|to) |[a-z -]{{3,20}} (?:o'|in the [mae]|at n)"
)
CLOCK_START = re.compile(r"\d{1,2}(?:[:.]\d\d| ?[ap]\.?m|\d\d ?(?:h|utc|gmt|local)| o'| in the [mae]| at n)")
CLOCKS = tuple(
    leaf(rule)
    for rule in (
        clock.TWELVE,
        clock.OF_PART,
        clock.TWENTY_FOUR,
        clock.HOURS,
        clock.MILITARY,
        clock.OCLOCK,
        clock.PAST,
        clock.CLOCK_WORD,
    )
)
TURNED = (leaf(relative.THIS), leaf(relative.TURN))


def part_of_day(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `evening of December 25`, `early morning hours of 30 April`, `night of the 5th`."""
    found = PART_OF.match(text, start)
    if found is None:
        return None
    hit = parse(text, found.end()) or leaf(absolute.DAY_ALONE)(text, found.end(), parse)
    if hit is None or not (is_day(hit.expression) or isinstance(hit.expression, Slot)):
        return None
    return Hit(hit.end, Clock(PARTS[found[3]], hit.expression), "dates.part-of-day")


def weekday(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `Monday, 15 April 2013` (the day it says), `Sunday night`, `Tuesday the 11th`, `Thursday`."""
    before = absolute.WEEKDAY_BEFORE.match(text, start)
    if before:
        hit = dated(text, before.end(), parse)
        if hit is not None and is_day(hit.expression):
            return hit
    found = WEEKDAY_PART.match(text, start)
    if found:
        time = PARTS[found[2]] if found[2] else f"T{CLOCK_WORDS[found[3]]}:00"
        joint = PART_OF_DATE.match(text, found.end())
        day = dated(text, joint.end(), parse) if joint else None
        if day is not None and is_day(day.expression):
            return Hit(day.end, Clock(time, day.expression), "dates.part-of-day")
        return Hit(found.end(), Clock(time, Slot("weekday", WEEKDAYS[found[1]])), "dates.part-of-day")
    found = WEEKDAY_NTH.match(text, start)
    if found:
        slot = Slot("day", ordinal_of(found[2] or found[3]) or 0, name=str(WEEKDAYS[found[1].rstrip(".")]))
        return Hit(found.end(), slot, "dates.day")
    found = WEEKDAY_ALONE.match(text, start)
    if found is None:
        return None
    slot = Slot("weekday", WEEKDAYS[found[1]])
    joint = SLOT_OF.match(text, found.end()) or BESIDE.match(text, found.end())
    week = parse(text, joint.end()) if joint else None
    if week is not None and isinstance(week.expression, This | Shift) and week.expression.unit == "W":
        return Hit(week.end, Within(slot, week.expression), "dates.slot-of")
    return Hit(found.end(), slot, "dates.weekday")


def dated(text: str, start: int, parse: Parse) -> Hit | None:
    """Return the day with its month that is named at `start`."""
    for rule in DATED:
        hit = rule(text, start, parse)
        if hit is not None:
            return hit
    return None


def clock_time(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `3 p.m. on 4 May 2020`, `9:34 p.m., March 19`, `noon`."""
    if (CLOCK_START if text[start].isdigit() else WORD_CLOCK).match(text, start) is None:
        return None
    for rule in CLOCKS:
        hit = rule(text, start, parse)
        if hit is None or not isinstance(hit.expression, Clock):
            continue
        joint = AFTER_CLOCK.match(text, hit.end)
        day = parse(text, joint.end()) if joint else None
        if day is not None and is_day(day.expression):
            return Hit(day.end, Clock(hit.expression.time, day.expression), "dates.clock")
        return hit
    return None


def slot_of(rule: Rule) -> Rule:
    """Return the rule extended by the period its slot is named with: `April of that year`, `spring of next year`."""

    def match(text: str, start: int, parse: Parse) -> Hit | None:
        hit = rule(text, start, parse)
        if hit is None or not isinstance(hit.expression, Slot):
            return hit
        joint = SLOT_OF.match(text, hit.end) or BESIDE.match(text, hit.end)
        period = parse(text, joint.end()) if joint else None
        if (
            period is None
            or not isinstance(period.expression, This | Shift)
            or period.expression.unit not in ("Y", "M", "DE")
        ):
            return hit
        return Hit(period.end, Within(hit.expression, period.expression), "dates.slot-of")

    return match


def with_nth(*rules: Rule) -> Rule:
    """Return the first of the rules that matches, where a number with `st`, `nd`, `rd` or `th` stands; else none."""

    def match(text: str, start: int, parse: Parse) -> Hit | None:
        if NTH_START.match(text, start) is None:
            return None
        hits = (rule(text, start, parse) for rule in rules)
        return next((hit for hit in hits if hit is not None), None)

    return match


def turned(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `the following year`, `last year August 8`, `this year's third quarter`, `next week Wednesday`."""
    for rule in TURNED:
        hit = rule(text, start, parse)
        if hit is None:
            continue
        if (
            isinstance(hit.expression, This | Shift)
            and hit.expression.unit == "Y"
            and text.startswith((" ", ",", "'s "), hit.end)
        ):
            slot = parse(text, hit.end + (3 if text[hit.end] == "'" else 1))
            if slot is not None and isinstance(slot.expression, Slot) and slot.expression.unit in ("monthday", "code"):
                return Hit(slot.end, Within(slot.expression, hit.expression), "dates.slot-of")
        day = WEEK_DAY.match(text, hit.end)
        if day and isinstance(hit.expression, This | Shift) and hit.expression.unit == "W":
            return Hit(day.end(), Within(Slot("weekday", WEEKDAYS[day[1]]), hit.expression), "dates.slot-of")
        return hit
    return None


def week_of(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `first week of May`, `last week of 2019`, `week of April 10`."""
    found = WEEK_OF.match(text, start)
    if found is None:
        return None
    hit = parse(text, found.end())
    if hit is None and found[1] is None:
        hit = leaf(absolute.DAY_ALONE)(text, found.end(), parse)
        hit = hit if hit is not None and NTH_START.match(text, found.end()) else None
    if hit is None or not is_date(hit.expression) or isinstance(hit.expression, Week):
        return None
    if found[1] is None:
        return (
            Hit(hit.end, Week(None, hit.expression, found[2] == "weekend"), "dates.week-of")
            if is_day(hit.expression) or (isinstance(hit.expression, Slot) and hit.expression.unit in ("day", "nth"))
            else None
        )
    if is_day(hit.expression):
        return None
    number = -1 if found[1] in ("last", "final") else ordinal_of(found[1])
    return Hit(hit.end, Week(number, hit.expression, found[2] == "weekend"), "dates.week-of")


def week_number(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `week 12`, `week 3 of 2027`, `week 27 of last year`."""
    found = WEEK_NUMBER.match(text, start)
    if found is None:
        return None
    number, end = int(found[1]), found.end(1)
    hit = parse(text, found.end()) if found.end() > end else None
    year = hit is not None and (
        (isinstance(hit.expression, Fixed) and hit.expression.type == "date" and len(hit.expression.value or "") == 4)
        or (isinstance(hit.expression, This | Shift) and hit.expression.unit == "Y")
    )
    if hit is not None and year:
        return Hit(hit.end, Week(number, hit.expression), "dates.week-of")
    return Hit(end, Week(number, This("Y", deictic=True)), "dates.week-number")


def nth_of(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `first Monday of May 2012`, `last day of the year`, `third decade of the 20th century`."""
    found = NTH_OF.match(text, start)
    if found is None:
        return None
    hit = parse(text, found.end())
    holder = HOLDER.match(text, found.end()) if hit is None else None
    period: Expression | None = This(UNITS[holder[1]]) if holder else hit.expression if hit else None
    end = holder.end() if holder else hit.end if hit else 0
    if isinstance(period, Fixed) and period.type == "set":
        return Hit(end, period, "dates.nth-of")
    if period is None or not is_date(period) or is_day(period):
        return None
    what = found["what"]
    number = -1 if found["n"] in ("last", "final") else ordinal_of(found["n"]) or 0
    return Hit(end, Nth(number, str(WEEKDAYS[what]) if what in WEEKDAYS else UNITS[what], period), "dates.nth-of")


def day_of_month(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `25th of the month`, `3rd of last month`, `21st this month`."""
    found = DAY_OF_HOLDER.match(text, start)
    if found:
        return Hit(found.end(), Slot("day", ordinal_of(found[1]) or 0), "dates.day")
    found = DAY_OF_TURNED.match(text, start)
    month = parse(text, found.end()) if found else None
    if found is None or month is None or not isinstance(month.expression, This | Shift) or month.expression.unit != "M":
        return None
    return Hit(month.end, Within(Slot("day", ordinal_of(found[1]) or 0), month.expression), "dates.slot-of")

"""Rules for days and months that are named: day, month and year in every order, ranges of them, numeric forms.

Each rule is a name, a pattern that begins where the expression does, and a function from the match to what was read, or
None where the words turn out to say something else. Words are in the plain form of `grammar.plain`.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from annotator.temporal.calendar import days_in_month
from annotator.temporal.expressions import Expression, Fixed, Marked, Range, Slot
from annotator.temporal.values import Period, text_of
from annotator.temporal.words import (
    ANY_WEEKDAY,
    DAY,
    EDGES,
    ERA,
    LONG_MONTH,
    MONTH,
    NTH,
    ORDINAL_WORD,
    SPELLED_YEAR,
    UNIT,
    WEEKDAY,
    month_number,
    ordinal_of,
    year_of,
)

Leaf = tuple[str, str, Callable[[re.Match[str]], Expression | None]]
"""A rule's name, its pattern, which is compiled when it is first needed, and what builds the expression."""


def year_pattern(name: str = "") -> str:
    """Return a pattern for a year, its groups suffixed by `name`: with its era, in four digits, or as `'68`."""
    return (
        rf"(?:(?P<eraless{name}>[12]\d{{3}})(?!\d|{ERA}|,\d)|(?P<dated{name}>\d{{1,4}})(?P<era{name}>{ERA})"
        rf"|'(?P<short{name}>\d\d)(?![\w%]))"
    )


def year_in(match: re.Match[str], name: str = "") -> int | None:
    """Return the year in those groups, None where the words give none."""
    groups = match.groupdict()
    if groups[f"eraless{name}"]:
        return int(groups[f"eraless{name}"])
    if groups[f"short{name}"]:
        return full_year(int(groups[f"short{name}"]))
    if groups[f"dated{name}"] is None:
        return None
    return era_year(int(groups[f"dated{name}"]), groups[f"era{name}"])


def spoken_year(match: re.Match[str]) -> int | None:
    """Return the year in digits or, in the group `spelled`, in words; None where there is none."""
    return year_in(match) if match["spelled"] is None else year_of(match["spelled"])


def era_year(year: int, era: str | None) -> int:
    """Return the astronomical year of a year of the era: 480 BC is -479."""
    return 1 - year if era and era.strip().startswith("b") else year


def full_year(short: int) -> int:
    """Return the year that two digits stand for in prose on recent history: 30 to 99 are of the 20th century."""
    return short + (1900 if short >= 30 else 2000)


def day_date(year: int | None, month: int, day: int) -> Expression | None:
    """Return the day, in its year or in one that the words leave out; None where the month has no such day."""
    if not 1 <= day <= days_in_month(2000 if year is None else year, month):
        return None
    return Slot("monthday", month, day) if year is None else Fixed(text_of(Period("day", year, month, day)))


def month_date(year: int | None, month: int) -> Expression:
    """Return the month, in its year or in one that the words leave out."""
    return Slot("month", month) if year is None else Fixed(text_of(Period("month", year, month)))


def ranged(left: Expression | None, right: Expression | None) -> Expression | None:
    """Return the range of both; None where either is none."""
    return Range(left, right) if left and right else None


def iso(match: re.Match[str]) -> Expression | None:
    """Read `2013-04-15`, `2013/04/15`, `2013.04.15`, with a time where there is one."""
    date = day_date(int(match[1]), int(match[3]), int(match[4]))
    if isinstance(date, Fixed) and match[5]:
        time = match[5] if len(match[5]) > 5 else match[5] + ":00"
        return Fixed(f"{date.value}T{time}{(match[6] or '').upper()}", type="time")
    return date


def iso_month(match: re.Match[str]) -> Expression | None:
    """Read `2015-03`; `2010-12` is left to the range of years, as prose means it."""
    return None if int(match[2]) > int(match[1]) % 100 else month_date(int(match[1]), int(match[2]))


def numeric(match: re.Match[str]) -> Expression | None:
    """Read `15/4/2013`: a day where one order alone makes one, without a value where both do, and differ.

    With points (`4.5.2013`) the day comes first, as everywhere where such dates are written.
    """
    year = int(match[4]) if len(match[4]) == 4 else full_year(int(match[4]))
    first, second = int(match[1]), int(match[3])
    orders = ((first, second),) if match[2] == "." else ((first, second), (second, first))
    found = {day_date(year, month, day) for day, month in orders if 1 <= month <= 12} - {None}
    if not found:
        return None
    return found.pop() if len(found) == 1 else Fixed(None)


def day_month(match: re.Match[str]) -> Expression | None:
    """Read `15 April 2013`, `3-5 May`, `30 July-2 August 1945`, `1 May 1945-8 May 1946`."""
    day, month = ordinal_of(match["d"]) or 0, month_number(match["m"])
    last_month = month_number(match["m2"]) if match["m2"] else month
    last_year = spoken_year(match)
    first_year = year_in(match, "0") if match["m2"] else last_year
    last_day = match["e"] or match["f"]
    if last_day is None:
        return day_date(last_year, month, day)
    left = (
        Slot("monthday", month, day) if first_year is None and last_month > month else day_date(first_year, month, day)
    )
    return ranged(left, day_date(last_year, last_month, int(last_day)))


def month_day(match: re.Match[str]) -> Expression | None:
    """Read `April 15, 2013`, `May 3-5, 2019`, `July 30-August 2, 1945`, `December 30, 1999-January 2, 2000`."""
    day, month = ordinal_of(match["d"]) or 0, month_number(match["m"])
    last_month = month_number(match["m2"]) if match["m2"] else month
    last_year = spoken_year(match)
    last_day = match["e"] or match["f"]
    if last_day is None:
        return day_date(last_year, month, day)
    first_year = year_in(match, "0") if match["m2"] else last_year
    left = day_date(first_year, month, day)
    return ranged(left, day_date(last_year, last_month, int(last_day)))


def month_year(match: re.Match[str]) -> Expression | None:
    """Read `April 2013`, `April-June 2013`, `February/March 1973`, `April 2013-May 2014`, `December of 1989`."""
    month, year = month_number(match["m"]), spoken_year(match)
    if match["m2"] is None:
        return month_date(year_in(match, "0") or year, month)
    return Range(month_date(year_in(match, "0"), month), month_date(year, month_number(match["m2"])))


@lru_cache(maxsize=4096)
def other_absolute(words: str) -> str | None:
    """Return the day that dateparser reads in an expression of unusual shape (`23-Sep-2020`), None if in none."""
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    )
    found = parser.get_date_data(words)
    if found.date_obj is None or found.period != "day":
        return None
    return text_of(Period("day", found.date_obj.year, found.date_obj.month, found.date_obj.day))


def unusual(match: re.Match[str]) -> Expression | None:
    """Read `23/Sep/2020`, `Sep-23-2020`, `2019-aug-01`."""
    value = other_absolute(match[0])
    return Fixed(value) if value else None


END = r"(?![\w]|[.,:]\d)"
ANY_YEAR = rf"(?:{year_pattern()}|(?P<spelled>{SPELLED_YEAR}))"
YEAR_AFTER = rf"(?:(?:,? (?:of|in)(?: the year)?(?: of our lord)?| ?,)? {ANY_YEAR})?"
FIRST_YEAR = rf"(?:(?:,? of|,)? {year_pattern('0')})?"
DASH = r" ?--? ?"

NO_UNIT = rf"(?! (?:{UNIT}|{WEEKDAY}|anniversary)(?!\w))"
"""What follows an ordinal that is not the month's (`in July, the third week of November`)."""

DAY_MONTH: Leaf = (
    "dates.day-month-year",
    (
        rf"(?P<d>{DAY}(?:{NTH})?|{ORDINAL_WORD})(?:(?:{DASH}|/)(?P<e>{DAY})(?:{NTH})?)?(?: day)?,?"
        r"(?: of| in)?(?: the month of)? "
        rf"(?P<m>{MONTH})(?:{FIRST_YEAR}{DASH}(?P<f>{DAY})(?:{NTH})? (?P<m2>{MONTH}))?{YEAR_AFTER}{END}"
    ),
    day_month,
)
MONTH_DAY: Leaf = (
    "dates.month-day-year",
    (
        rf"(?P<m>{MONTH})(?:,?(?: the)? |(?<=\.))(?P<d>{DAY}(?:{NTH}{NO_UNIT})?|{ORDINAL_WORD}{NO_UNIT})"
        rf"(?:{DASH}(?P<e>{DAY})(?:{NTH})?|{FIRST_YEAR}{DASH}(?P<m2>{MONTH}) (?P<f>{DAY})(?:{NTH})?)?"
        rf"(?:(?:,? of(?: the year)?| ?,)? {ANY_YEAR}(?!\w)"
        r"|(?!\w|[.,:]\d|%| percent))"
    ),
    month_day,
)
MONTH_YEAR: Leaf = (
    "dates.month-year",
    (
        rf"(?P<m>{MONTH})(?:{FIRST_YEAR}(?:{DASH}|/)(?P<m2>{MONTH}))?(?:,? of(?: the year)?|,|/|-)? ?"
        rf"(?<=[ /,-]){ANY_YEAR}(?!\w)"
    ),
    month_year,
)
YEAR_FIRST: Leaf = (
    "dates.year-month-day",
    rf"(?P<y>[12]\d{{3}}) (?P<m>{LONG_MONTH})(?: (?P<d>{DAY}))?(?![\w,]|[.:]\d)",
    lambda match: (
        day_date(int(match["y"]), month_number(match["m"]), int(match["d"]))
        if match["d"]
        else month_date(int(match["y"]), month_number(match["m"]))
    ),
)
MONTH_RANGE: Leaf = (
    "dates.month-range",
    rf"(?P<m>{MONTH})-(?P<m2>{MONTH}){END}",
    lambda match: Range(Slot("month", month_number(match["m"])), Slot("month", month_number(match["m2"]))),
)
MONTH_ALONE: Leaf = (
    "dates.month",
    rf"(?P<m>{MONTH})(?![\w-])",
    lambda match: Slot("month", month_number(match["m"])),
)
UNUSUAL: Leaf = (
    "dates.unusual",
    rf"(?:\d{{1,4}}[-/.]{MONTH}[-/.]\d{{1,4}}|{MONTH}[-/.]\d{{1,2}}[-/.]\d{{4}})(?![\w/-])",
    unusual,
)
ISO: Leaf = (
    "dates.iso",
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t(\d\d:\d\d(?::\d\d)?)(z|[+-]\d\d:\d\d)?)?(?![\w-]|[./]\d)",
    iso,
)
ISO_MONTH: Leaf = ("dates.iso-month", r"(\d{4})-(0[1-9]|1[0-2])(?![\w-])", iso_month)
NUMERIC: Leaf = (
    "dates.numeric",
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)",
    numeric,
)
NUMERIC_SHORT: Leaf = ("dates.numeric", r"(\d{1,2})(/)(\d{1,2})/(\d{2})(?![\w/-]|\.\d)", numeric)
DAY_ALONE: Leaf = (
    "dates.day",
    rf"(?:(?P<n>{DAY}{NTH})|(?P<m>[1-9]\d?{NTH})|(?P<d>{DAY}))(?:, (?P<y>[12]\d{{3}}))?(?!\w|[.,:]\d)",
    lambda match: elided_day(match),
)
DAYS_ALONE: Leaf = (
    "dates.list",
    rf"(?P<first>{DAY})(?:{NTH})?-(?P<last>{DAY})(?:{NTH})?(?!\w|[.,:]\d)",
    lambda match: Range(Slot("day", int(match["first"])), Slot("day", int(match["last"]))),
)
NTH_ALONE: Leaf = (
    "dates.list",
    rf"(?:(?P<edge>early|late|mid)[- ])?(?P<n>\d{{1,2}}{NTH}|{ORDINAL_WORD})(?!\w)",
    lambda match: elided_nth(match),
)
WEEKDAY_BEFORE = re.compile(rf"{ANY_WEEKDAY},? (?:the )?")
"""A weekday before a date says nothing more than the date."""


def elided_day(match: re.Match[str]) -> Expression | None:
    """Read `25th`, or as one of a list `5` and `10, 1941`: the month, or for `16th` the century, is another date's."""
    number = ordinal_of(match["n"] or match["m"] or match["d"]) or 0
    slot = Slot("day", number) if match["n"] is None else Slot("nth", number)
    if match["m"]:
        return Slot("nth", number) if number < 31 else None
    return Slot("day", number, int(match["y"])) if match["y"] else slot


def elided_nth(match: re.Match[str]) -> Expression:
    """Read `nineteenth`, `late 19th` where the next member of the list says that it is a century."""
    slot = Slot("nth", ordinal_of(match["n"]) or 0)
    return Marked(EDGES[match["edge"]], slot) if match["edge"] else slot

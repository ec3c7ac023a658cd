"""Rules for years and what is larger, and for the parts of a year that are no months: seasons, quarters, holidays.

Rules are as in `absolute`.
"""

import re

from annotator.temporal.absolute import DASH, END, Leaf, era_year, full_year, ranged, year_in, year_pattern
from annotator.temporal.expressions import Expression, Fixed, Range, Slot, Week, Within
from annotator.temporal.values import Period, coded, text_of
from annotator.temporal.words import (
    ERA,
    HOLIDAYS,
    HUNDREDS,
    NTH,
    ORDINAL_WORD,
    SEASON,
    SEASONS,
    SPELLED_YEAR,
    any_of,
    ordinal_of,
    table,
    trie,
    year_of,
)


def years(match: re.Match[str]) -> Expression | None:
    """Read `1914-18`, `2012-2022`, `2013/14`, `499-493 BC`."""
    first, last, era = match["y"], match["z"], match["era"]
    if len(first) < 4 and not era:
        return None
    if len(last) < len(first) and not (era or "").strip().startswith("b"):
        last = first[: -len(last)] + last
    start, end = era_year(int(first), match["first"] or era), era_year(int(last), era)
    if start >= end or (not era and not 1000 <= start <= end < 2200) or ("/" in match[0] and end > start + 1):
        return None
    return Range(Fixed(text_of(Period("year", start))), Fixed(text_of(Period("year", end))))


def one_year(match: re.Match[str]) -> Expression | None:
    """Read `1983`, `480 BC`, `AD 70`, `'68`."""
    if match["short"]:
        return Slot("short-year", int(match["short"]))
    year = year_in(match)
    return None if year is None else Fixed(text_of(Period("year", year)))


def decade(match: re.Match[str]) -> Expression | None:
    """Read `the 1990s`, `470s BC`, `1960s-70s`; `the 1700s` are a century."""
    first = Period("century" if match["y"][2:] == "00" and int(match["y"]) < 2000 else "decade", int(match["y"]))
    if match["era"] and match["era"].strip().startswith("b"):
        left, right = (text_of(Period("year", era_year(int(match["y"]) + more, "bc"))) for more in (9, 0))
        return Fixed(f"{left}/{right}", f"BC{int(match['y']) // 10:03d}")
    if not match["z"]:
        return Fixed(text_of(first))
    last = int(match["z"]) if len(match["z"]) == 4 else first.year // 100 * 100 + int(match["z"])
    return Range(Fixed(text_of(first)), Fixed(text_of(Period("decade", last)))) if last > first.year else None


def short_decade(match: re.Match[str]) -> Expression:
    """Read `the '60s`, `the sixties`."""
    return Slot("short-decade", int(match["tens"]) if match["tens"] else int(table("decade-name")[match["word"]]))


def century(match: re.Match[str]) -> Expression | None:
    """Read `19th century`, `fourth century BC`, `16th-17th centuries`."""
    first, last = (ordinal_of(words) if words else None for words in (match["n"], match["last"]))
    if match["unit"].startswith("mill"):
        return millennium(first or 0, match["era"]) if last is None else None
    left, right = (century_value(n, match["era"]) if n else None for n in (first, last))
    return ranged(Fixed(left), Fixed(right)) if left and right else Fixed(left) if left else None


def millennium(number: int, era: str | None) -> Expression | None:
    """Read `third millennium BC`: the interval of its years, as EDTF has no millennium."""
    if not 0 < number <= 10:
        return None
    first, last = (number * 1000 - 999, number * 1000)
    years = (era_year(last, era), era_year(first, era)) if era_year(1, era) == 0 else (first, last)
    if years[1] > 9999:
        return None
    left, right = (Fixed(text_of(Period("year", year))) for year in years)
    return Range(left, right)


def century_value(number: int, era: str | None) -> str | None:
    """Return the n-th century of the era; the first one BC, which holds the years -99 to 0, is nearly `-00XX`."""
    if not 0 < number <= 30:
        return None
    return text_of(Period("century", era_year(number * 100, era) if era_year(1, era) == 0 else (number - 1) * 100))


def season_year(match: re.Match[str]) -> Expression | None:
    """Read `spring 2014`, `the summer of 1967`, `winter of 1978-79`."""
    year, code = year_in(match), SEASONS[match["s"]]
    return Slot("code", code) if year is None else Fixed(text_of(coded(year, code)))


def part_of_year(match: re.Match[str]) -> Expression | None:
    """Read `Q3 2019`, `H1 2020`, `third quarter of 2001`, `second half of 2008`."""
    groups = match.groupdict()
    half = groups.get("unit") in ("half", "h")
    number = int(match["q"]) if groups.get("q") else ordinal_of(match["n"]) or 0
    if number > (2 if half else 4):
        return None
    year, code = year_in(match), (39 if half else 32) + number
    return Slot("code", code) if year is None else Fixed(text_of(coded(year, code)))


def fiscal(match: re.Match[str]) -> Expression | None:
    """Read `fiscal year 2024`, `FY2019`, `FY 2019-20`."""
    year = int(match["y"]) if len(match["y"]) == 4 else full_year(int(match["y"]))
    if not match["z"]:
        return Fixed(text_of(Period("year", year)))
    last = int(match["z"]) if len(match["z"]) == 4 else year // 100 * 100 + int(match["z"])
    return Range(Fixed(text_of(Period("year", year))), Fixed(text_of(Period("year", last)))) if last > year else None


def holiday(match: re.Match[str]) -> Expression | None:
    """Read `Christmas 1963`, `Easter`, `Labor Day weekend`."""
    slot, year = Slot("holiday", name=match["h"]), year_in(match)
    day = slot if year is None else Within(slot, Fixed(text_of(Period("year", year))))
    return Week(None, day, match["w"] == "weekend") if match["w"] else day


YEARS: Leaf = (
    "dates.year-range",
    (
        rf"(?:years )?(?P<y>\d{{3,4}})(?P<first>{ERA})?(?:{DASH}|/)(?P<z>\d{{4}}|\d{{2,3}})(?P<era>{ERA})?"
        r"(?![\w/-]|[.,:]\d)"
    ),
    years,
)

ONE_YEAR: Leaf = ("dates.year", rf"(?:years? )?{year_pattern()}{END}", one_year)

SPELLED: Leaf = (
    "dates.spelled-year",
    rf"(?:{SPELLED_YEAR}|{HUNDREDS} hundred)(?![\w-])",
    lambda match: Fixed(text_of(Period("year", year))) if 1400 <= (year := year_of(match[0]) or 0) < 2100 else None,
)

AD_YEAR: Leaf = (
    "dates.year-era",
    r"(?:ad|a\.d\.) (\d{1,4})(?:-(\d{1,4}))?(?![\w]|[.,]\d)",
    lambda match: Fixed(text_of(Period("year", int(match[1])))),
)

DECADE: Leaf = (
    "dates.decade",
    rf"(?P<y>\d{{1,3}}0)'?s(?:{DASH}(?:the )?'?(?P<z>\d{{3}}0|\d0)'?s)?(?P<era>{ERA})?(?!\w)",
    lambda match: decade(match) if match["era"] or len(match["y"]) == 4 else None,
)

SHORT_DECADE: Leaf = (
    "dates.short-decade",
    rf"(?:'?(?P<tens>\d)0'?s|(?:nineteen[- ])?(?P<word>{any_of('decade-name')}))(?!\w)",
    short_decade,
)

CENTURY: Leaf = (
    "dates.century",
    (
        rf"(?P<n>\d{{1,2}}{NTH}|{ORDINAL_WORD})(?:{DASH}(?P<last>\d{{1,2}}{NTH}|{ORDINAL_WORD}))?"
        rf"[- ](?P<unit>centur(?:y|ies)|millenni(?:um|a))(?P<era>{ERA})?(?!\w)"
    ),
    century,
)

SEASON_YEAR: Leaf = (
    "dates.season-year",
    rf"(?P<s>{SEASON})(?: of|,| in)? (?:the year )?{year_pattern()}(?:[-/]\d{{2,4}}(?!\d))?{END}",
    season_year,
)

SEASON_RANGE: Leaf = (
    "dates.season-range",
    rf"(?P<first>{SEASON})-(?P<s>{SEASON})(?:(?: of|,| in)? {year_pattern()})?{END}",
    lambda match: ranged(Slot("code", SEASONS[match["first"]]), season_year(match)),
)

QUARTER: Leaf = (
    "dates.quarter",
    rf"(?P<unit>[qh])(?P<q>[1-4])(?:(?: of|,)?[ -]?(?:fy ?|fiscal (?:year )?)?{year_pattern()})?(?!\w)",
    part_of_year,
)

YEAR_QUARTER: Leaf = (
    "dates.quarter",
    r"(?P<eraless>[12]\d{3})(?P<dated>)(?P<short>)[- ](?P<unit>[qh])(?P<q>[1-4])(?!\w)",
    part_of_year,
)

PART_OF_YEAR: Leaf = (
    "dates.part-of-year",
    (
        rf"(?P<n>[1-4]{NTH}|first|second|third|fourth|latter) (?:fiscal )?(?P<unit>quarter|half)"
        rf"(?: of|,| in)? (?:fiscal |fy ?)?(?:year )?{year_pattern()}{END}"
    ),
    lambda match: Fixed(text_of(coded(year_in(match) or 0, 41))) if match["n"] == "latter" else part_of_year(match),
)

QUARTER_ALONE: Leaf = (
    "dates.part-of-year",
    rf"(?P<n>[1-4]{NTH}|first|second|third|fourth)[ -]quarter(?!\w|-| of (?!the year)| century)",
    lambda match: Slot("code", 32 + (ordinal_of(match["n"]) or 0)),
)

FISCAL: Leaf = (
    "dates.fiscal-year",
    r"(?:fiscal(?:[ -]\[?years?\]?)?|calendar years?|fy) ?'?(?P<y>[12]\d{3}|\d\d)"
    r"(?:(?: ?- ?(?:fy ?'?)?|/)(?P<z>\d{4}|\d\d))?(?![\w]|[.,]\d)",
    fiscal,
)

HOLIDAY: Leaf = (
    "dates.holiday",
    rf"(?P<h>{trie(HOLIDAYS)})(?: (?P<w>week(?:end)?)(?!\w))?(?:(?: of|,| in)? {year_pattern()})?(?!\w)",
    holiday,
)

SHORT_YEAR: Leaf = ("dates.short-year", r"(\d\d)(?!\w)", lambda match: Slot("short-year", int(match[1])))
OLD_YEAR: Leaf = ("dates.old-year", r"([1-9]\d\d)(?!\w)", lambda match: Slot("year", int(match[1])))

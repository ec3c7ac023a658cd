"""Values as a reader says them: EDTF dates, labels and kinds in plain English."""

import re
from collections.abc import Mapping

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PARTS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "first quarter of", 34: "second quarter of",
    35: "third quarter of", 36: "fourth quarter of", 40: "first half of", 41: "second half of",
}  # fmt: skip
MODS = {
    "start": "early ",
    "mid": "mid-",
    "end": "late ",
    "approx": "about ",
    "more": "more than ",
    "less": "less than ",
}
UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}

POINT = re.compile(r"(-?)(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d):\d\d.*)?[?~%]?")
LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?|X)([YMWDHS])")

LABELS: Mapping[str, str] = {
    "DATE": "Date", "ACTOR": "Actor", "AGREEMENT": "Agreement", "CITATION": "Footnote", "EVENT": "Event",
}  # fmt: skip
"""What readers call the labels."""


def date_words(value: str | None, mod: str | None = None) -> str:
    """Return an EDTF value or a duration as readers write it, itself where it has another form.

    >>> date_words("2013-04-15"), date_words("2014-07"), date_words("198X", "start"), date_words("-0479")
    ('15 April 2013', 'July 2014', 'early 1980s', '480 BC')
    >>> date_words("2014-21"), date_words("2012/2022"), date_words("P10Y"), date_words("20XX"), date_words(None)
    ('spring 2014', '2012–2022', '10 years', '21st century', 'undated')
    """
    if not value:
        return "undated"
    first, slash, last = value.partition("/")
    words = f"{_point(first)}–{_point(last)}" if slash and first and last else _point(value)
    return MODS.get(mod or "", "") + words


def _point(value: str) -> str:
    length = LENGTH.fullmatch(value)
    if length:
        unit = UNITS[length[1] + length[3]] if length[1] + length[3] in UNITS else length[3]
        return f"{'some' if length[2] == 'X' else length[2]} {unit}{'' if length[2] == '1' else 's'}"
    match = POINT.fullmatch(value)
    if match is None:
        return value
    sign, year, part, day, clock = match.groups()
    words = _year(sign, year)
    if part and int(part) in PARTS:
        words = f"{PARTS[int(part)]} {words}"
    elif part and 1 <= int(part) <= len(MONTHS):
        words = f"{MONTHS[int(part) - 1]} {words}"
    elif part:
        return value
    if day:
        words = f"{int(day)} {words}"
    return f"{words}, {clock}" if clock else words


def _year(sign: str, year: str) -> str:
    if year.endswith("XX"):
        century = int(year[:2]) + 1
        return f"{century}{ordinal_ending(century)} century"
    if year.endswith("X"):
        return f"{int(year[:3])}0s"
    return f"{int(year) + 1} BC" if sign else str(int(year))


def ordinal_ending(number: int) -> str:
    """Return the letters after a number that counts.

    >>> [ordinal_ending(number) for number in (1, 12, 22, 23, 30)]
    ['st', 'th', 'nd', 'rd', 'th']
    """
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")

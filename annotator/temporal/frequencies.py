"""Rules for frequencies: `every year`, `annually`, `twice a week`, `on Mondays`. Rules are as in `absolute`."""

import re

from annotator.temporal.absolute import Leaf
from annotator.temporal.expressions import Expression, Fixed
from annotator.temporal.relative import NUMBER, length
from annotator.temporal.words import (
    ANY_WEEKDAY,
    MONTH,
    NUMBER_WORDS,
    PART,
    PARTS,
    SEASON,
    SEASONS,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    any_of,
    month_number,
    number_of,
    table,
)


def every(match: re.Match[str]) -> Expression | None:
    """Read `every year`, `each day`, `every two weeks`, `per month`, `every Monday`, `each spring`."""
    if match["unit"]:
        return repeated(match)
    if match["weekday"] and match["dayparts"]:
        day = WEEKDAYS[match["weekday"].rstrip(".")]
        return Fixed("P1W", f"XXXX-WXX-{day}{PARTS[match['dayparts']]}", "set")
    if match["weekday"]:
        return Fixed("P1W", f"XXXX-WXX-{WEEKDAYS[match['weekday'].rstrip('.')]}", "set")
    if match["part"]:
        return Fixed("P1D", f"XXXX-XX-XX{PARTS[match['part']]}", "set")
    if match["month"]:
        return Fixed("P1Y", f"XXXX-{month_number(match['month']):02d}", "set")
    name = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}[SEASONS[match["season"]]]
    return Fixed("P1Y", f"XXXX-{name}", "set")


def repeated(match: re.Match[str]) -> Expression | None:
    """Read `every two weeks`, `every few months`, and what happens so often: `twice a year`, `once every two years`."""
    number = None if match["num"] == "few" else number_of(match["num"]) if match["num"] else 2 if match["other"] else 1
    if number is None and match["num"] != "few":
        return None
    found = length(number, UNITS[match["unit"]])
    return Fixed(found.value, found.timex, "set")


def often(match: re.Match[str]) -> Expression | None:
    """Read `twice a year`, `three times per week`, `once every two years`, `twice weekly`."""
    return repeated(match) if match["unit"] else set_word(match["set"])


SET_VALUES = {"XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX-QX": "P3M"}


def set_word(word: str) -> Expression:
    """Return what `annually`, `daily`, `monthly` say."""
    meaning = table("set")[word]
    return Fixed(SET_VALUES.get(meaning, meaning), meaning, "set")


def weekday_plural(match: re.Match[str]) -> Expression:
    """Read `Sundays`: what comes back."""
    return Fixed("P1W", f"XXXX-WXX-{WEEKDAYS[match['weekday']]}", "set")


EVERY: Leaf = (
    "dates.every",
    (
        rf"(?:every|each|per)(?P<other> other)?(?: (?P<num>{NUMBER}|few))? (?:single )?"
        rf"(?:(?P<unit>{UNIT})|(?P<weekday>{ANY_WEEKDAY})(?: (?P<dayparts>{PART})(?!\w))?"
        rf"|(?P<month>{MONTH})|(?P<season>{SEASON})|(?P<part>{PART}))(?!\w|-)"
    ),
    every,
)
TIMES: Leaf = (
    "dates.times",
    (
        rf"(?:once|twice|thrice|(?:{NUMBER_WORDS}|\d+|{VAGUE})(?: (?:or|to) (?:[a-z]{{1,9}}|\d+))? times)[ -]"
        rf"(?:(?:an?|per|each|every(?P<other> other)?)(?: (?P<num>[a-z]{{1,9}}|\d+))? (?P<unit>{UNIT})"
        rf"|(?P<set>{any_of('set')}))(?!\w|-)"
    ),
    often,
)
SET_WORD: Leaf = ("dates.set", rf"{any_of('set')}(?!\w|-)", lambda match: set_word(match[0]))
WEEKDAYS_PLURAL: Leaf = ("dates.weekdays", rf"(?P<weekday>{WEEKDAY})s(?!\w|-)", weekday_plural)

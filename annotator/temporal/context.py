"""Which readings hold in their context: what stands before and after decides whether a number is a year, `May` a month.

A false alarm is as bad as a miss, so a bare year, month, season, weekday, unit or clock time needs the words that such
an expression goes with, and none of the words that make it something else (`Resolution 1373`, `1500 men`, `the March on
Rome`).
"""

import re

from annotator.temporal import number_checks, word_checks
from annotator.temporal.place import Place

NUMBER_LIKE = frozenset("$£€¥₤₹#§№+=~_@&*<>")
CASED = re.compile(r"\b(?:ma(?:y|r(?:ch)?)|august|jan|dec|s(?:un|at)|wed|ad|bc|ce)\b")
"""Words that are something else unless they are written with a capital."""


def holds(place: Place) -> bool:
    """Return whether the reading holds where it stands."""
    words, glued = place.words, place.glued
    if not words.isdigit() and CASED.search(place.text, place.start, place.end):
        return False
    if glued and (glued in NUMBER_LIKE or (words[0].isdigit() and glued_number(place))):
        return False
    check = CHECKS.get(place.rule)
    return check is None or check(place)


def glued_number(place: Place) -> bool:
    """Return whether the digits go on before the place (`1,945`, `B-1900`, `2.1945`)."""
    glued = place.glued
    if not glued or glued in "(['\"“”‘—;":
        return False
    beyond = place.text[place.start - 2 : place.start - 1]
    if glued == "-":
        return not beyond.islower()
    return glued in ".,:/" and beyond.isdigit()


CHECKS = {
    "dates.year": number_checks.year,
    "dates.week-number": number_checks.week_number,
    "dates.spelled-year": number_checks.spelled_year,
    "dates.month": word_checks.month,
    "dates.season": word_checks.season,
    "dates.weekday": word_checks.weekday,
    "dates.plural": word_checks.plural,
    "dates.length": number_checks.counted_length,
    "dates.turn": word_checks.turned,
    "dates.this": word_checks.this,
    "dates.part-of-day": word_checks.part_of_day,
    "dates.clock": number_checks.clock,
    "dates.weekend": word_checks.weekend,
    "dates.clock-past": number_checks.clock_past,
    "dates.clock-part": number_checks.clock_part,
    "dates.holiday": word_checks.named_capital,
    "dates.quarter": word_checks.named_capital,
    "dates.set": word_checks.set_word,
    "dates.every": word_checks.every,
    "dates.short-decade": number_checks.named_decade,
    "dates.edge": word_checks.edged,
    "dates.within": word_checks.edged,
    "dates.part-of-year": word_checks.part_of_year,
    "dates.year-era": number_checks.dated_year,
    "dates.day-month-year": word_checks.day_in_month,
    "dates.month-day-year": word_checks.day_in_month,
    "dates.reference": word_checks.reference,
    "dates.amount": number_checks.amount,
    "dates.sequence": word_checks.sequence,
}
"""Rule → what its reading needs of its context; the others need nothing."""

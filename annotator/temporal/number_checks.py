"""Whether a number is a year, a length or a clock time where it stands: what its context must say or must not."""

import re

from annotator.temporal.expressions import Fixed, bare
from annotator.temporal.place import Place, guards

BOUND = re.compile(r"(?<!\w)(?:(?:later|earlier|sooner) than|(?:early|late|recently|soon) as) $")
AT = re.compile(r"(?<!\w)(?:at|by|until|around|about) (?:a )?$")
RECENT_YEARS = (1880, 2060)
"""Numbers that are rather years than counts where a word stands before that years follow."""


def year(place: Place) -> bool:
    """Accept a bare year: no label before it, no thing counted after it."""
    words = place.words
    if not words.isdigit():
        return words[0] != "'" or place.before in guards("year-frame") | {"class"}
    number, before, after = int(words), place.before, place.after
    if follows_bound(place):
        return number < 2200 and not counted(place, after)
    if ". " in place.low[place.start - 2 : place.start] and place.label in guards("label"):
        return False
    if before == "of" and place.low.startswith("war of", place.start - 7) and place.text[place.start - 7].isupper():
        return False
    if (
        after.startswith("year")
        or before in guards("before")
        or place.low.startswith(("%", "°"), place.end)
        or number >= 2200
    ):
        return False
    if place.low.startswith("-", place.end) and place.low[place.end + 1 : place.end + 2].isalpha():
        return False
    firm = before in ("in", "since", "until", "during", "early", "late", "mid", "year", "circa")
    if after in guards("after"):
        named = before == "the" and after[-1] != "s" and number >= RECENT_YEARS[0]
        return (firm or named) and place.capital_after and number >= 1400
    if (
        after
        and not firm
        and counted(place, after)
        and not (RECENT_YEARS[0] <= number < RECENT_YEARS[1] and before in guards("year-frame"))
    ):
        return before in ("the", "its", "his", "her", "their", "our", "this", "that", "a", "an", "s")
    if not 1450 <= number < 2070:
        return firm or (before in guards("year-frame") and not after[:1].isalpha())
    return True


def week_number(place: Place) -> bool:
    """Accept a numbered week of the year: `in week 12`, not `Week 12 of the season`."""
    return place.before in guards("clock-frame") | {"in", "of", "during"} and not place.capital and place.after != "of"


def spelled_year(place: Place) -> bool:
    """Accept a year in words: `in nineteen eighty-four`, not `in eighteen hundred cases`."""
    return (
        place.before in guards("spelled-frame")
        and place.after not in guards("after")
        and not counted(place, place.after)
    )


def follows_bound(place: Place) -> bool:
    """Return whether `no later than`, `as early as` or the like stands before the place."""
    return place.before in ("than", "as") and BOUND.search(place.low, max(0, place.start - 16), place.start) is not None


def counted(place: Place, after: str) -> bool:
    """Return whether the word after a number looks like things counted: a plural in lower case."""
    if not after:
        return False
    return (
        after[-1] == "s" and len(after) > 4 and after.isalpha() and not place.capital_after and after[-2] not in "suiy"
    )


def counted_length(place: Place) -> bool:
    """Accept a length: no `a second` or `a quarter`, no `Seven Years' War`."""
    words = place.words
    last = re.split(r"[ -]", words)[-1]
    if last in ("second", "quarter", "quarters") or (last in ("night", "weekend") and words.startswith("a ")):
        return False
    original = place.text[place.start : place.end]
    if original.rpartition(original[-len(last) - 1 : -len(last)])[2][:1].isupper() and (
        place.capital_after or place.low.startswith("'", place.end)
    ):
        return False
    if words == "one day" and place.before not in guards("plural-frame"):
        return False
    digits = re.match(r"\d+", words)
    return not (digits and len(digits[0]) == 4 and last in ("year", "month", "week", "day", "old")) or "," in words


def clock(place: Place) -> bool:
    """Accept a clock time: a bare `10:57` needs `at` or the like before it."""
    words = place.words
    if words in ("noon", "midnight", "midday"):
        return not place.capital
    if re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?", words):
        return place.before in guards("clock-frame")
    return True


def clock_part(place: Place) -> bool:
    """Accept `three in the morning`: after a word that clock times follow."""
    return place.before in guards("clock-frame")


def clock_past(place: Place) -> bool:
    """Accept `half past nine`; `quarter to ten` only after `at` or the like, as it can be a share."""
    return place.words.startswith("half") or AT.search(place.low, max(0, place.start - 10), place.start) is not None


def amount(place: Place) -> bool:
    """Accept a number or date with `about`: not in `how about Friday`."""
    if place.words.endswith(("quarter", "quarters", "second")) or place.glued == ".":
        return False
    if (
        isinstance(bare(place.expression), Fixed)
        and place.words[-4:].isdigit()
        and (place.after in guards("after") or counted(place, place.after))
    ):
        return False
    return place.before not in ("how", "what")


def dated_year(place: Place) -> bool:
    """Accept a year of an era: written `AD`."""
    return place.text[place.start].isupper()


def named_decade(place: Place) -> bool:
    """Accept a decade in words or short digits: `the sixties`, not `his sixties`."""
    return place.before in ("the", "and", "to", "or") if place.words[0] != "'" else True

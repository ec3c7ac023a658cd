"""Whether a word is a date where it stands: a month and not a name or verb, a season and not a fall from grace."""

import re

from annotator.temporal.expressions import Clock, Fixed, Slot, This, bare
from annotator.temporal.number_checks import follows_bound
from annotator.temporal.place import Place, guards
from annotator.temporal.words import SEASON, any_of, table

PERIOD_AFTER = re.compile(rf" (?:and |few |several |couple )?(?:of )?(?:\w+ )?{any_of('unit')}(?!\w)")
EVENT_YEAR = re.compile(r" of the \d{4}$")
"""The end of an expression that goes on with an event (`the start of the 2014 games`)."""
OVER = re.compile(r"(?<!\w)(?:over|during|at|on|by) the $")
NEXT_SEASON = re.compile(rf" (?:and|or|to|through) (?:the )?{SEASON}(?: of)? [12]\d{{3}}(?!\w)")
"""What a season that shares its year with the next one is followed by."""
OWNERS = frozenset(("his", "her", "their", "my", "your"))


def month(place: Place) -> bool:
    """Accept a bare month: written as a name, after a word that months follow, or not before another name."""
    word = place.words.rstrip(".")
    framed = place.before in guards("frame") or follows_bound(place)
    if not place.capital:
        return framed and word not in ("may", "march") and len(word) > 3
    if place.after in guards("season-after"):
        return True
    if word in ("may", "march") or (len(word) <= 4 and word not in ("june", "july")):
        return framed and not (
            place.before == "the" and (place.capital_after or place.after in table("function") or not place.after)
        )
    if place.capital_after:
        return framed and place.before not in ("the", "of", "and")
    return True


def season(place: Place) -> bool:
    """Accept a bare season: after a word that seasons follow, and no part of a name or of `the fall of Saigon`."""
    if place.after in guards("season-after") and not place.capital:
        return True
    if NEXT_SEASON.match(place.low, place.end):
        return True
    if place.words in ("fall", "spring"):
        if (
            place.after in ("of", "in", "from", "back", "into", "short", "apart", "for", "to", "under", "on", "within")
            and place.words == "fall"
        ):
            return False
        if place.before in ("to", "of", "and", "or", "in", "for") and (place.words == "fall" or place.after == "of"):
            return place.before == "in" and place.words == "spring"
    if (
        place.after == "of"
        or place.capital_after
        or place.before == "s"
        or (place.capital and place.before not in guards("frame"))
    ):
        return False
    return place.before in guards("frame")


def weekday(place: Place) -> bool:
    """Accept a bare weekday: no paper, no named day."""
    return place.before not in guards("weekday-before") and place.after not in guards("weekday-after")


def weekend(place: Place) -> bool:
    """Accept a bare weekend: `over the weekend`, not `the weekend of the race`."""
    return OVER.search(place.low, max(0, place.start - 14), place.start) is not None and place.after not in ("of", "in")


def plural(place: Place) -> bool:
    """Accept a bare plural unit, `for years`: after a word it follows, not in `the years of 1973`, `school days`."""
    if place.words.endswith("-long"):
        return True
    if place.after == "of" and place.low[place.end + 4 : place.end + 5].isdigit():
        return False
    framed = place.before in guards("plural-frame") and place.glued == ""
    return framed or (
        (place.before == "" or place.low[place.start - 2 : place.start - 1] in '.;,-\n("”')
        and place.after not in ("", "and")
    )


def turned(place: Place) -> bool:
    """Read `last year` and the like: not in `the last day of the battle`."""
    expression = bare(place.expression)
    if isinstance(expression, Slot) and expression.unit in ("month", "monthday", "weekday", "holiday"):
        return (
            place.text[place.start : place.end].split(" ")[-1][:1].isupper()
            or expression.unit == "holiday"
            or "march" not in place.words
        )
    if place.words.startswith(("last", "next", "past", "final")) and place.after == "of":
        return False
    if isinstance(expression, Slot) and expression.a == 23 and "fall" in place.words:
        return place.after not in ("of", "in", "from", "guy")
    return not (place.words == "last hour" or place.words.startswith("past "))


def this(place: Place) -> bool:
    """Read `that year`: not in `the same fall of Rome`, `this march`."""
    expression = bare(place.expression)
    if place.words == "this day" and place.before == "to":
        return False
    if isinstance(expression, Slot) and expression.unit in ("month", "weekday"):
        return place.text[place.start : place.end].split(" ")[-1][:1].isupper()
    return not (place.words.endswith(" fall") and place.after in ("of", "in", "from", "guy", "into"))


def part_of_day(place: Place) -> bool:
    """Accept a bare part of the day: after a word that it follows."""
    expression = bare(place.expression)
    if not isinstance(expression, Clock) or expression.day is not None:
        last = place.text[place.start : place.end].split(" ")[-1]
        return not (last[:1].isupper() and place.capital_after)
    return (
        place.before in guards("part-frame") and place.after != "of" and not place.capital_after and not place.capital
    )


def named_capital(place: Place) -> bool:
    """Accept a name: written with a capital, and not followed by the rest of a longer name."""
    expression = bare(place.expression)
    if not isinstance(expression, Slot):
        return True
    name_before = place.text[place.start - len(place.before) - 1 : place.start - 1] if place.before else ""
    return (
        place.capital
        and not place.capital_after
        and (not name_before[:1].isupper() or place.before in table("function"))
    )


def set_word(place: Place) -> bool:
    """Accept a frequency: not in `the daily Népszava`, `daily newspaper`, `LA Weekly`."""
    if place.capital and place.before:
        return False
    return not (
        place.words in ("daily", "weekly", "monthly", "quarterly")
        and (place.capital_after or place.after.startswith(("news", "paper", "magazine")))
    )


def every(place: Place) -> bool:
    """Accept a frequency: not a rate like `miles per hour`."""
    fine = place.words.endswith(("hour", "second", "minute"))
    return not (fine and (place.words.startswith("per ") or place.words.endswith("second")))


def edged(place: Place) -> bool:
    """Accept an expression under a modifier: `his late sixties` is an age, `early march` a walk."""
    expression = bare(place.expression)
    if isinstance(expression, Slot) and expression.unit == "short-decade":
        return place.before not in OWNERS
    if EVENT_YEAR.search(place.words) and place.after and place.after not in table("function"):
        return False
    if (
        isinstance(expression, Slot)
        and expression.unit in ("month", "code")
        and place.words.rsplit(" ", 1)[-1] in ("march", "fall", "spring")
    ):
        return (
            place.text[place.end - len(place.words.split(" ")[-1])].isupper()
            or place.words.rsplit(" ", 1)[-1] == "spring"
            or place.after not in ("of", "in")
        )
    return not (isinstance(expression, This) and place.words.startswith("close "))


def day_in_month(place: Place) -> bool:
    """Accept a day of a month: not in `second may be`, where the capital tells nothing, nor `Section 7, June`."""
    if place.words[0].isdigit() and "," in place.words[:4] and place.before in guards("before"):
        return False
    return not (
        place.words[0].isalpha() and place.words.split(" ")[0] == "may" and place.after in ("be", "have", "not")
    )


def part_of_year(place: Place) -> bool:
    """Accept a quarter without its year: no part of a `quarter mile`."""
    return isinstance(bare(place.expression), Fixed) or place.after not in guards("quarter-after")


def sequence(place: Place) -> bool:
    """Accept a run of units: `the following months`, not `, following months of talks,`."""
    if place.words.startswith("last ") and place.before in ("to", "will", "would", "could", "can"):
        return False
    return not (place.words.startswith("following ") and place.before in ("", "when", "about", "just"))


def reference(place: Place) -> bool:
    """Accept a vague reference: no part of a name, not `this time` or `the former` in another sense."""
    words, after = place.words, place.after
    if words in ("the past", "the future") and PERIOD_AFTER.match(place.low, place.end):
        return False
    if words == "the time":
        return place.before == "at" and (not after or after in table("clause-end")) and after not in ("that", "when")
    if words in ("this time", "that time"):
        return place.before in guards("time-frame")
    if place.before == "the" and words == "former":
        return bool(after) and after not in table("function")
    if place.before == "as" and after == "as":
        return False
    return not (place.capital and place.capital_after)

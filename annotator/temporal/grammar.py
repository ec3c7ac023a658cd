"""The grammar of English expressions of time: words → what they say (an `Expression`), with the rule that read them.

`parse` reads the longest expression that begins at a place; `read` reads words that are one expression and nothing
else, which is what verification does with a record's text. The word an expression begins with chooses the rules to try,
in order, and the first that matches wins. The division into an absolute, a relative and an underspecified reading
follows HeidelTime (Strötgen and Gertz 2013) and SUTime (Chang and Manning 2012).
"""

from functools import cache, lru_cache, partial

from annotator.temporal import absolute, clock, frequencies, periods, relative
from annotator.temporal.absolute import Leaf
from annotator.temporal.commonest import plain_month, plain_year
from annotator.temporal.days import (
    CLOCKS,
    DATED,
    clock_time,
    day_of_month,
    nth_of,
    part_of_day,
    slot_of,
    turned,
    week_number,
    week_of,
    weekday,
    with_nth,
)
from annotator.temporal.edges import amount, edge, hours_of, portion, within
from annotator.temporal.expressions import Slot
from annotator.temporal.heads import TRIGGER, begins, heads
from annotator.temporal.lengths import counted
from annotator.temporal.reading import Hit, Parse, Rule, leaf, plain
from annotator.temporal.words import SEASON, SEASONS

LONGEST, DEEPEST = 120, 4
"""Longest words that are read as one expression, and how deep expressions stand in one another."""

A, F, P, R = absolute, frequencies, periods, relative
LEAVES: dict[str, tuple[Rule | Leaf, ...]] = {
    "digit": (
        slot_of(leaf(A.DAY_MONTH)),
        clock_time,
        counted,
        A.NUMERIC,
        A.NUMERIC_SHORT,
        A.UNUSUAL,
        P.YEARS,
        P.DECADE,
        with_nth(
            leaf(P.CENTURY),
            leaf(P.PART_OF_YEAR),
            slot_of(leaf(P.QUARTER_ALONE)),
            portion,
            nth_of,
            week_of,
            day_of_month,
        ),
        P.ONE_YEAR,
        F.TIMES,
    ),
    "four digits": (
        plain_year,
        A.ISO,
        A.YEAR_FIRST,
        A.ISO_MONTH,
        A.UNUSUAL,
        P.YEARS,
        P.DECADE,
        P.YEAR_QUARTER,
        clock_time,
        P.ONE_YEAR,
        counted,
    ),
    "many digits": (counted,),
    "month": (
        plain_month,
        slot_of(leaf(A.MONTH_DAY)),
        A.UNUSUAL,
        A.MONTH_YEAR,
        A.MONTH_RANGE,
        slot_of(leaf(A.MONTH_ALONE)),
    ),
    "weekday": (weekday, F.WEEKDAYS_PLURAL),
    "season": (
        P.SEASON_YEAR,
        P.SEASON_RANGE,
        slot_of(leaf(("dates.season", rf"({SEASON})(?!\w|-)", lambda match: Slot("code", SEASONS[match[1]])))),
    ),
    "ordinal": (
        slot_of(leaf(A.DAY_MONTH)),
        P.CENTURY,
        P.PART_OF_YEAR,
        portion,
        slot_of(leaf(P.QUARTER_ALONE)),
        nth_of,
        week_of,
    ),
    "holiday": (P.HOLIDAY,),
    "within": (hours_of, within),
    "edge": (edge,),
    "amount": (amount,),
    "clock-word": (clock_time,),
    "number": (clock_time, counted, F.TIMES),
    "vague": (counted, F.TIMES),
    "article": (counted, F.TIMES),
    "sequence": (portion, nth_of, week_of, R.SEQUENCE, R.PAST_UNIT, R.SEQUENCE_PLURAL),
    "same": (turned,),
    "turn": (turned,),
    "part": (part_of_day, R.BEFORE_LAST, R.PLURAL_SHIFT, clock.PART_ALONE),
    "day": (R.DAY_WORD,),
    "every": (F.EVERY,),
    "set": (F.SET_WORD,),
    "unit": (
        week_of,
        week_number,
        R.NEXT_DAY_WORD,
        R.BEFORE_LAST,
        R.PLURAL_SHIFT,
        R.WEEKEND,
        R.UNIT_END,
        P.ONE_YEAR,
        R.PLURAL,
    ),
    "decade-name": (P.SHORT_DECADE, P.SPELLED),
    "spelled": (P.SPELLED, counted),
    "quote": (P.ONE_YEAR, P.SHORT_DECADE),
    "fiscal": (P.FISCAL,),
    "quarter": (P.QUARTER,),
    "era": (P.AD_YEAR,),
    "times": (F.TIMES,),
    "ref": (R.REF,),
}
"""Kind of an expression's first word → rules, in the order in which they are tried."""

ELIDED = (
    leaf(absolute.DAY_ALONE),
    leaf(absolute.NTH_ALONE),
    leaf(absolute.DAYS_ALONE),
    leaf(periods.OLD_YEAR),
    leaf(periods.SHORT_YEAR),
)
"""Rules for words that stand in a list and leave out what its other members say (`5`, `10, 1941`, `16th`)."""


def parse_at(depth: int, text: str, start: int) -> Hit | None:
    """Return the expression that begins at `start` of a plain text, inside `depth` others; None where none does."""
    if depth > DEEPEST:
        return None
    found = TRIGGER.match(text, start - 1) if start else TRIGGER.match("\n" + text)
    if found is None or not begins(head := found[1], text, start + len(head)):
        return None
    return parse_from(head, text, start, depth)


PARSERS: tuple[Parse, ...] = tuple(partial(parse_at, depth) for depth in range(DEEPEST + 2))


def parse_from(head: str, text: str, start: int, depth: int = 0) -> Hit | None:
    """Return the expression that begins at `start` with the word `head`."""
    inner = PARSERS[depth + 1]
    for rule in rules_for(head):
        hit = rule(text, start, inner)
        if hit is not None and hit.end - start <= LONGEST:
            return hit
    return None


@lru_cache(maxsize=65536)
def read(words: str) -> Hit | None:
    """Return what words say that are one expression of time and nothing else, None for any other."""
    text = plain(words)
    if len(text) > LONGEST:
        return None
    hit = parse_at(0, text, 0)
    if hit is not None and hit.end == len(text):
        return hit
    elided = (rule(text, 0, PARSERS[0]) for rule in ELIDED)
    return next((hit for hit in elided if hit is not None and hit.end == len(text)), None)


def rules_for(head: str) -> tuple[Rule, ...]:
    """Return the rules to try where an expression begins with this word, number or apostrophe."""
    if head[0].isdigit():
        return rules_of(("four digits",) if len(head) == 4 else ("digit",) if len(head) < 4 else ("many digits",))
    return rules_of_word(head)


@cache
def rules_of_word(head: str) -> tuple[Rule, ...]:
    """Return the rules to try where an expression begins with this word or apostrophe."""
    return rules_of(("quote",) if head == "'" else heads().get(head, ()))


@cache
def rules_of(kinds: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules of these kinds of first words, in order, each once."""
    found: list[Rule] = []
    for kind in kinds:
        for rule in LEAVES[kind]:
            made = leaf(rule) if isinstance(rule, tuple) else rule
            if made not in found:
                found.append(made)
    return tuple(found)


def prepare() -> None:
    """Compile the patterns of all rules, so that the first text does not pay for it: each reads a space."""
    for kind in LEAVES:
        for rule in rules_of((kind,)):
            rule(" ", 0, PARSERS[-1])
    for rule in (*ELIDED, *CLOCKS, *DATED):
        rule(" ", 0, PARSERS[-1])

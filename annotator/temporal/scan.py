"""Finds the expressions of time in a text: one pass over the words that can begin one, with the grammar at each.

Then the members of lists that leave out what another member says are added: `5` in `May 4 and 5`, `6` in `6 and 7
January`, `16th` in `the 16th and 17th centuries`, `490` in a text on the years before Christ.
"""

import re
from collections.abc import Sequence

import msgspec

from annotator.temporal.context import holds
from annotator.temporal.expressions import Clock, Expression, Fixed, Marked, Slot
from annotator.temporal.grammar import parse_from, read
from annotator.temporal.heads import CORE_AHEAD, TRIGGER, begins
from annotator.temporal.place import Place, guards
from annotator.temporal.reading import Hit, plain
from annotator.temporal.words import DAY, ERA, MONTH, NTH, NUMBERS, ORDINAL_WORD, ORDINALS, any_of

LISTED_HEADS = frozenset((*ORDINALS, *NUMBERS, "early", "late", "mid"))
"""Words that can begin a member of a list which another one completes."""
ENDING_IN_MONTH = frozenset(("dates.month", "dates.day-month-year", "dates.edge", "dates.within"))
LINE_GOES_ON = re.compile(r"[ \t]*[^\s]")
"""What shows that a point after an abbreviated month does not end the paragraph."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """An expression at its place; `partner` is how far away in the list of candidates the one is that completes it."""

    start: int
    end: int
    rule: str
    expression: Expression
    partner: int = 0


NOT_COUNTED = (
    rf"(?![\w%°:]|[.,]\d|-\w| (?:{any_of('unit')}|per ?cent|percent|million|billion|[a-z]+s (?!and)|{MONTH})(?!\w))"
)
COUNT = re.compile(r"(?:,\d{3})*(?= [a-z])")
AFTER_COUNT = re.compile(rf"{ERA}| (?:[ap]\.?m|hrs|h|utc|gmt|local)(?!\w)")
"""What makes a date or clock time of a number, besides the words of CORE_AHEAD."""
MORE_DAYS = re.compile(
    rf"(?:, and|,| and| &| or| to| through| until)(?: on)?(?: the)? "
    rf"(?P<day>{DAY}(?:{NTH})?(?:, [12]\d{{3}}(?!\d|,\d))?){NOT_COUNTED}"
)
NEXT_DAY = rf"(?:, ?|,? (?:and|&|or|to|through|until) )(?:the )?{DAY}(?:{NTH})?"
DAYS_BEFORE = re.compile(
    rf"(?P<day>{DAY}(?:{NTH})?(?:-{DAY}(?:{NTH})?)?)(?=(?:{NEXT_DAY}){{1,7}}(?: of)? {MONTH}(?!\w))"
)
EDGE = r"(?:(?:early|late|mid)[- ])?"
NEXT_NTH = rf"-?(?:, |,? (?:and|&|or|to|through|until) )(?:the )?{EDGE}(?:\d{{1,2}}{NTH}|{ORDINAL_WORD})"
LIST_WIDTH = 120
"""How far ahead of a list's first member, in characters, the word is looked for that says what its ordinals count."""
NTHS_BEFORE = re.compile(
    rf"(?P<day>{EDGE}(?:\d{{1,2}}{NTH}|{ORDINAL_WORD}))(?=(?:{NEXT_NTH}){{1,4}}[- ]centur(?:y|ies)(?!\w))"
)
LABEL = re.compile(r"(\w+)\.? $")
THE_NTH = re.compile(r"(?<!\w)(?:on|(?:on|by|until|from|since|before|after|to) the) $")
ENDS_NTH = re.compile(
    r"(?=$|[.,;:)\]\n]"
    r"| (?:and|but|in|at|by|to|when|the|he|she|it|they|with|for|was|were|had|-|of (?:the|that|this) month)(?!\w))"
)
BARE_NTH = re.compile(rf"{DAY}{NTH}(?!\w|-)")
OLD_YEAR = re.compile(
    r"(?<!\w)(?:in|by|of|from|to|until|since|after|before|during|early|late|and|between|through|summer|spring|winter|autumn)"
    r"[ -](?P<year>[1-9]\d\d)(?![\w%-]|[.,:]\d| (?:[a-z]+s|[a-z]*men)(?!\w))"
)


def scan(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Candidate]:
    """Return the expressions of time in the text, sorted and apart from one another and from the stretches taken."""
    low = plain(text)
    blocked = sorted(taken)
    found: list[Candidate] = []
    free, next_taken, era = 0, 0, False
    for trigger in TRIGGER.finditer("\n" + low):
        start = trigger.start()
        head = trigger[1]
        end = start + len(head)
        if start < free or not begins(head, low, end):
            continue
        if head[0] in "0123456789" and len(head) != 4 and only_counts(low, end):
            continue
        while next_taken < len(blocked) and blocked[next_taken][1] <= start:
            next_taken += 1
        if next_taken < len(blocked) and blocked[next_taken][0] <= start:
            continue
        limit = blocked[next_taken][0] if next_taken < len(blocked) else len(text)
        hit = hit_at(text, low, start, head, limit)
        if hit is None and (head[0].isdigit() or head in LISTED_HEADS):
            hit = elided_before(low, start, limit)
        if hit is None:
            continue
        if not era and isinstance(hit.expression, Fixed) and (hit.expression.value or "")[:1] == "-":
            era = True
        found.append(Candidate(start, hit.end, hit.rule, hit.expression, 1 if hit.rule == "dates.list" else 0))
        free = hit.end
        for more in elided_after(low, found[-1], limit):
            found.append(more)
            free = more.end
    return with_old_years(low, found, blocked) if era else found


def only_counts(low: str, end: int) -> bool:
    """Return whether a number that ends there counts something else than time: `300 men`."""
    count = COUNT.match(low, end)
    return (
        count is not None and CORE_AHEAD.match(low, count.end()) is None and AFTER_COUNT.match(low, count.end()) is None
    )


def hit_at(text: str, low: str, start: int, head: str, limit: int) -> Hit | None:
    """Return the reading that begins there and holds in its context, up to the limit."""
    hit = parse_from(head, low, start)
    if hit is None or hit.end > limit:
        return None
    if hit.closed and low[start - 1 : start] == " " and hit.rule != "dates.year" and text[start].isupper():
        return hit
    if not holds(Place(text, low, start, hit)):
        return None
    if hit.rule in ENDING_IN_MONTH and low[hit.end - 1] == "." and not LINE_GOES_ON.match(low, hit.end):
        hit = Hit(hit.end - 1, hit.expression, hit.rule)
    if hit.closed:
        return hit
    proved = read(low[start : hit.end])
    return proved if proved is None else Hit(hit.end, proved.expression, hit.rule)


def elided_before(low: str, start: int, limit: int) -> Hit | None:
    """Return the member of a list that is completed further on, or a day that stands with its article alone."""
    label = LABEL.search(low, max(0, start - 24), start)
    if label and label[1] in guards("before"):
        return None
    for pattern in (DAYS_BEFORE, NTHS_BEFORE) if low[start].isdigit() else (NTHS_BEFORE,):
        if pattern is NTHS_BEFORE and low.find("centur", start, start + LIST_WIDTH) < 0:
            continue
        found = pattern.match(low, start)
        if found and found.end() <= limit:
            return elided(low, start, found.end(), "dates.list")
    found = BARE_NTH.match(low, start)
    if (
        found
        and found.end() <= limit
        and THE_NTH.search(low, max(0, start - 12), start)
        and ENDS_NTH.match(low, found.end())
    ):
        return elided(low, start, found.end(), "dates.day")
    return None


def elided(low: str, start: int, end: int, rule: str) -> Hit | None:
    """Return the reading of words that leave something out."""
    read_words = read(low[start:end])
    return Hit(end, read_words.expression, rule) if read_words else None


def elided_after(low: str, first: Candidate, limit: int) -> list[Candidate]:
    """Return the days that follow a day in a list: `5` and `8` in `May 4, 5 and 8`."""
    found: list[Candidate] = []
    if first.rule not in ("dates.month-day-year", "dates.list-after"):
        return found
    inner = first.expression.inner if isinstance(first.expression, Marked) else first.expression
    if not low[first.end - 1].isdigit() and low[first.end - 2 : first.end] not in ("st", "nd", "rd", "th"):
        return found
    if isinstance(inner, Clock):
        return found
    end = first.end
    while True:
        more = MORE_DAYS.match(low, end)
        if (
            more is None
            or more.end() > limit
            or (not isinstance(inner, Slot) and more[0].startswith(", ") and "and" not in more[0])
        ):
            return found
        hit = elided(low, more.start("day"), more.end("day"), "dates.list")
        if hit is None:
            return found
        found.append(Candidate(more.start("day"), more.end("day"), "dates.list", hit.expression, -1))
        end = more.end("day")


def with_old_years(low: str, found: list[Candidate], blocked: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the candidates with the bare years of a text that counts years before Christ."""
    spans = sorted([(one.start, one.end) for one in found] + list(blocked))
    position, more = 0, []
    for match in OLD_YEAR.finditer(low):
        start, end = match.span("year")
        while position < len(spans) and spans[position][1] <= start:
            position += 1
        if position < len(spans) and spans[position][0] < end:
            continue
        more.append(Candidate(start, end, "dates.old-year", Slot("year", int(match["year"]))))
    return sorted([*found, *more], key=lambda one: one.start)

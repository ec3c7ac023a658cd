"""Rules for expressions under a modifier: early, late, the end of, more than, about, later in."""

import re

from annotator.temporal.days import HOLDER, part_of_day
from annotator.temporal.expressions import (
    Clock,
    Expression,
    Fixed,
    Marked,
    Shift,
    Slot,
    This,
    Within,
    is_date,
    is_day,
    type_of,
)
from annotator.temporal.reading import Hit, Parse
from annotator.temporal.words import (
    AMOUNT,
    AMOUNTS,
    EDGES,
    NUMBER_WORDS,
    PART,
    PARTS,
    PORTIONS,
    SEASON,
    SEASONS,
    UNITS,
    any_of,
)

DIRECT_EDGE = re.compile(r"(early|late|mid|middle|end(?=-))(?:-to-(?:late|mid|early))?(?:-| ?- | )(?:the )?(?=\w|')")
EDGE_OF = re.compile(rf"(?:very )?({any_of('edge')})(?: {any_of('share')})? of (?:the )?(?:year (?=\d|ad ))?(?=[\w'])")
PORTION = re.compile(
    rf"({any_of('portion')})(?: (?:{NUMBER_WORDS}|\d{{1,2}}|few|several))? ({any_of('share')})"
    r" (?:of|in) (?:the )?(?=[\w'])"
)
WITHIN = re.compile(rf"({any_of('within')}) (?:on )?(?:in |on |during )?(the )?(?=\w)")
THE_HOLDER = re.compile(rf"(?:(year|month|week|day|decade|century)|({SEASON})|({PART}))(?!\w|-)")
AMOUNT_BEFORE = re.compile(rf"({AMOUNT}) (?=[\w'])|(c\.|ca\.) ?(?=\d)")
HOURS_OF = re.compile(r"(early|late) hours of (?:the )?(?=\w)")
EDGE_PART = re.compile(rf"(early|late) ({PART})(?: hours)?(?!\w|-)")


def edge(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `early 1980s`, `mid-May`, `the end of March`, `the beginning of the decade`, `late afternoon`."""
    part = EDGE_PART.match(text, start)
    if part:
        joined = part_of_day(text, start, parse)
        return joined or Hit(part.end(), Clock(PARTS[part[2]], None), "dates.part-of-day")
    found = EDGE_OF.match(text, start)
    direct = found is None
    if found is None:
        found = DIRECT_EDGE.match(text, start)
    if found is None:
        return None
    mod = EDGES[found[1]]
    hit = parse(text, found.end())
    if hit is not None and is_date(hit.expression) and not edge_refuses(hit.expression):
        return Hit(hit.end, Marked(mod, hit.expression), "dates.edge")
    holder = HOLDER.match(text, found.end())
    if holder and (not direct or (found[1] == "mid" and "the" not in found[0])):
        return Hit(holder.end(), Marked(mod, This(UNITS[holder[1]])), "dates.edge")
    return None


def edge_refuses(expression: Expression) -> bool:
    """Return whether an edge word before the expression belongs to something else (`early 14 July`, `end today`)."""
    return isinstance(expression, Slot) and expression.unit == "weekday"


def portion(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `first half of the 19th century`, `second half of the year`, `the first years of the 20th century`."""
    found = PORTION.match(text, start)
    if found is None:
        return None
    mod = PORTIONS[found[1]]
    if found[2] == "third" and found[1] == "second":
        mod = "mid"
    hit = parse(text, found.end())
    if hit is not None and is_date(hit.expression) and not is_day(hit.expression):
        inner, end = hit.expression, hit.end
    else:
        holder = HOLDER.match(text, found.end())
        if holder is None:
            return None
        inner, end = This(UNITS[holder[1]]), holder.end()
    half = found[2] == "half" and found[1] in PORTIONS
    if half and isinstance(inner, This | Shift) and inner.unit == "Y":
        return Hit(end, Within(Slot("code", 41 if mod == "end" else 40), inner), "dates.part-of-year")
    return Hit(end, Marked(mod, inner), "dates.portion")


def hours_of(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `early hours of Sunday morning`, `early hours of 30 April`."""
    found = HOURS_OF.match(text, start)
    hit = parse(text, found.end()) if found else None
    if found is None or hit is None:
        return None
    if isinstance(hit.expression, Clock):
        return Hit(hit.end, Marked(EDGES[found[1]], hit.expression), "dates.part-of-day")
    if not is_day(hit.expression):
        return None
    return Hit(hit.end, Marked(EDGES[found[1]], Clock("TMO", hit.expression)), "dates.part-of-day")


def within(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `later that year`, `earlier this month`, `late last year`, `later in the day`, `early in 1914`."""
    found = WITHIN.match(text, start)
    if found is None:
        return None
    mod = EDGES.get(found[1])
    holder = THE_HOLDER.match(text, found.end()) if found[2] else None
    dated = parse(text, found.end()) if holder and holder[2] and mod else None
    if dated is not None and isinstance(dated.expression, Fixed | Within):
        return Hit(dated.end, Marked(mod, dated.expression) if mod else dated.expression, "dates.within")
    if holder:
        joined = part_of_day(text, found.end(), parse) if holder[3] else None
        if joined:
            return Hit(joined.end, Marked(mod, joined.expression) if mod else joined.expression, joined.rule)
        if holder[1]:
            inner: Expression = This(UNITS[holder[1]])
            inner = Clock("", inner) if holder[1] == "day" else inner
        else:
            inner = Slot("code", SEASONS[holder[2]]) if holder[2] else Clock(PARTS[holder[3]], None)
        end = holder.end()
    else:
        hit = parse(text, found.end())
        if hit is None or type_of(hit.expression) not in ("date", "time") or isinstance(hit.expression, Marked):
            return None
        inner, end = hit.expression, hit.end
        if mod is None and not isinstance(inner, This | Shift | Clock):
            return None
    return Hit(end, Marked(mod, inner) if mod else inner, "dates.within")


def amount(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `more than 40 years`, `a little over a year later`, `about 1910`, `around 8:30 p.m.`, `some 19 days`."""
    found = AMOUNT_BEFORE.match(text, start)
    if found is None:
        return None
    mod = AMOUNTS[found[1]] if found[1] else "approx"
    hit = parse(text, found.end())
    if hit is None or isinstance(hit.expression, Marked) or type_of(hit.expression) in ("set", "ref"):
        return None
    inner = hit.expression
    counts = type_of(inner) == "duration" or isinstance(inner, Shift)
    if not counts and (mod != "approx" or found[1] == "some"):
        return None
    return Hit(hit.end, Marked(mod, inner), "dates.amount")

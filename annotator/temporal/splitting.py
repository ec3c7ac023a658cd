"""Ranges in one token as two expressions, as TIMEX corpora have them: `1914` and `18`, `6` and `7 January 1916`.

The guidelines of this project count such a range as one date; this is for comparison with corpora that do not.
"""

import re
from collections.abc import Sequence

from annotator.temporal.expressions import Range, Slot
from annotator.temporal.grammar import read
from annotator.temporal.scan import Candidate

BETWEEN = re.compile(r" ?[-–/\u00ad]+ ?")
ELIDED_UNITS = frozenset(("day", "nth", "short-year"))


def split_ranges(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with each range as its two sides, where both can be read; each completes the other."""
    parts: list[Candidate] = []
    for one in found:
        between = BETWEEN.search(text, one.start, one.end) if isinstance(one.expression, Range) else None
        left = read(text[one.start : between.start()]) if between else None
        right = read(text[between.end() : one.end]) if between else None
        if between is None or left is None or right is None:
            parts.append(one)
            continue
        elided = isinstance(left.expression, Slot) and left.expression.unit in ELIDED_UNITS
        parts.append(Candidate(one.start, between.start(), one.rule, left.expression, 1 if elided else 0))
        elided = isinstance(right.expression, Slot) and right.expression.unit in ELIDED_UNITS
        parts.append(
            Candidate(between.end(), one.end, one.rule, right.expression, (one.partner or -1) if elided else 0)
        )
    return parts

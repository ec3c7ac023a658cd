"""Lists of dates whose last member says what the others leave out: `February and October 2015`."""

from annotator.temporal.expressions import Expression, Fixed, Slot
from annotator.temporal.passage import Passage
from annotator.temporal.values import SIZES, parse

LIST = 12
"""Longest list whose last member completes the others."""


def lists(passage: Passage) -> list[int]:
    """Return how many members follow each expression in a list that ends in a full date; 0 where it is in none."""
    found = passage.found
    lengths = [0] * len(found)
    for index in range(len(found) - 2, -1, -1):
        inner, after = passage.cores[index], passage.cores[index + 1]
        if not completable(inner) or not passage.joined(index):
            continue
        full = (
            isinstance(after, Fixed)
            and after.type == "date"
            and (period := parse(after.value or ""))
            and SIZES[period.unit] > SIZES["year"]
        )
        if full:
            lengths[index] = 1
        elif completable(after) and 0 < lengths[index + 1] < LIST:
            lengths[index] = lengths[index + 1] + 1
    return lengths


def completable(inner: Expression) -> bool:
    """Return whether an expression leaves out its year alone, and so can take it from a list's next member."""
    return isinstance(inner, Slot) and inner.unit in ("month", "monthday", "code") and not inner.turn

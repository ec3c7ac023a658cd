"""Rules for lengths of time and what counts with them: `ten years`, `six months later`, `two days after today`."""

import re

from annotator.temporal import relative
from annotator.temporal.expressions import Fixed, Shift
from annotator.temporal.reading import Hit, Parse, leaf
from annotator.temporal.words import DAYS, any_of

GOES_ON = (" and ", " after ", " before ", " from ")
FROM_DAY = re.compile(rf" (after|before|from) ({any_of('day')})(?!\w)")
COUNTED = re.compile(r"P(\d+)([DWMY])")
PARTS_OF = {"Y": ("M", 12), "W": ("D", 7)}
"""Unit → the one that follows it in `two years and three months`, and how many of them it has."""
LENGTH = leaf(relative.LENGTH)


def counted(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `six months`, and as a shift `six months later`, `two days after today`; `two years and three months`."""
    hit = LENGTH(text, start, parse)
    if hit is not None and isinstance(hit.expression, Fixed) and text.startswith(GOES_ON, hit.end):
        hit = from_day(text, hit) or with_rest(text, hit, parse) or hit
    if hit is None or not isinstance(hit.expression, Shift):
        return hit
    return Hit(hit.end, hit.expression, "dates.shift")


def from_day(text: str, length: Hit) -> Hit | None:
    """Return a length as a shift where `today`, `tomorrow` or `yesterday` says from where: days, and weeks in days."""
    found, counted = FROM_DAY.match(text, length.end), COUNTED.fullmatch(getattr(length.expression, "value", "") or "")
    if found is None or counted is None:
        return None
    number, unit, sign = int(counted[1]), counted[2], -1 if found[1] == "before" else 1
    if unit in "DW":
        total = number * (7 if unit == "W" else 1) * sign + DAYS[found[2]]
        return Hit(found.end(), Shift(abs(total), "D", -1 if total < 0 else 1, deictic=True), "dates.shift")
    return Hit(found.end(), Shift(number, unit, sign, deictic=True), "dates.shift")


def with_rest(text: str, length: Hit, parse: Parse) -> Hit | None:
    """Return years with the months, or weeks with the days, that follow them."""
    first = COUNTED.fullmatch(getattr(length.expression, "value", "") or "")
    rest = LENGTH(text, length.end + 5, parse) if first and first[2] in PARTS_OF else None
    if first is None or rest is None:
        return None
    unit, size = PARTS_OF[first[2]]
    shift = rest.expression
    if isinstance(shift, Shift) and shift.unit == unit and shift.amount is not None:
        return Hit(rest.end, Shift(int(first[1]) * size + shift.amount, unit, shift.sign, shift.deictic), rest.rule)
    second = COUNTED.fullmatch(getattr(rest.expression, "value", "") or "")
    if second is None or second[2] != unit:
        return None
    total = int(first[1]) * size + int(second[1])
    both = Fixed(f"P{total}{unit}", f"P{first[1]}{first[2]}{second[1]}{unit}", "duration")
    return Hit(rest.end, both, length.rule)

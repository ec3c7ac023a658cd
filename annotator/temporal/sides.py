"""On which side of the story's date a month, day or season without its year lies: in that year, before, or after."""

from annotator.model import Relation
from annotator.temporal.expressions import Slot
from annotator.temporal.filling import fill
from annotator.temporal.values import SIZES, Period, days_of

BACKWARD, SEASON_BACK = 210, 150
"""A month or day, or a season, that ended so many days before the story's time is the next year's and no step back."""

NEEDS = {
    "M": "month",
    "Q": "month",
    "Y": "year",
    "5Y": "year",
    "25Y": "year",
    "50Y": "year",
    "DE": "decade",
    "CE": "century",
}
"""Unit → the coarsest anchor that gives it; the others need a day."""


def side_of(slot: Slot, base: Period, *, late: bool, compared: bool) -> Relation:
    """Return the relation to the story's date.

    `late` tells that this is the end of a year, `compared` that another time is compared with it.
    """
    within_year = fill(slot, base, "same")
    if SIZES[base.unit] <= SIZES["year"]:
        early = within_year is not None and within_year.unit in ("month", "day") and within_year.part <= 6
        return "after" if late and early else "same"
    if within_year is None:
        return "after"
    if compared:
        return "before"
    gap = days_of(base)[0] - days_of(within_year)[1]
    return "before" if 0 < gap < (SEASON_BACK if slot.unit == "code" else BACKWARD) else "after"


def lies_in(slot: Slot, period: Period | None) -> bool:
    """Return whether a date lies in the season or quarter, of whatever year."""
    held = fill(slot, period, "same") if period is not None else None
    if period is None or held is None:
        return False
    return days_of(held)[0] <= days_of(period)[0] <= days_of(period)[1] <= days_of(held)[1]

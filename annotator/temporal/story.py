"""The time a narrative has come to: which of the dates told so far an incomplete one is resolved from.

Dates move the story on, but for asides: what stands alone in brackets, what only says which (`the 1951 treaty`), what
counts back (`a year earlier`), what a `since` looks back to, and inside a paragraph a step of years back or far ahead.
"""

from collections.abc import Sequence

from annotator.temporal.expressions import Expression, Fixed, Shift, Slot, This
from annotator.temporal.passage import Passage
from annotator.temporal.values import SIZES, Period, days_of

STEP, LEAP = 2, 12
"""A date STEP years before the story's time or LEAP after it, inside a paragraph, is an aside."""
RECENT, WINDOW = 12, 64
"""How many dates tell the story's time, and how many are searched for one that is fine enough."""


class Story:
    """The dates told so far, as indices of expressions; `periods` is filled by the caller as dates are resolved."""

    def __init__(self, passage: Passage, periods: Sequence[Period | None]) -> None:
        self.passage, self.periods = passage, periods
        self.told: list[int] = []

    def recent(self, number: int) -> list[tuple[int, Period]]:
        """Return the last dates told, newest first, with their periods."""
        return [(index, period) for index in self.told[: -number - 1 : -1] if (period := self.periods[index])]

    def now(self) -> Period | None:
        """Return the story's time."""
        return self.periods[self.told[-1]] if self.told else None

    def last(self, index: int, unit: str, *, same_paragraph: bool = False) -> int | None:
        """Return the last date told that is at least as fine as the unit."""
        for other, period in self.recent(WINDOW):
            if same_paragraph and self.passage.paragraphs[other] != self.passage.paragraphs[index]:
                return None
            if SIZES[period.unit] >= SIZES[unit]:
                return other
        return None

    def last_by(self, day: Period, last: int | None) -> int | None:
        """Return that date, or if it lies after the day of news, one before it as fine that does not; None for none."""
        found = self.periods[last] if last is not None else None
        if found is None or days_of(found)[0] <= days_of(day)[1]:
            return last
        fine = (pair for pair in self.recent(RECENT) if SIZES[pair[1].unit] >= SIZES[found.unit])
        return next((other for other, period in fine if days_of(period)[0] <= days_of(day)[1]), None)

    def last_full(self, index: int) -> int | None:
        """Return the last date of the paragraph if it is one that itself names year and month."""
        for other, period in self.recent(RECENT):
            if self.passage.paragraphs[other] != self.passage.paragraphs[index]:
                return None
            if SIZES[period.unit] >= SIZES["month"] and isinstance(self.passage.cores[other], Fixed):
                return other
        return None

    def last_day(self) -> int | None:
        """Return the last day or week told, where nothing told since lies outside it or does not hold it."""
        outer: list[Period] = []
        for other, period in self.recent(RECENT):
            low, high = days_of(period)
            if any(low < days_of(one)[0] or days_of(one)[1] < high for one in outer):
                return None
            if SIZES[period.unit] >= SIZES["week"]:
                return other
            outer.append(period)
        return None

    def finer_in_year(self, last: int) -> int:
        """Return the date told before a bare year that lies in that year and is finer, or else the year itself."""
        year = self.periods[last]
        if year is None or year.unit != "year" or self.passage.found[last].rule == "dates.edge":
            return last
        return next(
            (other for other, one in self.recent(4) if one.year == year.year and SIZES[one.unit] >= SIZES["month"]),
            last,
        )

    def paragraph_begins(self, index: int) -> None:
        """At a paragraph's first expression, leave a look back in bare years for the last date that was finer."""
        last = self.now()
        if last is None or index == 0 or self.passage.paragraphs[index - 1] == self.passage.paragraphs[index]:
            return
        if SIZES[last.unit] > SIZES["year"] or self.passage.heading(index - 1):
            return
        for other, period in self.recent(RECENT):
            if SIZES[period.unit] > SIZES["year"]:
                if period.year - last.year >= STEP:
                    self.told.append(other)
                return

    def tell(self, index: int) -> None:
        """Move the story to a resolved date, unless it is an aside."""
        period, inner = self.periods[index], self.passage.cores[index]
        if (
            period is None
            or self.passage.bracketed(index)
            or (self.passage.attributive(index) and not self.refines(period))
        ):
            return
        if (isinstance(inner, Slot) and inner.unit == "code") or looks_back(inner):
            return
        if not self.told or not self.aside(index, period):
            self.told.append(index)

    def refines(self, period: Period) -> bool:
        """Return whether a date lies within the coarser time the story has come to (`1983` in the early 1980s)."""
        last = self.now()
        return (
            last is not None
            and last.unit in ("decade", "century")
            and days_of(last)[0] <= days_of(period)[0] <= days_of(last)[1]
        )

    def aside(self, index: int, period: Period) -> bool:
        """Return whether the date leaves the story's time for a moment."""
        last = self.now()
        if last is None or last.year == period.year:
            return False
        step, before = period.year - last.year, self.passage.word_before(index)
        if before in ("since", "than") and step < 0:
            return True
        if self.passage.compared(index) if step < 0 else self.passage.lasting(index):
            return True
        if self.passage.paragraphs[self.told[-1]] != self.passage.paragraphs[index]:
            return False
        if step > 0 and (before == "before" or (before == "until" and SIZES[period.unit] > SIZES["year"])):
            return True
        if step > 0 and self.passage.ahead(index):
            return True
        return step <= -STEP or (step > LEAP and period.year > LEAP + max(one.year for _, one in self.recent(RECENT)))


def looks_back(inner: Expression) -> bool:
    """Return whether an expression counts back from the story's time or only holds it: `a year ago`, `that year`."""
    if isinstance(inner, This):
        return inner.unit != "D"
    return isinstance(inner, Shift) and inner.sign < 0 and inner.unit != "D" and not inner.deictic

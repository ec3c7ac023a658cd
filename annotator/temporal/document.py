"""The document's own date as an anchor, and on which side of it a date of the text lies."""

from annotator.model import Relation
from annotator.temporal.expressions import Slot
from annotator.temporal.filling import fill
from annotator.temporal.passage import Passage
from annotator.temporal.register import Register
from annotator.temporal.values import SIZES, days_of, parse

FAR, CLOSE = 270, 45
"""Days from the document's date: rather CLOSE on the one side than FAR on the other."""

Anchor = tuple[int | str | None, str | None, Relation | None]
"""Where a date is resolved from: an index or `document`, that value, and the relation."""
NO_ANCHOR: Anchor = (None, None, None)


class DocumentDate:
    """The date of a document (EDTF, None where it is unknown), for the expressions of its text."""

    def __init__(self, date: str | None, register: Register, passage: Passage) -> None:
        self.date, self.register, self.passage = date, register, passage
        self.day = parse(date) if date else None

    def anchor(self, relation: Relation) -> Anchor:
        """Return the document's date as the anchor."""
        return ("document", self.date, relation) if self.day is not None else NO_ANCHOR

    def told(self, index: int) -> Anchor:
        """Return the document's date as the anchor of what the clause tells, past or to come."""
        return self.anchor("after" if self.passage.ahead(index) else "before")

    def nearest(self, index: int, slot: Slot) -> Anchor:
        """Return the document's date as the anchor of a month or day: back from it, or on in a clause on the future.

        Where that way lies most of a year off and the other way is near, it is the other way.
        """
        if self.day is None or SIZES[self.day.unit] <= SIZES["year"]:
            return self.anchor("same")
        back, on = fill(slot, self.day, "before"), fill(slot, self.day, "after")
        if back is None or on is None:
            return self.told(index)
        gap_back, gap_on = days_of(self.day)[0] - days_of(back)[1], days_of(on)[0] - days_of(self.day)[1]
        if gap_back > FAR and gap_on < CLOSE:
            return self.anchor("after")
        if gap_on > FAR and gap_back < CLOSE:
            return self.anchor("before")
        return self.told(index)

    def speaks_from_day(self) -> bool:
        """Return whether the text speaks from a day that is known."""
        return self.day is not None and self.day.unit == "day" and self.register != "narrative"

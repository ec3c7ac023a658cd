"""Which date each expression is resolved from: the story's current time, the document's date, or a list's other member.

The algorithm, after WikiWars (Mazur and Dale 2010) and HeidelTime's treatment of narrative and news (Strötgen and Gertz
2013), in the order in which it is tried:
1. a member of a list takes what it leaves out from the member that says it (relation `same`, or `before` over a year's
   end);
2. words of the writer's own now (`ago`, `today`, `last year`, `this week`) take the document's date, where it is known;
   in a narrative only where it can mean them (not inside a quotation, not where the story is long past);
3. a weekday takes the document's date: back from it, or on from it in a clause on the future;
4. in news a month or day takes the document's date in the same way, unless a full date precedes in the paragraph and
   the document's does not make it fresh;
5. everything else takes the last date of the story (see `story`) that is fine enough for it. A month or day lies in
   that date's year or goes on into the next one: it steps back only by less than BACKWARD days (see `sides`). Where the
   story has no more than a bare year, a full date further on in the sentence comes first, and so for a season does one
   that lies in it. What counts years from one just named in the sentence takes that one. An anchor is an earlier date,
   the next one of a list, or one complete in itself; so anchors never form a circle.
"""

from collections.abc import Sequence

from annotator.model import Relation
from annotator.temporal.document import CLOSE, NO_ANCHOR, Anchor, DocumentDate
from annotator.temporal.expressions import Clock, Expression, Fixed, Shift, Slot, This
from annotator.temporal.filling import fill
from annotator.temporal.lists import LIST, completable, lists
from annotator.temporal.passage import Passage
from annotator.temporal.register import Register
from annotator.temporal.resolve import Meaning, meaning
from annotator.temporal.scan import Candidate
from annotator.temporal.sides import NEEDS, lies_in, side_of
from annotator.temporal.story import LEAP, RECENT, Story
from annotator.temporal.values import SIZES, Period, days_of, parse

FRESH = 100
"""In news, a month or day so many days from the document's date is one of its own time."""
NEARBY = 144
"""How many expressions on each side are searched for one of a certain year or era."""


class Resolver:
    """Goes through the expressions of one text in order and gives each its anchor and meaning."""

    def __init__(self, text: str, found: Sequence[Candidate], date: str | None, register: Register) -> None:
        self.found, self.register = found, register
        self.anchors: list[Anchor] = [NO_ANCHOR] * len(found)
        self.meanings: list[Meaning | None] = [None] * len(found)
        self.periods: list[Period | None] = [None] * len(found)
        self.passage = Passage(text, found)
        self.document = DocumentDate(date, register, self.passage)
        self.day = self.document.day
        self.story = Story(self.passage, self.periods)
        self.listed_with_next = lists(self.passage)

    def run(self) -> list[tuple[Anchor, Meaning]]:
        """Return anchor and meaning of every expression, in order."""
        for index in range(len(self.found)):
            self.story.paragraph_begins(index)
            self.settle(index)
            self.story.tell(index)
        return [(anchor, found) for anchor, found in zip(self.anchors, self.meanings, strict=True) if found is not None]

    def settle(self, index: int) -> None:
        """Give the expression its anchor and meaning, if it has none yet."""
        if self.meanings[index] is not None:
            return
        expression = self.found[index].expression
        inner = self.passage.cores[index]
        anchor = NO_ANCHOR if isinstance(inner, Fixed) else self.anchor_of(index, inner)
        found = meaning(expression, anchor[1], anchor[2])
        if found.value is None and anchor is not NO_ANCHOR:
            anchor, found = NO_ANCHOR, meaning(expression)
        self.anchors[index], self.meanings[index] = anchor, found
        self.periods[index] = parse(found.value) if found.value and found.type in ("date", "time") else None

    def anchor_of(self, index: int, inner: Expression) -> Anchor:
        """Return where an incomplete expression is resolved from."""
        if isinstance(inner, Slot):
            return self.listed(index, inner) or self.of_slot(index, inner)
        if isinstance(inner, Shift):
            return self.of_shift(index, inner)
        if isinstance(inner, This):
            return self.of_this(index, inner)
        if isinstance(inner, Clock) and inner.time[1:2].isalpha() and self.found[index].rule == "dates.part-of-day":
            return self.of_story(index, "D", "same") if self.passage.articled(index) else NO_ANCHOR
        if isinstance(inner, Clock) and self.passage.day_follows(index):
            return self.to(index + 1, "same")
        return self.of_story(index, "D", "same")

    def to(self, other: int, relation: Relation) -> Anchor:
        """Return another expression of the text as the anchor."""
        self.settle(other)
        found = self.meanings[other]
        return (other, found.value, relation) if found is not None and found.value else NO_ANCHOR

    def listed(self, index: int, inner: Slot) -> Anchor | None:
        """Return the anchor of a member of a list; None where it is none."""
        step = self.found[index].partner
        if step and 0 <= index + step < len(self.found):
            return self.to(index + step, "same") if self.ends_in_list(index) else NO_ANCHOR
        if inner.unit in ("short-year", "short-decade"):
            joined = index > 0 and self.periods[index - 1] is not None and self.passage.joined(index - 1)
            return self.to(index - 1, "same") if joined else NO_ANCHOR
        if self.listed_with_next[index]:
            self.settle(index + 1)
            period = self.periods[index + 1]
            within_year = fill(inner, period, "same") if period else None
            late = period is not None and within_year is not None and days_of(within_year)[0] > days_of(period)[1]
            return self.to(index + 1, "before" if late else "same")
        return self.with_year_of_next(index) if completable(inner) else None

    def ends_in_list(self, index: int) -> bool:
        """Return whether a list that is completed further on comes to an end, so that its members can take from it."""
        after = self.found[index : index + LIST]
        return after[0].partner < 0 or len(after) < LIST or any(one.partner < 1 for one in after)

    def with_year_of_next(self, index: int) -> Anchor | None:
        """Return another date of the year that the list's next member names (`August 9` before `10, 1941`)."""
        if index + 1 >= len(self.found) or self.found[index + 1].partner != -1:
            return None
        after = self.passage.cores[index + 1]
        if not isinstance(after, Slot) or not after.b:
            return None
        for other in self.around(index + 1):
            inner = self.passage.cores[other]
            if (
                isinstance(inner, Fixed)
                and (period := parse(inner.value or ""))
                and period.year == after.b
                and SIZES[period.unit] >= SIZES["year"]
            ):
                return self.to(other, "same")
        return None

    def around(self, index: int) -> list[int]:
        """Return the expressions near one, those before it first, the nearest first."""
        return [
            *range(index - 1, max(-1, index - 1 - NEARBY), -1),
            *range(index + 1, min(len(self.found), index + NEARBY)),
        ]

    def of_slot(self, index: int, slot: Slot) -> Anchor:
        """Return the anchor of a date that leaves out a larger period."""
        if slot.turn:
            return self.of_turn(index, slot)
        if slot.unit in ("weekday", "weekend"):
            if self.document.speaks_from_day() and not self.told_elsewhen(index):
                return self.document.anchor("same") if slot.name else self.document.told(index)
            return self.of_story(index, "D", "before")
        if slot.unit in ("day", "nth"):
            return self.of_day(index)
        if slot.unit == "year":
            return self.of_old_year(index)
        if slot.name and self.day is not None and self.register != "narrative":
            return self.document.anchor("same")
        return self.of_part_of_year(index, slot)

    def of_part_of_year(self, index: int, slot: Slot) -> Anchor:
        """Return the anchor of a month, a day of a month, a season, a holiday."""
        if self.register == "news":
            fresh = self.document.nearest(index, slot)
            value = fill(slot, self.day, fresh[2]) if self.day is not None else None
            if value is not None and self.day is not None and abs(days_of(self.day)[0] - days_of(value)[0]) < FRESH:
                return fresh
        further = self.next_full(index, self.passage.sentence_end(index)) if slot.unit == "code" else None
        if further is not None and lies_in(slot, self.periods[further]):
            return self.to(further, "same")
        last = self.story.last_full(index) if self.register == "news" else self.story.last(index, "year")
        period = self.periods[last] if last is not None else None
        coarse = period is not None and SIZES[period.unit] <= SIZES["year"]
        if period is None or coarse:
            further = self.next_full(index, self.passage.sentence_end(index))
            if further is not None:
                return self.to(further, self.side(index, slot, further))
        if last is not None:
            last = self.story.finer_in_year(last) if coarse else last
            return self.to(last, self.side(index, slot, last))
        if self.day is not None:
            return self.document.nearest(index, slot)
        first = self.next_full(index, len(self.passage.text))
        return self.to(first, self.side(index, slot, first)) if first is not None else NO_ANCHOR

    def next_full(self, index: int, limit: int) -> int | None:
        """Return the next date up to the limit that names its year and month, and does not only say which."""
        for other in range(index + 1, min(len(self.found), index + 1 + RECENT)):
            if self.found[other].start >= limit:
                return None
            inner = self.passage.cores[other]
            if not isinstance(inner, Fixed) or inner.type != "date" or self.passage.attributive(other):
                continue
            period = parse(inner.value or "")
            if period is not None and SIZES[period.unit] >= SIZES["month"]:
                self.settle(other)
                return other
        return None

    def side(self, index: int, slot: Slot, last: int) -> Relation:
        """Return on which side of the story's date an incomplete date lies."""
        base, found = self.periods[last], self.meanings[last]
        if base is None or found is None:
            return "same"
        late = found.mod == "end" and isinstance(self.passage.cores[last], Fixed)
        return side_of(slot, base, late=late, compared=self.passage.compared(index))

    def told_elsewhen(self, index: int) -> bool:
        """Return whether the paragraph of a formal text tells of days well before its own."""
        last = self.story.last(index, "day", same_paragraph=True) if self.register == "formal" else None
        period = self.periods[last] if last is not None else None
        return period is not None and self.day is not None and days_of(self.day)[0] - days_of(period)[1] > CLOSE

    def of_old_year(self, index: int) -> Anchor:
        """Return the nearest year before Christ, rather an earlier one of the text."""
        for other in self.around(index):
            inner = self.passage.cores[other]
            if isinstance(inner, Fixed) and (inner.value or "").startswith("-"):
                return self.to(other, "same")
        return NO_ANCHOR

    def of_day(self, index: int) -> Anchor:
        """Return the anchor of `the 25th`."""
        last = self.story.last(index, "month")
        if last is not None and (self.register != "news" or self.day is None):
            return self.to(last, "same")
        return self.document.told(index)

    def of_turn(self, index: int, slot: Slot) -> Anchor:
        """Return the anchor of `last Thursday`, `next spring`, `the following June`."""
        relation: Relation = "after" if slot.turn > 0 else "before"
        words = self.passage.words(index)
        deictic = words.startswith(("last", "this", "coming", "past")) or (
            words.startswith("next") and not self.passage.articled(index)
        )
        if (
            deictic
            and self.day is not None
            and (self.register != "narrative" or (words.startswith("last") and not self.long_ago()))
        ):
            return self.document.anchor(relation)
        return self.of_story(index, "D" if slot.unit == "weekday" else "Y", relation)

    def of_shift(self, index: int, shift: Shift) -> Anchor:
        """Return the anchor of a number of units before or after something."""
        relation: Relation = "after" if shift.sign > 0 else "before"
        words = self.passage.words(index)
        if "next" in words.split(" ")[:2] and (self.passage.articled(index) or shift.unit == "D"):
            return self.of_story(index, shift.unit, relation)
        if shift.deictic and self.day is not None:
            firm = words.endswith(("ago", "from now", "from today")) or ("last" in words and "night" not in words)
            if self.register != "narrative" or (firm and not self.passage.quoted(index) and not self.long_ago()):
                return self.document.anchor(relation)
        if words.endswith(("yesterday", "tomorrow")):
            return NO_ANCHOR
        aside = self.aside_before(index, shift)
        if aside is not None:
            return self.to(aside, relation)
        return self.of_story(index, shift.unit, relation)

    def aside_before(self, index: int, shift: Shift) -> int | None:
        """Return the year just named in the sentence, which the story does not keep, for what is counted from it."""
        period = self.periods[index - 1] if index else None
        if period is None or self.story.told[-1:] == [index - 1] or shift.unit not in ("Y", "DE"):
            return None
        near = self.found[index].start < self.passage.sentence_end(index - 1) and not self.passage.attributive(
            index - 1
        )
        return index - 1 if near and SIZES[period.unit] >= SIZES["year"] else None

    def long_ago(self) -> bool:
        """Return whether the story's time lies so far from the document's that words of the moment are its people's."""
        last = self.story.now()
        return last is not None and self.day is not None and abs(self.day.year - last.year) > LEAP

    def of_this(self, index: int, this: This) -> Anchor:
        """Return the anchor of `that year`, `the same day`, `this week`, `today`."""
        words = self.passage.words(index)
        if (
            this.deictic
            and self.day is not None
            and self.register != "narrative"
            and not (this.unit == "Y" and self.years_off(index))
        ):
            return self.document.anchor("same")
        if words.startswith("today") or "tonight" in words:
            return NO_ANCHOR
        return self.of_story(index, this.unit, "same")

    def years_off(self, index: int) -> bool:
        """Return whether the paragraph of a formal text tells of another year than its own."""
        last = self.story.last(index, "month", same_paragraph=True) if self.register == "formal" else None
        period = self.periods[last] if last is not None else None
        return period is not None and self.day is not None and period.year != self.day.year

    def of_story(self, index: int, unit: str, relation: Relation) -> Anchor:
        """Return the last date of the story that is fine enough for the unit."""
        need = NEEDS.get(unit, "day")
        last = self.story.last_day() if need == "day" else self.story.last(index, need)
        if relation == "before" and self.register == "news" and self.day is not None:
            last = self.story.last_by(self.day, last)
        if last is not None:
            return self.to(last, relation)
        return self.document.anchor(relation) if self.register != "narrative" else NO_ANCHOR

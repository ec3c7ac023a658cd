"""From which date a gold date was resolved: the one from which its words give the value that the person wrote."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator import temporal
from annotator.evidence import Evidence
from annotator.gold.written import Placed
from annotator.model import Relation
from annotator.temporal.direction import deictic, relations

REACH = 40
"""How many dates before and after a date are tried."""

DOCUMENT = "document"
"""The anchor of a date resolved from the document's own date."""


class Resolution(NamedTuple):
    """How a date's words give its value; all None where they do not."""

    anchor: str | None = None
    relation: Relation | None = None
    timex: str | None = None


class Anchors:
    """Looks for the anchors of the dates of one document."""

    def __init__(self, evidence: Evidence, dates: Sequence[Placed]) -> None:
        self.evidence = evidence
        self.dates = dates
        self.order = {date.id: place for place, date in enumerate(dates)}

    def resolve(self, date: Placed) -> Resolution:
        """Return the first resolution that gives what the person wrote.

        Tried are, in this order: the words alone, the document's date for words of the writer's now, the dates before
        (the nearest first), the document's date, and the dates after that stand for themselves.
        """
        words = self.words(date)
        wanted = (date.row.type, date.row.value, date.row.mod)
        alone = temporal.derive(words, anchor=None, relation=None)
        if (alone.type, alone.value, alone.mod) == wanted:
            return Resolution(timex=alone.timex)
        for anchor, value in self.candidates(date, words):
            for relation in relations(words):
                meaning = temporal.derive(words, anchor=value, relation=relation)
                if (meaning.type, meaning.value, meaning.mod) == wanted:
                    return Resolution(anchor, relation, meaning.timex)
        return Resolution()

    def candidates(self, date: Placed, words: str) -> Iterator[tuple[str, str | None]]:
        """Yield the anchors to try, with their values."""
        document = self.evidence.article.date
        now = document is not None and deictic(words)
        if now:
            yield DOCUMENT, document
        place = self.order[date.id]
        before = self.dates[max(0, place - REACH) : place]
        yield from ((other.id, other.row.value) for other in reversed(before) if other.row.value)
        if document is not None and not now:
            yield DOCUMENT, document
        after = self.dates[place + 1 : place + 1 + REACH]
        yield from ((other.id, other.row.value) for other in after if other.row.value and self.absolute(other))

    def absolute(self, date: Placed) -> bool:
        """Say whether a date's words alone give its value, so that resolving another from it makes no circle."""
        return temporal.derive(self.words(date), anchor=None, relation=None).value == date.row.value

    def words(self, date: Placed) -> str:
        """Return a date's words as they are read."""
        return self.evidence.words(date.start, date.end)

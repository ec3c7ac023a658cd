"""What the source itself says of a record: its words, their context, the footnotes of its sentence, and its id.

Extraction and gold write these parts from here, and verification computes them anew from here, so that they mean the
same everywhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from annotator.model import CONTEXT, Article
from annotator.reading import Lines, Reading


class Quote(NamedTuple):
    """A W3C TextQuoteSelector of a span: its words and the source around it."""

    text: str
    prefix: str
    suffix: str


class Evidence:
    """Answers for the spans of one article; all offsets are source offsets."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self.reading = reading
        self._marked = bool(reading.marks)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the source."""
        return Lines(self.article.text)

    def quote(self, start: int, end: int) -> Quote:
        """Return the words of a span and up to 32 code points on each side."""
        text = self.article.text
        return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])

    def reading_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span's offsets in the reading text."""
        if not self._marked:
            return start, end
        return self.reading.to_reading(start), self.reading.to_reading(end)

    def words(self, start: int, end: int) -> str:
        """Return the span's words without the footnote marks inside it."""
        first, last = self.reading_span(start, end)
        return self.reading.text[first:last]

    def base_id(self, label: str, start: int, end: int, *more: str) -> str:
        """Return the id that a record of that label and span has, unless an equal one stands before it.

        It hashes the label, the words, up to 32 code points of the reading text on each side within the paragraph, and
        `more` (for an EVENT its event and entity), so that it survives edits elsewhere.
        """
        return self.quoted(label, start, end, *more)[-1]

    def quoted(self, label: str, start: int, end: int, *more: str) -> tuple[str, str, str, str]:
        """Return the parts of a record's quote, and its base id, which has most in common with them."""
        text = self.article.text
        words = text[start:end]
        before = prefix = text[max(0, start - CONTEXT) : start]
        after = suffix = text[end : end + CONTEXT]
        if self._marked:
            first, last = self.reading_span(start, end)
            reading = self.reading.text
            before, after = reading[max(0, first - CONTEXT) : first], reading[last : last + CONTEXT]
        if "\n" in before:
            before = before.rpartition("\n")[2]
        if "\n" in after:
            after = after.partition("\n")[0]
        key = "\x1f".join((label, words, before, after, *more))
        return words, prefix, suffix, blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def sentence(self, start: int) -> str:
        """Return the words of the sentence around a place, for showing."""
        sentences = self.reading.sentences
        return self.reading.text[slice(*sentences[self.sentence_number(start)])] if sentences else ""

    def sentence_number(self, start: int) -> int:
        """Return which sentence, from 0, a place is in or after; 0 before the first."""
        place = bisect_right(self._sentence_starts, self.reading.to_reading(start)) - 1
        return max(place, 0)

    def stretches(self, part: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
        """Return the source spans of ranges of paragraphs (first and last, from 1); of None, the whole source."""
        text = self.article.text
        if part is None:
            return [(0, len(text))]
        spans = []
        paragraphs = self.reading.paragraphs
        for first, last in part:
            if 1 <= first <= min(last, len(paragraphs)):
                start, _ = self.reading.to_source(*paragraphs[first - 1])
                _, end = self.reading.to_source(*paragraphs[min(last, len(paragraphs)) - 1])
                line_end = text.find("\n", end)
                spans.append((start, line_end if line_end >= 0 else len(text)))
        return spans

    def notes(self, start: int) -> tuple[str, ...] | None:
        """Return the values of the marks inside or closing the sentence in which a span starts; None without any."""
        if not self._marked:
            return None
        place = bisect_right(self._sentence_starts, self.reading.to_reading(start)) - 1
        return self._sentence_notes[place] or None if place >= 0 else None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.reading.sentences]

    @cached_property
    def _sentence_notes(self) -> list[tuple[str, ...]]:
        return self.reading.notes_of(self.reading.sentences)


def event_value(value: str | None) -> str | None:
    """Return the value of an event from that of its date: of a range its start.

    >>> event_value("1945-04/1945-06"), event_value("1945")
    ('1945-04', '1945')
    """
    return value.partition("/")[0] if value is not None else None


def number(ids: Iterable[str]) -> list[str]:
    """Return the ids, equal ones told apart in their order.

    >>> number(["a", "b", "a", "a"])
    ['a', 'b', 'a-2', 'a-3']
    """
    seen: dict[str, int] = {}
    numbered = []
    for base in ids:
        count = seen[base] = seen.get(base, 0) + 1
        numbered.append(base if count == 1 else f"{base}-{count}")
    return numbered

"""A source text comes in; what a reader reads of it, with the marks lifted out, and the way back go out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from annotator.model import Mark
from annotator.reading.marks import find_marks
from annotator.reading.offsets import Lifting, Place
from annotator.reading.run import Break
from annotator.reading.sentences import sentences


@dataclass(frozen=True)
class Reading:
    """A source text, its footnote marks, and the reading text: the source up to its notes, without the marks.

    Offsets into the reading text are called reading offsets; all others are into the source. `body_end` is where the
    notes begin, the source's length without any; `problems` are the breaks in the run of marks.
    """

    source: str
    marks: tuple[Mark, ...]
    problems: tuple[Break, ...]
    body_end: int

    @cached_property
    def _lifting(self) -> Lifting:
        return Lifting(self.source[: self.body_end], [(mark.start, mark.end) for mark in self.marks])

    @property
    def text(self) -> str:
        """The reading text."""
        return self._lifting.text

    def to_source(self, start: int, end: int) -> Place:
        """Return the source span of a reading span: a mark at its edge stays out of it, one inside is in it."""
        return self._lifting.to_source(start, end)

    def to_source_all(self, places: Iterable[Place]) -> list[Place]:
        """Return the source span of each of many reading spans."""
        return self._lifting.to_source_all(places)

    def to_reading(self, offset: int) -> int:
        """Return the reading offset of a source offset; of one inside a mark, where the mark stood."""
        return self._lifting.to_reading(min(offset, self.body_end))

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        """The sentences, as reading spans in order."""
        return sentences(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Place, ...]:
        """The lines that are not blank, as reading spans without the white space around them, in order."""
        found = []
        start = 0
        for line in self.text.split("\n"):
            words = line.strip()
            if words:
                begin = start + len(line) - len(line.lstrip())
                found.append((begin, begin + len(words)))
            start += len(line) + 1
        return tuple(found)

    def sentence_at(self, offset: int) -> Place | None:
        """Return the sentence that holds a reading offset, or has just ended there; None between sentences."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index < 0 or offset > self.sentences[index][1]:
            return None
        return self.sentences[index]

    def marks_in(self, start: int, end: int) -> tuple[str, ...]:
        """Return the values of the marks inside a reading span or closing it, in order.

        A mark belongs to the character before it in its line, white space between them or not; the first thing in a
        line belongs to the character after it.
        """
        if not self.marks:
            return ()
        first, last = bisect_left(self._held, start), bisect_left(self._held, end)
        return tuple(mark.value for mark in self.marks[first:last])

    def notes_of(self, places: Iterable[Place]) -> list[tuple[str, ...]]:
        """Return the marks of each of many reading spans, as `marks_in` does."""
        if not self.marks:
            return [() for _ in places]
        return [self.marks_in(start, end) for start, end in places]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _held(self) -> list[int]:
        """The reading offset of the character that each mark belongs to."""
        text = self.text
        held: list[int] = []
        last = -1
        for point in self._lifting.points:
            place = point
            while place > max(last, 0) and text[place - 1].isspace() and text[place - 1] != "\n":
                place -= 1
            if held and place == last:
                held.append(held[-1])
            elif place == 0 or text[place - 1] == "\n":
                held.append(point)
            else:
                held.append(place - 1)
            last = point
        return held


def read(text: str) -> Reading:
    r"""Return the reading of a source text.

    >>> reading = read("Japan stayed “focused on Europe.”1 Then it turned.2\n")
    >>> reading.text
    'Japan stayed “focused on Europe.” Then it turned.\n'
    >>> [mark.value for mark in reading.marks], reading.marks_in(*reading.sentences[1])
    (['1', '2'], ('2',))
    """
    found = find_marks(text)
    return Reading(text, found.marks, found.problems, found.body_end)

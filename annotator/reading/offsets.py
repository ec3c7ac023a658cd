"""A text with stretches lifted out: source text and stretches come in, the rest and the exact map both ways go out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

Place = tuple[int, int]


class Lifting:
    """The map between a source text and what is left of it, its `text`, once `places` are lifted out.

    `places` are in order and do not overlap; `points` are where they stood, as offsets into `text`.
    """

    def __init__(self, source: str, places: Sequence[Place]) -> None:
        self._ends = [end for _, end in places]
        self._starts = [start for start, _ in places]
        self._lifted = [0, *accumulate(end - start for start, end in places)]
        self.points = [start - lifted for start, lifted in zip(self._starts, self._lifted, strict=False)]
        begins = [0, *self._ends]
        ends = [*self._starts, len(source)]
        self.text = "".join(source[b:e] for b, e in zip(begins, ends, strict=True)) if places else source

    def to_source(self, start: int, end: int) -> Place:
        """Return the source slice of a span of `text`, tight: what was lifted at its edges is not in it."""
        begin = start + self._lifted[bisect_right(self.points, start)]
        return begin, begin if end == start else end + self._lifted[bisect_left(self.points, end)]

    def to_source_all(self, places: Iterable[Place]) -> list[Place]:
        """Return the source slice of each of `places`, spans of `text`."""
        if not self.points:
            return list(places)
        return [self.to_source(start, end) for start, end in places]

    def to_reading(self, offset: int) -> int:
        """Return the offset into `text` of an offset into the source; inside a lifted stretch, where it stood."""
        index = bisect_right(self._starts, offset)
        if index and offset < self._ends[index - 1]:
            return self.points[index - 1]
        return offset - self._lifted[index]

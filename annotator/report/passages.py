"""A source text and records in it come in; paragraphs cut into pieces that can be set one after another go out.

A piece lies in at most one span; clauses (EVENTs) may hold several pieces and may cut a span in two.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from annotator.model import AnyRecord, Citation, Event

LONGEST_HEADING = 90
"""A line up to so many code points without a stop at its end may be a heading."""


class Shown(NamedTuple):
    """A record to be shown: `side` is `gold` for one that only gold has, `gaps` number the gaps about it."""

    record: AnyRecord
    side: str = ""
    gaps: tuple[int, ...] = ()


class Piece(NamedTuple):
    """Some text, the record it is part of, whether the record begins there, and the events that begin there.

    `last` says that the record ends with the piece; `note` is the value of the mark whose note begins there.
    """

    text: str
    shown: Shown | None
    first: bool
    last: bool
    events: tuple[Shown, ...]
    note: str | None
    in_clause: bool


class Paragraph(NamedTuple):
    """A line of the source: `kind` is `title`, `heading`, `note` or `text`; a run is in a clause or in none."""

    kind: str
    number: int
    runs: tuple[tuple[bool, tuple[Piece, ...]], ...]


class Passages:
    """Cuts one text; spans that overlap an earlier one and those past the text's end are left out."""

    def __init__(self, text: str, shown: Iterable[Shown]) -> None:
        self.text = text
        ordered = sorted(shown, key=lambda s: (s.record.start, s.record.end))
        self.events = [s for s in ordered if isinstance(s.record, Event)]
        self.spans: list[Shown] = []
        for each in ordered:
            end = self.spans[-1].record.end if self.spans else 0
            if not isinstance(each.record, Event) and end <= each.record.start < each.record.end <= len(text):
                self.spans.append(each)
        self._starts = [s.record.start for s in self.spans]
        self._event_starts = [s.record.start for s in self.events]
        self._clauses = _merged((s.record.start, s.record.end) for s in self.events)
        self._clause_starts = [start for start, _ in self._clauses]
        starts: dict[str, int] = {}
        for each in self.spans:
            if isinstance(each.record, Citation) and each.record.note_start is not None:
                starts.setdefault(each.record.value, each.record.note_start)
        self._notes = sorted((start, value) for value, start in starts.items())

    def paragraphs(self, body_end: int) -> list[Paragraph]:
        """Return the lines that are not blank; the notes begin at `body_end`."""
        found: list[Paragraph] = []
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            if line.strip():
                kind = "note" if start >= body_end else _kind(line.strip(), not found)
                found.append(Paragraph(kind, len(found) + 1, self.runs(start, end)))
            start = end + 1
        return found

    def runs(self, start: int, end: int) -> tuple[tuple[bool, tuple[Piece, ...]], ...]:
        """Return the pieces from `start` to `end`, by whether they lie in a clause."""
        pieces = self._pieces(start, end)
        return tuple((clause, tuple(run)) for clause, run in groupby(pieces, key=lambda piece: piece.in_clause))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        spans = self.spans[max(bisect_right(self._starts, start) - 1, 0) : bisect_left(self._starts, end)]
        events = self.events[bisect_left(self._event_starts, start) : bisect_left(self._event_starts, end)]
        clauses = self._clauses[
            max(bisect_right(self._clause_starts, start) - 1, 0) : bisect_left(self._clause_starts, end)
        ]
        notes = dict(self._notes[bisect_left(self._notes, (start, "")) : bisect_left(self._notes, (end, ""))])
        cuts = {start, end, *notes, *(event.record.start for event in events)}
        for first, last in (*((s.record.start, s.record.end) for s in spans), *clauses):
            cuts.update((first, last))
        places = sorted(place for place in cuts if start <= place <= end)
        for here, there in pairwise(places):
            shown = _around(spans, here)
            record = shown.record if shown else None
            yield Piece(
                text=self.text[here:there], shown=shown, first=record is not None and record.start == here,
                last=record is not None and record.end == there,
                events=tuple(event for event in events if event.record.start == here), note=notes.get(here),
                in_clause=any(first <= here < last for first, last in clauses),
            )  # fmt: skip


def _around(spans: Sequence[Shown], place: int) -> Shown | None:
    index = bisect_right(spans, place, key=lambda s: s.record.start) - 1
    return spans[index] if index >= 0 and place < spans[index].record.end else None


def _kind(line: str, first: bool) -> str:
    if len(line) > LONGEST_HEADING or line[-1] in '.,;:”"’)' or line[-1].isdigit():
        return "text"
    return "title" if first else "heading"


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted stretches with those that overlap joined."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged

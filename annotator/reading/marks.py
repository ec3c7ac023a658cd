"""The footnote marks of a text: a text comes in, marks linked to their notes, and the breaks in their run, go out."""

import re
from dataclasses import dataclass

from annotator.model import Mark
from annotator.reading import numbers, references, run
from annotator.reading.notes import Notes, Place, closing_list, find_notes
from annotator.reading.references import Reference
from annotator.reading.run import Break, Candidate


@dataclass(frozen=True)
class Found:
    """The marks in order, the breaks in their run, and where the body ends and the notes begin (source offsets)."""

    marks: tuple[Mark, ...]
    problems: tuple[Break, ...]
    body_end: int


def find_marks(text: str) -> Found:
    """Return the footnote marks of `text`, which is a source text."""
    notes = find_notes(text)
    end = notes.start if notes else len(text)
    candidates = sorted(numbers.glued(text, end) + numbers.raised(text, end), key=lambda item: item.start)
    boxed = references.bracketed(text, end) if "[" in text else []
    if notes is None and (candidates or boxed):
        notes = _closing_notes(text, candidates, boxed)
        if notes:
            end = notes.start
            candidates = [item for item in candidates if item.end <= end]
            boxed = [item for item in boxed if item.end <= end]
    keyed = references.markdown(text, end) if "[^" in text else []
    named = references.author_year(text, end, _lines(text, notes)) if "(" in text else []
    others = sorted(boxed + keyed + named)
    counted = _settle(text, _apart(candidates, others), notes)
    marks = _linked(text, sorted([*others, *(Reference(c.start, c.end, str(c.number)) for c in counted)]), notes)
    problems = run.breaks((c.start, c.end, c.number) for c in counted)
    problems += _reference_breaks(boxed, marks) + _reference_breaks(keyed, marks)
    if notes and notes.entries and not notes.ordered:
        bare = {(item.start, item.end) for item in named}
        lost = [(m.start, m.end, m.value) for m in marks if m.note_start is None and (m.start, m.end) not in bare]
        problems += run.without_note(lost)
    return Found(tuple(marks), tuple(sorted(problems, key=lambda item: (item.start, item.kind))), end)


def _closing_notes(text: str, candidates: list[Candidate], boxed: list[Reference]) -> Notes | None:
    """Return the numbered lines at the end of `text` when marks in the text before them bear half their numbers."""
    notes = closing_list(text)
    if notes is None:
        return None
    marked = {str(c.number) for c in _settle(text, [c for c in candidates if c.end <= notes.start], notes)}
    marked |= {str(number) for item in boxed if item.end <= notes.start for number in _expand(item.value)}
    return notes if 2 * len(marked & notes.entries.keys()) >= len(notes.entries) else None


def _settle(text: str, candidates: list[Candidate], notes: Notes | None) -> list[Candidate]:
    """Return the candidates that are marks; none where they count verses, the first of which opens its line."""
    if not candidates:
        return []
    settled = run.settle(candidates, notes.entries if notes else ())
    if settled and settled[0].number > 1:
        line = text.rfind("\n", 0, settled[0].start) + 1
        if re.match(rf"\s*{settled[0].number - 1}[.\s]", text[line : line + 12]):
            return []
    return settled


def _apart(candidates: list[Candidate], others: list[Reference]) -> list[Candidate]:
    """Return the candidates that are not inside one of `others`; both are in order."""
    kept = []
    following = iter(others)
    other = next(following, None)
    for candidate in candidates:
        while other and other.end <= candidate.start:
            other = next(following, None)
        if other is None or candidate.end <= other.start:
            kept.append(candidate)
    return kept


def _expand(value: str) -> list[int]:
    """Return the numbers that a bracketed value stands for.

    >>> _expand("3, 5–7")
    [3, 5, 6, 7]
    """
    if value.isdecimal():
        return [int(value)]
    found: list[int] = []
    for part in re.split(r"\s?[,;]\s?", value):
        first, *last = (int(number) for number in re.findall(r"\d+", part))
        found.extend(range(first, max(first, *last) + 1 if last else first + 1))
    return found


def _reference_breaks(found: list[Reference], marks: list[Mark]) -> list[Break]:
    """Return the breaks in a run of references, none where each of them has its note."""
    noted = {mark.start for mark in marks if mark.note_start is not None}
    if all(item.start in noted for item in found):
        return []
    run_of = [(r.start, r.end, n) for r in found if r.value[:1].isdecimal() for n in _expand(r.value)]
    return run.breaks(run_of, reused=True)


def _lines(text: str, notes: Notes | None) -> list[str]:
    return [text[start:end] for start, end in notes.lines] if notes else []


def _linked(text: str, found: list[Reference], notes: Notes | None) -> list[Mark]:
    """Return `found` as marks, each with its note where there is one."""
    if notes is None or (notes.ordered and len(notes.entries) != len(found)):
        return [Mark(*item) for item in found]
    lines = _lines(text, notes)
    marks = []
    for item in found:
        place: Place | None = notes.entries.get(item.value)
        if place is None and item.value[0].isdecimal():
            place = notes.entries.get(re.split(r"\D", item.value)[0])
        elif place is None and text[item.start] == "(":
            listed = (p for p, line in zip(notes.lines, lines, strict=True) if references.matches(line, item.value))
            place = next(listed, None)
        marks.append(Mark(*item, *(place or (None, None))))
    return marks

"""The notes at the end of a document: a text comes in, where they begin and each note's place go out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from annotator import lexicons
from annotator.reading.numbers import DIGITS

Place = tuple[int, int]

SHORT_LINE = re.compile(r"\n([^\n]{4,40})(?=\n)")
LINE = re.compile(r"\S[^\n]*")
ENTRY = re.compile(
    r"[ \t\xa0]*(?:\[\^(?P<key>[^\]\s]+)\]:|\[(?P<boxed>\d{1,3})\]"
    r"|(?P<number>\d{1,3})(?:[.):](?=\s)|(?=\s)|(?=[A-Z“\"]))|(?P<raised>[⁰¹²³⁴-⁹]+))[ \t\xa0]*(?=\S)"
)
REFERENCE = re.compile(r"\b(?:1[5-9]|20)\d\d\b|https?://|\b[Ii]bid\b")
HEADING_TRIM = " \t\r\xa0#*_=:.0123456789"
HEADINGS = 3
"""How many headings at the end are tried, as notes may be followed by a list of references."""
GAP = 3
"""A numbered note follows the one before it within so many numbers, and so many lines may stand between two."""


@dataclass(frozen=True)
class Notes:
    """Where the notes begin (offset into the source), and the place of each note's text by its number or key.

    `lines` are the places of all lines; `ordered` says that the notes bear no numbers, so that their order must do.
    """

    start: int
    entries: dict[str, Place] = field(default_factory=dict)
    lines: tuple[Place, ...] = ()
    ordered: bool = False


class Heading(lexicons.Entry, frozen=True):
    """A heading, in small letters, over notes, whose order is that of the marks, or over a list of references."""

    word: str
    kind: Literal["notes", "references"]


def find_notes(text: str) -> Notes | None:
    """Return the notes under a heading of that meaning, or the Markdown definitions at the end; None without any."""
    headings = _headings()
    found = []
    for match in SHORT_LINE.finditer(text):
        kind = headings.get(match[1].strip(HEADING_TRIM).lower())
        if kind is not None and _note_follows(text, match.end()):
            found.append((match.start(1), match.end(), kind))
    for heading, start, kind in found[-HEADINGS:]:
        notes = _under_heading(text, heading, start, kind)
        if notes is not None:
            return notes
    return _definitions(text)


def closing_list(text: str) -> Notes | None:
    """Return the run of numbered lines from 1 that closes the text, should there be one; it need not be notes."""
    expected, start, others = None, len(text), 0
    for begin, end in _lines_backwards(text):
        entry = ENTRY.match(text, begin, end)
        number = int(_key(entry)) if entry and _key(entry).isdecimal() else None
        if number is not None and (expected is None or number == expected):
            expected, start, others = number - 1, begin, 0
            if expected == 0:
                return Notes(start, _entries(text, start)[0])
            continue
        others += 1
        if others > GAP:
            return None
    return None


def _lines_backwards(text: str) -> Iterator[Place]:
    """Yield the lines that are not blank, the last first."""
    end = len(text)
    while end > 0:
        begin = text.rfind("\n", 0, end) + 1
        if text[begin:end].strip():
            yield begin, end
        end = begin - 1


def _note_follows(text: str, start: int) -> bool:
    """Say whether the first line with words from `start` on looks like a note."""
    line = LINE.search(text, start)
    return line is not None and (
        ENTRY.match(text, *line.span()) is not None or REFERENCE.search(text, *line.span()) is not None
    )


def _under_heading(text: str, heading: int, start: int, kind: str) -> Notes | None:
    """Return the notes under the heading at `heading`, when most lines from `start` on look like some."""
    entries, numbered = _entries(text, start)
    lines = tuple(match.span() for match in LINE.finditer(text, start))
    like = [begin in numbered or REFERENCE.search(text, begin, end) is not None for begin, end in lines]
    if 2 * sum(like) < len(like):
        return None
    trimmed = tuple(_trim(text, begin, end) for begin, end in lines)
    if entries or kind == "references":
        return Notes(heading, entries, trimmed)
    return Notes(heading, {str(n): place for n, place in enumerate(trimmed, 1)}, trimmed, ordered=True)


def _entries(text: str, start: int) -> tuple[dict[str, Place], set[int]]:
    """Return the notes from `start` on that bear a number or key, and the places of the lines where they begin."""
    entries: dict[str, Place] = {}
    begins: set[int] = set()
    key, last = "", 0
    for match in LINE.finditer(text, start):
        begin, end = match.span()
        entry = ENTRY.match(text, begin, end)
        found = _key(entry) if entry else ""
        if entry and found.isdecimal() and entries and not last < int(found) <= last + GAP:
            found = ""
        if entry and found and found not in entries:
            key, last = found, int(found) if found.isdecimal() else last
            entries[key] = _trim(text, entry.end(), end)
            begins.add(begin)
        elif key:
            entries[key] = entries[key][0], _trim(text, begin, end)[1]
    return entries, begins


def _definitions(text: str) -> Notes | None:
    """Return the Markdown notes; they begin where nothing follows but them and their indented lines."""
    if "\n[^" not in text:
        return None
    start = len(text)
    for begin, end in _lines_backwards(text):
        if text.startswith("[^", begin) and ENTRY.match(text, begin, end):
            start = begin
        elif not text.startswith(("    ", "\t"), begin):
            break
    entries: dict[str, Place] = {}
    for match in re.finditer(r"(?<=\n)\[\^([^\]\s]+)\]:[ \t]*+([^\n]*(?:\n+(?: {4}|\t)[^\n]*)*)", text):
        entries[match[1]] = _trim(text, *match.span(2))
    return Notes(start, entries) if entries else None


def _key(entry: re.Match[str]) -> str:
    """Return the number or key of a note's first line."""
    return next(group for group in entry.groups() if group is not None).translate(DIGITS)


def _trim(text: str, start: int, end: int) -> Place:
    """Return the place without the white space around it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


@cache
def _headings() -> dict[str, str]:
    return {entry.word: entry.kind for entry in lexicons.load("notes_headings", Heading)}

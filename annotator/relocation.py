"""After an article was edited, its records are found again by their words and context, or left with the reason.

White space, typographic quotes and dashes may differ between the old words and the new; a letter or a digit never may,
so that a changed year or an inserted “not” is never taken for the same quote. Of several places with the same words
the one is taken whose context agrees most, when it agrees more than any other; what is not decided that way is not
decided.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from annotator import files, records
from annotator.evidence import Evidence, number
from annotator.model import (
    Annotations,
    AnyRecord,
    Article,
    Citation,
    Date,
    Event,
)
from annotator.project import ORPHANS
from annotator.reading import Reading, read

Fate = Literal["unchanged", "moved", "ambiguous", "orphaned"]

SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
    }
)
"""Typographic characters that may be exchanged for one another, each one code point for one."""
SPACE = re.compile(r"\s+")
CLEAR = 8
"""By how many code points of context the best of several places must beat the next."""


class Relocated(NamedTuple):
    """A record, what became of it, and where its words now are (source offsets; None where that is not known)."""

    record: AnyRecord
    fate: Fate
    place: tuple[int, int] | None


class _Plain:
    """A text with white space, quotes and dashes made alike, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        pieces, self.starts, self.offsets = [], [0], [0]
        last = plain = 0
        for space in SPACE.finditer(text):
            pieces += [text[last : space.start()], " "]
            plain += space.start() - last + 1
            last = space.end()
            self.starts.append(plain)
            self.offsets.append(last)
        pieces.append(text[last:])
        self.text = "".join(pieces).translate(SAME)

    def source(self, offset: int, *, end: bool = False) -> int:
        """Return the source offset of an offset into the plain text; an end stays before white space that follows."""
        if end:
            return self.source(offset - 1) + 1 if offset else 0
        place = bisect_left(self.starts, offset + 1) - 1
        return self.offsets[place] + offset - self.starts[place]


def plain(words: str) -> str:
    r"""Return words as they are compared.

    >>> plain("“so-called”\u00a0pact")
    '"so-called" pact'
    """
    return SPACE.sub(" ", words).translate(SAME)


def relocate(annotations: Annotations, article: Article) -> list[Relocated]:
    """Return what became of each record in an edited article, in their order."""
    text = _Plain(article.text)
    places: dict[str, list[int]] = {}
    found = []
    for record in annotations.records:
        words = plain(record.text)
        if words not in places:
            places[words] = list(_occurrences(words, text.text))
        found.append(_fate(record, words, places[words], text, article))
    return found


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where words stand as whole words."""
    place = text.find(words)
    while place >= 0:
        end = place + len(words)
        cut = (place and text[place - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalpha()
        )
        if not cut:
            yield place
        place = text.find(words, place + 1)


def _fate(record: AnyRecord, words: str, places: Sequence[int], text: _Plain, article: Article) -> Relocated:
    prefix, suffix = plain(record.prefix), plain(record.suffix)
    scored = sorted(((_agreement(place, words, prefix, suffix, text.text), -place) for place in places), reverse=True)
    if not scored:
        return Relocated(record, "orphaned", None)
    best = scored[0][0]
    if len(scored) > 1 and best - scored[1][0] < CLEAR:
        return Relocated(record, "ambiguous", None)
    start = -scored[0][1]
    place = text.source(start), text.source(start + len(words), end=True)
    same = place == (record.start, record.end) and article.text[slice(*place)] == record.text
    return Relocated(record, "unchanged" if same else "moved", place)


def _agreement(place: int, words: str, prefix: str, suffix: str, text: str) -> int:
    """Return how many code points of context agree, counted outwards from the words on both sides."""
    before, after = (
        text[max(0, place - len(prefix)) : place],
        text[place + len(words) : place + len(words) + len(suffix)],
    )
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


def _common(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def update(path: Path, article: Article) -> list[str]:
    """Rewrite a file of records for an edited article; return a sentence for each record that could not be kept.

    Records whose words were found again are written at their new places, everything that can be computed computed
    anew. The others, which no valid file can hold, go as they were into `<name>.orphans.jsonl` beside it, so that
    nothing is lost. Nothing is written when the article has not changed.
    """
    annotations = records.read(path)
    if annotations.document.sha256 == article.sha256:
        return []
    relocated = relocate(annotations, article)
    kept, lost = _kept(relocated)
    carried = carry(annotations, kept, article, read(article.text))
    content = records.encode(carried)
    records.decode(content, path)
    if lost:
        orphans = path.with_name(path.name.removesuffix(".jsonl") + ORPHANS)
        files.write_bytes(orphans, records.encode_lines(item.record for item in lost))
    files.write_bytes(path, content)
    return [
        f"{path}: {item.record.label} “{item.record.text}” is {item.fate}; it was put into the orphans file"
        for item in lost
    ]


def _kept(relocated: Sequence[Relocated]) -> tuple[list[Relocated], list[Relocated]]:
    """Part the records that have a place of their own from the others."""
    kept, lost = [], []
    end = 0
    for item in sorted(relocated, key=lambda item: item.place or (0, 0)):
        if item.place is None:
            lost.append(item)
        elif isinstance(item.record, Event):
            kept.append(item)
        elif item.place[0] < end:
            lost.append(item._replace(fate="ambiguous", place=None))
        else:
            kept.append(item)
            end = item.place[1]
    return kept, lost


def carry(annotations: Annotations, kept: Sequence[Relocated], article: Article, reading: Reading) -> Annotations:
    """Return the kept records at their places in the edited article, all that can be computed computed anew."""
    evidence = Evidence(article, reading)
    marks = {(mark.start, mark.end): mark for mark in reading.marks}
    items = [(item.record, item.place) for item in kept if item.place is not None]
    items.sort(key=lambda item: (*item[1], item[0].label))
    ids = number(_base_id(evidence, record, place) for record, place in items)
    renamed = {record.id: new for (record, _), new in zip(items, ids, strict=True)}
    made: list[AnyRecord] = []
    for (record, place), record_id in zip(items, ids, strict=True):
        quote = evidence.quote(*place)
        changes = {"id": record_id, "start": place[0], "end": place[1], **quote._asdict()}
        if isinstance(record, Citation):
            mark = marks.get(place)
            if mark is not None:
                changes |= {"value": mark.value, "note_start": mark.note_start, "note_end": mark.note_end}
        else:
            changes["notes"] = evidence.notes(place[0])
        if isinstance(record, Date) and record.anchor is not None:
            changes["anchor"] = renamed.get(record.anchor, record.anchor)
        if isinstance(record, Event):
            changes |= {key: renamed.get(value, value) for key, value in _references(record) if value is not None}
        made.append(msgspec.structs.replace(record, **changes))
    document = msgspec.structs.replace(
        annotations.document, sha256=article.sha256, length=len(article.text), records=len(made)
    )
    return Annotations(document, made)


def _references(record: Event) -> tuple[tuple[str, str | None], ...]:
    return ("agreement", record.agreement), ("date", record.date)


def _base_id(evidence: Evidence, record: AnyRecord, place: tuple[int, int]) -> str:
    more = (record.event, record.entity) if isinstance(record, Event) else ()
    return evidence.base_id(record.label, *place, *more)

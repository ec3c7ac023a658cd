"""Findings as an editor reads them: by sentence, gold and extracted side by side, each gap with its cause."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from annotator.evidence import Evidence
from annotator.model import AnyRecord, Event, Finding
from annotator.report.passages import Passages, Piece, Shown

Runs = tuple[tuple[bool, tuple[Piece, ...]], ...]


class Gap(NamedTuple):
    """A finding with its number in the dossier and what the baseline says of it: `new`, `known` or `expired`."""

    number: int
    finding: Finding
    status: str


class Sentence(NamedTuple):
    """A sentence with gaps: how each side sees it; both None where the finding is about the whole document."""

    line: int
    column: int
    gold: Runs | None
    found: Runs | None
    gaps: tuple[Gap, ...]


def numbered(findings: Mapping[str, Sequence[Finding]]) -> list[Gap]:
    """Return findings, given by their status, as gaps in the order of the text, numbered from 1."""
    ordered = sorted(
        ((finding, status) for status, each in findings.items() for finding in each),
        key=lambda pair: (pair[0].start, pair[0].end, pair[0].label, pair[0].kind, pair[0].cause),
    )
    return [Gap(number, finding, status) for number, (finding, status) in enumerate(ordered, 1)]


def about(gaps: Iterable[Gap], side: str) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the gaps about each record of a side (`gold` or `found`), by record id."""
    numbers: dict[str, tuple[int, ...]] = {}
    for gap in gaps:
        record: AnyRecord | None = getattr(gap.finding, side)
        if record is not None:
            numbers[record.id] = (*numbers.get(record.id, ()), gap.number)
    return numbers


def by_sentence(
    gaps: Sequence[Gap], evidence: Evidence, gold: Sequence[AnyRecord], found: Sequence[AnyRecord]
) -> list[Sentence]:
    """Return the sentences that have gaps, in the order of the text."""
    text = evidence.article.text
    sides = [
        Passages(text, [Shown(r, name, marked.get(r.id, ())) for r in records if not isinstance(r, Event)])
        for name, records, marked in (("gold", gold, about(gaps, "gold")), ("found", found, about(gaps, "found")))
    ]

    def place(gap: Gap) -> tuple[int, int] | None:
        sentences = evidence.reading.sentences
        if gap.finding.label == "DOCUMENT" or not sentences:
            return None
        start, end = evidence.reading.to_source(*sentences[evidence.sentence_number(gap.finding.start)])
        return (start, end) if start <= gap.finding.start < end else None

    result = []
    for span, together in groupby(gaps, key=place):
        listed = tuple(together)
        line, column = evidence.lines.place(span[0] if span else listed[0].finding.start)
        runs = [side.runs(*span) if span else None for side in sides]
        result.append(Sentence(line, column, runs[0], runs[1], listed))
    return result

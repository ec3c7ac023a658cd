"""What looks wrong in gold though it holds: contradictions, unreachable places, entities that may be one."""

import unicodedata
from collections.abc import Iterator

from annotator.model import Actor, Agreement, Date, Event
from annotator.verification.case import Case, Problem


def examine(case: Case) -> Iterator[Problem]:
    """Yield what a person should look at; all of it warnings."""
    yield from _contradictions(case)
    yield from _unreachable(case)
    yield from _near_duplicates(case)


def _contradictions(case: Case) -> Iterator[Problem]:
    """Yield the same words, resolved from the same date in the same direction, with two values."""
    known: dict[tuple[str, str | None, str | None], Date] = {}
    for record in case.records:
        if not isinstance(record, Date) or record.comment:
            continue
        key = case.evidence.words(record.start, record.end).lower(), record.anchor, record.relation
        first = known.setdefault(key, record)
        if first.value != record.value:
            line, _ = case.evidence.lines.place(first.start)
            words = f"“{record.text}” is {record.value} here, {first.value} in line {line}, from the same date"
            yield Problem("value", "contradiction", record, words, "warning")


def _unreachable(case: Case) -> Iterator[Problem]:
    """Yield spans that begin or end within a word or a footnote mark."""
    text = case.evidence.article.text
    marks = {(mark.start, mark.end) for mark in case.evidence.reading.marks}
    edges = {offset for start, end in marks for offset in (start, end)}
    inside = {offset for start, end in marks for offset in range(start + 1, end)}
    for record in case.records:
        if isinstance(record, Event):
            continue
        for edge in (record.start, record.end):
            within = 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() and edge not in edges
            if within or edge in inside:
                what = "a footnote mark" if edge in inside else f"the word “{_word(text, edge)}”"
                side = "begins" if edge == record.start else "ends"
                yield Problem("boundary", "unreachable", record, f"{side} within {what}", "warning")


def _word(text: str, place: int) -> str:
    start = end = place
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _near_duplicates(case: Case) -> Iterator[Problem]:
    """Two entities with all but the same name may be one, of actors and of agreements with the same parties."""
    entities: dict[str, Actor | Agreement] = {}
    for record in case.records:
        if isinstance(record, Actor | Agreement) and not record.comment:
            entities.setdefault(record.entity, record)
    known: dict[tuple[str, ...], Actor | Agreement] = {}
    for record in entities.values():
        more = record.parties if isinstance(record, Agreement) else (record.type,)
        first = known.setdefault((_folded(record.name), *more), record)
        if first is not record:
            words = f"{record.entity} (“{record.name}”) may be {first.entity} (“{first.name}”)"
            yield Problem("entity", "near-duplicate", record, words, "warning")


def _folded(name: str) -> str:
    """Return a name without case, accents, punctuation and white space."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())

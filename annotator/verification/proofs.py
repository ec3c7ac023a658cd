"""What the source proves: each check yields what it contradicts."""

from collections.abc import Iterator
from functools import partial

from annotator import temporal
from annotator.evidence import event_value, number
from annotator.model import SCHEMA, Agreement, AnyRecord, Citation, Date, Event, Severity
from annotator.temporal.direction import relations
from annotator.verification.case import Case, Problem

DOCUMENT = "document"
"""The anchor of a date resolved from the document's own date."""


def document(case: Case) -> Iterator[Problem]:
    """Check that the document line tells of this article."""
    said, article = case.document, case.evidence.article
    if said.schema != SCHEMA:
        yield Problem("citation", "schema", None, f"schema {said.schema} is not {SCHEMA}, which this version checks")
    if said.sha256 != article.sha256:
        change = f"its sha256 is {article.sha256}, the records were made from {said.sha256}"
        yield Problem("stale", "digest", None, f"the article has changed: {change}")
    if said.length != len(article.text):
        lengths = f"the article has {len(article.text)} code points, the records say {said.length}"
        yield Problem("stale", "length", None, lengths)
    for key in ("doc", "title", "date"):
        told, known = getattr(said, key), getattr(article, key)
        if known is not None and told != known:
            yield Problem("citation", "metadata", None, f"{key} is “{told}”, the article’s is “{known}”")


def quotes(case: Case) -> Iterator[Problem]:
    """Check that words, context and footnotes are those of the source."""
    evidence = case.evidence
    length = len(evidence.article.text)
    for record in case.records:
        start, end = record.start, record.end
        if end > length:
            yield Problem("citation", "offsets", record, f"ends at {record.end}, the article at {length}")
            continue
        text, prefix, suffix = evidence.quote(start, end)
        if record.text != text:
            yield _wrong_quote(record, text, case)
        if record.prefix != prefix:
            yield Problem("citation", "context", record, f"prefix is “{record.prefix}”, the source says “{prefix}”")
        if record.suffix != suffix:
            yield Problem("citation", "context", record, f"suffix is “{record.suffix}”, the source says “{suffix}”")
        notes = None if isinstance(record, Citation) else evidence.notes(start)
        if record.notes != notes:
            words = f"notes are {listed(record.notes)}, the sentence has {listed(notes)}"
            yield Problem("citation", "notes", record, words)


def _wrong_quote(record: AnyRecord, there: str, case: Case) -> Problem:
    """Say how a quote fails; offsets in another unit are recognized by the quote standing where they point."""
    text = case.evidence.article.text
    for unit, encoding, width in (("UTF-8 bytes", "utf-8", 1), ("UTF-16 units", "utf-16-le", 2)):
        piece = text.encode(encoding)[record.start * width : record.end * width].decode(encoding, "replace")
        if piece == record.text:
            return Problem("citation", "offset-unit", record, f"the offsets count {unit}, they must count code points")
    return Problem("citation", "quote", record, f"text is “{record.text}”, the source says “{there}”")


def listed(values: tuple[str, ...] | None) -> str:
    """Return values in words.

    >>> listed(("1", "2")), listed(None)
    ('1, 2', 'none')
    """
    return ", ".join(values) if values else "none"


def ids(case: Case) -> Iterator[Problem]:
    """Check that ids follow from label, words and context."""
    bases = (
        case.evidence.base_id(r.label, r.start, r.end, *((r.event, r.entity) if isinstance(r, Event) else ()))
        for r in case.records
    )
    for record, there in zip(case.records, number(bases), strict=True):
        if record.id != there:
            yield Problem("citation", "id", record, f"id is {record.id}, label, words and context give {there}")


def dates(case: Case) -> Iterator[Problem]:
    """Check that dates mean what their words, anchor and relation say."""
    for record in case.records:
        if not isinstance(record, Date):
            continue
        anchor, problem = _anchor_value(case, record)
        if problem is not None:
            yield problem
        elif record.value is not None and not temporal.is_value(record.value):
            words = f"“{record.value}” is no EDTF date, time or ISO 8601 duration"
            yield Problem("value", "no-value", record, words)
        else:
            yield from _meaning(case, record, anchor)


def _meaning(case: Case, record: Date, anchor: str | None) -> Iterator[Problem]:
    """Check a date's meaning; in gold the words may be wrong and the person right: then a comment says so."""
    bounds = temporal.bounds(record.value, record.mod) or (None, None)
    for key, there in zip(("earliest", "latest"), bounds, strict=True):
        if getattr(record, key) != there:
            yield Problem("value", "bounds", record, f"{key} is {getattr(record, key)}, value and mod give {there}")
    if case.gold and record.comment:
        return
    severity: Severity = "warning" if case.gold else "error"
    advice = "; if it is right, say why in `comment`" if case.gold else ""
    words = case.evidence.words(record.start, record.end)
    if record.anchor is not None and record.relation not in relations(words):
        points = " or ".join(relations(words))
        yield Problem("value", "derivation", record, f"relation is {record.relation}, the words say {points}", severity)
    meaning = temporal.derive(words, anchor=anchor, relation=record.relation)
    for key in ("type", "value", "mod", "timex"):
        said, there = getattr(record, key), getattr(meaning, key)
        if said != there:
            yield Problem("value", "derivation", record, f"{key} is {said}, the words give {there}{advice}", severity)


def _anchor_value(case: Case, record: Date) -> tuple[str | None, Problem | None]:
    """Return the value that a date was resolved from, and what is wrong with that reference."""
    wrong = partial(Problem, "value", "anchor-reference", record)
    if record.anchor is None:
        return None, wrong("a relation without an anchor") if record.relation is not None else None
    if record.anchor == DOCUMENT:
        value = case.document.date
        return value, None if value is not None else wrong("is resolved from the document’s date, which is not known")
    step = case.by_id.get(record.anchor)
    if not isinstance(step, Date):
        return None, wrong(f"the anchor {record.anchor} is no DATE of this document")
    value, seen = step.value, {record.id}
    while isinstance(step, Date) and step.anchor not in (None, DOCUMENT):
        if step.id in seen:
            return None, wrong("its anchors form a circle")
        seen.add(step.id)
        step = case.by_id.get(step.anchor or "")
    return value, None


def citations(case: Case) -> Iterator[Problem]:
    """Check that each mark has its record, each record its mark and note, and tell breaks in the marks' run."""
    reading = case.evidence.reading
    marks = {(mark.start, mark.end): mark for mark in reading.marks}
    for record in case.records:
        if not isinstance(record, Citation):
            continue
        mark = marks.pop((record.start, record.end), None)
        if mark is None:
            yield Problem("citation", "mark", record, "no footnote mark stands there")
        elif (record.value, record.note_start, record.note_end) != (mark.value, mark.note_start, mark.note_end):
            there = f"the mark there is {mark.value}"
            if mark.note_start is not None:
                there += f", its note from {mark.note_start} to {mark.note_end}"
            yield Problem("citation", "mark", record, there)
    for mark in marks.values():
        if any(start <= mark.start < end for start, end in case.curated):
            words = f"footnote mark {mark.value} has no record"
            yield Problem("citation", "mark", None, words, start=mark.start, end=mark.end)
    for problem in reading.problems:
        yield Problem("citation", "marks-run", None, problem.words, "warning", problem.start, problem.end)


def references(case: Case) -> Iterator[Problem]:
    """Check that events refer to records that exist, and say of them what they say."""
    for record in case.records:
        if not isinstance(record, Event):
            continue
        agreement = case.by_id.get(record.agreement or "")
        if record.agreement is not None and not isinstance(agreement, Agreement):
            yield Problem("entity", "reference", record, f"{record.agreement} is no AGREEMENT of this document")
        elif isinstance(agreement, Agreement) and agreement.entity != record.entity:
            words = f"entity is {record.entity}, its agreement’s is {agreement.entity}"
            yield Problem("entity", "reference", record, words)
        date = case.by_id.get(record.date or "")
        if record.date is not None and not isinstance(date, Date):
            yield Problem("value", "reference", record, f"{record.date} is no DATE of this document")
        dated = event_value(date.value) if isinstance(date, Date) else None
        if record.value != dated:
            yield Problem("value", "reference", record, f"value is {record.value}, its date’s is {dated}")

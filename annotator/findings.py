"""Findings get their place, sentence and id."""

from hashlib import blake2b

from annotator.evidence import Evidence
from annotator.model import (
    Actor,
    Agreement,
    AnyRecord,
    Citation,
    Date,
    Event,
    Finding,
    FindingKind,
    Severity,
)


def finding(
    evidence: Evidence,
    kind: FindingKind,
    reason: str,
    cause: str,
    *,
    gold: AnyRecord | None = None,
    found: AnyRecord | None = None,
    candidate: AnyRecord | None = None,
    severity: Severity = "error",
    span: tuple[int, int] = (0, 0),
) -> Finding:
    """Return a finding about the gold record, else the extracted one, else the document at `span` (source offsets)."""
    record = gold or found
    start, end = (record.start, record.end) if record is not None else span
    line, column = evidence.lines.place(start)
    doc = evidence.article.doc
    said = _said(gold) + _said(found) if record is not None else f"{span}{cause}"
    key = "\x1f".join((doc, kind, reason if record is None else "", said))
    return Finding(
        id=blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest(), kind=kind, doc=doc,
        label="DOCUMENT" if record is None else record.label, start=start, end=end, line=line, column=column,
        reason=reason, cause=cause, sentence=evidence.sentence(start), severity=severity, gold=gold, found=found,
        candidate=candidate,
    )  # fmt: skip


def _said(record: AnyRecord | None) -> str:
    """Return which record it is and what it says, for a finding's id."""
    if record is None:
        return "-"
    if isinstance(record, Date):
        meaning: tuple[object, ...] = record.type, record.value, record.mod
    elif isinstance(record, Actor):
        meaning = record.type, record.entity
    elif isinstance(record, Agreement):
        meaning = record.kind, record.entity, *record.parties
    elif isinstance(record, Citation):
        meaning = (record.value,)
    elif isinstance(record, Event):
        meaning = record.event, record.entity, record.value
    return f"{record.id} {meaning}"

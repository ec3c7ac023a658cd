"""Extracted records are held against gold: pairs, differences with their causes, and figures."""

from collections.abc import Sequence

import msgspec

from annotator.evidence import Evidence
from annotator.findings import finding
from annotator.model import Annotations, AnyRecord, Article, Date, Event, Finding
from annotator.reading import Reading, read
from annotator.reconciliation.classify import Difference, differences, event_differences
from annotator.reconciliation.entities import Alignment
from annotator.reconciliation.match import Pair, match
from annotator.reconciliation.score import Count, Score, score, units
from annotator.verification import verify

__all__ = ["Reconciliation", "reconcile"]


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one document: every gap, in the order of the text, the figures, and the pairs they come from."""

    doc: str
    findings: tuple[Finding, ...]
    score: Score
    pairs: tuple[Pair, ...]
    alignment: Alignment
    evidence: Evidence

    @property
    def agrees(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(finding.severity == "warning" for finding in self.findings)

    def units(self) -> dict[int, dict[str, Count]]:
        """Return the figures of the spans of each sentence that has any, by the sentence's number."""
        return units(self.pairs, lambda record: self.evidence.sentence_number(record.start), self.alignment)


def reconcile(
    gold: Annotations, found: Annotations, article: Article, *, reading: Reading | None = None
) -> Reconciliation:
    """Return how `found` differs from `gold`; both are verified against the article on the way.

    Where gold covers only a part of the document, the rest of `found` is left alone.
    """
    reading = reading or read(article.text)
    evidence = Evidence(article, reading)
    proofs = verify(gold, article, gold=True, reading=reading), verify(found, article, reading=reading)
    findings = [finding for proof in proofs for finding in proof.findings if finding.severity == "error"]
    curated = evidence.stretches(gold.document.part)
    golds, founds = _scored(gold.records, curated), _scored(found.records, curated)
    pairs = [*map(Pair._make, match(_spans(golds), _spans(founds)))]
    alignment = Alignment(pairs)
    events = [r for r in golds if isinstance(r, Event)], [r for r in founds if isinstance(r, Event)]
    gaps = differences(pairs, alignment, evidence) + event_differences(*events, alignment)
    findings += [_finding(gap, evidence) for gap in gaps]
    findings.sort(key=lambda f: (f.start, f.end, f.label, f.kind, f.cause))
    return Reconciliation(
        doc=article.doc, findings=tuple(findings), score=score(pairs, events, alignment), pairs=tuple(pairs),
        alignment=alignment, evidence=evidence,
    )  # fmt: skip


def _scored(records: Sequence[AnyRecord], curated: Sequence[tuple[int, int]]) -> list[AnyRecord]:
    """Return the records that count: vague dates never do, others only where gold is curated."""
    counted = [record for record in records if not (isinstance(record, Date) and record.type == "ref")]
    if len(curated) == 1:
        start, end = curated[0]
        return [record for record in counted if start <= record.start < end]
    return [record for record in counted if any(start <= record.start < end for start, end in curated)]


def _spans(records: Sequence[AnyRecord]) -> list[AnyRecord]:
    return [record for record in records if not isinstance(record, Event)]


def _finding(gap: Difference, evidence: Evidence) -> Finding:
    cause = gap.cause
    return finding(
        evidence, gap.kind, cause.reason, cause.words, gold=gap.gold, found=gap.found, candidate=cause.candidate
    )

"""One document under verification, and what may be wrong with it."""

from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from annotator.evidence import Evidence
from annotator.model import Annotations, AnyRecord, FindingKind, Severity

TRUSTED = "that each name is an actor or agreement, of that type and identity; which event a clause tells"
"""What verification cannot prove, in words."""

REASONS = MappingProxyType(
    {
        "schema": "citation: the records are of another schema",
        "digest": "stale: the article’s sha256 is not the one that the records were made from",
        "length": "stale: the article has another length",
        "metadata": "citation: document, title or date are not those beside the article",
        "offsets": "citation: a record ends past the end of the article",
        "offset-unit": "citation: the quote stands where the offsets point when they count bytes or UTF-16 units",
        "quote": "citation: the words are not those of the source",
        "context": "citation: prefix or suffix are not those of the source",
        "notes": "citation: the footnotes are not those of the sentence",
        "id": "citation: the id does not follow from label, words and context",
        "mark": "citation: no footnote mark stands there, another one does, or a mark has no record",
        "marks-run": "citation: the run of footnote marks 1, 2, 3 … is broken in the source",
        "no-value": "value: what stands as a value is none",
        "bounds": "value: earliest and latest do not follow from value and modifier",
        "derivation": "value: words, anchor and relation give another meaning",
        "anchor-reference": "value: the anchor is missing, no date, not known, or part of a circle",
        "reference": "entity or value: an event refers to no record, or says otherwise than that record",
        "entity": "entity: the mentions of one entity contradict one another, or its id does not fit its type",
        "parties-order": "entity: the parties are not sorted, each once",
        "contradiction": "value: the same words, resolved from the same date, have two values in gold",
        "unreachable": "boundary: the place begins or ends within a word, or within a footnote mark",
        "near-duplicate": "entity: two entities have names that differ only in case, punctuation or accents",
    }
)
"""Every reason that verification gives, with the kind of finding it makes, and what it means."""


class Problem(NamedTuple):
    """What is wrong with a record (None: with the document), before it has a line and a column."""

    kind: FindingKind
    reason: str
    record: AnyRecord | None
    cause: str
    severity: Severity = "error"
    start: int = 0
    end: int = 0


class Case:
    """One document: its records, its source, and the rules it is held to."""

    def __init__(self, annotations: Annotations, evidence: Evidence, *, gold: bool) -> None:
        self.document = annotations.document
        self.records = annotations.records
        self.evidence = evidence
        self.gold = gold

    @cached_property
    def by_id(self) -> dict[str, AnyRecord]:
        """The records by their ids."""
        return {record.id: record for record in self.records}

    @cached_property
    def curated(self) -> list[tuple[int, int]]:
        """The stretches of the source for which the records answer."""
        return self.evidence.stretches(self.document.part)

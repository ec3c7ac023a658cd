"""Records are proved against their source, with no model and no network; what cannot be proved is not believed.

Three degrees, as `Verification` counts them. Proved: digest, length, offsets, quotes, contexts, ids, footnotes, the
meaning of every date from its words, anchor and relation, and references between records. Consistent: one type and
name an entity, one kind and set of parties an agreement, events and what they refer to. Taken on trust: that a name is
an actor or an agreement, of that type and identity; which event a clause tells.
"""

from collections.abc import Callable, Iterator

import msgspec

from annotator.evidence import Evidence
from annotator.findings import finding
from annotator.model import Annotations, Article, Event, Finding
from annotator.reading import Reading, read
from annotator.verification import consistency, doctor, proofs
from annotator.verification.case import REASONS, TRUSTED, Case, Problem

__all__ = ["REASONS", "TRUSTED", "Verification", "verify"]

CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    proofs.document, proofs.quotes, proofs.ids, proofs.dates, proofs.citations, proofs.references, consistency.entities,
)  # fmt: skip


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome: every finding, how many records there are, and how many of them are proved (have no error).

    `events` is how many of them are events, `cited` how many of those carry a footnote.
    """

    doc: str
    records: int
    proved: int
    events: int
    cited: int
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> int:
        """How many findings only ask to be looked at."""
        return sum(finding.severity == "warning" for finding in self.findings)

    @property
    def holds(self) -> bool:
        """Whether nothing but warnings was found."""
        return self.warnings == len(self.findings)

    def plus(self, other: "Verification") -> "Verification":
        """Return what both came to together, under this one's document."""
        return Verification(
            doc=self.doc, records=self.records + other.records, proved=self.proved + other.proved,
            events=self.events + other.events, cited=self.cited + other.cited, findings=self.findings + other.findings,
        )  # fmt: skip


def verify(
    annotations: Annotations, article: Article, *, gold: bool = False, reading: Reading | None = None
) -> Verification:
    """Return what does not hold of `annotations` against `article`.

    Gold is held to its own rules: a date value that cannot be derived from its words is a warning unless the record
    has a comment, and contradictions, unreachable places and near-duplicates are looked for. `reading` saves reading
    the article again.
    """
    case = Case(annotations, Evidence(article, reading or read(article.text)), gold=gold)
    checks = (*CHECKS, doctor.examine) if gold else CHECKS
    problems = [problem for check in checks for problem in check(case)]
    findings = sorted((_finding(problem, case) for problem in problems), key=_order)
    broken = {problem.record.id for problem in problems if problem.record is not None and problem.severity == "error"}
    total = len(annotations.records)
    events = [record for record in annotations.records if isinstance(record, Event)]
    whole = annotations.document.sha256 == article.sha256
    return Verification(
        doc=annotations.document.doc,
        records=total,
        proved=total - len(broken) if whole else 0,
        events=len(events),
        cited=sum(event.notes is not None for event in events),
        findings=tuple(findings),
    )


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start, finding.end, finding.label, finding.cause


def _finding(problem: Problem, case: Case) -> Finding:
    gold, found = (problem.record, None) if case.gold else (None, problem.record)
    return finding(
        case.evidence, problem.kind, problem.reason, problem.cause, gold=gold, found=found, severity=problem.severity,
        span=(problem.start, problem.end),
    )  # fmt: skip

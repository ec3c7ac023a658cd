"""What every form of report is made from."""

from collections.abc import Mapping
from functools import cached_property

from annotator.baseline import Sorted
from annotator.model import Actor, Agreement, AnyRecord, Citation, Date, Finding
from annotator.reconciliation.score import Score


class Report:
    """The outcome of a run: findings sorted by a baseline, their sources, and what else there is to say.

    `sources` are the files of the documents, by document, as a person would type them; `score` is that of a
    reconciliation; `notes` are sentences that close the report.
    """

    def __init__(
        self,
        command: str,
        findings: Sorted,
        sources: Mapping[str, str],
        *,
        score: Score | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.command = command
        self.findings = findings
        self.sources = sources
        self.score = score
        self.notes = notes

    @cached_property
    def shown(self) -> list[tuple[Finding, str]]:
        """The findings that are not accepted, in order, with `new` or `expired`."""
        pairs = [(f, "new") for f in self.findings.new] + [(f, "expired") for f in self.findings.expired]
        return sorted(pairs, key=lambda pair: (pair[0].doc, pair[0].start, pair[0].end, pair[0].kind, pair[0].cause))

    def source(self, doc: str) -> str:
        """Return the file of a document, its name where the file is not known."""
        return self.sources.get(doc, doc)

    def summary(self) -> str:
        """Return how many findings there are, in words."""
        sorted_ = self.findings
        errors = len(sorted_.failing)
        parts = [f"{errors} gap{'' if errors == 1 else 's'}" if errors else "no gaps"]
        warnings = sum(finding.severity == "warning" for finding, _ in self.shown)
        counts = (
            (warnings, "to look at"), (len(sorted_.expired), "accepted until a day that has passed"),
            (len(sorted_.known), "known and accepted"), (len(sorted_.fixed), "fixed, to be taken out of the baseline"),
        )  # fmt: skip
        return ", ".join([*parts, *(f"{count} {words}" for count, words in counts if count)])


def record_words(record: AnyRecord | None) -> str:
    """Return a record in a few words: its quote and what it says.

    >>> record_words(None)
    'nothing'
    """
    if record is None:
        return "nothing"
    if isinstance(record, Date):
        said = [record.type, record.value or "no value", record.mod]
    elif isinstance(record, Actor):
        said = [record.type, record.entity]
    elif isinstance(record, Agreement):
        said = [record.kind, record.entity, "parties " + (", ".join(record.parties) or "unknown")]
    elif isinstance(record, Citation):
        said = ["mark", record.value]
    else:
        said = [record.event, record.entity, record.value or "undated", record.modality]
    return f"“{record.text}” ({', '.join(word for word in said if word)})"


def sides(finding: Finding) -> list[tuple[str, str]]:
    """Return what the sides of a finding say, each with its name; the nearest candidate where a side is missing."""
    named = [("gold", finding.gold), ("extracted", finding.found), ("nearest", finding.candidate)]
    return [(name, record_words(record)) for name, record in named if record is not None]


def end_place(finding: Finding) -> tuple[int, int]:
    """Return the line and column just past a finding's words."""
    record = finding.gold or finding.found
    words = record.text if record is not None else ""
    if "\n" not in words:
        return finding.line, finding.column + len(words)
    return finding.line + words.count("\n"), len(words) - words.rfind("\n")

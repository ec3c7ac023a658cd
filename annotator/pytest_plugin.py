"""pytest plugin: each record of a `*.gold.jsonl` file is a test that fails where extraction does not agree with it.

The text is extracted afresh, unless the ini option `annotator_stored` is true, when the `<doc>.jsonl` beside the gold
is taken. Gaps that the folder's baseline accepts are expected failures; one of them that is gone must be taken out of
the baseline.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from annotator import baseline, project
from annotator.errors import AnnotatorError
from annotator.model import Annotations, AnyRecord, Finding


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option."""
    parser.addini("annotator_stored", "compare gold with the stored annotations, do not extract afresh", "bool", False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "GoldFile | None":
    """Collect gold files."""
    return GoldFile.from_parent(parent, path=file_path) if project.is_gold(file_path) else None


class GoldFile(pytest.File):
    """A gold file: one item a record, and one for everything that was extracted and is not in gold."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the items, named by label, place and words."""
        from annotator import records
        from annotator.reading import Lines
        from annotator.source import read_article

        source, gold = project.source_of(self.path), records.read(self.path)
        lines = Lines(read_article(source).text)
        for record in gold.records:
            line, column = lines.place(record.start)
            name = f"{record.label}:{line}:{column}:{' '.join(record.text.split())[:40]}"
            yield GoldRecord.from_parent(self, name=name, record=record)
        yield NothingElse.from_parent(self, name="nothing-else")

    @cached_property
    def outcome(self) -> "Outcome":
        """What came of comparing the document, once for all its items."""
        from annotator import records
        from annotator.reconciliation import reconcile
        from annotator.source import read_article

        article = read_article(project.source_of(self.path))
        stored = self.config.getini("annotator_stored")
        found = records.read(project.extracted_of(self.path)) if stored else extract(article)
        findings = reconcile(records.read(self.path), found, article).findings
        path = self.path.parent / baseline.NAME
        entries = [e for e in baseline.read(path) if e.doc == article.doc] if path.is_file() else []
        return Outcome(baseline.sort(findings, entries, today=date.today()))


def extract(article: Any) -> Annotations:
    """Extract an article; spaCy is loaded only when a test runs."""
    from annotator.extraction import Extractor

    return Extractor().annotate(article)


class Outcome:
    """Findings by the gold record that they are about."""

    def __init__(self, findings: baseline.Sorted) -> None:
        self.fixed = findings.fixed
        self.failing: defaultdict[str | None, list[Finding]] = defaultdict(list)
        self.known: defaultdict[str | None, list[Finding]] = defaultdict(list)
        for finding in findings.failing:
            self.failing[finding.gold.id if finding.gold else None].append(finding)
        for finding in findings.known:
            self.known[finding.gold.id if finding.gold else None].append(finding)


class GapError(Exception):
    """Findings that make an item fail."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


class _Item(pytest.Item):
    """An item that fails with findings, shown with their sentences."""

    parent: GoldFile

    def check(self, record_id: str | None) -> None:
        """Fail with the new findings on a record (None: those without one), expect the known ones."""
        outcome = self.parent.outcome
        if outcome.failing[record_id]:
            raise GapError(outcome.failing[record_id])
        if outcome.known[record_id]:
            pytest.xfail("; ".join(f"{f.kind}: {f.cause}" for f in outcome.known[record_id]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show findings as reports do, errors of this package in their own words, and whatever else as usual."""
        error = excinfo.value
        if isinstance(error, GapError):
            from annotator.report import Report, render

            findings = baseline.Sorted(tuple(error.findings), (), (), ())
            source = project.source_of(self.path)
            return render(Report("pytest", findings, {finding.doc: str(source) for finding in error.findings}), "text")
        return str(error) if isinstance(error, AnnotatorError) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return what pytest prints above a failure."""
        return self.path, 0, self.name


class GoldRecord(_Item):
    """One gold record."""

    def __init__(self, *, record: AnyRecord, **options: Any) -> None:
        super().__init__(**options)
        self.record = record

    def runtest(self) -> None:
        """Fail unless extraction agrees with the record."""
        self.check(self.record.id)


class NothingElse(_Item):
    """What was extracted beyond gold, and what the baseline has beyond the findings."""

    def runtest(self) -> None:
        """Fail when something was extracted that gold has not, or an accepted gap is gone."""
        self.check(None)
        fixed = self.parent.outcome.fixed
        if fixed:
            ids = ", ".join(entry.id for entry in fixed)
            raise AnnotatorError(f"accepted gaps are fixed; take them out of {baseline.NAME}: {ids}")

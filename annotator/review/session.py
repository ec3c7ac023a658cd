"""A review of one document: its findings, the verdicts on them, and the gold that comes of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from annotator import baseline, drivers, files, records
from annotator.baseline import Accepted
from annotator.errors import AnnotatorError, OutputError, UsageError
from annotator.evidence import Evidence
from annotator.gold import fill
from annotator.model import Annotations, Article, Finding
from annotator.reading import Reading, read
from annotator.reconciliation import reconcile
from annotator.review import edits as edits_
from annotator.review import rows as rows_
from annotator.review.journal import Entry, Journal, Verdict, digest
from annotator.review.rows import Edit, Row
from annotator.verification import verify

ADDED = "added"
"""What stands in the journal in the place of a finding for a span that was added freely."""


class Paths(NamedTuple):
    """The files of one document: gold, extracted, and the baseline of the project."""

    gold: Path
    found: Path
    baseline: Path


class Session:
    """The review of one document, locked against a second one until it is closed.

    Whatever is decided is in the journal when the call returns; gold and baseline change in `save` alone.
    """

    def __init__(
        self, paths: Paths, article: Article, *, today: date, changed: Sequence[tuple[int, int]] | None = None
    ) -> None:
        """Open the review, and take up what was decided in one that was not finished.

        Only findings at the places `changed` are asked, where that is given. Raise OutputError where another process
        reviews the same file, or a journal belongs to another version of it.
        """
        self.paths = paths
        self.article = article
        self.today = today
        self.changed = changed
        self.changes = 0
        self.journal = Journal(paths.gold)
        try:
            self._load()
        except AnnotatorError:
            self.journal.close()
            raise

    def _load(self) -> None:
        content = files.read_bytes(self.paths.gold)
        entries = self.journal.entries()
        if entries and entries[-1].verdict == "saving" and entries[-1].sha256 == digest(content):
            self._finish(entries)
            entries = []
        self._begin = Entry(verdict="begin", sha256=digest(content))
        if entries and entries[0] != self._begin:
            raise OutputError(
                f"{self.journal.path} holds decisions on another version of {self.paths.gold}; "
                f"bring that version back, or give them up with: rm {self.journal.path}"
            )
        self._read(records.decode(content, self.paths.gold))
        self.resumed = self._replay(entries)

    def _read(self, gold: Annotations) -> None:
        extracted = records.read(self.paths.found)
        self.reading: Reading = read(self.article.text)
        self.evidence = Evidence(self.article, self.reading)
        outcome = reconcile(gold, extracted, self.article, reading=self.reading)
        conflicts = drivers.read_conflicts(self.paths.gold)
        known = baseline.read(self.paths.baseline) if self.paths.baseline.is_file() else ()
        sorted_ = baseline.sort((*conflicts, *outcome.findings), known, today=self.today)
        unknown = {finding.id for finding in (*sorted_.new, *sorted_.expired)}
        self.findings: tuple[Finding, ...] = tuple(
            f for f in (*conflicts, *outcome.findings) if f.id in unknown and self._asked(f)
        )
        twins = {
            pair.found.id: pair.gold.id for pair in outcome.pairs if pair.gold is not None and pair.found is not None
        }
        self.sides = edits_.Sides(outcome.alignment, twins)
        self.by_id = {finding.id: finding for finding in self.findings}
        head = gold.document
        self.head: Row = {"label": "DOCUMENT"}
        if head.part is not None:
            self.head["part"] = [list(each) for each in head.part]
        if head.comment is not None:
            self.head["comment"] = head.comment
        self.rows = rows_.rows_of(gold.records)
        self.changes += 1
        self.decisions: list[Entry] = []
        self.states: dict[str, str] = {}

    def _asked(self, finding: Finding) -> bool:
        return self.changed is None or any(a < finding.end and finding.start < b for a, b in self.changed)

    def _replay(self, entries: Sequence[Entry]) -> int:
        for entry in entries:
            if entry.verdict == "undo":
                self._take_back()
            elif entry.verdict not in ("begin", "saving"):
                self._take(entry)
        return len(self.decisions)

    def _take(self, entry: Entry) -> None:
        rows_.apply(self.rows, entry.edits)
        self.changes += 1
        self.decisions.append(entry)
        self._restate()

    def _take_back(self) -> Entry:
        entry = self.decisions.pop()
        rows_.apply(self.rows, rows_.inverse(entry.edits))
        self.changes += 1
        self._restate()
        return entry

    def _restate(self) -> None:
        self.states = {entry.finding: entry.verdict for entry in self.decisions if entry.finding is not None}

    def state(self, finding: Finding) -> str:
        """Return what was decided on a finding, `open` where nothing was."""
        return self.states.get(finding.id, "open")

    @property
    def left(self) -> int:
        """How many findings are still to be decided; what was skipped is."""
        return sum(self.state(finding) in ("open", "skip") for finding in self.findings)

    @property
    def unsaved(self) -> int:
        """How many decisions wait to be saved."""
        return sum(entry.verdict != "skip" for entry in self.decisions)

    def _decide(
        self, verdict: Verdict, finding: str | None, made: Sequence[Edit] = (), known: Accepted | None = None
    ) -> None:
        """Check edits, keep the decision in the journal, and only then make it."""
        changed = [edit for edit in made if edit.before != edit.after]
        trial = dict(self.rows)
        rows_.apply(trial, changed)
        rows_.check(trial, changed, self.article.text)
        entry = Entry(verdict=verdict, finding=finding, edits=tuple(changed), known=known)
        if not self.journal.path.exists():
            self.journal.append(self._begin)
        self.journal.append(entry)
        self._take(entry)

    def accept(self, finding: Finding) -> None:
        """Take the extracted side into gold; raise UsageError where that cannot be."""
        self._open(finding)
        self._decide("accept", finding.id, edits_.accepted(finding, self.rows, self.sides))

    def reject(self, finding: Finding, *, why: str, owner: str, known: bool = False) -> None:
        """Leave gold as it is, and put the finding with the reason into the baseline; `known`: as a gap that stays."""
        self._open(finding)
        if not why.strip():
            raise UsageError("a reason is needed: it goes into the baseline")
        verdict: Verdict = "known" if known else "reject"
        entry = baseline.accept(finding, why=why.strip(), owner=owner)
        self._decide(verdict, finding.id, known=None if finding.reason == edits_.CONFLICT else entry)

    def skip(self, finding: Finding) -> None:
        """Put a finding off."""
        self._open(finding)
        self._decide("skip", finding.id)

    def edit(self, finding: Finding, changes: dict[str, Any]) -> None:
        """Change keys of the gold side; without one, the extracted side goes into gold with these changes."""
        self._open(finding)
        self._decide("edit", finding.id, self.edited(finding, changes))

    def edited(self, finding: Finding, changes: dict[str, Any]) -> list[Edit]:
        """Return the edits that `edit` would make."""
        if finding.gold is not None and finding.gold.id in self.rows:
            return edits_.changed(finding.gold.id, self.rows[finding.gold.id], changes, self.rows)
        row = {key: value for key, value in {**self.row(finding), **changes}.items() if value is not None}
        return edits_.added(self._new_key(), row, self.rows)

    def row(self, finding: Finding) -> Row:
        """Return the gold line that a finding is about, else the extracted side as one; raise UsageError without."""
        if finding.gold is not None and finding.gold.id in self.rows:
            return self.rows[finding.gold.id]
        if finding.found is None:
            raise UsageError("there is no record here to edit")
        return self.sides.row(finding.found, self.rows)

    def place(self, start: int, end: int) -> Row:
        """Return the keys that say where a span is."""
        return {"start": start, "end": end, "text": self.article.text[start:end]}

    def add(self, start: int, end: int, label: str, said: dict[str, Any]) -> None:
        """Add a span to gold."""
        row = {
            "label": label,
            **self.place(start, end),
            **{key: value for key, value in said.items() if value is not None},
        }
        self._decide("add", ADDED, edits_.added(self._new_key(), row, self.rows))

    def _new_key(self) -> str:
        number = 1
        while f"new-{number}" in self.rows:
            number += 1
        return f"new-{number}"

    def _open(self, finding: Finding) -> None:
        if self.state(finding) not in ("open", "skip"):
            raise UsageError("this is decided already; u takes the last decision back")

    def undo(self) -> Entry:
        """Take the last decision back and return it; raise UsageError where there is none."""
        if not self.decisions:
            raise UsageError("there is nothing to take back")
        self.journal.append(Entry(verdict="undo"))
        return self._take_back()

    def result(self) -> tuple[bytes, tuple[Finding, ...]]:
        """Return the gold file as it would be written, and what does not hold of it."""
        annotations = fill(rows_.encode(self.head, self.rows), self.article, self.paths.gold)
        content = records.encode(annotations)
        checked = verify(records.decode(content, self.paths.gold), self.article, gold=True)
        return content, tuple(finding for finding in checked.findings if finding.severity == "error")

    def save(self) -> None:
        """Write gold and baseline; raise UsageError, nothing written, where the result does not hold."""
        content, wrong = self.result()
        if wrong:
            first = wrong[0]
            words = f"not saved, {len(wrong)} would not hold: line {first.line}:{first.column} {first.cause}"
            raise UsageError(f"{words}; mend it, or take it back with undo")
        kept = [entry for entry in self.decisions if entry.known is not None]
        if self.journal.path.exists():
            self.journal.append(Entry(verdict="saving", sha256=digest(content)))
        self._write_baseline(kept)
        if content != files.read_bytes(self.paths.gold):
            files.write_bytes(self.paths.gold, content)
        self._write_conflicts(self.states)
        self.journal.remove()
        self._begin = Entry(verdict="begin", sha256=digest(content))
        self._read(records.decode(content, self.paths.gold))

    def _finish(self, entries: Sequence[Entry]) -> None:
        """Do what a kill has kept a save from doing after gold was written."""
        taken: list[Entry] = []
        for entry in entries:
            if entry.verdict == "undo":
                taken.pop()
            elif entry.verdict not in ("begin", "saving"):
                taken.append(entry)
        self._write_baseline(taken)
        self._write_conflicts({entry.finding for entry in taken if entry.verdict != "skip"})
        self.journal.remove()

    def _write_baseline(self, taken: Iterable[Entry]) -> None:
        new = {entry.known.id: entry.known for entry in taken if entry.known is not None}
        if not new:
            return
        path = self.paths.baseline
        old = {entry.id: entry for entry in baseline.read(path)} if path.is_file() else {}
        content = baseline.encode({**old, **new}.values())
        if not path.is_file() or content != files.read_bytes(path):
            files.write_bytes(path, content)

    def _write_conflicts(self, decided: Iterable[str | None]) -> None:
        done = set(decided)
        left = drivers.read_conflicts(self.paths.gold)
        if left:
            drivers.write_conflicts([f for f in left if f.id not in done], self.paths.gold)

    def close(self) -> None:
        """Let others review the file; what is not saved stays in the journal."""
        self.journal.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

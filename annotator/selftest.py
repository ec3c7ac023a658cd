"""The reconciler under test: known defects are injected into copies of gold, and held against what is reported.

A defect is named rightly when a finding of the expected kind is about the record that was changed, and no finding of
another kind is.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from annotator import temporal
from annotator.evidence import Evidence, number
from annotator.model import (
    Actor,
    Annotations,
    AnyRecord,
    Article,
    Citation,
    Date,
    Event,
    FindingKind,
)
from annotator.reading import read
from annotator.reconciliation import Reconciliation, reconcile

SEED = 7


class Defect(NamedTuple):
    """A changed copy of the records, and the kind of finding that must be reported."""

    records: list[AnyRecord]
    expected: FindingKind


Inject = Callable[["_Gold", int], Defect | None]


class Trial(NamedTuple):
    """One injected defect: its name, the record it was made on, what was expected and what was reported."""

    defect: str
    record: AnyRecord
    expected: FindingKind
    reported: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the expected kind was reported, and nothing but consequences of it besides."""
        return self.expected in self.reported


class _Gold:
    """The records that defects are injected into, in the form in which they would have been extracted."""

    def __init__(self, annotations: Annotations, article: Article) -> None:
        self.annotations = annotations
        self.article = article
        self.reading = read(article.text)
        self.evidence = Evidence(article, self.reading)
        self.records = list(annotations.records)

    def with_record(self, index: int, record: AnyRecord) -> list[AnyRecord]:
        """Return the records with one exchanged, nothing else touched."""
        return [record if place == index else other for place, other in enumerate(self.records)]

    def settled(self, records: Sequence[AnyRecord]) -> list[AnyRecord]:
        """Return records sorted, with quotes, footnotes and ids as their places say, and references following."""
        ordered = sorted(records, key=lambda r: (r.start, r.end, r.label))
        ids = number(
            self.evidence.base_id(r.label, r.start, r.end, *((r.event, r.entity) if isinstance(r, Event) else ()))
            for r in ordered
        )
        renamed = {record.id: new for record, new in zip(ordered, ids, strict=True)}
        made = []
        for record, record_id in zip(ordered, ids, strict=True):
            changes: dict[str, object] = {"id": record_id, **self.evidence.quote(record.start, record.end)._asdict()}
            if not isinstance(record, Citation):
                changes["notes"] = self.evidence.notes(record.start)
            for key in ("anchor", "agreement", "date"):
                value = getattr(record, key, None)
                if value in renamed:
                    changes[key] = renamed[value]
            made.append(msgspec.structs.replace(record, **changes))
        return made


def _drop(gold: _Gold, index: int) -> Defect | None:
    record = gold.records[index]
    if isinstance(record, Citation):
        return None
    referred = {
        value
        for r in gold.records
        for value in (getattr(r, "anchor", 0), getattr(r, "agreement", 0), getattr(r, "date", 0))
    }
    if record.id in referred or (isinstance(record, Event) and (record.modality != "actual" or record.value is None)):
        return None
    return Defect(gold.settled([r for r in gold.records if r is not record]), "missing")


def _add(gold: _Gold, index: int) -> Defect | None:
    """Mark the next free word after a record as an organization."""
    record = gold.records[index]
    later = [r.start for r in gold.records if r.start >= record.end and not isinstance(r, Event)]
    text = gold.article.text[record.end : min(later, default=len(gold.article.text))]
    word = next((w for w in text.split() if w.isalpha() and len(w) > 3), None)
    if word is None or isinstance(record, Event):
        return None
    start = record.end + text.index(word)
    added = Actor(
        id="", start=start, end=start + len(word), text=word, prefix="", suffix="", type="organization",
        entity="org:injected", name="Injected",
    )  # fmt: skip
    return Defect(gold.settled([*gold.records, added]), "spurious")


def _shift(gold: _Gold, index: int) -> Defect | None:
    """Move the offsets by one; the quote stays as it was."""
    record = gold.records[index]
    moved = msgspec.structs.replace(record, start=record.start + 1, end=record.end + 1)
    return Defect(gold.with_record(index, moved), "citation")


def _widen(gold: _Gold, index: int) -> Defect | None:
    """Take the next word into the span, quote and all."""
    record = gold.records[index]
    if isinstance(record, Citation | Event | Date):
        return None
    text = gold.article.text
    end = record.end
    while end < len(text) and text[end] == " ":
        end += 1
    while end < len(text) and text[end].isalpha():
        end += 1
    taken = any(
        r is not record and r.start < end and record.start < r.end for r in gold.records if not isinstance(r, Event)
    )
    if end == record.end or taken:
        return None
    return Defect(gold.settled(gold.with_record(index, msgspec.structs.replace(record, end=end))), "boundary")


def _value(gold: _Gold, index: int) -> Defect | None:
    """Give a year, month or day the next year's value, bounds included."""
    record = gold.records[index]
    if not isinstance(record, Date) or record.value is None or not record.value[:4].isdigit():
        return None
    value = f"{int(record.value[:4]) + 1:04}{record.value[4:]}"
    bounds = temporal.bounds(value, record.mod)
    if bounds is None:
        return None
    changed = msgspec.structs.replace(record, value=value, earliest=bounds[0], latest=bounds[1])
    records = [
        msgspec.structs.replace(r, value=value) if isinstance(r, Event) and r.date == record.id else r
        for r in gold.with_record(index, changed)
    ]
    return Defect(records, "value")


def _digit(gold: _Gold, index: int) -> Defect | None:
    """Change one digit of the quote."""
    record = gold.records[index]
    place = next((i for i, letter in enumerate(record.text) if letter.isdigit()), None)
    if place is None:
        return None
    digit = "7" if record.text[place] != "7" else "1"
    text = record.text[:place] + digit + record.text[place + 1 :]
    return Defect(gold.with_record(index, msgspec.structs.replace(record, text=text)), "citation")


def _footnote(gold: _Gold, index: int) -> Defect | None:
    """Tell of another footnote."""
    record = gold.records[index]
    if isinstance(record, Citation):
        return Defect(gold.with_record(index, msgspec.structs.replace(record, value=record.value + "0")), "citation")
    notes = (*(record.notes or ()), "999")
    return Defect(gold.with_record(index, msgspec.structs.replace(record, notes=notes)), "citation")


def _entity(gold: _Gold, index: int) -> Defect | None:
    """Take a mention for another entity of the same type, which the document has."""
    record = gold.records[index]
    if not isinstance(record, Actor):
        return None
    others = [r for r in gold.records if isinstance(r, Actor) and r.type == record.type and r.entity != record.entity]
    if not others:
        return None
    other = max(others, key=lambda r: sum(getattr(x, "entity", None) == r.entity for x in gold.records))
    return Defect(
        gold.with_record(index, msgspec.structs.replace(record, entity=other.entity, name=other.name)), "entity"
    )


def _negate(gold: _Gold, index: int) -> Defect | None:
    """Deny what has happened."""
    record = gold.records[index]
    if not isinstance(record, Event) or record.modality != "actual" or record.value is None:
        return None
    return Defect(gold.with_record(index, msgspec.structs.replace(record, modality="denied")), "type")


DEFECTS: dict[str, Inject] = {
    "drop": _drop, "add": _add, "shift by one": _shift, "widen": _widen, "swap value": _value, "change a digit": _digit,
    "move a footnote": _footnote, "swap entity": _entity, "negate": _negate,
}  # fmt: skip


def trials(gold: Annotations, article: Article, *, most: int | None = 40) -> Iterator[Trial]:
    """Yield the outcome of each defect on up to `most` records of those it can be made on, chosen by a fixed seed."""
    case = _Gold(gold, article)
    usual = _reported(reconcile(gold, gold, article, reading=case.reading))
    generator = random.Random(SEED)
    for name, inject in DEFECTS.items():
        order = list(range(len(case.records)))
        generator.shuffle(order)
        done = 0
        for index in order:
            defect = inject(case, index) if most is None or done < most else None
            if defect is None:
                continue
            done += 1
            document = msgspec.structs.replace(gold.document, records=len(defect.records))
            found = Annotations(document, defect.records)
            reported = _reported(reconcile(gold, found, article, reading=case.reading)) - usual
            yield Trial(name, case.records[index], defect.expected, tuple(sorted({kind for kind, _, _ in reported})))


def _reported(result: Reconciliation) -> set[tuple[str, int, str]]:
    return {(finding.kind, finding.start, finding.cause) for finding in result.findings}


def confusion(done: Sequence[Trial]) -> dict[str, Counter[str]]:
    """Return for each defect how often it was reported as what it is, else as what instead."""
    table: dict[str, Counter[str]] = {}
    for trial in done:
        reported = trial.expected if trial.right else " and ".join(trial.reported) or "nothing"
        table.setdefault(f"{trial.defect} → {trial.expected}", Counter())[reported] += 1
    return table


def wrong(done: Sequence[Trial]) -> list[Trial]:
    """Return the trials in which the defect was not named rightly."""
    return [trial for trial in done if not trial.right]


def passes(done: Sequence[Trial]) -> bool:
    """Say whether every broken citation was named, and at least 99.5 % of the rest."""
    broken = [trial for trial in done if trial.expected == "citation"]
    others = [trial for trial in done if trial.expected != "citation"]
    return all(trial.right for trial in broken) and sum(trial.right for trial in others) >= 0.995 * len(others)

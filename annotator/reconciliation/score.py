"""Figures of one or many documents: counts are kept, ratios computed from them, and what is undefined is None.

For each label: `strict`, span and label equal; `relaxed`, spans of the label overlap, one to one; `type`, strict and
type equal (DATE, ACTOR), `kind` the same of AGREEMENT; `value`, relaxed and value equal, of those gold records that
have one (DATE, CITATION); `entity`, B-cubed over strictly matched mentions. An EVENT is right when agreement, event
and date value are, whatever its span; those without a date or not actual are left out. DATE records of type `ref` are
left out on both sides.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from annotator.model import Agreement, AnyRecord, Citation, Date, Event
from annotator.reconciliation.entities import Alignment, Clusters, b_cubed
from annotator.reconciliation.match import NAMED, Pair

VALUED = Date, Citation
"""The records that have a value of their own."""

LABELS = ("DATE", "ACTOR", "AGREEMENT", "CITATION", "EVENT")


class Count(msgspec.Struct, frozen=True):
    """How many are right, of how many in gold and how many extracted."""

    right: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the extracted that is right; None when nothing was extracted."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of gold that was extracted; None when gold is empty."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None when both sides are empty."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.gold + other.gold, self.found + other.found)


class LabelScore(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one label; None where a figure makes no sense for it."""

    label: str
    strict: Count
    relaxed: Count | None = None
    type: Count | None = None
    value: Count | None = None
    entity: Clusters | None = None
    parties: Count | None = None


Score = dict[str, LabelScore]
"""The figures of each label."""


def figures(score: Score) -> dict[str, Count]:
    """Return every figure that is a count, by a name such as `DATE.value`; `overall.strict` sums the labels up."""
    named: dict[str, Count] = {}
    for label, figures in score.items():
        for key in ("strict", "relaxed", "type", "value", "parties"):
            count = getattr(figures, key)
            if count is not None:
                named[f"{label}.{key}"] = count
                if key != "parties" and label != "EVENT":
                    named[f"overall.{key}"] = named.get(f"overall.{key}", Count()) + count
    return named


def units(
    pairs: Sequence[Pair], unit_of: Callable[[AnyRecord], int], alignment: Alignment
) -> dict[int, dict[str, Count]]:
    """Return the figures of the spans of each unit (a sentence, say); `unit_of` tells a record's."""
    parts: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        record = pair.gold or pair.found
        if record is not None:
            parts[unit_of(record)].append(pair)
    return {unit: figures(score(part, ((), ()), alignment)) for unit, part in sorted(parts.items())}


def score(pairs: Sequence[Pair], events: tuple[Sequence[Event], Sequence[Event]], alignment: Alignment) -> Score:
    """Return the figures of one document: its paired spans, its gold and extracted events, and who is who."""
    sides = _sides(pairs)
    figures = {label: _spans(label, sides[label], alignment) for label in LABELS if label != "EVENT"}
    figures["EVENT"] = LabelScore(label="EVENT", strict=_events(*events, alignment))
    return figures


def total(scores: Iterable[Score]) -> Score:
    """Return the figures over all documents: counts are added up."""
    result: Score = {}
    for each in scores:
        result = {label: _add(result[label], figures) if result else figures for label, figures in each.items()}
    return result


def _add(one: LabelScore, other: LabelScore) -> LabelScore:
    def plus(key: str) -> object:
        left, right = getattr(one, key), getattr(other, key)
        return left + right if left is not None and right is not None else left or right

    sums = {key: plus(key) for key in LabelScore.__struct_fields__ if key != "label"}
    return msgspec.structs.replace(one, **sums)


class _Sides(NamedTuple):
    """The spans of one label: gold, extracted, and the pairs of which both sides have it."""

    gold: list[AnyRecord]
    found: list[AnyRecord]
    both: list[tuple[AnyRecord, AnyRecord]]


def _sides(pairs: Iterable[Pair]) -> dict[str, _Sides]:
    """Return the spans of each label."""
    sides = {label: _Sides([], [], []) for label in LABELS}
    for gold, found in pairs:
        if gold is not None:
            sides[gold.label].gold.append(gold)
            if found is not None and gold.label == found.label:
                sides[gold.label].both.append((gold, found))
        if found is not None:
            sides[found.label].found.append(found)
    return sides


def _spans(label: str, sides: _Sides, alignment: Alignment) -> LabelScore:
    gold, found, both = sides
    exact = [(g, f) for g, f in both if g.start == f.start and g.end == f.end]
    sizes = len(gold), len(found)
    return LabelScore(
        label=label,
        strict=Count(len(exact), *sizes),
        relaxed=Count(len(both), *sizes),
        type=None if label == "CITATION" else Count(sum(_kind(g) == _kind(f) for g, f in exact), *sizes),
        value=_values(both, gold, found) if label in ("DATE", "CITATION") else None,
        entity=_entities(exact) if label in ("ACTOR", "AGREEMENT") else None,
        parties=_parties(exact, alignment) if label == "AGREEMENT" else None,
    )


def _kind(record: AnyRecord) -> object:
    return record.kind if isinstance(record, Agreement) else getattr(record, "type", None)


def _values(
    both: Sequence[tuple[AnyRecord, AnyRecord]], gold: Sequence[AnyRecord], found: Sequence[AnyRecord]
) -> Count:
    def value(record: AnyRecord) -> str | None:
        return record.value if isinstance(record, VALUED) else None

    right = sum(value(g) is not None and value(g) == value(f) for g, f in both)
    return Count(right, sum(value(g) is not None for g in gold), len(found))


def _entities(exact: Sequence[tuple[AnyRecord, AnyRecord]]) -> Clusters:
    return b_cubed((g.entity, f.entity) for g, f in exact if isinstance(g, NAMED) and isinstance(f, NAMED))


def _parties(exact: Sequence[tuple[AnyRecord, AnyRecord]], alignment: Alignment) -> Count:
    """Count the gold agreements, once each, of which an extracted mention names exactly the parties."""
    right: dict[str, bool] = {}
    for gold, found in exact:
        if isinstance(gold, Agreement) and isinstance(found, Agreement) and gold.parties:
            same = set(gold.parties) == {alignment.gold(party) for party in found.parties}
            right[gold.entity] = right.get(gold.entity, False) or same
    return Count(sum(right.values()), len(right), len(right))


def _events(gold: Iterable[Event], found: Iterable[Event], alignment: Alignment) -> Count:
    there = {(e.entity, e.event, e.value) for e in gold if counts(e)}
    said = {(alignment.gold(e.entity), e.event, e.value) for e in found if counts(e)}
    return Count(len(there & said), len(there), len(said))


def counts(event: Event) -> bool:
    """Say whether an event is scored: it has happened, and has a date."""
    return event.modality == "actual" and event.value is not None

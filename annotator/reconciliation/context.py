"""What a cause may look at: the pairs of a document come in, look-ups go out, each made when first asked for."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from annotator.evidence import Evidence
from annotator.model import Actor, Agreement, AnyRecord, Date
from annotator.reconciliation.entities import Alignment
from annotator.reconciliation.match import NAMED, Pair, sort_key


class Context:
    """What a cause may look at: all pairs, who is who, and the source."""

    def __init__(self, pairs: Sequence[Pair], alignment: Alignment, evidence: Evidence) -> None:
        self.pairs = pairs
        self.alignment = alignment
        self.evidence = evidence
        self.marks = {(mark.start, mark.end) for mark in evidence.reading.marks}

    @cached_property
    def dates(self) -> dict[str, Date]:
        """The extracted dates by their ids."""
        return {pair.found.id: pair.found for pair in self.pairs if isinstance(pair.found, Date)}

    @cached_property
    def gold_dates(self) -> dict[str, Date]:
        """The gold dates by their ids."""
        return {pair.gold.id: pair.gold for pair in self.pairs if isinstance(pair.gold, Date)}

    @cached_property
    def found_words(self) -> defaultdict[str, Counter[str]]:
        """How often each gold entity was extracted as which words."""
        words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for gold, found in self._named():
            words[gold.entity][found.text] += 1
        return words

    @cached_property
    def gold_entities(self) -> defaultdict[str, set[str]]:
        """The gold entities of each extracted one."""
        return _gathered((found.entity, gold.entity) for gold, found in self._named())

    @cached_property
    def found_entities(self) -> defaultdict[str, set[str]]:
        """The extracted entities of each gold one."""
        return _gathered((gold.entity, found.entity) for gold, found in self._named())

    @cached_property
    def _golds(self) -> "_Side":
        return _Side(pair.gold for pair in self.pairs if pair.gold is not None)

    @cached_property
    def _founds(self) -> "_Side":
        return _Side(pair.found for pair in self.pairs if pair.found is not None)

    def _named(self) -> Iterator[tuple[Actor | Agreement, Actor | Agreement]]:
        for gold, found in self.pairs:
            if isinstance(gold, NAMED) and isinstance(found, NAMED):
                yield gold, found

    def near(self, record: AnyRecord, *, in_gold: bool) -> AnyRecord | None:
        """Return the record of the other side that overlaps, else the nearest of the same words."""
        return (self._golds if in_gold else self._founds).near(record)


def _gathered(links: Iterable[tuple[str, str]]) -> defaultdict[str, set[str]]:
    entities: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in links:
        entities[one].add(other)
    return entities


class _Side:
    """One side's records, for looking up what is near a place."""

    def __init__(self, records: Iterator[AnyRecord]) -> None:
        self.records = sorted(records, key=sort_key)
        self.by_words: defaultdict[str, list[AnyRecord]] = defaultdict(list)
        for record in self.records:
            self.by_words[record.text].append(record)
        self.starts = [record.start for record in self.records]

    def near(self, record: AnyRecord) -> AnyRecord | None:
        place = bisect_right(self.starts, record.start)
        beside = self.records[max(0, place - 1) : place + 1]
        overlapping = [other for other in beside if other.start < record.end and record.start < other.end]
        return min(
            [*overlapping, *self.by_words[record.text]][:50], key=lambda o: (gap(o, record), sort_key(o)), default=None
        )


def gap(one: AnyRecord, other: AnyRecord) -> int:
    """Return how many code points lie between two records, 0 where they overlap or touch."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))

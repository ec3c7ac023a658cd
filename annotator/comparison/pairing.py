"""Pairs the records of two sets, also where the article was edited between them and everything stands elsewhere.

Records that stand at the same place under the same label are pairs; no other pairing could do better, since records of
one side do not overlap. In an edited article those are pairs whose id is the same, which stands for words and context.
What is left on both sides is paired as the reconciler does it, the older side shifted as its nearest paired neighbour.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from annotator.model import Annotations, AnyRecord, Event
from annotator.reconciliation.match import Weight, match, overlap, sort_key


class Pair(NamedTuple):
    """An older and a newer record that stand for each other; one side is None where nothing does."""

    old: AnyRecord | None
    new: AnyRecord | None


class Shift:
    """Where places of the older article are in the newer one, as far as paired records tell."""

    def __init__(self, pairs: Iterable[tuple[AnyRecord, AnyRecord]]) -> None:
        moved = sorted((old.start, new.start - old.start) for old, new in pairs)
        self._starts = [start for start, _ in moved]
        self._by = [by for _, by in moved]

    def of(self, start: int) -> int:
        """Return by how much the nearest record before or after a place has moved; 0 where there is none."""
        place = bisect_right(self._starts, start)
        beside = range(max(0, place - 1), min(place + 1, len(self._starts)))
        nearest = min(beside, key=lambda index: (abs(self._starts[index] - start), index), default=None)
        return 0 if nearest is None else self._by[nearest]

    def sure(self, start: int) -> int | None:
        """Return by how much a place has moved where the records on both sides of it agree on that, else None."""
        place = bisect_right(self._starts, start)
        beside = {self._by[index] for index in range(max(0, place - 1), min(place + 1, len(self._starts)))}
        return beside.pop() if len(beside) == 1 else None


def pair(old: Annotations, new: Annotations) -> list[Pair]:
    """Return the pairs of two sets of records of one document, and the records without one, in the newer's order."""
    edited = old.document.sha256 != new.document.sha256
    keys = (_ids(old.records), _ids(new.records)) if edited else (_places(old.records), _places(new.records))
    there = dict(zip(keys[1], new.records, strict=True))
    pairs: list[tuple[AnyRecord, AnyRecord]] = []
    left: list[AnyRecord] = []
    for key, record in zip(keys[0], old.records, strict=True):
        other = there.pop(key, None)
        if other is None:
            left.append(record)
        else:
            pairs.append((record, other))
    if not left and not there:
        return [Pair(*both) for both in pairs]
    shift = Shift(pairs) if edited else Shift(())
    rest = _match(left, list(there.values()), shift)
    return sorted([*(Pair(*both) for both in pairs), *rest], key=lambda both: _place(both, shift))


def _places(records: Iterable[AnyRecord]) -> list[Hashable]:
    """Return a key for each record: its place and label; of an event, which may share its clause, its id."""
    return [r.id if isinstance(r, Event) else (r.start, r.end, r.__struct_config__.tag) for r in records]


def _ids(records: Sequence[AnyRecord]) -> list[Hashable]:
    """Return a key for each record: its id, and how often what it stands for occurs, so that copies are told apart.

    Where one of several copies has come or gone, none of them can be paired by its number.
    """
    bases = [record.id.partition("-")[0] for record in records]
    counts = Counter(bases)
    seen: defaultdict[str, int] = defaultdict(int)
    keys: list[Hashable] = []
    for base in bases:
        seen[base] += 1
        keys.append((base, seen[base], counts[base]))
    return keys


def _match(old: Sequence[AnyRecord], new: Sequence[AnyRecord], shift: Shift) -> list[Pair]:
    """Pair what is left as the reconciler does, spans with spans and events with events."""
    originals = {record.id: record for record in old}
    moved = [_shifted(record, shift.of(record.start)) for record in old]
    spans = match([r for r in moved if not isinstance(r, Event)], [r for r in new if not isinstance(r, Event)])
    events = match([r for r in moved if isinstance(r, Event)], [r for r in new if isinstance(r, Event)], weigh_events)
    return [Pair(None if o is None else originals[o.id], n) for o, n in (*spans, *events)]


def _shifted(record: AnyRecord, by: int) -> AnyRecord:
    return msgspec.structs.replace(record, start=record.start + by, end=record.end + by) if by else record


def weigh_events(old: Event, new: Event) -> Weight:
    """Return how well two events with words in common agree: agreement, kind and date first, then the clause."""
    said, says = (old.entity, old.event, old.value), (new.entity, new.event, new.value)
    return sum(a == b for a, b in zip(said, says, strict=True)), overlap(old, new)


def _place(both: Pair, shift: Shift) -> tuple[int, int, str, str]:
    """Return where a pair stands in the newer article."""
    if both.new is not None:
        return sort_key(both.new)
    assert both.old is not None
    by = shift.of(both.old.start)
    return both.old.start + by, both.old.end + by, both.old.label, both.old.id

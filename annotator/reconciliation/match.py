"""Pairs the spans of two sides one to one, so that no other pairing agrees better; the order of lines plays no part.

Better is decided lexicographically, summed over the pairs: (1) equal span, label and meaning, (2) equal span and
label, (3) equal label, (4) code points in common. Only spans that overlap are paired. Both sides are sorted first, so
equal input in any order gives the same pairs, and of two equally good pairings the one is taken that pairs earlier
spans.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from annotator.model import Actor, Agreement, AnyRecord, Citation, Date

R = TypeVar("R", bound=AnyRecord)

NAMED = Actor, Agreement
"""The records of entities. (A check against a tuple takes a third of one against a union made anew each time.)"""


class Pair(NamedTuple):
    """A gold and a found record that stand for each other; one side is None where nothing does."""

    gold: AnyRecord | None
    found: AnyRecord | None


Weight = tuple[int, ...]
Weigh = Callable[[R, R], Weight]


def meaning(record: AnyRecord) -> tuple[object, ...]:
    """Return what a record says of its span, but for entities, whose ids may differ between the two sides.

    >>> meaning(Citation(id="x", start=0, end=1, text="1", prefix="", suffix="", value="1"))
    ('1',)
    """
    if isinstance(record, Date):
        return record.type, record.value, record.mod
    if isinstance(record, Citation):
        return (record.value,)
    if isinstance(record, Agreement):
        return (record.kind,)
    return (getattr(record, "type", None),)


def weigh_spans(gold: AnyRecord, found: AnyRecord) -> Weight:
    """Return how well two overlapping spans agree, as the module says."""
    same = gold.label == found.label
    exact = same and (gold.start, gold.end) == (found.start, found.end)
    return int(exact and meaning(gold) == meaning(found)), int(exact), int(same), overlap(gold, found)


def overlap(one: AnyRecord, other: AnyRecord) -> int:
    """Return how many code points two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


sort_key: Callable[[AnyRecord], tuple[int, int, str, str]] = attrgetter("start", "end", "label", "id")
"""The canonical order of records, which every file has and every pairing starts from."""


def match(gold: Sequence[R], found: Sequence[R], weigh: Weigh[R] = weigh_spans) -> list[tuple[R | None, R | None]]:
    """Return the best pairs of overlapping records and the records without one, in the order of the text."""
    pairs: list[tuple[R | None, R | None]] = []
    for golds, founds in _groups(sorted(gold, key=sort_key), sorted(found, key=sort_key)):
        if len(golds) == len(founds) == 1:
            pairs.append((golds[0], founds[0]))
        else:
            pairs += _pairs(golds, founds, weigh)
    return pairs


def _pairs(gold: Sequence[R], found: Sequence[R], weigh: Weigh[R]) -> list[tuple[R | None, R | None]]:
    """Return the pairs of one group, in the order of the text."""
    chosen = _best(gold, found, weigh) if gold and found else {}
    taken = set(chosen.values())
    pairs: list[tuple[R | None, R | None]] = []
    pairs += [(g, found[chosen[i]] if i in chosen else None) for i, g in enumerate(gold)]
    pairs += [(None, f) for j, f in enumerate(found) if j not in taken]
    return sorted(pairs, key=lambda pair: min(sort_key(side) for side in pair if side is not None))


def _groups(gold: Sequence[R], found: Sequence[R]) -> Iterator[tuple[Sequence[R], Sequence[R]]]:
    """Cut both sides, sorted, where no span of either goes across."""
    golds, founds = len(gold), len(found)
    i = j = 0
    while i < golds or j < founds:
        first, other = i, j
        from_gold = j == founds or (i < golds and gold[i].start <= found[j].start)
        reach = (gold[i] if from_gold else found[j]).end
        before = -1
        while before != i + j:
            before = i + j
            while i < golds and gold[i].start < reach:
                reach = max(reach, gold[i].end)
                i += 1
            while j < founds and found[j].start < reach:
                reach = max(reach, found[j].end)
                j += 1
        yield gold[first:i], found[other:j]


def _best(gold: Sequence[R], found: Sequence[R], weigh: Weigh[R]) -> dict[int, int]:
    """Return the best pairs of one group, as indices."""
    weights = {(i, j): weigh(gold[i], found[j]) for i, j in _overlaps(gold, found)}
    if len(weights) <= 1:
        return dict(weights.keys())
    packed = _pack(weights, min(len(gold), len(found)))
    if _apart(gold) and _apart(found):
        return _best_chain(packed)
    return _best_assignment(packed, len(gold), len(found))


def _overlaps(gold: Sequence[R], found: Sequence[R]) -> Iterator[tuple[int, int]]:
    """Yield the indices of overlapping records, both sides sorted by start."""
    active: list[int] = []
    j = 0
    for i, record in enumerate(gold):
        while j < len(found) and found[j].start < record.end:
            active.append(j)
            j += 1
        active = [k for k in active if found[k].end > record.start]
        yield from ((i, k) for k in active if overlap(record, found[k]))


def _apart(records: Sequence[R]) -> bool:
    """Say whether sorted records do not overlap one another."""
    return all(one.end <= other.start for one, other in pairwise(records))


def _pack(weights: dict[tuple[int, int], Weight], most: int) -> dict[tuple[int, int], int]:
    """Turn each weight into one integer, so that sums compare as the sums of the tuples do."""
    if not weights:
        return {}
    width = len(next(iter(weights.values())))
    bases = [1 + most * max(weight[k] for weight in weights.values()) for k in range(width)]
    packed = {}
    for edge, weight in weights.items():
        total = 0
        for part, base in zip(weight, bases, strict=True):
            total = total * base + part
        packed[edge] = total
    return packed


def _best_chain(weights: dict[tuple[int, int], int]) -> dict[int, int]:
    """Return the best pairs where neither side overlaps itself, in linear time.

    Two such sides cannot cross, so the overlapping pairs, sorted, form a staircase in which a pair excludes only
    neighbours that share one of its ends: weighted interval scheduling by dynamic programming.
    """
    edges = sorted(weights)
    best = [0] * (len(edges) + 1)
    before = [0] * len(edges)
    last = 0
    for k, (i, j) in enumerate(edges):
        while edges[last][0] < i and edges[last][1] < j:
            last += 1
        before[k] = last
        best[k + 1] = max(best[k], weights[i, j] + best[last])
    chosen = {}
    k = len(edges)
    while k:
        i, j = edges[k - 1]
        if best[k] == best[k - 1]:
            k -= 1
        else:
            chosen[i] = j
            k = before[k - 1]
    return chosen


def _best_assignment(weights: dict[tuple[int, int], int], rows: int, columns: int) -> dict[int, int]:
    """Return the best pairs of any group: the Hungarian method with potentials (Kuhn 1955, Munkres 1957; O(n³))."""
    if rows > columns:
        flipped = _best_assignment({(j, i): w for (i, j), w in weights.items()}, columns, rows)
        return {i: j for j, i in flipped.items()}
    u, v = [0] * (rows + 1), [0] * (columns + 1)
    owner = [0] * (columns + 1)
    for i in range(1, rows + 1):
        _augment(i, owner, u, v, weights)
    return {owner[j] - 1: j - 1 for j in range(1, columns + 1) if (owner[j] - 1, j - 1) in weights}


def _augment(row: int, owner: list[int], u: list[int], v: list[int], weights: dict[tuple[int, int], int]) -> None:
    """Give `row` a column along the cheapest alternating path, keeping the potentials `u` and `v` feasible."""
    columns = len(v)
    owner[0] = row
    column = 0
    slack: list[float | int] = [float("inf")] * columns
    way = [0] * columns
    done = [False] * columns
    while owner[column]:
        done[column] = True
        i, delta, following = owner[column], float("inf"), 0
        for j in range(1, columns):
            if done[j]:
                continue
            cost = -weights.get((i - 1, j - 1), 0) - u[i] - v[j]
            if cost < slack[j]:
                slack[j], way[j] = cost, column
            if slack[j] < delta:
                delta, following = slack[j], j
        for j in range(columns):
            if done[j]:
                u[owner[j]] += int(delta)
                v[j] -= int(delta)
            else:
                slack[j] -= delta
        column = following
    while column:
        owner[column] = owner[way[column]]
        column = way[column]

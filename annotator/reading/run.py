"""Which of the numbers that may be footnote marks are marks: the run 1, 2, 3 … decides, and where it breaks is told.

The heaviest increasing subsequence of the candidates (Jacobson and Vo, “Heaviest increasing/common subsequence
problems”, 1992), each weighing what its surroundings say, with a price for every number that the run leaves out.
Numbers whose surroundings allow no other reading are marks even outside that run: they are doubled or out of order.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

CERTAIN, LIKELY, POSSIBLE, UNLIKELY = 3.0, 2.0, 1.0, -1.0
"""What a candidate's surroundings weigh: `peace.”15`, `Accords,3`, `Accords3`, and `alliance.” 24`."""
MISSING = 2.0
"""Price of a number left out: more than that of an unlikely mark in its place, less than a likely one brings."""
GAP = 3
"""How many numbers in a row may be missing inside a run."""
LATE_START = 6.0
"""The most that is paid for a run that does not begin with 1, as in an excerpt."""
ENOUGH = 4.0
"""A run without a certain mark must weigh so much, each word before a mark counted once."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number in the source that may be a mark; `stem` is what stands before it, up to white space."""

    start: int
    end: int
    number: int
    weight: float
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A break in the run of marks: `value` is the mark or marks in question, the offsets are a place in the source.

    A `missing` one should stand before that place; a `doubled` mark, one out of `order`, and one without its `note`
    stand there. `words` say it.
    """

    kind: Literal["missing", "doubled", "order", "note"]
    value: str
    start: int
    end: int
    words: str


def best_run(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the heaviest increasing run among `candidates`, which are in text order; the earlier of two equal ones.

    >>> [c.number for c in best_run([Candidate(p, p + 1, n, POSSIBLE) for p, n in enumerate([1, 7, 2, 3])])]
    [1, 2, 3]
    """
    best: dict[int, tuple[float, int]] = {}
    before: list[int] = []
    for index, candidate in enumerate(candidates):
        number = candidate.number
        score, previous = -min(MISSING * (number - 1), LATE_START), -1
        for missing in range(GAP + 1):
            reached = best.get(number - 1 - missing)
            if reached and reached[0] - MISSING * missing > score:
                score, previous = reached[0] - MISSING * missing, reached[1]
        before.append(previous)
        score += candidate.weight
        if number not in best or score > best[number][0]:
            best[number] = score, index
    if not best:
        return []
    index = max(best.values(), key=lambda item: (item[0], -item[1]))[1]
    run = []
    while index >= 0:
        run.append(candidates[index])
        index = before[index]
    return run[::-1]


def settle(candidates: Sequence[Candidate], noted: Collection[str] = ()) -> list[Candidate]:
    """Return the candidates that are marks, in text order: the best run where it convinces, and all certain ones.

    A candidate whose number is in `noted`, having a note, weighs more; half as many marks as notes convince.
    """
    if noted:
        candidates = [_noted(candidate) if str(candidate.number) in noted else candidate for candidate in candidates]
    run = best_run(candidates)
    weights: dict[str, float] = {}
    for candidate in run:
        weights[candidate.stem] = max(candidate.weight, weights.get(candidate.stem, UNLIKELY))
    convinces = (
        sum(weights.values()) >= ENOUGH or any(c.weight >= CERTAIN for c in run) or 2 * len(run) >= len(noted) > 0
    )
    kept = set(run) if convinces else set()
    return [c for c in candidates if c in kept or c.weight >= CERTAIN]


def breaks(marks: Iterable[tuple[int, int, int]], *, reused: bool = False) -> list[Break]:
    """Return the breaks in a run of marks, given as start, end and number in text order.

    With `reused`, as among bracketed references, a number that has been seen before is none.

    >>> [(b.kind, b.value) for b in breaks([(0, 1, 1), (5, 6, 3), (9, 10, 3)])]
    [('missing', '2'), ('doubled', '3')]
    """
    run = list(marks)
    present = {number for _, _, number in run}
    seen: set[int] = set()
    expected = 1
    found = []
    for start, end, number in run:
        if number >= expected:
            absent = [n for n in range(expected, min(number, expected + 1000)) if n not in present]
            if absent:
                value = _spell(absent)
                found.append(Break("missing", value, start, end, f"mark {value} is missing before mark {number}"))
            expected = number + 1
        elif number not in seen:
            words = f"mark {number} stands after mark {expected - 1}"
            found.append(Break("order", str(number), start, end, words))
        elif not reused:
            found.append(Break("doubled", str(number), start, end, f"mark {number} stands here again"))
        seen.add(number)
    return found


def without_note(marks: Iterable[tuple[int, int, str]]) -> list[Break]:
    """Return a break for each of `marks`, which have no note in a document with numbered notes."""
    return [Break("note", value, start, end, f"mark {value} has no note") for start, end, value in marks]


def _spell(numbers: Sequence[int]) -> str:
    """Return `4` or `4, 5` or, of a longer row, `4–9`."""
    row = numbers[-1] - numbers[0] == len(numbers) - 1
    if row and len(numbers) > 2:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _noted(candidate: Candidate) -> Candidate:
    return replace(candidate, weight=candidate.weight + MISSING)

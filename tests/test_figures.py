"""Figures equal those of known evaluation tools where nothing nests, and intervals are what they say."""

import random
from collections.abc import Sequence

import pytest
from nervaluate import Evaluator
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2

from annotator.model import Actor, ActorType
from annotator.reconciliation.entities import Alignment
from annotator.reconciliation.intervals import compare, interval
from annotator.reconciliation.match import Pair, match
from annotator.reconciliation.score import Count, score

TYPES: tuple[ActorType, ...] = ("person", "state", "organization")


def side(rng: random.Random) -> list[tuple[int, int, ActorType]]:
    """Return token spans that do not touch one another."""
    spans, place = [], 0
    while place < 40:
        start = place + rng.randint(1, 4)
        end = start + rng.randint(1, 3)
        spans.append((start, end, rng.choice(TYPES)))
        place = end
    return [span for span in spans if span[1] <= 40]


def noisy(rng: random.Random, spans: Sequence[tuple[int, int, ActorType]]) -> list[tuple[int, int, ActorType]]:
    """Return spans of which some are gone, shorter, or of another type."""
    out = []
    for start, end, kind in spans:
        chance = rng.random()
        if chance < 0.2:
            continue
        if chance < 0.4 and end - start > 1:
            end -= 1
        out.append((start, end, rng.choice(TYPES) if chance > 0.8 else kind))
    return out


def actors(spans: Sequence[tuple[int, int, ActorType]]) -> list[Actor]:
    return [
        Actor(id=f"{s}", start=s, end=e, text="x", prefix="", suffix="", type=t, entity=f"{t}:{s}", name="x")
        for s, e, t in spans
    ]


def tags(spans: Sequence[tuple[int, int, ActorType]]) -> list[str]:
    row = ["O"] * 41
    for start, end, kind in spans:
        row[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return row


CASES = [(gold, noisy(random.Random(seed + 1000), gold)) for seed in range(25) for gold in [side(random.Random(seed))]]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_figures_equal_those_of_nervaluate_and_seqeval(number: int) -> None:
    gold, found = CASES[number]
    pairs = [Pair(*pair) for pair in match(actors(gold), actors(found))]
    ours = score(pairs, ((), ()), Alignment(pairs))["ACTOR"]

    def spans(rows: Sequence[tuple[int, int, ActorType]]) -> list[dict[str, object]]:
        return [{"start": s, "end": e, "label": t} for s, e, t in rows]

    evaluator = Evaluator([spans(gold)], [spans(found)], tags=list(TYPES), loader="dict")
    overall = evaluator.evaluate()["overall"]
    assert ours.type is not None
    assert ours.type.f1 == pytest.approx(overall["strict"].f1)
    assert ours.strict.f1 == pytest.approx(overall["exact"].f1)
    assert ours.type.f1 == pytest.approx(f1_score([tags(gold)], [tags(found)], mode="strict", scheme=IOB2))


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    rng = random.Random(3)
    units = [Count(rng.randint(0, 4), 4, 4) for _ in range(60)]
    figure = sum((unit for unit in units), Count()).f1
    low, high = interval(units)
    assert low is not None and high is not None and figure is not None
    assert low < figure < high
    assert interval(units) == (low, high)


def test_more_units_make_the_interval_narrower() -> None:
    units = [Count(k % 5, 4, 4) for k in range(40)]
    few, many = interval(units), interval(units * 9)
    assert few.high is not None and few.low is not None and many.high is not None and many.low is not None
    assert many.high - many.low < few.high - few.low


def test_nothing_has_no_interval() -> None:
    assert interval([]) == (None, None)
    assert interval([Count()] * 4) == (None, None)


def test_two_runs_are_told_apart_only_when_they_differ_enough() -> None:
    same = [Count(2, 4, 4)] * 40
    better = [Count(3, 4, 4)] * 40
    clear = compare(same, better)
    assert clear is not None
    assert clear.difference == pytest.approx(0.25)
    assert clear.p < 0.01
    lucky = compare(same, [Count(3, 4, 4), *same[1:]])
    assert lucky is not None
    assert lucky.p > 0.5
    assert compare([], []) is None

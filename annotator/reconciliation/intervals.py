"""How sure figures are: bootstrap intervals, and a paired test between two runs over the same gold.

Both resample units, sentences or documents, as wholes, since what stands in one is not independent. Intervals are
percentile bootstrap intervals (Efron and Tibshirani 1993, chapter 13); the test is approximate randomization (Noreen
1989; Yeh 2000). The generator starts from a fixed seed: the same input gives the same figures.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.reconciliation.score import Count

SEED = 20
RESAMPLES = 2000

Units = Sequence[Count]
"""The counts of each unit of one figure."""


class Interval(NamedTuple):
    """The middle 95 % of a figure over resamples; None where the figure is undefined in all of them."""

    low: float | None
    high: float | None


class Comparison(NamedTuple):
    """A figure's difference between two runs (second less first), and how often chance alone gives as much."""

    difference: float
    p: float


def interval(units: Units, *, resamples: int = RESAMPLES) -> Interval:
    """Return the 95 % interval of the F1 of `units`.

    >>> interval([Count(1, 1, 1)] * 5)
    Interval(low=1.0, high=1.0)
    """
    if not units:
        return Interval(None, None)
    generator = np.random.default_rng(SEED)
    counts = _array(units)
    draws = generator.multinomial(len(units), np.full(len(units), 1 / len(units)), size=resamples)
    figures = _f1(draws @ counts)
    figures = figures[~np.isnan(figures)]
    if not figures.size:
        return Interval(None, None)
    low, high = np.percentile(figures, [2.5, 97.5]).tolist()
    return Interval(low, high)


def compare(first: Units, second: Units, *, resamples: int = RESAMPLES) -> Comparison | None:
    """Return the difference in F1 between two runs over the same units, and its p; None where F1 is undefined."""
    one, other = _array(first), _array(second)
    observed = _f1(other.sum(axis=0)) - _f1(one.sum(axis=0))
    if not first or np.isnan(observed):
        return None
    generator = np.random.default_rng(SEED)
    swap = generator.integers(0, 2, size=(resamples, len(first)))
    left = swap @ other + (1 - swap) @ one
    right = swap @ one + (1 - swap) @ other
    extreme = np.abs(_f1(right) - _f1(left)) >= abs(observed) - 1e-12
    return Comparison(float(observed), float((extreme.sum() + 1) / (resamples + 1)))


def _array(units: Units) -> NDArray[np.int64]:
    return np.array([(unit.right, unit.gold, unit.found) for unit in units], dtype=np.int64).reshape(-1, 3)


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    sizes = counts[..., 1] + counts[..., 2]
    with np.errstate(invalid="ignore"):
        ratio: NDArray[np.float64] = np.where(sizes > 0, 2 * counts[..., 0] / np.maximum(sizes, 1), np.nan)
    return ratio


def by_unit(parts: Mapping[str, Mapping[str, Count]], figure: str) -> list[Count]:
    """Return one figure's counts (`DATE.value`) of each unit, from each unit's counts by figure."""
    return [counts.get(figure, Count()) for counts in parts.values()]

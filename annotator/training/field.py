"""Maximum-likelihood training of the linear-chain random field: chains in, weights out, by AdaGrad (Duchi et al. 2011).

Features are shared by all sources and repeated for texts of one's own kind, so that those can differ where they must
(H. Daumé III, Frustratingly Easy Domain Adaptation, ACL 2007); the shipped weights are the sum of both, and the mean of
several trainings on random parts of the material (L. Breiman, Bagging Predictors, Machine Learning 24, 1996).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from annotator.pipeline.actors.features import BITS, LABELS
from annotator.pipeline.actors.model import barred

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_K = len(LABELS)


class Chain(NamedTuple):
    """A run: feature buckets (one row a token), gold labels, whether it is of one's own kind, and its weight."""

    buckets: Ints
    labels: Ints
    own: bool
    weight: float


class Settings(NamedTuple):
    """How to train: each of the `rounds` sees that `share` of the runs, in batches of `size`, `epochs` times."""

    epochs: int = 12
    rate: float = 0.08
    decay: float = 2e-4
    size: int = 256
    seed: int = 1
    rounds: int = 8
    share: float = 0.8


class Weights(NamedTuple):
    """Weights by bucket and label, and by label and next label."""

    emission: npt.NDArray[np.float32]
    transition: Doubles


def _sum_exp(values: Doubles, axis: int) -> Doubles:
    top = values.max(axis=axis, keepdims=True)
    total: Doubles = (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)
    return total


def gradient(
    scores: Doubles, follow: Doubles, first: Doubles, labels: Ints, mask: npt.NDArray[np.bool_]
) -> tuple[Doubles, Doubles]:
    """Return the gradients of the negative log-likelihood by score and by transition (forward-backward algorithm).

    `scores` is (sequences, tokens, labels), `labels` and `mask` (sequences, tokens); masked tokens trail.
    """
    count, length, k = scores.shape
    forward, backward = np.empty_like(scores), np.zeros_like(scores)
    forward[:, 0] = scores[:, 0] + first
    for i in range(1, length):
        moved = _sum_exp(forward[:, i - 1][:, :, None] + follow, 1) + scores[:, i]
        forward[:, i] = np.where(mask[:, i][:, None], moved, forward[:, i - 1])
    total = _sum_exp(forward[:, -1], 1)
    for i in range(length - 2, -1, -1):
        moved = _sum_exp(follow + (scores[:, i + 1] + backward[:, i + 1])[:, None, :], 2)
        backward[:, i] = np.where(mask[:, i + 1][:, None], moved, 0)
    by_score = np.exp(forward + backward - total[:, None, None]) * mask[:, :, None]
    rows = np.arange(count)
    by_score[rows, 0, labels[:, 0]] -= 1
    by_follow = np.zeros((k, k))
    for i in range(1, length):
        here = mask[:, i]
        pairs = forward[here, i - 1][:, :, None] + follow + (scores[here, i] + backward[here, i])[:, None, :]
        by_follow += np.exp(pairs - total[here][:, None, None]).sum(axis=0)
        np.add.at(by_follow, (labels[here, i - 1], labels[here, i]), -1)
        by_score[rows[here], i, labels[here, i]] -= 1
    return by_score, by_follow


def train(material: Sequence[Chain], settings: Settings) -> Weights:
    """Return the weights, averaged over the rounds; the same material gives the same bytes."""
    random = np.random.default_rng(settings.seed)
    trained = []
    for _ in range(settings.rounds):
        drawn = random.random(len(material)) < settings.share
        chosen = [chain for chain, kept in zip(material, drawn, strict=True) if kept]
        trained.append(_train(chosen or material, settings, random))
    return Weights(
        np.mean([weights.emission for weights in trained], axis=0),
        np.mean([weights.transition for weights in trained], axis=0),
    )


def _train(material: Sequence[Chain], settings: Settings, random: np.random.Generator) -> Weights:
    """Return the weights of one round, averaged over the second half of the epochs."""
    first, barriers = (array.astype(np.float64) for array in barred())
    shape = (2, 1 << BITS, _K)
    emission, memory = np.zeros(shape, dtype=np.float32), np.full(shape, 1e-3, dtype=np.float32)
    follow, follow_memory = np.zeros((_K, _K)), np.full((_K, _K), 1e-3)
    mean, mean_follow = np.zeros(shape, dtype=np.float32), np.zeros((_K, _K))
    order = sorted(range(len(material)), key=lambda i: len(material[i].labels))
    batches = [[material[i] for i in order[at : at + settings.size]] for at in range(0, len(order), settings.size)]
    for epoch in range(settings.epochs):
        for index in random.permutation(len(batches)):
            step = _step(batches[index], emission, memory, follow + barriers, first, settings)
            follow_memory += step**2
            follow -= settings.rate * step / np.sqrt(follow_memory)
        if epoch >= settings.epochs // 2:
            mean += emission
            mean_follow += follow
    averaged = settings.epochs - settings.epochs // 2
    return Weights((mean[0] + mean[1]) / averaged, mean_follow / averaged)


def _step(
    batch: Sequence[Chain],
    emission: Singles,
    memory: Singles,
    follow: Doubles,
    first: Doubles,
    settings: Settings,
) -> Doubles:
    """Move the emission weights by one batch, in place, and return the gradient by transition."""
    lengths = np.array([len(item.labels) for item in batch])
    mask = np.arange(lengths.max()) < lengths[:, None]
    labels = np.zeros(mask.shape, dtype=np.int64)
    labels[mask] = np.concatenate([item.labels for item in batch])
    rows = np.concatenate([item.buckets for item in batch])
    own = np.repeat([item.own for item in batch], lengths)
    flat = emission[0][rows].sum(axis=1)
    flat[own] += emission[1][rows[own]].sum(axis=1)
    scores = np.zeros((*mask.shape, _K))
    scores[mask] = flat
    by_score, by_follow = gradient(scores, follow, first, labels, mask)
    by_score *= np.array([item.weight for item in batch])[:, None, None]
    by_token = by_score[mask]
    for domain, chosen in enumerate((np.ones(len(rows), dtype=bool), own)):
        if chosen.any():
            _descend(emission[domain], memory[domain], rows[chosen], by_token[chosen], settings)
    return by_follow


def _descend(weights: Singles, memory: Singles, rows: Ints, slope: Doubles, settings: Settings) -> None:
    used, place = np.unique(rows.ravel(), return_inverse=True)
    spread = np.repeat(slope, rows.shape[1], axis=0)
    step: Doubles = np.stack(
        [np.bincount(place.ravel(), weights=spread[:, k], minlength=len(used)) for k in range(_K)], axis=1
    )
    step = step + settings.decay * len(rows) * weights[used]
    memory[used] += step**2
    weights[used] -= settings.rate * step / np.sqrt(memory[used])
